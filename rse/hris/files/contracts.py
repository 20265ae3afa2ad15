"""Several rows of one person: contracts that follow each other, of which the one in force counts, and jobs held at the same time."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rse.core.folding import fold

from .rows import Row

GAP = datetime.timedelta(days=31)  # between two contracts that are one stay


@dataclass(frozen=True)
class Contracts:
    """What becomes of lines that share a number: those that count for nothing, each with the line that counts; second jobs with theirs."""

    older: Mapping[int, int] = field(default_factory=dict)
    seconds: Mapping[int, int] = field(default_factory=dict)
    first_days: Mapping[int, datetime.date] = field(default_factory=dict)  # of the stay, by the line that counts


def contracts_of(rows: Iterable[Sequence[Row]], today: datetime.date) -> Contracts:
    """Return what becomes of the rows of each number. Rows that are not of one person are left to be told as a fault."""
    older: dict[int, int] = {}
    seconds: dict[int, int] = {}
    first_days: dict[int, datetime.date] = {}
    for group in rows:
        if not all(_is_same_person(group[0], row) for row in group[1:]):
            continue
        ranked = sorted(group, key=lambda row: _rank(row, today), reverse=True)
        main = ranked[0]
        for row in ranked[1:]:
            beside = _is_in_force(row, today) and _is_in_force(main, today) and _is_another_job(row, main)
            (seconds if beside else older)[row.line] = main.line
        if first := _first_day(main, group):
            first_days[main.line] = first
    return Contracts(older, seconds, first_days)


def _is_same_person(one: Row, other: Row) -> bool:
    if one.email and one.email == other.email:
        return True
    if fold(one.first_name) != fold(other.first_name):
        return False
    return bool(_families(one) & _families(other))


def _families(row: Row) -> set[str]:
    return {fold(name) for name in (row.last_name, row.birth_name) if name}


def _is_in_force(row: Row, today: datetime.date) -> bool:
    has_begun = row.hired_on is None or row.hired_on <= today
    return has_begun and (row.leaves_on is None or row.leaves_on >= today)


def _is_another_job(row: Row, main: Row) -> bool:
    return (fold(row.position_title), row.unit, row.position) != (fold(main.position_title), main.unit, main.position)


def _rank(row: Row, today: datetime.date) -> tuple[int, int, int, int]:
    """Order contracts: in force, then to come, then over; of those in force the one without an end, then the older, is the main one."""
    begins = (row.hired_on or today).toordinal()
    ends = (row.leaves_on or datetime.date.max).toordinal()
    if _is_in_force(row, today):
        return 2, ends, -begins, -row.line
    if row.hired_on is not None and row.hired_on > today:
        return 1, -begins, ends, -row.line
    return 0, ends, begins, -row.line


def _first_day(main: Row, group: Sequence[Row]) -> datetime.date | None:
    """Return the first day of the stay that ``main`` goes on with: contracts less than a month apart are one stay."""
    first = main.hired_on
    for row in sorted(group, key=lambda row: row.hired_on or datetime.date.min, reverse=True):
        if first and row.hired_on and row.hired_on < first and row.leaves_on and row.leaves_on >= first - GAP:
            first = row.hired_on
    return first
