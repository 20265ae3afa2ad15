"""The absences that a file says of people: dates, and never why."""

from collections.abc import Mapping
from typing import Any

from rse.core import clock
from rse.core.people.services.absences import Days, days_of

from .company import Company
from .rows import Row


def add_absences(standing: Mapping[str, Any]) -> None:
    """Write into ``away`` of each of these people the absence of theirs that is not over; one query."""
    away = days_of([one.pk for one in standing.values()])
    for one in standing.values():
        one.away = away.get(one.pk, (None, None))


def absence_of(company: Company, row: Row) -> Days:
    """Return the absence that a row says, as far as it is not over and its days are in order; a problem where they are not."""
    first, last = row.absent_from, row.absent_until
    if first is not None and last is not None and last < first:
        company.problems.add(row.line, "absent_until", "absence_reversed", hired=first.isoformat(), leaves=last.isoformat())
        return None, None
    return (None, None) if first is None or (last is not None and last < clock.today()) else (first, last)
