"""Days as files write them: in any order, which one is decided for a column from all its values."""

import calendar
import datetime
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from rse.core.folding import fold

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = (DAY_FIRST, MONTH_FIRST)  # between which the numbers of a column decide
EARLIEST, LATEST = 1900, 2199
YOUNGEST = 2900  # years from which on systems mean "never"
SERIALS = range(1, 109_575)  # days that a spreadsheet counts, up to 2199
LIKELY_SERIALS = range(18_264, 73_051)  # 1950 to 2099: what a column of plain numbers must hold to be one of days

HOUR = r"(?:[ T]+\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?)?(?:Z| ?[+-]\d{2}:?\d{2}| UTC| GMT)?"
SIGNS = r"[-/. ]"
ISO = re.compile(rf"(\d{{4}}){SIGNS}(\d{{1,2}}){SIGNS}(\d{{1,2}}){HOUR}", re.IGNORECASE)
NUMBERS = re.compile(rf"(\d{{1,2}}){SIGNS}(\d{{1,2}}){SIGNS}(\d{{4}}|\d{{2}}){HOUR}", re.IGNORECASE)
WORDS = re.compile(rf"(?:[a-z]+[,.]? )?(\d{{1,2}})(?:er|st|nd|rd|th)?[. -]*(?:de |of )?([a-z]{{3,12}})\.?,?[. -]*(\d{{4}}|\d{{2}}){HOUR}")
WORDS_AMERICAN = re.compile(rf"(?:[a-z]+[,.]? )?([a-z]{{3,12}})\.?[ -]+(\d{{1,2}})(?:st|nd|rd|th)?,?[ -]+(\d{{4}}){HOUR}")
WORDS_YEAR_FIRST = re.compile(rf"(\d{{4}})[ -]([a-z]{{3,12}})\.?[ -](\d{{1,2}}){HOUR}")
EIGHT = re.compile(r"\d{8}")
PLAIN = re.compile(r"(\d{5})(?:[.,]\d+)?")
LONGEST = 80  # characters; no day is written in more
SHORT_YEARS_FROM = 60  # 61 is 1961, 60 is 2060

