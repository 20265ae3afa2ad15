"""Openings as people find them, and as those who recruit see theirs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from rse.core.models import Person
from talent.models import Skill

from .. import rules
from ..models import Application, Bookmark, Opening, OpeningMember, OpeningSkill

NEWEST = 3


def openings_for(person: Person, *, kind: str = "", site: Any = None, skill: Any = None, kept: bool = False) -> Any:
    """Return the queryset of the published openings that ``person`` may read, narrowed; the caller pages it, the newest first."""
    rows = Opening.objects.visible_to(person).published()
    if kind:
        rows = rows.filter(kind=kind)
    if site:
        rows = rows.filter(site=site)
    if skill:
        rows = rows.filter(pk__in=OpeningSkill.objects.filter(skill=skill).values("opening"))
    if kept:
        rows = rows.filter(pk__in=Bookmark.objects.visible_to(person).values("opening"))
    return rows.with_card()


def newest_openings(person: Person) -> list[Opening]:
    return list(Opening.objects.visible_to(person).published().select_related("site").order_by("-published_at", "-pk")[:NEWEST])


def skills_sought(person: Person) -> Any:
    """Return the queryset of the skills that some published opening needs or lets one learn."""
    shown = Opening.objects.visible_to(person).published().values("pk")
    sought = OpeningSkill.objects.filter(opening__in=shown).values("skill")
    return Skill.objects.current().filter(pk__in=sought).by_label()


def bookmarked_by(person: Person, openings: Iterable[Opening]) -> set[int]:
    """Return the ids of those of ``openings`` that ``person`` keeps for later."""
    rows = Bookmark.objects.visible_to(person).filter(opening__in=[one.pk for one in openings])
    return set(rows.values_list("opening", flat=True))


def own_states(person: Person, openings: Iterable[Opening]) -> dict[int, Application]:
    """Return the applications that ``person`` sent or began for these openings, by opening."""
    rows = Application.objects.of(person).filter(opening__in=[one.pk for one in openings])
    return {row.opening_id: row for row in rows.order_by("pk")}


def openings_recruited_by(person: Person) -> Any:
    """Return the queryset of the openings for which ``person`` recruits, with drafts and closed ones."""
    return Opening.objects.recruited_by(person).select_related("unit", "site")


def recruited_opening(person: Person, public_id: str) -> Opening | None:
    return Opening.objects.recruited_by(person).with_card().filter(public_id=public_id).first()


def is_in_a_team(person: Person) -> bool:
    return OpeningMember.objects.current().filter(person=person.pk).exists()


def members_of(opening: Opening) -> list[OpeningMember]:
    """Return who recruits for the opening today, in the order in which they came."""
    rows = OpeningMember.objects.current().filter(opening=opening).select_related("person__unit", "person__site")
    return list(rows.order_by(F("starts_at"), "pk"))


def possible_recruiters(reader: Person, opening_id: int) -> QuerySet[Person]:
    """Return the queryset of those whom ``reader`` may name to recruit for this opening."""
    opening = Opening.objects.visible_to(reader).filter(pk=opening_id).first()
    is_allowed = opening is not None and rules.can_change_team(reader, opening)
    return Person.objects.visible_to(reader).present() if is_allowed else Person.objects.none()
