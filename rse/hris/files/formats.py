"""A file opened: what it is, where its table is, its headers, and its records one after the other with the line each begins on.

The file is read from its path as often as one asks, a piece at a time; it is never held in memory.
"""

import datetime
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from . import spreadsheets, unrolled
from .encodings import Encoding, encoding_of
from .kinds import kind_of
from .layout import LOOKED_AT, MOST_COLUMNS, Headers, Layout, Record, find_headers, headers_at, is_blank, name_columns
from .leftovers import LeftOut, Sieve
from .lines import kept_records
from .packages import MOST_ROWS, OpenDocumentGuard, refuse_dangerous
from .problems import FileRefused
from .texts import LONGEST_LINE, separator_of, text_records
from .zips import file_inside, unpacked

__all__ = ["BY_COMMAND", "LONGEST_LINE", "ON_SCREEN", "Book", "Layout", "LeftOut", "Limits", "Record", "Table", "open_table"]

MIB = 1024 * 1024
MOST_LINES = 50_000  # that are looked through for the headers and what follows them


@dataclass(frozen=True)
class Limits:
    """How large a file may be; None is no limit."""

    size: int | None = None
    rows: int | None = None


ON_SCREEN = Limits(size=50 * MIB, rows=300_000)
BY_COMMAND = Limits()


