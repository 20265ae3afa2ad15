"""Reads of files of HR that outgrow a queryset."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Holding, Person, ReportingLine, RoleGrant, UnitClosure

from .models import ImportBatch, UnlistedPerson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from rse.core.models import Unit

    from .models import UnlistedPersonQuerySet


@dataclass(frozen=True)
class Line:
    """One person whom no file names, and what follows: ``state`` is waiting, stays, leaves, shut, or holds (a role: nothing by itself)."""

    person: Person
    row: UnlistedPerson
    state: str
    until: datetime.date | None = None


def unlisted_for(reader: Person, *, q: str = "", unit: Unit | None = None) -> UnlistedPersonQuerySet:
    """Return the queryset of those about whom ``reader`` may say what became of them: of their units, never themselves.

    Named like ``q`` and in ``unit`` or below it, where these are given.
    """
    rows = UnlistedPerson.objects.visible_to(reader).open().exclude(person=reader)
    if q:
        rows = rows.filter(person__in=Person.objects.visible_to(reader).named(q).values("pk"))
    if unit:
        rows = rows.filter(person__unit__in=UnitClosure.objects.filter(ancestor=unit).values("unit"))
    if reader.holds(Role.ADMINISTRATOR):
        return rows
    units = {unit for role, unit in reader.current_grants if role == Role.HR}
    return rows if None in units else rows.filter(person__unit__in=UnitClosure.objects.filter(ancestor__in=units).values("unit"))


def what_follows(rows: Sequence[UnlistedPerson]) -> list[Line]:
    """Return a line for each of ``rows``, whose people were joined; one query for the roles of all."""
    grants = RoleGrant.objects.not_over().filter(person__in=[row.person_id for row in rows])
    holders = set(grants.values_list("person", flat=True))
    return [_line(row, holds_role=row.person_id in holders) for row in rows]


def _line(row: UnlistedPerson, *, holds_role: bool) -> Line:
    person = row.person
    if row.answer == UnlistedPerson.Answer.STAYS:
        return Line(person, row, "stays")
    if row.answer == UnlistedPerson.Answer.LEFT:
        return Line(person, row, "leaves", person.leaves_on)
    if person.unlisted_on is not None:
        return Line(person, row, "shut", person.unlisted_on + datetime.timedelta(days=settings.UNLISTED_KEPT_DAYS))
    return Line(person, row, "holds") if holds_role else Line(person, row, "waiting", row.due_on)


def first_imported_on() -> datetime.date | None:
    """Return the day on which the first file of HR was written; None while there was none."""
    first = (
        ImportBatch.objects.filter(state=ImportBatch.State.APPLIED, is_by_hand=False)
        .order_by("applied_at")
        .values_list("applied_at", flat=True)
        .first()
    )
    return clock.date_of(first) if first else None


def possible_superiors(reader: Person, person_id: int) -> QuerySet[Person]:
    """Return the queryset of those under whom ``reader``, of HR, may put the person of this key.

    Whoever is here and has a number and a place, but for both of them and for those below the reader: nobody enters that line by them.
    """
    if not reader.holds(Role.HR):
        return Person.objects.none()
    below = ReportingLine.objects.filter(manager=reader).values("person")
    placed = Holding.objects.filter(ends_on=None, is_interim=False).values("person")
    here = Person.objects.visible_to(reader).present().exclude(employee_number=None)
    return here.filter(pk__in=placed).exclude(pk__in=[person_id, reader.pk]).exclude(pk__in=below)


def are_of_others(*, places: Sequence[int], person_id: int) -> bool:
    """Return whether somebody else than this person holds one of these positions, now or later."""
    others = Holding.objects.filter(position__in=places).exclude(person=person_id)
    return others.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today())).exclude(is_interim=True).exists()
