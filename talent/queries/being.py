"""The other side of a profile: path, trainings, and the wish, each cut for who reads."""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from rse.core import clock
from rse.core.access import readers
from rse.core.columns import SortsAsField, names_begin
from rse.core.enums import PersonState, Role
from rse.core.folding import sorts_as
from rse.core.models import Holding, JobFamily, Person, UnitClosure

from ..enums import Horizon
from ..models import DeclaredSkill, Training, Wish


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of the month, ``months`` earlier; the last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def path_of(person: Person) -> list[Holding]:
    """Return the holdings of ``person`` past and present, the newest first; places to come are not told."""
    rows = Holding.objects.filter(person=person.pk, starts_on__lte=clock.today()).select_related("position__unit")
    return list(rows.order_by("-starts_on", "-pk"))


def trainings_for(reader: Person, person: Person) -> list[Training]:
    rows = Training.objects.visible_to(reader).filter(person=person.pk).order_by("pk")
    return sorted(rows, key=lambda one: (-one.year, sorts_as(one.title)))


def wish_for(reader: Person, person: Person) -> dict[str, Any] | None:
    """Return the wish of ``person`` as ``reader`` may read it; None where there is none to read."""
    return wishes_for(reader, [person.pk]).get(person.pk)


def wishes_for(reader: Person, person_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the wishes of these people that ``reader`` may read, each cut for that reader: ``{person id: fields}``.

    Costs a constant number of queries.
    """
    rows = Wish.objects.visible_to(reader).filter(person__in=person_ids).select_related("person__unit", "family", "site").order_by("pk")
    return dict(zip([wish.person_id for wish in rows], fields_of_wish(reader, list(rows)), strict=True))


def fields_of_wish(reader: Person, wishes: Sequence[Wish]) -> list[dict[str, Any]]:
    """Return what ``reader`` sees of each of ``wishes``, all of which that reader may open.

    Its person and HR of their unit see the whole; those who plan successions see the family aimed at and whether the person is available; a
    recruiter sees these with the declared skills, and not whose wish it is.
    """
    covered = _units_of_hr(reader)
    is_planner, is_recruiter = reader.holds(Role.HR_SUCCESSION), reader.holds(Role.RECRUITER)
    skills = _declared(wishes) if is_recruiter else {}
    shown = []
    for wish in wishes:
        reduced = {"target_family": wish.family, "availability": wish.get_horizon_display()}
        if wish.person_id == reader.pk or covered is None or wish.person.unit_id in covered:
            shown.append(
                reduced
                | {"person": wish.person, "text": wish.text, "site": wish.site, "is_open_to_talk": wish.is_open_to_talk, "wish": wish}
            )
        elif is_planner:
            shown.append(reduced)
        elif is_recruiter:
            shown.append(reduced | {"skills": skills.get(wish.person_id, [])})
        else:
            shown.append({})
    return shown


def _units_of_hr(reader):
    """The units whose people this HR answers for: None for all of them."""
    units = {unit for role, unit in reader.current_grants if role == Role.HR}
    if None in units:
        return None
    return set(UnitClosure.objects.filter(ancestor__in=units).values_list("unit", flat=True)) if units else set()


def _declared(wishes):
    found: dict[int, list[str]] = {}
    rows = DeclaredSkill.objects.filter(person__in=[wish.person_id for wish in wishes], is_public=True).select_related("skill")
    for one in rows.order_by("skill__code"):
        found.setdefault(one.person_id, []).append(one.skill.label)
    return found


HORIZONS = {horizon: place for place, horizon in enumerate(Horizon.values)}
NOT_SHOWN = Value("", output_field=SortsAsField())


def wishes_to_read(reader: Person, *, q: str = "", family: JobFamily | None = None, horizon: str = "") -> QuerySet[Wish]:
    """Return the queryset of the wishes that ``reader`` may open: of the people named like ``q``, in ``family``, within ``horizon``.

    What narrows and orders them is what ``fields_of_wish`` shows to this reader: nobody whose name is not shown is found by it, and
    ``shown_name`` is empty there. ``soonest`` counts the horizons.
    """
    covered = _units_of_hr(reader)
    shown = Q() if covered is None else Q(person__unit__in=covered)
    rows = Wish.objects.visible_to(reader).exclude(person=reader.pk).select_related("person__unit", "person__site", "family", "site")
    if q:
        rows = rows.filter(shown & names_begin(q, "person__found_by"))
    told = {name: value for name, value in (("family", family), ("horizon", horizon)) if value}
    soonest = Case(*(When(horizon=one, then=Value(place)) for one, place in HORIZONS.items()), output_field=IntegerField())
    name = F("person__sorts_as") if covered is None else Case(When(shown, then=F("person__sorts_as")), default=NOT_SHOWN)
    return rows.filter(**told).annotate(shown_name=name, soonest=soonest)


def would_read_wish(person: Person):
    """Return the queryset of those who read the wish of ``person`` once it is shown to HR, computed from its readers."""
    written = Wish.objects.visible_to(person).filter(person=person.pk).first()
    wish, others = written or Wish(person=person), Person.objects.none()
    for part in Wish.readers.alternatives():
        if isinstance(part, readers.When):
            others = others | Person.objects.filter(pk__in=part.part.people(wish).values("pk"))
    denied = Wish.denied.people(wish).values("pk")
    return others.exclude(pk=person.pk).exclude(pk__in=denied).exclude(state=PersonState.LEFT)
