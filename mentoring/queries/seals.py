"""Words under seal: for whom, since when, and who of HR may say that it is indeed the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from rse.core.models import Person
from rse.core.readers import readers_of

from .. import rules
from ..enums import SEAL_WAITS
from ..models import MentoringPair, MentoringRequest, Seal, SealConfirmation

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable


def seal_of(person: Person) -> Seal | None:
    """Return the seal on the words of ``person``, read anew from the database, or None."""
    return Seal.objects.visible_to(person).filter(person=person.pk).first()


def with_words(person_ids: Iterable[int]) -> list[int]:
    """Return those of ``person_ids`` who have a pair or a request: others have no word to seal."""
    found: set[int] = set()
    for model in (MentoringPair, MentoringRequest):
        for column in ("mentor", "mentee"):
            found |= set(model.objects.filter(**{f"{column}__in": person_ids}).values_list(column, flat=True))
    return sorted(found)


def opens_from(seal: Seal) -> datetime.datetime | None:
    """Return the first instant at which HR may open ``seal``; None while nobody asked."""
    return seal.asked_at + SEAL_WAITS if seal.asked_at else None


def may_confirm(person: Person, seal: Seal) -> bool:
    """Return whether ``person`` is somebody of HR who may say yes: never one of the line, nor a mentor or mentee of the person."""
    if not rules.can_confirm_reopening(person, seal):
        return False
    together = Q(mentor=person.pk, mentee=seal.person_id) | Q(mentor=seal.person_id, mentee=person.pk)
    return not any(model.objects.filter(together).exists() for model in (MentoringPair, MentoringRequest))


def who_may_confirm(seal: Seal) -> list[int]:
    """Return the ids of everybody of HR who may say yes."""
    people = readers_of(seal, told=True).exclude(pk=seal.person_id).order_by("pk")
    return [person.pk for person in people if may_confirm(person, seal)]


def seals_asked(person: Person) -> list[dict[str, Any]]:
    """Return the seals that ``person`` may be one of two to open, the oldest first, each with who said yes already."""
    rows = Seal.objects.visible_to(person).filter(asked_at__isnull=False).exclude(person=person.pk).select_related("person__unit")
    lines = []
    for seal in rows.order_by("asked_at", "pk"):
        if may_confirm(person, seal):
            yes = list(SealConfirmation.objects.filter(seal=seal).order_by("pk").values_list("person", flat=True))
            lines.append({"seal": seal, "from": opens_from(seal), "count": len(yes), "is_mine": person.pk in yes})
    return lines
