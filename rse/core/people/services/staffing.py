"""Many people and their places written at once, in the caller's transaction.

Who may is asked by the caller; what is written was checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F

from ...columns import write_beside_names
from ...enums import Addressed
from ...models import Holding, JobFamily, Person, Position, Site, Unit
from ...organisation.services.reporting import rebuild_reporting_lines, rebuild_units
from . import addresses
from .emails import COLUMNS, newcomer
from .people import arrive, deactivate, no_password

if TYPE_CHECKING:
    import datetime

BATCH = 2000
FEW = 500  # rows of an update with values of its own for each: the statement grows with them
NAMED_ON_LEAVING = 10_000


def add_sites(*, sites: dict[str, dict[str, str]]) -> None:
    """Create sites from a mapping of names to their columns; what is empty is the company's."""
    rows = [Site(name=name, **{column: value for column, value in values.items() if value}) for name, values in sites.items()]
    Site.objects.bulk_create(rows, batch_size=BATCH)


def change_sites(*, sites: dict[str, dict[str, str]]) -> None:
    """Update existing sites, from a mapping of names to their new columns: time zone, country, region."""
    for name, values in sites.items():
        Site.objects.filter(name=name).update(**values)


def add_families(*, labels: Iterable[str]) -> None:
    JobFamily.objects.bulk_create([JobFamily(label=label) for label in labels], batch_size=BATCH)


def write_units(*, new: dict[str, str], parents: dict[str, str], changed: Sequence[tuple[int, dict[str, Any]]]) -> dict[str, int]:
    """Add units by code with their names, put them under their parents, change others; return the keys of all by code.

    Raises:
        CycleInTree: some units would be above themselves.

    """
    Unit.objects.bulk_create([Unit(code=code, name=name) for code, name in new.items()], batch_size=BATCH)
    keys = dict(Unit.objects.values_list("code", "pk"))
    links = [(keys[code], {"parent_id": keys[parent]}) for code, parent in parents.items() if parent]
    links += [(pk, linked(values, parent=keys)) for pk, values in changed]
    update_rows(model=Unit, rows=links)
    if new or links:
        rebuild_units()
    return keys


def add_positions(*, positions: Sequence[dict[str, Any]], above: dict[str, str], keys: dict[str, int]) -> None:
    """Add positions, those above before those below; ``keys`` (of codes that exist) learns the new ones.

    Each of ``positions`` holds the values of a row with its ``code``; ``above`` gives the code of the superior, if there is one.
    """
    waiting = {position["code"]: position for position in positions}
    floors: dict[str, int] = {}
    for code in waiting:
        way = []
        here = code
        while here in waiting and here not in floors:
            way.append(here)
            here = above.get(here, "")
        floor = floors.get(here, -1)
        for step in reversed(way):
            floor += 1
            floors[step] = floor
    by_floor = defaultdict(list)
    for code, floor in floors.items():
        by_floor[floor].append(code)
    for floor in sorted(by_floor):
        for codes in pieces(by_floor[floor], BATCH):
            rows = [Position(**waiting[code], reports_to_id=keys.get(above.get(code, ""))) for code in codes]
            keys.update((row.code, row.pk) for row in Position.objects.bulk_create(rows))


def add_people(*, people: Sequence[dict[str, Any]], handles: addresses.Handles) -> list[int]:
    """Add people who have no password yet, each with an address that nobody had; return their keys, in the order of the rows."""
    rows = [
        newcomer(
            **values,
            handle=handles.free(first_name=values["first_name"], last_name=values["last_name"]),
            password=no_password(),
        )
        for values in people
    ]
    Person.objects.bulk_create(rows, batch_size=BATCH)
    addresses.keep(kind=Addressed.PERSON, addresses=[(row.pk, row.handle) for row in rows])
    return [row.pk for row in rows]


