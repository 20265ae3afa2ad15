"""The day of which a file speaks: what stands above its table, in its name or in its properties says so, in that order."""

from __future__ import annotations

import calendar
import datetime
import re
import zipfile
from typing import TYPE_CHECKING

from rse.core import clock
from rse.core.folding import fold

from .dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OLDEST = datetime.timedelta(days=5 * 366)  # a template keeps the date of a day on which nobody exported anything
PROPERTIES = {
    "docProps/core.xml": re.compile(rb"<dcterms:modified[^>]*>(\d{4})-(\d\d)-(\d\d)T"),
    "meta.xml": re.compile(rb"<dc:date>(\d{4})-(\d\d)-(\d\d)T"),
}
LARGEST = 1024 * 1024  # bytes of the properties of a file
YEAR = r"(?<!\d)(20\d\d)"
FORMS = (
    re.compile(rf"{YEAR}[-_. /]?(0[1-9]|1[0-2])[-_. /]?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[-_. /](?P<m>0?[1-9]|1[0-2])[-_. /](?P<y>20\d\d)(?!\d)"),
)
OF_A_MONTH = (
    re.compile(rf"{YEAR}[-_. /]?(0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>0[1-9]|1[0-2])[-_. /]?(?P<y>20\d\d)(?!\d)"),
)
NAMED = re.compile(r"(?:(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|\.)?[-_. ]*)?([a-z]{3,9})\.?[-_. ]*(20\d\d)(?!\d)")


def day_of(*, above: Iterable[str] = (), name: str = "", path: Path | None = None) -> datetime.date | None:
    """Return the day of which a file speaks; None where nothing says it.

    ``above`` are the texts above its table. A month stands for its last day, or for today while it goes on. A day to come is none.
    """
    for text in (*above, name.rpartition(".")[0] or name):
        if (found := _in(text)) is not None:
            return found
    return _in_properties(path) if path is not None else None


def _in(text: str) -> datetime.date | None:
    return next((day for day in _days(fold(text)) if _is_likely(day)), None)


def _days(text: str) -> Iterator[datetime.date | None]:
    for form in FORMS:
        for found in form.finditer(text):
            yield _day(*_parts(found))
    for found in NAMED.finditer(text):
        if found[2] in MONTHS:
            yield _day(int(found[3]), MONTHS[found[2]], int(found[1])) if found[1] else _end_of(int(found[3]), MONTHS[found[2]])
    for form in OF_A_MONTH:
        for found in form.finditer(text):
            yield _end_of(*_parts(found)[:2])


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    if "y" in found.re.groupindex:
        return int(found["y"]), int(found["m"]), int(found["d"]) if "d" in found.re.groupindex else 1
    return int(found[1]), int(found[2]), int(found[3]) if found.re.groups > 2 else 1


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _end_of(year: int, month: int) -> datetime.date:
    return min(datetime.date(year, month, calendar.monthrange(year, month)[1]), max(clock.today(), datetime.date(year, month, 1)))


def _is_likely(day: datetime.date | None) -> bool:
    return day is not None and clock.today() - OLDEST <= day <= clock.today() + datetime.timedelta(days=1)


def _in_properties(path: Path) -> datetime.date | None:
    """Return the day on which a spreadsheet says that it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [name for name in PROPERTIES if name in archive.namelist() and archive.getinfo(name).file_size <= LARGEST]
            found = [said for name in members if (said := PROPERTIES[name].search(archive.read(name)))]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return None  # not such a file, or one that the reading of its table refuses
    day = _day(*map(int, found[0].groups())) if found else None
    return day if _is_likely(day) else None
