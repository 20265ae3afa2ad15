"""The tree of units, the positions, and the closure of who stands above whom."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from .. import clock
from ..enums import PersonState
from ..models import Unit, UnitClosure

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST = 60  # levels; a tree deeper than this is a mistake in the file, and the climb must end


class CycleInTree(Exception):
    """The parents of these units lead back to themselves; ``codes`` names them."""

    def __init__(self, codes: Iterable[str]):
        self.codes = sorted(codes)
        super().__init__(", ".join(self.codes))


@transaction.atomic
def rebuild_units() -> int:
    """Make ``UnitClosure`` say what the parents of the units say; the number of its rows.

    Raises:
        CycleInTree: some units are above themselves.

    """
    parents = dict(Unit.objects.values_list("pk", "parent"))
    rows = []
    for unit in parents:
        above: int | None = unit
        depth = 0
        while above is not None:
            rows.append(UnitClosure(unit_id=unit, ancestor_id=above, depth=depth))
            above, depth = parents[above], depth + 1
            if depth > len(parents):
                raise CycleInTree(Unit.objects.filter(pk__in=_cycle(parents, unit)).values_list("code", flat=True))
    UnitClosure.objects.all().delete()
    UnitClosure.objects.bulk_create(rows, batch_size=5000)
    return len(rows)


def _cycle(parents: dict[int, int | None], start: int) -> set[int]:
    seen: list[int] = []
    here: int | None = start
    while here is not None and here not in seen:
        seen.append(here)
        here = parents[here]
    return set(seen[seen.index(here) :]) if here is not None else set()


@transaction.atomic
def rebuild_reporting_lines(*, on: datetime.date | None = None) -> int:
    """Make ``ReportingLine`` say who stands above whom on that day (today when none is given); the number of its rows.

    It climbs through positions that nobody fills, takes every holder of a shared or interim one, counts as depth the filled ones it
    passes, and never puts a person above themselves. Somebody who is expected has a line, and stands in nobody's.
    """
    day = on or clock.today()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_reportingline")
        cursor.execute(
            """
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
            )
            INSERT INTO core_reportingline (person_id, manager_id, depth)
            SELECT b.person_id, m.person_id, MIN(c.depth)
            FROM below b JOIN climb c ON c.position_id = b.position_id JOIN filled m ON m.position_id = c.above_id
            WHERE b.person_id <> m.person_id
            GROUP BY b.person_id, m.person_id
            """,
            {"active": PersonState.ACTIVE, "expected": PersonState.EXPECTED, "day": day, "deepest": DEEPEST},
        )
        return cursor.rowcount
