"""What the columns of a file are taken for before anybody has said so: by their headers, confirmed by their values, or by values alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rse.core import clock
from rse.core.folding import fold

from .columns import NAMES, ColumnMapping
from .names import name_of_all
from .private import ambiguous_in
from .statuses import are_statuses
from .survey import NAME, NUMBER, ColumnSeen, Survey

if TYPE_CHECKING:
    from .formats import Table

Take = Callable[[str, ColumnSeen | None], None]

ADDRESSES = frozenset({"email", "private_email"})
DAYS = frozenset({"hired_on", "trial_ends_on", "leaves_on"})
NEVER_PROPOSED = frozenset({"private_email"})  # a person says so, and it is kept for those who are expected alone
COMPANY = 0.8  # share of the addresses of one domain from which they are the company's
WORDS_OF_NAME = re.compile(r"\S+ .*\S")
YEARS_BEFORE_WORK = 14


@dataclass(frozen=True)
class Proposal:
    """The mapping that is proposed, with what a page says of each column of the file."""

    mapping: ColumnMapping
    survey: Survey
    private: tuple[str, ...]  # headers that are never read
    ambiguous: tuple[str, ...]  # headers that only a person may take
    by_values: frozenset[str]  # columns of ours that no header names


def propose(table: Table) -> Proposal:
    """Return what the columns of ``table`` are taken for, from its headers and its first records.

    Raises:
        FileRefused: the file turns out to be damaged.

    """
    survey = Survey.of(table)
    private = tuple(column.header for column in survey.columns.values() if column.is_private)
    ambiguous = tuple(header for header in ambiguous_in(survey.columns) if not _is_of_company(survey.columns[header]))
    headers = [header for header in survey.columns if header not in {*private, *ambiguous}]
    found = ColumnMapping.guess(headers, accepts=lambda column, header: _fits(column, survey.columns[header]))
    found = _one_cell_or_two(found, survey)
    by_values = _by_values([survey.columns[header] for header in headers if header not in found.columns.values()], found, survey)
    mapping = found.with_(**by_values)
    return Proposal(mapping, survey, private, ambiguous, frozenset(by_values))


def _is_of_company(column: ColumnSeen) -> bool:
    """Whether the addresses of the column are those of work: they share one domain."""
    return column.is_of_addresses and column.main_domain()[1] >= COMPANY


def _fits(column: str, seen: ColumnSeen) -> bool:
    """Whether what stands under a header can be what its name says; of an empty column the name is believed."""
    if column in NEVER_PROPOSED:
        return False
    return seen.is_empty or FITTING.get(column, _anything)(seen)


def _anything(seen: ColumnSeen) -> bool:
    return True


def _are_days(seen: ColumnSeen) -> bool:
    return seen.days.filled == 0 or seen.days.is_of_days


def _are_names(seen: ColumnSeen) -> bool:
    return seen.share(NAME) >= 0.7


def _are_numbers(seen: ColumnSeen) -> bool:
    return seen.share(NUMBER) >= 0.5 and len(seen.values) >= 0.5 * seen.filled and (not seen.days.is_of_days or seen.days.serials > 0)


FITTING: dict[str, Callable[[ColumnSeen], bool]] = {
    **dict.fromkeys(ADDRESSES, lambda seen: seen.is_of_addresses),
    **dict.fromkeys(DAYS, _are_days),
    **dict.fromkeys(("first_name", "last_name", "birth_name", "preferred_name"), _are_names),
    "full_name": lambda seen: _are_names(seen) and seen.share(WORDS_OF_NAME) >= 0.7,
    "status": lambda seen: are_statuses(seen.values),
    "employee_number": _are_numbers,
}


def _one_cell_or_two(found: ColumnMapping, survey: Survey) -> ColumnMapping:
    """A column called "name" beside no first name holds both, where most of its values are several words."""
    if "first_name" in found.columns or "full_name" in found.columns or "last_name" not in found.columns:
        return found
    header = found.columns["last_name"]
    if survey.columns[header].share(WORDS_OF_NAME) < 0.7:
        return found
    return found.with_(last_name="", full_name=header)


def _by_values(free: list[ColumnSeen], found: ColumnMapping, survey: Survey) -> dict[str, str]:
    """Return headers for columns that no name gave one: number, addresses, names, days and superior say by themselves what they are."""
    proposed: dict[str, str] = {}
    left = [column for column in free if not column.is_empty]

    def take(name: str, column: ColumnSeen | None) -> None:
        if column is not None:
            proposed[name] = column.header
            left.remove(column)

    if not found.says("email"):
        take("email", _best([one for one in left if _is_of_company(one) and one.is_unique]))
    if not found.says("employee_number"):
        take("employee_number", _best([one for one in left if _may_be_number(one)]))
    if not found.says(*NAMES, "first_name"):
        _take_names(left, take, survey, found.columns.get("email") or proposed.get("email", ""))
    if not found.says("hired_on"):
        days = [one for one in left if one.days.filled and one.days.is_of_days and not _are_births(one)]
        full = sorted(days, key=lambda one: -one.filled)
        if full and full[0].filled >= 0.8 * full[0].records:
            take("hired_on", full[0])
            if not found.says("leaves_on"):
                take("leaves_on", next((one for one in full[1:] if one.filled < 0.6 * one.records), None))
    if not found.says("status"):
        take("status", next((one for one in left if len(one.values) > 1 and are_statuses(one.values) and not one.days.is_of_days), None))
    if not found.says("manager_number", "manager_position"):
        take("manager_number", _best([one for one in left if _names_superiors(one, survey, {**found.columns, **proposed})]))
    return proposed


def _best(columns: list[ColumnSeen]) -> ColumnSeen | None:
    """The fullest column, of those as full the first of the file."""
    return max(columns, key=lambda one: (one.filled, -one.place), default=None)


def _may_be_number(column: ColumnSeen) -> bool:
    if not column.is_unique or column.filled < 0.9 * column.records or column.filled < 2:
        return False
    longest = max(len(value) for value in column.values)
    return column.share(NUMBER) >= 0.97 and longest <= 12 and not column.days.is_of_days


def _take_names(left: list[ColumnSeen], take: Take, survey: Survey, email: str) -> None:
    named = [one for one in left if one.share(NAME) >= 0.95 and one.filled >= 0.9 * one.records and len(one.values) >= 0.3 * one.filled]
    whole = _best([one for one in named if one.share(WORDS_OF_NAME) >= 0.9 and len(one.values) >= 0.9 * one.filled])
    locals_ = [re.split(r"[._-]", fold(value.partition("@")[0])) for value in survey.columns[email].values] if email else []
    beginnings, endings = {parts[0] for parts in locals_}, {parts[-1] for parts in locals_ if len(parts) > 1}

    def hits(one: ColumnSeen, among: set[str]) -> float:
        return sum(re.split(r"[ '-]", fold(value))[0] in among or fold(value).replace(" ", "") in among for value in one.values) / len(
            one.values
        )

    first = max(named, key=lambda one: hits(one, beginnings), default=None)
    if first is not None and hits(first, beginnings) >= 0.5:
        last = max((one for one in named if one is not first), key=lambda one: hits(one, endings), default=None)
        if last is not None and hits(last, endings) >= 0.5:
            take("first_name", first)
            take("last_name", last)
            return
    take("full_name", whole)


def _are_births(column: ColumnSeen) -> bool:
    """Whether these are days of birth: every one many years ago, and none of them lately."""
    years = [int(found[0]) for value in column.values if (found := re.findall(r"(?:19|20)\d\d", value))]
    return bool(years) and max(years) <= clock.today().year - YEARS_BEFORE_WORK


def _names_superiors(column: ColumnSeen, survey: Survey, columns: dict[str, str]) -> bool:
    """Whether most values of the column are numbers, addresses, accounts or names of others of the file, each of several people."""
    if column.is_unique or len(column.values) > 0.6 * column.filled:
        return False
    known: set[str] = set()
    for name in ("employee_number", "email", "login"):
        known |= {fold(value) for value in survey.columns[columns[name]].values} if name in columns else set()
    names = _names_of(survey, columns)
    hits = sum(times for value, times in column.values.items() if fold(value) in known or name_of_all(value) in names)
    return hits >= 0.8 * column.filled


def _names_of(survey: Survey, columns: dict[str, str]) -> set[str]:
    headers = [columns[name] for name in ("full_name", "first_name", "last_name") if name in columns]
    return {name_of_all(text) for text in survey.texts(*headers)} - {""} if headers else set()
