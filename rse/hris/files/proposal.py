"""What the columns of a file are taken for before anybody has said so: by their headers, confirmed by their values, or by values alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rse.core import clock
from rse.core.folding import fold

from .columns import NAMES, ColumnMapping
from .headers import said_as
from .names import name_of_all
from .private import ambiguous_in
from .statuses import are_statuses
from .survey import NAME, NUMBER, ColumnSeen, Survey

if TYPE_CHECKING:
    from .formats import Table

ADDRESSES = frozenset({"email", "private_email"})
DAYS = frozenset({"hired_on", "trial_ends_on", "leaves_on"})
NEVER_PROPOSED = frozenset({"private_email"})  # a person says so, and it is kept for those who are expected alone
KEYS = ("employee_number", "email", "login")  # by which a superior is named, beside their name
COMPANY = 0.8  # share of the addresses of one domain from which they are the company's
MAY_BE_NAME = re.compile(r"[^@]*[^\W\d_][^@]*")  # where the header says so
WORDS_OF_NAME = re.compile(r"\S+ .*\S")
HOURS = re.compile(r"(?<!\d)(?!0?0:00)\d{1,2}:\d{2}")
OF_ACCOUNTS = re.compile(
    r"\b(?:sign in|login|connexion|connection|created|creation|modified|modification|updated|update|maj|review|export)\b"
)
DIGITS = re.compile(r"\d+")
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
    free = [survey.columns[header] for header in headers if header not in found.columns.values()]
    by_values = _ByValues(free, found, survey).columns()
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
    return seen.days.filled == 0 or seen.days.is_of_days or seen.days.shaped >= 0.6 * seen.days.filled


def _are_names(seen: ColumnSeen) -> bool:
    return seen.share(MAY_BE_NAME) >= 0.7


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


class _ByValues:
    """Finds headers for columns that no name gave one: numbers, addresses, names, days, statuses and superiors say what they are."""

    def __init__(self, free: list[ColumnSeen], found: ColumnMapping, survey: Survey):
        self.left = [column for column in free if not column.is_empty]
        self.survey, self.before = survey, found
        self.proposed: dict[str, str] = {}

    def columns(self) -> dict[str, str]:
        """Return the headers by the names of our columns; each step looks at what those before left over."""
        for find in (self._addresses, self._numbers, self._names, self._days, self._statuses, self._superiors):
            find()
        return self.proposed

    def _says(self, *names: str) -> bool:
        return self.before.says(*names)

    def _take(self, name: str, column: ColumnSeen | None) -> None:
        if column is not None:
            self.proposed[name] = column.header
            self.left.remove(column)

    def _known(self) -> dict[str, str]:
        return {**self.before.columns, **self.proposed}

    def _addresses(self) -> None:
        if not self._says("email"):
            self._take("email", _best([one for one in self.left if _is_of_company(one) and one.is_unique]))

    def _numbers(self) -> None:
        if not self._says("employee_number"):
            numbers = [one for one in self.left if _may_be_number(one)]
            self._take("employee_number", _best([one for one in numbers if one.share(DIGITS) == 1]) or _best(numbers))

    def _names(self) -> None:
        """Two columns where the addresses say which is which, else one that holds both."""
        if self._says(*NAMES, "first_name"):
            return
        named = [
            one for one in self.left if one.share(NAME) >= 0.95 and one.filled >= 0.9 * one.records and len(one.values) >= 0.3 * one.filled
        ]
        first, last = self._first_and_last(named)
        if first is not None and last is not None:
            self._take("first_name", first)
            self._take("last_name", last)
            return
        whole = [one for one in named if one.share(WORDS_OF_NAME) >= 0.9 and len(one.values) >= 0.9 * one.filled]
        self._take("full_name", _best(whole))

    def _first_and_last(self, named: list[ColumnSeen]) -> tuple[ColumnSeen | None, ColumnSeen | None]:
        email = self._known().get("email")
        cut = [re.split(r"[._-]", fold(value.partition("@")[0])) for value in self.survey.columns[email].values] if email else []
        first = _most_among(named, {parts[0] for parts in cut})
        rest = [one for one in named if one is not first]
        return first, _most_among(rest, {parts[-1] for parts in cut if len(parts) > 1})

    def _days(self) -> None:
        """The fullest column of days is that of first days; a sparse one after it is that of last days."""
        if self._says("hired_on"):
            return
        days = sorted((one for one in self.left if _may_be_of_a_contract(one)), key=lambda one: -one.days.filled)
        if not days or days[0].days.filled < 0.8 * days[0].records:
            return
        self._take("hired_on", days[0])
        if not self._says("leaves_on"):
            self._take("leaves_on", next((one for one in days[1:] if one.days.filled < 0.6 * one.records), None))

    def _statuses(self) -> None:
        if not self._says("status"):
            found = (one for one in self.left if len(one.values) > 1 and are_statuses(one.values) and not one.days.is_of_days)
            self._take("status", next(found, None))

    def _superiors(self) -> None:
        """Numbers, addresses, accounts or names of others of the file; the accounts may stand in a column that nothing else names."""
        if self._says("manager_number", "manager_position"):
            return
        known = self._who_they_are()
        found = [one for one in self.left if _names_others(one, known)]
        if not found and not self._says("login"):
            for accounts in [one for one in self.left if one.is_unique]:
                found = [one for one in self.left if _names_others(one, {fold(value) for value in accounts.values})]
                if found:
                    self._take("login", accounts)
                    break
        self._take("manager_number", max(found, key=lambda one: len(one.values), default=None))

    def _who_they_are(self) -> set[str]:
        columns = self._known()
        known = {fold(value) for name in KEYS if name in columns for value in self.survey.columns[columns[name]].values}
        names = [columns[name] for name in ("full_name", "first_name", "last_name") if name in columns]
        return known | {name_of_all(text) for text in self.survey.texts(*names)}


def _most_among(columns: list[ColumnSeen], words: set[str]) -> ColumnSeen | None:
    """Return the column of which most values are, or begin with, one of ``words``; None where it is less than half of them."""

    def share(one: ColumnSeen) -> float:
        said = [fold(value) for value in one.values]
        return sum(re.split(r"[ '-]", value)[0] in words or value.replace(" ", "") in words for value in said) / len(said)

    best = max(columns, key=share, default=None)
    return best if best is not None and share(best) >= 0.5 else None


def _best(columns: list[ColumnSeen]) -> ColumnSeen | None:
    """The fullest column, of those as full the first of the file."""
    return max(columns, key=lambda one: (one.filled, -one.place), default=None)


def _may_be_number(column: ColumnSeen) -> bool:
    if not column.is_unique or column.filled < 0.9 * column.records or column.filled < 2:
        return False
    longest = max(len(value) for value in column.values)
    return column.share(NUMBER) >= 0.97 and longest <= 12 and not column.days.is_of_days


def _may_be_of_a_contract(column: ColumnSeen) -> bool:
    """Whether these may be first or last days: no births, no hours at which something happened, no header that says otherwise."""
    is_of_another_kind = OF_ACCOUNTS.search(said_as(column.header)) or any(HOURS.search(value) for value in column.values)
    return bool(column.days.filled and column.days.is_of_days) and not is_of_another_kind and not _are_births(column)


def _are_births(column: ColumnSeen) -> bool:
    """Whether these are days of birth: every one many years ago, and none of them lately."""
    years = [int(found[0]) for value in column.values if (found := re.findall(r"(?:19|20)\d\d", value))]
    return bool(years) and max(years) <= clock.today().year - YEARS_BEFORE_WORK


def _names_others(column: ColumnSeen, known: set[str]) -> bool:
    """Whether nearly all values of the column are among those ``known``, and stand for several people."""
    if column.is_unique or not 1 < len(column.values) <= 0.6 * column.filled:
        return False
    hits = sum(times for value, times in column.values.items() if fold(value) in known or name_of_all(value) in known)
    return hits >= 0.8 * column.filled
