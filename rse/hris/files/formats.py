"""A file opened: what it is, its headers, and its records one after the other with the line each begins on.

The file is read from its path as often as one asks, a piece at a time; it is never held in memory.
"""

import codecs
import csv
import datetime
import itertools
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from . import spreadsheets
from .columns import folded
from .problems import FileRefused

MIB = 1024 * 1024
PIECE = 256 * 1024
LONGEST_LINE = 1_000_000  # characters; a header or a row is never this long
MOST_COLUMNS = spreadsheets.MOST_COLUMNS
SAMPLE = 6  # records that tell which separator a file uses
SEPARATORS = (";", "\t", ",")
NAMED_SEPARATOR = re.compile(r"(?i)sep=(.)\r?\n?")  # a first line that some spreadsheets write

NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that cp1252 leaves undefined

ZIP, OLD_SPREADSHEET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Record = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Limits:
    """How large a file may be; None is no limit."""

    size: int | None = None
    rows: int | None = None


ON_SCREEN = Limits(size=50 * MIB, rows=300_000)
BY_COMMAND = Limits()


@dataclass(frozen=True)
class Table:
    """A file whose headers have been read; ``records`` reads the rest, as often as it is asked."""

    path: Path
    kind: str  # csv or xlsx
    headers: tuple[str, ...]
    header_line: int
    encoding: str = ""
    separator: str = ""
    epoch: datetime.datetime = WINDOWS_EPOCH
    limits: Limits = BY_COMMAND

    def records(self, seen: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Iterate over the records below the headers, each with the line on which it begins; blank ones are left out.

        ``seen`` is told the share of the bytes read, in percent, where the file is a CSV file.

        Raises:
            FileRefused: the file has more rows than its limits allow, or turns out to be damaged.

        """
        opened = self._of_text(seen) if self.kind == "csv" else self._of_sheet()
        rows = 0
        with closing(opened) as records:
            for line, cells in records:
                if line <= self.header_line or not any(cells):
                    continue
                rows += 1
                if self.limits.rows is not None and rows > self.limits.rows:
                    raise FileRefused("too_many_rows", limit=self.limits.rows)
                yield line, cells

    def _of_text(self, seen: Callable[[int], None] | None) -> Generator[Record]:
        return _text_records(self.path, self.encoding, self.separator, seen)

    def _of_sheet(self) -> Generator[Record]:
        return spreadsheets.records(self.path, len(self.headers))


def open_table(path: str | Path, limits: Limits = BY_COMMAND) -> Table:
    """Open a CSV or XLSX file and return its table; which of them it is, the content says and never the name.

    Raises:
        FileRefused: the file is empty, too large, of another kind, damaged, dangerous to unpack, or its headers cannot be told apart.

    """
    path = Path(path)
    size = path.stat().st_size
    if limits.size is not None and size > limits.size:
        raise FileRefused("too_large", limit=limits.size // MIB)
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise FileRefused("empty")
    if start.startswith(OLD_SPREADSHEET):
        raise FileRefused("old_spreadsheet")
    if start.startswith(ZIP):
        return _open_sheet(path, limits)
    return _open_text(path, limits)


def _open_sheet(path: Path, limits: Limits) -> Table:
    spreadsheets.refuse_dangerous(path)
    line, cells, epoch = spreadsheets.headers(path)
    return Table(path, "xlsx", _headers(cells), line, epoch=epoch, limits=limits)


def _open_text(path: Path, limits: Limits) -> Table:
    encoding = _encoding(path)
    separator = _separator(path, encoding)
    with closing(_text_records(path, encoding, separator)) as records:
        for line, cells in records:
            if any(cells):
                return Table(path, "csv", _headers(cells), line, encoding=encoding, separator=separator, limits=limits)
    raise FileRefused("empty")


def _headers(cells: Sequence[Any]) -> tuple[str, ...]:
    """Return the headers as a person reads them, without the empty ones at the end."""
    headers = [" ".join(str("" if cell is None else cell).split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", limit=MOST_COLUMNS)
    counts = Counter(folded(header) or header for header in headers if header)
    if twice := sorted({header for header in headers if header and counts[folded(header) or header] > 1}):
        raise FileRefused("duplicate_headers", headers=twice)
    return tuple(headers)


def _encoding(path: Path) -> str:
    """Return the encoding of the text: that of its byte order mark, else UTF-8 if all of it is, else that of Windows in western Europe.

    Raises:
        FileRefused: the text holds null bytes.

    """
    with path.open("rb") as file:
        start = file.read(4)
        marked = next((name for mark, name in BYTE_ORDER_MARKS if start.startswith(mark)), None)
        if marked == "utf-16":
            return marked
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        is_utf8 = is_windows = True
        while piece := file.read(PIECE):
            if b"\0" in piece:
                raise FileRefused("null_bytes")
            is_windows = is_windows and not NOT_IN_WINDOWS.search(piece)
            is_utf8 = is_utf8 and _decodes(decoder, piece)
        is_utf8 = is_utf8 and _decodes(decoder, b"", is_last=True)
    if is_utf8 or marked:
        return "utf-8-sig"
    return "cp1252" if is_windows else "latin-1"


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, is_last: bool = False) -> bool:
    try:
        decoder.decode(piece, is_last)
    except UnicodeDecodeError:
        return False
    return True


def _lines(path: Path, encoding: str, seen: Callable[[int], None] | None = None) -> Generator[str]:
    """Iterate over the lines with their ends; a first line in which a spreadsheet named its separator comes empty."""
    size, number = max(path.stat().st_size, 1), 0
    with path.open(encoding=encoding, newline="") as file:
        while True:
            try:
                line = file.readline(LONGEST_LINE)
            except UnicodeError:
                raise FileRefused("unreadable_text", line=number + 1) from None
            if not line:
                return
            number += 1
            if len(line) >= LONGEST_LINE:
                raise FileRefused("unclosed_quote", line=number)
            if seen is not None and number % 1000 == 0:
                seen(min(99, file.buffer.tell() * 100 // size))
            yield "\n" if number == 1 and NAMED_SEPARATOR.fullmatch(line) else line


def _text_records(path: Path, encoding: str, separator: str, seen: Callable[[int], None] | None = None) -> Generator[Record]:
    with closing(_lines(path, encoding, seen)) as lines:
        reader = csv.reader(lines, delimiter=separator)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise FileRefused("unclosed_quote", line=line) from None


def _separator(path: Path, encoding: str) -> str:
    """Return the separator that cuts the narrowest of the first records into most cells; between equals, the headers decide."""
    with path.open(encoding=encoding, newline="") as file:
        try:
            named = NAMED_SEPARATOR.fullmatch(file.readline(16))
        except UnicodeError:
            raise FileRefused("unreadable_text", line=1) from None
    if named and named[1] in SEPARATORS:
        return named[1]

    def fitness(separator: str) -> tuple[int, int]:
        with closing(_text_records(path, encoding, separator)) as records:
            widths = [len(cells) for _line, cells in itertools.islice((one for one in records if any(one[1])), SAMPLE)]
        return (min(widths), widths[0]) if widths else (MOST_COLUMNS, 0)  # nothing but this separator

    scores = {}
    for separator in SEPARATORS:
        try:
            scores[separator] = fitness(separator)
        except FileRefused:
            scores[separator] = (0, 0)
    return max(SEPARATORS, key=scores.__getitem__)
