"""The difference between the people of a file and those of the database: who comes, changes, moves, leaves or returns.

Nothing is written here.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core import clock
from rse.core.characters import full_name
from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.people.services.absences import Days
from rse.core.people.services.emails import COLUMNS as COLUMNS_OF_ADDRESSES
from rse.identity.services.addresses import asked_lately, guarded_ids

from .away import absence_of, add_absences
from .columns import COLUMNS
from .company import Company, is_second_job
from .formats import Table
from .lookups import PIECE, open_holdings
from .problems import Problems
from .reading import read_rows
from .rows import Row
from .snapshot import name_key

BATCH = 2000
ADDED, CHANGED, MOVED, LEFT, RETURNED, UNLISTED = "added", "changed", "moved", "left", "returned", "unlisted"
KINDS = {
    ADDED: pgettext_lazy("people of an import", "Added"),
    CHANGED: pgettext_lazy("people of an import", "Changed"),
    MOVED: pgettext_lazy("people of an import", "Moved"),
    LEFT: pgettext_lazy("people of an import", "Left"),
    RETURNED: pgettext_lazy("people of an import", "Back"),
    UNLISTED: pgettext_lazy("people of an import", "Absent from the file"),
}
OF_COLUMN = {"title": "position_title", "family": "job_family"}
MOVES = frozenset({"unit", "position", "site", "manager", "interim_position"})
DATES = frozenset({"hired_on", "trial_ends_on", "leaves_on"})
ONE_DAY = datetime.timedelta(days=1)

# Columns of a person beside what the database calls them; an empty cell keeps an e-mail, because somebody signs in with it.
ALWAYS = {"first_name": "first_name", "last_name": "last_name", "position_title": "title"}
WHERE_SAID = {"trial_ends_on": "trial_ends_on", "leaves_on": "leaves_on"}
KEPT_WHERE_EMPTY = {"email": "email", "private_email": "private_email"}
# What people say of themselves is theirs: the file gives it once, when they come or come back.
ONCE = ("languages", "work_phone", "language")

KEYS = ("pk", "employee_number", "state", "is_cut", "unlisted_on")
VALUES = ("first_name", "last_name", "email", "private_email", "title", "hired_on", "trial_ends_on", "leaves_on")
LINKED = ("unit__code", "site__name", "family__label")
OF_PLACE = ("pk", "position__code", "starts_on", "ends_on", "is_interim")
LABELS = {
    "manager": COLUMNS["manager_position"].label,
    "state": _("State"),
    "title": COLUMNS["position_title"].label,
    "family": COLUMNS["job_family"].label,
    "unlisted": _("Absent from the files"),
    "absence": _("Absence"),
    **{name: column.label for name, column in COLUMNS.items()},
}


@dataclass(slots=True)
class Place:
    """A place that a person holds, as the database has it."""

    pk: int
    code: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    is_interim: bool


@dataclass(slots=True)
class Standing:
    """A person as the database has them, with codes for units, sites and families."""

    pk: int
    number: str | None
    state: str
    is_cut: bool
    is_shut_out: bool  # no file named them, and nobody answered in time: all of theirs is still there
    values: dict[str, Any]
    is_guarded: bool = False  # an account or a role: another address waits for a yes
    asked: dict[str, str] = field(default_factory=dict)  # addresses that wait for a yes, or were refused lately
    places: list[Place] = field(default_factory=list)
    away: Days = (None, None)  # the absence that is not over


@dataclass(slots=True)
class Change:
    """What happens to one person. ``values`` are what the row becomes, by codes.

    ``fields`` are what a reader is shown, as pairs of a name and what the file says: never what the database holds, because whoever may
    import people may not open all of theirs. None stands for a change whose new value only the database knows.
    """

    kind: str
    number: str
    name: str
    person_id: int | None = None
    state: str = ""
    has_arrived: bool = False
    is_listed_again: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    is_absent: bool = False  # is not in the file
    fields: list[tuple[str, str | None]] = field(default_factory=list)
    ends: list[tuple[int, datetime.date]] = field(default_factory=list)
    drops: list[int] = field(default_factory=list)
    adjusts: list[tuple[int, datetime.date, datetime.date | None]] = field(default_factory=list)
    starts: list[tuple[str, datetime.date, datetime.date | None, bool]] = field(default_factory=list)
    away: Days | None = None  # what becomes of absences; None: nothing

    def as_json(self) -> dict[str, Any]:
        """Return what a report keeps. Whoever is not in the file is kept by key: their name is read when somebody who may asks."""
        if self.is_absent:
            return {"kind": self.kind, "person": self.person_id}
        return {"kind": self.kind, "number": self.number, "name": self.name, "fields": [list(one) for one in self.fields]}


def compare_people(
    company: Company, table: Table, absent: frozenset[int], seen: Callable[[int], None] | None = None
) -> Iterator[Change | int]:
    """Iterate over the changes by the file in its order, then those who are not in it; a number counts people unchanged.

    Rows with errors are left out. The file is read again, ``BATCH`` rows at a time, with the same few queries for each batch; problems that
    only the database shows are added to ``company.problems``.
    """
    rows = read_rows(table, company.mapping, Problems(limit=0), seen, decisions=company.decisions)
    beside = company.decisions.contracts.older.keys() | company.decisions.contracts.seconds.keys()
    good = (row for row in rows if not row.is_vacant and row.line not in beside and not company.is_bad(row.line))
    while batch := list(islice(good, BATCH)):
        standing = _standing(batch, company.same)
        if company.mapping.says("absent_from"):
            add_absences(standing)
        company.held |= _sign_ins(batch)
        changes = [_compare(company, row, standing.get(row.employee_number)) for row in batch]
        yield changes.count(None)
        yield from (change for change in changes if change is not None)
    gone = Person.objects.filter(pk__in=sorted(absent)) if len(absent) <= BATCH else Person.objects.exclude(state=PersonState.LEFT)
    for pk, state, first, last in gone.order_by("pk").values_list("pk", "state", "first_name", "last_name").iterator(PIECE):
        if pk in absent:
            name = full_name(first, last) if state == PersonState.ACTIVE else ""  # of the others, not everybody may know
            yield Change(UNLISTED, "", name, pk, state, is_absent=True)


def _standing(batch: list[Row], same: Mapping[str, int]) -> dict[str, Standing]:
    """Return the people of some rows as the database has them, by the number of the file.

    Those without a number are found by their e-mail; ``same`` are keys of people whose number changes by this file.
    """
    numbers = [row.employee_number for row in batch]
    found = {one.number: one for one in _people(employee_number__in=numbers) if one.number is not None}
    changed = {same[number]: number for number in numbers if number in same}
    if changed:
        found |= {changed[one.pk]: one for one in _people(pk__in=changed)}
    adopted = {row.email: row.employee_number for row in batch if row.email and row.employee_number not in found}
    if adopted:
        orphans = _people(employee_number__isnull=True, email__in=list(adopted))
        found |= {adopted[one.values["email"]]: one for one in orphans if one.state != PersonState.LEFT}
    by_id = {one.pk: one for one in found.values()}
    held = open_holdings().filter(person__in=list(by_id))
    for person, *place in held.order_by("starts_on", "pk").values_list("person", *OF_PLACE):
        by_id[person].places.append(Place(*place))
    for person in guarded_ids(list(by_id)):
        by_id[person].is_guarded = True
    for (person, kind), address in asked_lately(list(by_id)).items():
        by_id[person].asked[kind] = address
    return found


def _compare_absences(company: Company, row: Row, before: Days, change: Change) -> None:
    """Add to ``change`` the absence that the file says, where it says another than is known."""
    if company.mapping.says("absent_from") and (said := absence_of(company, row)) != before:
        change.away = said
        change.fields.append(("absence", None))


def _sign_ins(batch: list[Row]) -> dict[str, str]:
    """Return the addresses of these rows by which somebody signs in, each with their number: nobody else is given one of these."""
    said = {address.lower() for row in batch for address in (row.email, row.private_email) if address}
    at_home = Person.objects.filter(email=None, has_account=True).annotate(address=Lower("private_email")).filter(address__in=said)
    at_work = Person.objects.filter(email__in={row.private_email.lower() for row in batch if row.private_email}, has_account=True)
    found = [
        *at_home.order_by("pk").values_list("address", "employee_number"),
        *at_work.order_by("pk").values_list("email", "employee_number"),
    ]
    return {address: number or "" for address, number in found}


def _people(**which: Any) -> list[Standing]:
    found = []
    for pk, number, state, is_cut, unlisted_on, *values in (
        Person.objects.filter(**which).order_by("pk").values_list(*KEYS, *VALUES, *LINKED)
    ):
        named = dict(zip((*VALUES, "unit", "site", "family"), values, strict=True))
        named["site"], named["family"] = name_key(named["site"] or ""), name_key(named["family"] or "")
        found.append(Standing(pk, number, state, is_cut, unlisted_on is not None, values=named))
    return found


def _compare(company: Company, row: Row, standing: Standing | None) -> Change | None:
    said = company.people[row.employee_number]
    state = PersonState.LEFT if said.is_left else company.state_of(row)
    if state == PersonState.LEFT and (standing is None or (standing.state == PersonState.LEFT and not standing.is_shut_out)):
        return None  # somebody who left before we knew them, or long ago: nothing of theirs is taken in
    if standing is None:
        return _added(company, row, state)
    if standing.is_cut and not _is_hired_anew(row, standing):
        company.problems.add(row.line, "employee_number", "access_cut")
        return None
    change = Change(CHANGED, row.employee_number, row.name, standing.pk, state)
    _compare_values(company, row, standing, change)
    _compare_states(company, row, standing, change)
    _place(company, row, standing, change)
    _compare_absences(company, row, standing.away, change)
    if (standing.is_shut_out or standing.pk in company.known.unlisted) and change.kind != LEFT:
        change.is_listed_again = True
        change.fields.append(("unlisted", ""))
    if change.kind != CHANGED:
        return change
    if MOVES & {name for name, _after in change.fields}:
        change.kind = MOVED
    return change if change.fields else None


def _compare_states(company: Company, row: Row, standing: Standing, change: Change) -> None:
    if standing.is_shut_out and change.state != PersonState.LEFT:
        change.kind = RETURNED
    elif standing.state == PersonState.LEFT and not standing.is_shut_out:
        change.kind = RETURNED
        change.values |= {"state": change.state, "leaves_on": row.leaves_on, "is_cut": False} | _once(row)
    elif change.state == PersonState.LEFT:
        change.kind = LEFT
        if row.leaves_on is None:  # the status says it, and no day
            change.values["leaves_on"] = company.today_at(name_key(row.site))
    elif standing.state != change.state:
        change.fields.append(("state", change.state))
        change.has_arrived = change.state == PersonState.ACTIVE
        if not change.has_arrived:
            change.values["state"] = change.state


def _is_hired_anew(row: Row, standing: Standing) -> bool:
    """Return whether the file gives another first day after their last: HR took them on again, knowing that their access was cut."""
    left = standing.values["leaves_on"]
    return bool(row.hired_on and left and row.hired_on > left and row.hired_on != standing.values["hired_on"])


def _added(company: Company, row: Row, state: str) -> Change:
    values = _wanted(company, row) | {"employee_number": row.employee_number, "state": state} | _once(row)
    change = Change(ADDED, row.employee_number, row.name, None, state, values=values)
    hired_on = row.hired_on or min(clock.today(), row.leaves_on or clock.today())
    held = [company.people[row.employee_number].place, *company.seconds.get(row.employee_number, ())]
    change.starts = [(place, hired_on, row.leaves_on, False) for place in held]
    if row.interim_position:
        change.starts.append((row.interim_position, hired_on, row.leaves_on, True))
    _compare_absences(company, row, (None, None), change)
    change.fields = []
    return change


def _compare_values(company: Company, row: Row, standing: Standing, change: Change) -> None:
    if standing.number != row.employee_number:
        change.values["employee_number"] = row.employee_number
        change.fields.append(("employee_number", row.employee_number))
    by_hand = company.known.corrected.get(standing.pk, {})
    wanted = _wanted(company, row)
    if company.mapping.corrected.get(row.employee_number) or all(_shown(wanted.get(name)) == said for name, said in by_hand.items()):
        company.agreed.add(standing.pk)
        by_hand = {}
    for name, value in wanted.items():
        before = standing.values[name]
        if name in by_hand and _shown(value) != by_hand[name]:
            told = {"value": _shown(value), "person": standing.pk, "number": row.employee_number}
            company.problems.add(row.line, OF_COLUMN.get(name, name), "corrected_by_hand", **told)
            continue
        if name in COLUMNS_OF_ADDRESSES and standing.is_guarded and value != (before or ""):
            if standing.asked.get(name) == value.lower():
                continue
            company.problems.add(row.line, name, "address_waits")
        if value != ("" if before is None and name not in DATES else before):
            change.values[name] = value
            change.fields.append((name, _shown(value)))


def _wanted(company: Company, row: Row) -> dict[str, Any]:
    """Return the columns that the row gives the person, as the database calls them, with codes for links."""
    wanted = {name: getattr(row, column) for column, name in ALWAYS.items()}
    wanted["unit"] = row.unit
    if row.site:
        wanted["site"] = name_key(row.site)
    if row.hired_on:
        wanted["hired_on"] = row.hired_on
    wanted |= {name: getattr(row, column) for column, name in WHERE_SAID.items() if company.mapping.says(column)}
    written = {name: value for column, name in KEPT_WHERE_EMPTY.items() if (value := getattr(row, column))}
    wanted |= {
        name: value for name, value in written.items() if company.held.get(value.lower(), row.employee_number) == row.employee_number
    }
    if company.mapping.says("job_family"):
        wanted["family"] = name_key(row.job_family)
    return wanted


def _once(row: Row) -> dict[str, Any]:
    return {name: value for name in ONCE if (value := getattr(row, name))}


def _shown(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime.date) else str(value)


def _place(company: Company, row: Row, standing: Standing, change: Change) -> None:
    """Add to ``change`` the places that end, begin or change their dates. What others planned for later is left alone."""
    said, today = company.people[row.employee_number], clock.today()
    is_here = change.kind != RETURNED or standing.is_shut_out
    current = [place for place in standing.places if is_here and (place.starts_on <= today or standing.state == PersonState.EXPECTED)]
    primary = [place for place in current if not place.is_interim]
    seconds = company.seconds.get(row.employee_number, [])
    beside = [place for place in primary if place.code in seconds or is_second_job(place.code, row.employee_number)]
    primary = [place for place in primary if place not in beside]
    held = next((place for place in primary if place.code == said.place), None)
    before = held or (primary[-1] if primary else None)
    if change.kind == LEFT:
        for place in current:
            _adjust(place, place.starts_on, max(row.leaves_on or today, place.starts_on), change)
        return
    starts_on = _first_day(row, standing, change, today)
    if held is None:
        _end(primary if is_here else [place for place in standing.places if place not in beside], starts_on, change)
        change.starts.append((said.place, starts_on, row.leaves_on, False))
        change.fields.append(("position", company.as_said(said.place)))
    elif {"hired_on", "leaves_on"} & change.values.keys():
        first = row.hired_on if held.starts_on == standing.values["hired_on"] and row.hired_on else held.starts_on
        last = row.leaves_on if "leaves_on" in change.values else held.ends_on
        _adjust(held, first, last if last is None else max(first, last), change)
    _place_beside(seconds, beside, (starts_on, row.leaves_on), change)
    superior = company.known.above.get(before.code, "") if before else ""
    wanted = company.places[said.place]
    if (wanted.above is not None or held is None) and company.above(said.place) != superior:
        change.fields.append(("manager", row.manager_position or row.manager_number or ("" if wanted.above == "" else None)))
    if company.mapping.says("interim_position"):
        _place_interim(row, [place for place in current if place.is_interim], starts_on, change)


def _place_beside(wanted: list[str], held: list[Place], dates: tuple[datetime.date, datetime.date | None], change: Change) -> None:
    """Add to ``change`` the places of second jobs that begin, and those that the file does not say any more."""
    new = [code for code in wanted if all(place.code != code for place in held)]
    over = [place for place in held if place.code not in wanted]
    change.starts += [(code, *dates, False) for code in new]
    _end(over, dates[0], change)
    if new or over:
        change.fields.append(("position", None))


def _first_day(row: Row, standing: Standing, change: Change, today: datetime.date) -> datetime.date:
    """Return the day from which somebody who was known holds a new place: today, or a first day that is to come or follows their last."""
    hired, left = row.hired_on or today, standing.values["leaves_on"]
    if hired > today or (change.kind == RETURNED and not standing.is_shut_out and left is not None and hired > left):
        return hired
    return today


def _place_interim(row: Row, held: list[Place], starts_on: datetime.date, change: Change) -> None:
    wanted = row.interim_position
    ended = [place for place in held if place.code != wanted]
    is_new = bool(wanted) and all(place.code != wanted for place in held)
    if not ended and not is_new:
        return
    _end(ended, starts_on, change)
    if is_new:
        change.starts.append((wanted, starts_on, row.leaves_on, True))
    change.fields.append(("interim_position", wanted))


def _end(places: list[Place], before: datetime.date, change: Change) -> None:
    """Add to ``change`` that these places are held until the day before; one that would end before it began is deleted."""
    for place in places:
        if place.starts_on < before:
            change.ends.append((place.pk, min(before - ONE_DAY, place.ends_on or before)))
        else:
            change.drops.append(place.pk)


def _adjust(place: Place, first: datetime.date, last: datetime.date | None, change: Change) -> None:
    if (place.starts_on, place.ends_on) != (first, last):
        change.adjusts.append((place.pk, first, last))
