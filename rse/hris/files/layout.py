"""Where the table is on a page: which line or lines are its headers, and what its columns are called.

Nothing is known of the system that wrote the file. A line of headers is one of short different texts, about as wide as the lines below it;
the names of columns that we know weigh most. Above it may stand a title, a date, filters, and headings of groups of columns.
"""

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter

from .columns import folded
from .known import LONGEST_NAME, hits, is_known, is_of_person
from .private import is_private_by_name
from .problems import FileRefused

MOST_COLUMNS = 200
LOOKED_AT = 260  # records in which the headers are sought
SAMPLE = 200  # records below them that tell which columns are empty
NEXT = 20  # records below a line that tell how wide the table is
WIDE = 0.6  # of the usual width of the lines below: narrower is a title
TEXTS = 0.75  # of the cells of a line of headers look like names
CLEAR = 3  # names that we know, and it is a line of headers
LONGEST_NUMBER, LONGEST_MAIL, LONGEST_HEADER = 40, 254, 200
SHARED = 2  # cells that two lines have in common in the same places

NUMBER = re.compile(r"[-+(]?[\d\s\u00a0\u202f.,'’/()]*\d[\d\s\u00a0\u202f.,'’/()]*(?:%|€|£|\$|EUR|USD|CHF)?")
DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T].*)?")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TECHNICAL = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.:][A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+")