@dataclass(frozen=True)
class Book:
    """What a page can say of a file beside its headers.

    ``sheets`` are the visible ones, ``above`` the lines above the headers, ``empty`` the letters of the columns in which nothing stands,
    ``nameless`` the names of the columns that have values and no header, and are called by their letter for that.
    """

    sheets: tuple[str, ...] = ()
    above: int = 0
    empty: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A file whose headers have been read; ``records`` reads the rest, as often as it is asked.

    ``kind`` is csv, xlsx, xls, ods, or kept for the copy of one; ``inside`` the name of the file in a zip. ``left_out`` counts, for the
    last reading, the lines below the headers that are nobody.
    """

    path: Path
    kind: str
    headers: tuple[str, ...]
    header_line: int
    encoding: str = ""
    separator: str = ""
    epoch: datetime.datetime = WINDOWS_EPOCH
    limits: Limits = BY_COMMAND
    layout: Layout = field(default_factory=Layout)
    book: Book = field(default_factory=Book)
    inside: str = ""
    errors: str = "strict"
    last: int = MOST_ROWS
    sieve: Sieve = field(default_factory=Sieve, repr=False)
    left_out: LeftOut = field(default_factory=LeftOut, compare=False)

    def records(self, seen: Callable[[int], None] | None = None) -> Generator[Record]:
        """Iterate over the records below the headers, each with the line on which it begins.

        Blank ones, totals and headers that come again are left out. ``seen`` is told the share of the bytes read, in percent, where the
        file is a CSV file.

        Raises:
            FileRefused: the file has more rows than its limits allow, or turns out to be damaged.

        """
        rows, sieve, left_out = 0, self.sieve, self.left_out
        sparse, place, firsts = sieve.sparse, sieve.place, sieve.firsts
        blank = "" if self.kind == "csv" else None
        left_out.forget()
        with _content(self.path, self.inside, self.limits) as path, closing(self._read(path, seen)) as records:
            for line, cells in records:
                if line <= self.header_line or not any(cells):
                    continue
                width = len(cells)
                may_be_nobody = width - cells.count(blank) <= sparse or (width > place and cells[place] in firsts)
                if may_be_nobody and (nobody := sieve.what(cells)):
                    left_out.count(nobody)
                    continue
                rows += 1
                if self.limits.rows is not None and rows > self.limits.rows:
                    raise FileRefused("too_many_rows", limit=self.limits.rows)
                yield line, cells

    def _read(self, path: Path, seen: Callable[[int], None] | None) -> Generator[Record]:
        if self.kind == "csv":
            return text_records(path, Encoding(self.encoding, self.errors), self.separator, seen)
        if self.kind == "xlsx":
            return spreadsheets.records(path, self.layout.sheet, len(self.headers), self.last)
        if self.kind == "kept":
            return kept_records(path, seen)
        return unrolled.records(path, self.layout.sheet, len(self.headers))


def open_table(path: str | Path, limits: Limits = BY_COMMAND, *, layout: Layout | None = None) -> Table:
    """Open a CSV, XLSX, XLS or ODS file, or a zip with one of them; which of them it is, the content says and never the name.

    ``layout`` says where the table is; what it leaves open is found.

    Raises:
        FileRefused: the file is empty, too large, of another kind, damaged or dangerous to unpack, or has no table where ``layout`` says.

    """
    path, layout = Path(path), layout or Layout()
    if limits.size is not None and path.stat().st_size > limits.size:
        raise FileRefused("too_large", limit=limits.size // MIB)
    kind, inside = kind_of(path), ""
    if kind == "zip":
        inside = file_inside(path)
    with _content(path, inside, limits) as content:
        if inside and (kind := kind_of(content)) == "zip":
            raise FileRefused("zip_in_zip")
        found = _open_text(content, layout) if kind == "csv" else _open_book(content, kind, layout)
    return Table(path, kind, limits=limits, inside=inside, **found)


@contextmanager
def _content(path: Path, inside: str, limits: Limits) -> Iterator[Path]:
    if not inside:
        yield path
        return
    with unpacked(path, inside, limits.size) as content:
        yield content


def _open_text(path: Path, layout: Layout) -> dict[str, Any]:
    if layout.sheet:
        raise FileRefused("unknown_sheet", sheet=layout.sheet)
    encoding = encoding_of(path)
    separator = separator_of(path, encoding)
    with closing(text_records(path, encoding, separator)) as records:
        headers = _headers(_sample(records, layout.header_lines), layout.header_lines)
    described = _described(headers, "", ())
    return {"encoding": encoding.name, "errors": encoding.errors, "separator": separator, **described}


def _open_book(path: Path, kind: str, layout: Layout) -> dict[str, Any]:
    epoch, ends = WINDOWS_EPOCH, dict[str, int]()
    if kind == "xlsx":
        epoch, samples, ends = spreadsheets.samples(path, refuse_dangerous(path))
    else:
        if kind == "ods":
            refuse_dangerous(path, OpenDocumentGuard)
        samples = unrolled.samples(path)
    sheet, headers = _chosen_sheet(path, kind, layout, samples, ends)
    return {"epoch": epoch, "last": ends.get(sheet, MOST_ROWS), **_described(headers, sheet, tuple(samples))}


def _chosen_sheet(path: Path, kind: str, layout: Layout, samples: dict[str, list[Record]], ends: dict[str, int]) -> tuple[str, Headers]:
    """The sheet that a person chose, or the one that looks most like people; and its headers."""
    lines = layout.header_lines
    if layout.sheet and layout.sheet not in samples:
        raise FileRefused("unknown_sheet", sheet=layout.sheet)
    if layout.sheet or lines:
        sheet = layout.sheet or _chosen_sheet(path, kind, Layout(), samples, ends)[0]
        sample = samples[sheet]
        if lines and sample and lines[-1] > sample[0][0]:  # what follows the headers may lie beyond the sample
            width = MOST_COLUMNS + 1
            rows = spreadsheets.records(path, sheet, width, ends[sheet]) if kind == "xlsx" else unrolled.records(path, sheet, width)
            with closing(rows):
                sample = _sample(rows, lines)
        return sheet, _headers(sample, lines)
    found = {name: _headers(sample, lines) for name, sample in samples.items() if sample}
    if not found:
        raise FileRefused("empty")
    sheet = max(found, key=lambda name: found[name].likeness)
    return sheet, found[sheet]


def _headers(sample: list[Record], lines: tuple[int, ...] | None) -> Headers:
    if not sample:
        raise FileRefused("unknown_line", line=lines[0]) if lines else FileRefused("empty")
    return headers_at(sample, lines) if lines else find_headers(sample, are_there=lines is None)


def _sample(records: Iterable[Record], lines: tuple[int, ...] | None) -> list[Record]:
    """The first records that are not blank; where the lines of the headers are known, these and what follows them."""
    sample, end = list[Record](), max(lines or (0,))
    for number, (line, cells) in enumerate(records):
        if number > MOST_LINES and line > end:
            break
        if all(map(is_blank, cells)) or (line < end and line not in (lines or ()) and len(sample) >= LOOKED_AT // 4):
            continue
        sample.append((line, cells[: 2 * MOST_COLUMNS]))
        if line >= end and len(sample) >= LOOKED_AT:
            break
    return sample


def _described(headers: Headers, sheet: str, sheets: tuple[str, ...]) -> dict[str, Any]:
    naming = name_columns(headers, is_sheet=bool(sheets))
    numbers = headers.numbers
    line = numbers[-1] if numbers else headers.above[-1].number if headers.above else 0
    above = numbers[0] - 1 if numbers else line
    return {
        "headers": naming.headers,
        "header_line": line,
        "layout": Layout(sheet, numbers),
        "book": Book(sheets, above, naming.empty, naming.nameless),
        "sieve": Sieve.of(headers, naming.headers),
    }