NOTHING = frozenset(
    {"", "-", "--", "—", "–", "/", "0", "n/a", "na", "nan", "nat", "null", "none", "nil", "false", "never", "jamais", "neant", "sans"}
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january januar janner",
            "fevrier fevr fev feb february februar",
            "mars mar march marz mrz",
            "avril avr apr april",
            "mai may",
            "juin jun june juni",
            "juillet juil jul july juli",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october oktober okt",
            "novembre nov november",
            "decembre dec december dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}


class NoDay(ValueError):
    """No day that exists, or one outside the years that are kept."""


@dataclass
class Evidence:
    """What the values of one column say of the order in which it writes its days."""

    filled: int = 0
    days: int = 0
    shaped: int = 0  # values that are written like days, those that do not exist too
    orders: Counter[str] = field(default_factory=Counter)  # values that mean something in this order alone
    example: dict[str, str] = field(default_factory=dict)
    undecided: int = 0  # values that mean a day in either order
    serials: int = 0
    compact: Counter[str] = field(default_factory=Counter)

    def see(self, cell: Any, times: int = 1) -> None:
        """Count a value that stands ``times`` times in the column."""
        value = str(cell).strip() if cell is not None else ""
        if is_nothing(value):
            return
        self.filled += times
        if isinstance(cell, datetime.date):
            self.days += times
        elif len(value) > LONGEST:
            return
        elif found := NUMBERS.fullmatch(value):
            self.shaped += times
            self._see_numbers(value, int(found[1]), int(found[2]), _year(found[3]), times)
        elif EIGHT.fullmatch(value):
            self._see_eight(value, times)
        elif (plain := PLAIN.fullmatch(value)) and int(plain[1]) in LIKELY_SERIALS:
            self.serials += times
        elif _of_words(value) or ISO.fullmatch(value):
            self.days += times
            self.shaped += times

    def _see_numbers(self, value: str, first: int, second: int, year: int, times: int) -> None:
        fits = [order for order, month, day in ((DAY_FIRST, second, first), (MONTH_FIRST, first, second)) if _exists(year, month, day)]
        if fits:
            self.days += times
        self.undecided += times if len(fits) == len(ORDERS) and first != second else 0
        if len(fits) == 1:
            self.orders[fits[0]] += times
            self.example.setdefault(fits[0], value)

    def _see_eight(self, value: str, times: int) -> None:
        for order in (YEAR_FIRST, DAY_FIRST, MONTH_FIRST):
            try:
                _of_eight(value, order)
            except NoDay:
                continue
            self.compact[order] += times
        self.days += times if self.compact else 0

    @property
    def is_of_days(self) -> bool:
        """Whether nearly all values of the column are days."""
        return self.filled > 0 and max(self.days, self.serials) >= 0.9 * self.filled

    @property
    def order(self) -> str:
        """The order of more values than say another, or nothing where none decides."""
        seen = self.orders.most_common(2)
        if not seen or (len(seen) == 2 and seen[0][1] == seen[1][1]):
            return ""
        return seen[0][0]

    @property
    def contradictions(self) -> int:
        return sum(self.orders.values()) - max(self.orders.values(), default=0)


@dataclass(frozen=True)
class DayReader:
    """Reads the days of one column. ``order`` is that of numbers whose order nothing else tells; ``compact`` that of eight digits."""

    order: str = DAY_FIRST
    compact: str = YEAR_FIRST
    takes_serials: bool = False
    epoch: datetime.datetime = WINDOWS_EPOCH

    def read(self, cell: Any) -> datetime.date | None:
        """Return the day of a cell; None for an empty one, and for what systems write for "none" and "never".

        Raises:
            NoDay: the cell is not a day that exists, or lies outside the years 1900 to 2199.

        """
        if isinstance(cell, datetime.datetime):
            cell = cell.date()
        if isinstance(cell, datetime.date):
            return _kept(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._of_number(cell)
        value = "" if cell is None else str(cell).strip()
        if is_nothing(value):
            return None
        return _kept(self._of_text(value))

    def ordered(self, order: str | None) -> "DayReader":
        """Return a copy that reads numbers in ``order``, where a person said one."""
        return replace(self, order=order) if order in ORDERS else self

    def _of_number(self, cell: float) -> datetime.date | None:
        if cell == 0:
            return None
        if not math.isfinite(cell):  # 1e999, in a spreadsheet
            raise NoDay(str(cell))
        if int(cell) in SERIALS:
            return _counted(int(cell), self.epoch)
        return _kept(self._of_text(str(int(cell))))

    def _of_text(self, value: str) -> datetime.date | None:
        if len(value) > LONGEST:
            raise NoDay(value)
        if found := ISO.fullmatch(value):
            return _day(int(found[1]), int(found[2]), int(found[3]))
        if found := NUMBERS.fullmatch(value):
            first, second, year = int(found[1]), int(found[2]), _year(found[3])
            month, day = (first, second) if self.order == MONTH_FIRST else (second, first)
            return _day(year, month, day)
        if EIGHT.fullmatch(value):
            return _of_eight(value, self.compact)
        if (plain := PLAIN.fullmatch(value)) and self.takes_serials and int(plain[1]) in SERIALS:
            return _counted(int(plain[1]), self.epoch)
        if (said := _of_words(value)) is not None:
            return _day(*said)
        raise NoDay(value)


def decide(columns: Mapping[str, Evidence], epoch: datetime.datetime = WINDOWS_EPOCH) -> dict[str, DayReader]:
    """Return the reader of each column of a file: by its own values, else by those of the other columns, else the day first.

    Where no value of the file passes the twelfth of a month nothing decides: whoever confirms the columns is told which order is taken.
    """
    together: Counter[str] = Counter()
    for seen in columns.values():
        together.update(seen.orders)
    others = next((order for order, _times in together.most_common(1)), DAY_FIRST)
    return {
        name: DayReader(
            order=seen.order or others,
            compact=max((YEAR_FIRST, DAY_FIRST, MONTH_FIRST), key=lambda order, seen=seen: seen.compact[order]),  # type: ignore[misc]
            takes_serials=seen.serials > seen.days,
            epoch=epoch,
        )
        for name, seen in columns.items()
    }


def is_nothing(value: str) -> bool:
    """Return whether ``value`` is what systems write where there is no day: zeros, the end of all days, a word for none."""
    if len(value) > LONGEST:
        return False
    if value in NOTHING or fold(value) in NOTHING or not any(map(str.isalnum, value)):
        return True
    digits = re.sub(r"\D", "", value[:10])
    if digits and not digits.strip("0"):
        return True
    years = re.findall(r"\d{4}", value[:10])
    return any(int(year) >= YOUNGEST for year in years) and bool(NUMBERS.fullmatch(value) or ISO.fullmatch(value) or EIGHT.fullmatch(value))


def _of_words(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day of what names its month, in French, English or German; None where no month is named."""
    said = fold(value)
    if (found := WORDS.fullmatch(said)) and found[2] in MONTHS:
        return _year(found[3]), MONTHS[found[2]], int(found[1])
    if (found := WORDS_AMERICAN.fullmatch(said)) and found[1] in MONTHS:
        return int(found[3]), MONTHS[found[1]], int(found[2])
    if (found := WORDS_YEAR_FIRST.fullmatch(said)) and found[2] in MONTHS:
        return int(found[1]), MONTHS[found[2]], int(found[3])
    return None


def _of_eight(value: str, order: str) -> datetime.date:
    first, middle, last = (value[:4], value[4:6], value[6:]) if order == YEAR_FIRST else (value[4:], value[2:4], value[:2])
    month, day = (last, middle) if order == MONTH_FIRST else (middle, last)
    found = _day(int(first), int(month), int(day))
    if not EARLIEST <= found.year <= LATEST:
        raise NoDay(value)
    return found


def _year(said: str) -> int:
    """Return the year that four digits say, or two: those up to 60 are of this century."""
    year = int(said)
    if len(said) == 4:
        return year
    return year + (1900 if year > SHORT_YEARS_FROM else 2000)


def _exists(year: int, month: int, day: int) -> bool:
    return EARLIEST <= year <= LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _day(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise NoDay(f"{year}-{month}-{day}") from error


def _kept(found: datetime.date | None) -> datetime.date | None:
    """Return ``found``, or None for a day so late that it means "never"."""
    if found is None or found.year >= YOUNGEST:
        return None
    if not EARLIEST <= found.year <= LATEST:
        raise NoDay(found.isoformat())
    return found


def _counted(number: int, epoch: datetime.datetime) -> datetime.date:
    counted = from_excel(number, epoch)
    return counted.date() if isinstance(counted, datetime.datetime) else counted
