"""Words under seal: for whom, since when, and who of HR may say that it is indeed the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import PersonState
from rse.core.models import Person, ReportingLine

from .. import rules
from ..enums import SEAL_WAITS
from ..models import MentoringPair, MentoringRequest, Seal, SealConfirmation

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from django.db.models import QuerySet


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
    return rules.can_confirm_reopening(person, seal) and _apart(Person.objects.filter(pk=person.pk), "pk", seal.person_id).exists()


def who_may_confirm(seal: Seal) -> list[int]:
    """Return the ids of everybody of HR who may say yes, in a constant number of queries."""
    people = readers_of(seal, told=True).filter(state=PersonState.ACTIVE).exclude(pk=seal.person_id)
    return list(_apart(people, "pk", seal.person_id).order_by("pk").values_list("pk", flat=True))


def seals_asked(person: Person) -> list[dict[str, Any]]:
    """Return the seals that ``person`` may be one of two to open, in one query, the oldest first, each with how many said yes."""
    if not rules.can_see_reopenings(person):
        return []
    rows = Seal.objects.visible_to(person).filter(asked_at__isnull=False).exclude(person=person.pk).select_related("person__unit")
    own = SealConfirmation.objects.filter(seal=OuterRef("pk"), person=person.pk)
    rows = _apart(rows, "person", person.pk).annotate(yeses=Count("confirmations"), has_said_yes=Exists(own))
    now, lines = clock.now(), []
    for seal in rows.order_by("asked_at", "pk"):
        opens = opens_from(seal)
        is_due = opens is not None and opens <= now
        lines.append({"seal": seal, "from": opens, "count": seal.yeses, "may_say_yes": is_due and not seal.has_said_yes})
    return lines


def _apart(rows: QuerySet[Any], column: str, other: int) -> QuerySet[Any]:
    """Narrow ``rows`` to those whose person in ``column`` shares no line, pair or request with the person of the key ``other``."""
    for model, one, two in (
        (ReportingLine, "person", "manager"),
        (MentoringPair, "mentor", "mentee"),
        (MentoringRequest, "mentor", "mentee"),
    ):
        for here, there in ((one, two), (two, one)):
            rows = rows.exclude(Exists(model.objects.filter(**{here: OuterRef(column), there: other})))
    return rows