def change_people(*, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Give each person their own new values; the address of whoever gets another name follows it."""
    update_rows(model=Person, rows=rows)
    renamed = [pk for pk, values in rows if not addresses.NAMES.isdisjoint(values)]
    if renamed:
        addresses.follow_names(person_ids=renamed)


def update_rows(*, model: Any, rows: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Give each row its own new values, and what it is found and ordered by; rows that change the same columns go together.

    Raises:
        ValueError: an address of a person is among the values: those have a service of their own.

    """
    alike: dict[tuple[str, ...], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for pk, values in rows:
        if values:
            alike[tuple(sorted(values))].append((pk, values))
    for names, group in alike.items():
        if model is Person and COLUMNS & set(names):
            raise ValueError("addresses of people are written by their own service")
        for piece in pieces(group, FEW):
            objects = [model(pk=pk, **values) for pk, values in piece]
            beside = write_beside_names(objects, names)
            model.objects.bulk_update(objects, [*(name.removesuffix("_id") for name in names), *beside])


def welcome(*, arrived: Sequence[int], returned: Sequence[int]) -> None:
    """Mark expected people as arrived, and make whoever returned need a new invitation, whatever password they knew."""
    for piece in pieces(arrived, NAMED_ON_LEAVING):
        arrive(person_ids=piece)
    for piece in pieces(returned, NAMED_ON_LEAVING):
        Person.objects.filter(pk__in=piece).update(version=F("version") + 1)
    update_rows(model=Person, rows=[(pk, {"password": no_password()}) for pk in returned])


def let_go(*, person_ids: Sequence[int]) -> int:
    """Deactivate these people with everything that ends with it; return how many were here."""
    return sum(deactivate(person_ids=piece) for piece in pieces(person_ids, NAMED_ON_LEAVING))


def move(
    *,
    drops: Sequence[int],
    ends: Sequence[tuple[int, datetime.date]],
    adjusts: Sequence[tuple[int, datetime.date, datetime.date | None]],
    starts: Sequence[tuple[int, int, datetime.date, datetime.date | None, bool]],
    shared: set[int],
) -> list[int]:
    """End places, change their dates, then begin others: person, position, first day, last day, interim; return the keys of those begun.

    ``shared`` positions get seats.
    """
    for piece in pieces(drops, NAMED_ON_LEAVING):
        Holding.objects.filter(pk__in=piece).delete()
    by_day = defaultdict(list)
    for pk, day in ends:
        by_day[day].append(pk)
    for day, keys in by_day.items():
        for piece in pieces(keys, NAMED_ON_LEAVING):
            Holding.objects.filter(pk__in=piece).update(ends_on=day)
    update_rows(model=Holding, rows=[(pk, {"starts_on": first, "ends_on": last}) for pk, first, last in adjusts])
    seats = _Seats(shared & {position for _person, position, *_rest in starts})
    begun: list[int] = []
    for piece in pieces(starts, BATCH):
        rows = [
            Holding(
                person_id=person,
                position_id=position,
                starts_on=first,
                ends_on=last,
                is_interim=is_interim,
                seat=1 if is_interim else seats.free(position),
            )
            for person, position, first, last, is_interim in piece
        ]
        begun += [row.pk for row in Holding.objects.bulk_create(rows)]
    return begun


class _Seats:
    """The free seats of shared positions; every other has one."""

    def __init__(self, positions: set[int]):
        self._taken: dict[int, set[int]] = {position: set() for position in positions}
        for piece in pieces(sorted(positions), NAMED_ON_LEAVING):
            held = Holding.objects.filter(position__in=piece, ends_on=None, is_interim=False)
            for position, seat in held.values_list("position", "seat").order_by("pk"):
                self._taken[position].add(seat)

    def free(self, position: int) -> int:
        taken = self._taken.get(position)
        if taken is None:
            return 1
        seat = next(number for number in range(1, len(taken) + 2) if number not in taken)
        taken.add(seat)
        return seat


def settle() -> int:
    """Rebuild the reporting lines of today after a bulk write, with fresh statistics for the planner; return the number of lines."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Person, Position, Holding):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
    return rebuild_reporting_lines()


def linked(values: dict[str, Any], **keys: dict[str, int]) -> dict[str, Any]:
    """Replace in ``values`` the codes of rows by their keys."""
    return {
        (f"{name}_id" if name in keys else name): (keys[name].get(value) if value else None) if name in keys else value
        for name, value in values.items()
    }


def pieces(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """Iterate over ``items`` in slices of ``size``."""
    return (items[start : start + size] for start in range(0, len(items), size))
