"""XLSX files: refused while they are still packed if opening them would be dangerous, then read row by row.

Only values are read: the result of a formula that the spreadsheet last computed, never the formula.
"""

import datetime
import itertools
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .problems import FileRefused

MIB = 1024 * 1024
MOST_UNPACKED = 200 * MIB
MOST_RATIO = 100  # unpacked to packed; sheets of people stay below twenty
SMALL = MIB  # an entry this small may be packed as tightly as it likes
MOST_ENTRIES = 2000
MOST_ROWS = 1_048_576  # of a sheet, by its format
MOST_COLUMNS = 200
PIECE = 256 * 1024
PARTS = {"row": 3, "si": 2}  # how deep they stand: worksheet, sheetData, row; and sst, si
MOST_PARTS = {"row": MOST_ROWS, "si": 2_000_000}
MOST_BETWEEN = 200_000  # elements between two of them

# Whatever a reader of XML in a zip stumbles over: a damaged file is one answer, not a trace.
DAMAGE = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, OverflowError, RuntimeError, SyntaxError),
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, InvalidFileException),
)


def refuse_dangerous(path: Path) -> None:
    """Read the directory of the zip, then unpack every entry to nowhere.

    Raises:
        FileRefused: the file holds too many entries, unpacks to too much, declares a document type, needs a password or is damaged.

    """
    packed = max(path.stat().st_size, 1)
    with _stumbling(), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _refuse_sizes(packed, len(entries), ((entry.file_size, entry.compress_size) for entry in entries))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise FileRefused("old_spreadsheet")
        if not any(entry.filename.lower() == "[content_types].xml" for entry in entries):
            raise FileRefused("damaged")
        unpacked = 0
        for entry in entries:
            unpacked = _unpack(archive, entry, unpacked, packed)


def _refuse_sizes(packed: int, count: int, sizes: Iterator[tuple[int, int]]) -> None:
    total = 0
    for size, compressed in sizes:
        total += size
        if size > SMALL and size > MOST_RATIO * max(compressed, 1):
            raise FileRefused("too_packed")
    if count > MOST_ENTRIES or total > MOST_UNPACKED or total > max(SMALL, MOST_RATIO * packed):
        raise FileRefused("too_packed")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int, packed: int) -> int:
    """Unpack one entry to nowhere and return the bytes unpacked so far, this entry included: a directory may lie about sizes."""
    guard = _Guard()
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_RATIO * packed):
                raise FileRefused("too_packed")
            guard.feed(piece)
    return unpacked


class _Guard:
    """Reads one entry as XML, in whatever encoding, and refuses what would fill the memory of whoever opens it for its values.

    A document type is refused, because entities can be declared nowhere else. What a sheet holds between two rows, and the table of texts
    between two texts, is kept in memory by the reader: so are the texts themselves. An entry that is not XML is not looked at further.
    """

    def __init__(self) -> None:
        self.depth = self.since = 0
        self.counts = {"row": 0, "si": 0}
        self.is_xml = True
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        if not self.is_xml:
            return
        try:
            self.parser.Parse(piece, False)  # noqa: FBT003 - whether this is the last piece
        except expat.ExpatError:
            self.is_xml = False

    def _refuse(self, *declared: Any) -> None:
        raise FileRefused("declared_entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.since += 1
        name = name.rpartition("}")[2]
        if PARTS.get(name) == self.depth:
            self.since = 0
            self.counts[name] += 1
            if self.counts[name] > MOST_PARTS[name]:
                raise FileRefused("too_packed")
            place = attributes.get("r", "")
            if name == "row" and (len(place) > len(str(MOST_ROWS)) or (place.isdecimal() and int(place) > MOST_ROWS)):
                raise FileRefused("too_many_rows", limit=MOST_ROWS)  # the reader would come to it row by row
        if self.since > MOST_BETWEEN:
            raise FileRefused("too_packed")

    def _end(self, name: str) -> None:
        self.depth -= 1


def headers(path: Path) -> tuple[int, Sequence[Any], datetime.datetime]:
    """Return the number of the first row that is not blank on the first visible sheet, its cells, and the day from which days are counted.

    Raises:
        FileRefused: no sheet has cells, all its rows are blank, or the file is damaged.

    """
    with _sheet(path) as (workbook, sheet), closing(_rows(sheet, MOST_COLUMNS + 1)) as rows:
        for number, cells in rows:
            if any(cell is not None and str(cell).strip() for cell in cells):
                return number, cells, workbook.epoch
    raise FileRefused("empty")


def records(path: Path, width: int) -> Generator[tuple[int, Sequence[Any]]]:
    """Iterate over the rows of the first visible sheet, each with its number and ``width`` cells.

    Raises:
        FileRefused: no sheet has cells, there are more rows than a sheet may have, or the file is damaged.

    """
    with _sheet(path) as (_workbook, sheet):
        yield from _rows(sheet, width)


@contextmanager
def _sheet(path: Path) -> Iterator[tuple[Any, Any]]:
    with path.open("rb") as file:  # by its name, openpyxl would judge it
        with _stumbling(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (styles, rules, drawings) is not read here
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = next((one for one in workbook.worksheets if one.sheet_state == "visible"), None)
            if sheet is None or not hasattr(sheet, "reset_dimensions"):
                raise FileRefused("no_sheet")
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong, or a trap
            yield workbook, sheet
        finally:
            workbook.close()


def _rows(sheet: Any, width: int) -> Generator[tuple[int, Sequence[Any]]]:
    with closing(sheet.iter_rows(max_col=width, values_only=True)) as rows:
        for number in itertools.count(1):
            try:
                cells = next(rows, None)
            except DAMAGE as error:
                raise FileRefused("damaged") from error
            if cells is None:
                return
            if number > MOST_ROWS:
                raise FileRefused("too_many_rows", limit=MOST_ROWS)
            yield number, cells


@contextmanager
def _stumbling() -> Iterator[None]:
    """Raise ``FileRefused`` for whatever a damaged file makes a reader raise inside."""
    try:
        yield
    except DAMAGE as error:
        raise FileRefused("damaged") from error
