"""The tree of units, the positions, and the closure of who stands above whom."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from ... import clock
from ...enums import PersonState
from ...models import ReportingLine, Unit, UnitClosure
from ...ops import locks

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST = 60  # levels; a tree deeper than this is a mistake in the file, and the climb must end
PIECE = 5000


class CycleInTree(Exception):
    """The parents of these units lead back to themselves; ``codes`` names them."""

    def __init__(self, codes: Iterable[str]):
        self.codes = sorted(codes)
        super().__init__(", ".join(self.codes))


@transaction.atomic
def rebuild_units() -> int:
    """Rebuild ``UnitClosure`` from the parents of the units, writing only the difference; return the number of its rows.

    Costs three queries and memory for every pair of a unit and one above it, whatever changed.

    Raises:
        CycleInTree: some units are above themselves.

    """
    locks.wait_for_turn("organisation")
    parents = dict(Unit.objects.values_list("pk", "parent"))
    wanted: dict[tuple[int, int], int] = {}
    for unit in parents:
        above: int | None = unit
        depth = 0
        while above is not None:
            wanted[unit, above] = depth
            above, depth = parents[above], depth + 1
            if depth > len(parents):
                raise CycleInTree(Unit.objects.filter(pk__in=_cycle(parents, unit)).values_list("code", flat=True))
    kept = {(unit, above): (pk, depth) for pk, unit, above, depth in UnitClosure.objects.values_list("pk", "unit", "ancestor", "depth")}
    gone = [pk for place, (pk, depth) in kept.items() if wanted.get(place) != depth]
    for start in range(0, len(gone), PIECE):
        UnitClosure.objects.filter(pk__in=gone[start : start + PIECE]).delete()
    new = [(place, depth) for place, depth in wanted.items() if place not in kept or kept[place][1] != depth]
    UnitClosure.objects.bulk_create(
        [UnitClosure(unit_id=unit, ancestor_id=above, depth=depth) for (unit, above), depth in new], batch_size=PIECE
    )
    return len(wanted)


def _cycle(parents: dict[int, int | None], start: int) -> set[int]:
    seen: list[int] = []
    here: int | None = start
    while here is not None and here not in seen:
        seen.append(here)
        here = parents[here]
    return set(seen[seen.index(here) :]) if here is not None else set()


# Who stands above whom: the part of a statement that says what should be there.
LINES = """
    WITH RECURSIVE
    filled(position_id, person_id) AS (
        SELECT h.position_id, h.person_id FROM core_holding h JOIN core_person p ON p.id = h.person_id
        WHERE p.state = %(active)s AND h.starts_on <= %(day)s AND (h.ends_on IS NULL OR h.ends_on >= %(day)s)
    ),
    taken(position_id) AS (SELECT DISTINCT position_id FROM filled),
    climb(position_id, above_id, depth, steps) AS (
        SELECT p.id, p.reports_to_id, CASE WHEN t.position_id IS NULL THEN 0 ELSE 1 END, 1
        FROM core_position p LEFT JOIN taken t ON t.position_id = p.reports_to_id
        WHERE p.reports_to_id IS NOT NULL
        UNION ALL
        SELECT c.position_id, p.reports_to_id, c.depth + CASE WHEN t.position_id IS NULL THEN 0 ELSE 1 END, c.steps + 1
        FROM climb c JOIN core_position p ON p.id = c.above_id LEFT JOIN taken t ON t.position_id = p.reports_to_id
        WHERE p.reports_to_id IS NOT NULL AND c.steps < %(deepest)s
    ),
    below(position_id, person_id) AS (
        SELECT position_id, person_id FROM filled
        UNION
        SELECT h.position_id, h.person_id FROM core_holding h JOIN core_person p ON p.id = h.person_id
        WHERE p.state = %(expected)s AND (h.ends_on IS NULL OR h.ends_on >= %(day)s)
    ),
    wanted(person_id, manager_id, depth) AS MATERIALIZED (
        SELECT b.person_id, m.person_id, MIN(c.depth)
        FROM below b JOIN climb c ON c.position_id = b.position_id JOIN filled m ON m.position_id = c.above_id
        WHERE b.person_id <> m.person_id
        GROUP BY b.person_id, m.person_id
    )
"""
REMOVE_LINES = """
    DELETE FROM core_reportingline WHERE id IN (
        SELECT l.id FROM core_reportingline l
        LEFT JOIN wanted w ON w.person_id = l.person_id AND w.manager_id = l.manager_id WHERE w.person_id IS NULL
    )
"""
WRITE_LINES = """
    INSERT INTO core_reportingline (person_id, manager_id, depth)
    SELECT w.person_id, w.manager_id, w.depth FROM wanted w
    LEFT JOIN core_reportingline l ON l.person_id = w.person_id AND l.manager_id = w.manager_id
    WHERE l.id IS NULL OR l.depth <> w.depth
    ON CONFLICT (person_id, manager_id) DO UPDATE SET depth = excluded.depth
"""


@transaction.atomic
def rebuild_reporting_lines(*, on: datetime.date | None = None) -> int:
    """Rebuild ``ReportingLine`` as it is on that day (today when none is given); return the number of its rows.

    It climbs through positions that nobody fills, takes every holder of a shared or interim one, counts as depth the filled ones it passes,
    and never puts a person above themselves. Somebody who is expected has a line, and stands in nobody's. One recursive statement says the
    lines, run once to delete and once to insert what differs; another rebuild waits for this one, and then reads what it committed.
    """
    locks.wait_for_turn("organisation")
    values: dict[str, Any] = {
        "active": PersonState.ACTIVE,
        "expected": PersonState.EXPECTED,
        "day": on or clock.today(),
        "deepest": DEEPEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(LINES + REMOVE_LINES, values)
        cursor.execute(LINES + WRITE_LINES, values)
    return ReportingLine.objects.count()