Record = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Layout:
    """Where the table of a file is, as it was found or as a person says.

    ``sheet`` is the name of a sheet, "" where there are none or for the one that looks most like people. ``header_lines`` are the one or
    two lines of the headers (rows of a sheet), from 1; () where the file has no headers, None where they are to be found.
    """

    sheet: str = ""
    header_lines: tuple[int, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "header_lines": None if self.header_lines is None else list(self.header_lines)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Layout":
        """Return the layout that ``as_json`` wrote."""
        lines = said.get("header_lines")
        return cls(str(said.get("sheet") or ""), None if lines is None else tuple(sorted({int(line) for line in lines})))


def is_blank(cell: Any) -> bool:
    """Return whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def words(cell: Any) -> str:
    """Return what stands in a cell, on one line."""
    return "" if cell is None else " ".join(str(cell).replace("\0", "").split())


def is_number(text: str) -> bool:
    """Return whether a text is a number as people write one, of money and percentages too."""
    return len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Return whether a text looks like a date."""
    return len(text) <= LONGEST_NUMBER and DATE.fullmatch(text) is not None


def is_mail(text: str) -> bool:
    """Return whether a text looks like an e-mail address."""
    return len(text) <= LONGEST_MAIL and MAIL.fullmatch(text) is not None


class Line:
    """One line of a file, looked at as a line of headers."""

    def __init__(self, number: int, cells: Sequence[Any]):
        self.number, self.cells = number, cells
        self.names = [words(cell) for cell in cells]
        self.filled = [cell for cell in cells if not is_blank(cell)]
        self.width = len(self.filled)

    @cached_property
    def hits(self) -> int:
        return hits(self.names)

    @cached_property
    def is_like_headers(self) -> bool:
        """Mostly names, which differ."""
        if not self.filled or any(isinstance(cell, str) and is_mail(cell.strip()) for cell in self.filled):
            return False
        names = [words(cell) for cell in self.filled if _is_name(cell)]
        return len(names) >= TEXTS * self.width and (len(set(names)) > self.width / 3 or self.width < 4)

    @cached_property
    def is_data(self) -> bool:
        """Clearly a person and no names of columns: no name that we know, and a date, an e-mail address or mostly numbers."""
        if self.hits:
            return False
        texts = [cell.strip() if isinstance(cell, str) else cell for cell in self.filled]
        said = [cell for cell in texts if isinstance(cell, str)]
        numbers = len(texts) - len(said) + sum(map(is_number, said))
        return numbers > self.width / 2 or any(is_date(cell) or is_mail(cell) for cell in said) or _has_day(texts)

    @cached_property
    def technical(self) -> float:
        """The share of cells that are names for programs."""
        return sum(bool(TECHNICAL.fullmatch(name)) for name in self.names if name) / max(self.width, 1)


def _has_day(cells: Sequence[Any]) -> bool:
    return any(hasattr(cell, "isoformat") for cell in cells)


def _is_name(cell: Any) -> bool:
    if not isinstance(cell, str):
        return False
    cell = cell.strip()
    return len(cell) <= LONGEST_NAME and any(map(str.isalpha, cell)) and not is_date(cell) and not is_number(cell)


@dataclass(frozen=True)
class Headers:
    """The headers that were found: their lines, a name for each column ("" where none stands), and what follows in the sample."""

    lines: tuple[Line, ...]
    names: tuple[str, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def likeness(self) -> tuple[float, int]:
        """How much this looks like people: the names that we know, and how many lines follow."""
        known = hits(self.names) + 2 * sum(map(is_of_person, filter(None, self.names)))
        return known * (1 + min(len(self.below), SAMPLE)).bit_length(), len(self.below)


def find_headers(sample: Sequence[Record], *, are_there: bool = True) -> Headers:
    """Return the headers of a table of which these are the first records that are not blank; there must be one record."""
    lines = [Line(number, cells) for number, cells in sample]
    chosen = _chosen(lines) if are_there else None
    if chosen is None:
        first = next(place for place in range(len(lines)) if _is_wide(lines, place))
        return Headers((), (), tuple(lines[:first]), tuple(lines[first:]))
    for upper in (chosen - 1, chosen):
        if 0 <= upper < len(lines) - 1 and _belong_together(lines[upper], lines[upper + 1], is_chosen_lower=upper < chosen):
            return _headers(lines, upper, upper + 2)
    return _headers(lines, chosen, chosen + 1)


def headers_at(sample: Sequence[Record], numbers: tuple[int, ...]) -> Headers:
    """Return the headers that stand on these lines, of which the sample has to hold the records and those below.

    Raises:
        FileRefused: a line does not exist or is blank.

    """
    lines = [Line(number, cells) for number, cells in sample]
    where = {line.number: place for place, line in enumerate(lines)}
    if absent := [number for number in numbers if number not in where]:
        raise FileRefused("unknown_line", line=absent[0])
    upper, lower = (lines[where[number]] for number in (numbers[0], numbers[-1]))
    names = upper.names if upper is lower else _joined(upper, lower)
    below = tuple(lines[where[numbers[-1]] + 1 :])
    return Headers((upper,) if upper is lower else (upper, lower), tuple(names), tuple(lines[: where[numbers[0]]]), below)


def _headers(lines: list[Line], start: int, end: int) -> Headers:
    names = lines[start].names if end - start == 1 else _joined(lines[start], lines[start + 1])
    return Headers(tuple(lines[start:end]), tuple(names), tuple(lines[:start]), tuple(lines[end:]))


def _chosen(lines: list[Line]) -> int | None:
    """The place of the line of headers; None where there is none."""
    wide = next((place for place in range(len(lines)) if _is_wide(lines, place)), 0)
    likely = [place for place, line in enumerate(lines) if line.is_like_headers]
    best = max(likely, key=lambda place: (lines[place].hits, -place), default=wide)
    first = next((place for place in likely if _is_wide(lines, place)), wide)
    if lines[wide].is_data:
        first = wide
    if lines[best].hits >= CLEAR and lines[best].hits > lines[first].hits:
        return best
    return None if lines[first].is_data else first


def _is_wide(lines: list[Line], place: int) -> bool:
    following = [line.width for line in lines[place + 1 : place + 1 + NEXT]]
    return not following or lines[place].width >= WIDE * statistics.median(following)


def _belong_together(upper: Line, lower: Line, *, is_chosen_lower: bool) -> bool:
    """Whether two lines are headers both, of which one was chosen: the same names twice, or groups of columns above columns."""
    is_next = lower.number - upper.number <= 1 + max(str(cell).count("\n") for cell in upper.cells)
    if not (is_next and upper.is_like_headers and lower.is_like_headers and upper.width > 1):
        return False
    if _say_the_same(upper, lower):
        return True
    over = [bool(name) for name in upper.names]
    under = [bool(name) for name in lower.names]
    has_gaps = any(below and not above for above, below in zip(over, under, strict=False))
    spans = [count for group, count in Counter(_groups(upper.names, lower.names)).items() if group and count > 1]
    if not has_gaps or not spans:
        return False
    names = _joined(upper, lower)
    if is_chosen_lower:
        return len(spans) > 1 or names[: len(lower.names)] != lower.names
    return hits(names) > max(upper.hits, CLEAR - 1)


def _say_the_same(upper: Line, lower: Line) -> bool:
    """Whether two lines name the same columns, once for programs and once for people, or once more as on a printed page."""
    narrower, wider = sorted((upper.width, lower.width))
    if not narrower or narrower < WIDE * wider:
        return False
    shared = sum(bool(above) and folded(above) == folded(below) for above, below in zip(upper.names, lower.names, strict=False))
    if shared >= SHARED or min(upper.hits, lower.hits) >= max(CLEAR, wider / 5):
        return True
    plain, technical = sorted((upper, lower), key=lambda line: line.technical)
    return plain.technical < 0.4 and technical.technical > 0.8 and plain.hits >= SHARED


def _joined(upper: Line, lower: Line) -> list[str]:
    """The names of the columns below two lines of headers."""
    if _say_the_same(upper, lower):
        return upper.names if (upper.hits, -upper.technical) > (lower.hits, -lower.technical) else lower.names
    width = max(len(upper.names), len(lower.names))
    above, below = (line.names + [""] * (width - len(line.names)) for line in (upper, lower))
    counts = Counter(folded(name) or name for name in below if name)

    def is_said_by_group(group: str, name: str) -> bool:
        """Whether the name alone would not say which of several it is, or that nobody reads it."""
        return counts[folded(name) or name] > 1 or (is_private_by_name(group) and not is_known(name))

    return [
        (f"{group} – {name}" if group and name and is_said_by_group(group, name) else name) or heading
        for group, heading, name in zip(_groups(above, below), above, below, strict=True)
    ]


def _groups(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Over each column the heading of its group, which reaches to the next; one with nothing below it is the name of a column."""
    groups, group = [], ""
    for place, name in enumerate(below):
        heading = above[place] if place < len(above) else ""
        if heading:
            group = heading if name else ""
        groups.append(group)
    return groups


@dataclass(frozen=True)
class Naming:
    """What columns are called: every one with a value has a name, and no two the same; those without a header are called by a letter."""

    headers: tuple[str, ...]
    nameless: tuple[str, ...]
    empty: tuple[str, ...]


def name_columns(found: Headers, *, is_sheet: bool) -> Naming:
    """Name the columns below the headers.

    Raises:
        FileRefused: there are too many.

    """
    sample = found.below[:SAMPLE]
    values = Counter(place for line in sample for place, name in enumerate(line.names) if name)
    ruled = max((len(line.cells) for line in found.lines), default=0)  # beyond, a value may be a cell too many in its line
    names = [name[:LONGEST_HEADER].strip() for name in found.names]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", limit=MOST_COLUMNS)
    widest = max((len(line.cells) for line in (*found.lines, *sample)), default=0)
    taken = {folded(name) or name for name in names if name}
    headers, seen, nameless, empty = [], set[str](), [], []
    for place in range(widest):
        name, letter = names[place] if place < len(names) else "", get_column_letter(place + 1)
        if name:
            headers.append(_unlike(name, seen, taken))
        elif values[place] and place < MOST_COLUMNS and (is_sheet or place < ruled or values[place] > max(1, len(sample) / 2)):
            headers.append(_unlike(letter, seen, taken))
            nameless.append(headers[-1])
        else:
            headers.append("")
            if not values[place]:
                empty.append(letter)
    while headers and not headers[-1]:
        headers.pop()
    return Naming(tuple(headers), tuple(nameless), tuple(empty))


def _unlike(name: str, seen: set[str], taken: set[str]) -> str:
    key, called, number = folded(name) or name, name, 1
    while key in seen or (number > 1 and key in taken):
        number += 1
        called = f"{name} ({number})"
        key = folded(called) or called
    seen.add(key)
    return called
