"""Zips of XML, as spreadsheets are: refused while they are still packed if opening them would be dangerous."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

from openpyxl.utils.exceptions import InvalidFileException

from .problems import FileRefused

MIB = 1024 * 1024
MOST_UNPACKED = 200 * MIB
MOST_RATIO = 100  # unpacked to packed; sheets of people stay below twenty
SMALL = MIB  # an entry this small may be packed as tightly as it likes
MOST_ENTRIES = 2000
MOST_ROWS = 1_048_576  # of a sheet, by its format
PIECE = 256 * 1024
PARTS = {"row": 3, "si": 2}  # how deep they stand: worksheet, sheetData, row; and sst, si
MOST_PARTS = {"row": MOST_ROWS, "si": 2_000_000}
MOST_BETWEEN = 200_000  # elements between two of them
VALUES = frozenset({"v", "is"})
MOST_CELLS = 12_000_000  # that repetition may make of a sheet in OpenDocument

# Whatever a reader of XML in a zip stumbles over: a damaged file is one answer, not a trace.
DAMAGE = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, OverflowError, RuntimeError, SyntaxError),
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, InvalidFileException),
)


@contextmanager
def stumbling() -> Iterator[None]:
    """Raise ``FileRefused`` for whatever a damaged file makes a reader raise inside."""
    try:
        yield
    except DAMAGE as error:
        raise FileRefused("damaged") from error


class Guard:
    """Reads one entry as XML, in whatever encoding, and refuses what would fill the memory of whoever opens it for its values.

    A document type is refused, because entities can be declared nowhere else. What a sheet holds between two rows, and the table of texts
    between two texts, is kept in memory by the reader: so are the texts themselves. An entry that is not XML is not looked at further.
    """

    separator: str | None = "}"  # between the space of a name and the name

    def __init__(self) -> None:
        self.depth = self.since = self.row = self.valued = 0
        self.counts = {"row": 0, "si": 0}
        self.is_xml = True
        self.parser = expat.ParserCreate(namespace_separator=self.separator)
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Read more of the entry.

        Raises:
            FileRefused: it is dangerous.

        """
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
        if name in VALUES:
            self.valued = max(self.valued, self.row)
        elif PARTS.get(name) == self.depth:
            self.since = 0
            self.counts[name] += 1
            if self.counts[name] > MOST_PARTS[name]:
                raise FileRefused("too_packed")
            if name == "row":
                self._begin_row(attributes.get("r", ""))
        if self.since > MOST_BETWEEN:
            raise FileRefused("too_packed")

    def _begin_row(self, place: str) -> None:
        if len(place) > len(str(MOST_ROWS)) or (place.isdecimal() and int(place) > MOST_ROWS):
            raise FileRefused("too_many_rows", limit=MOST_ROWS)  # the reader would come to it row by row
        self.row = int(place) if place.isdecimal() else self.row + 1

    @property
    def last(self) -> int:
        """Return the last row with a value; of an entry that is not as it should be, the last that there may be."""
        return self.valued if self.is_xml and not self.depth else MOST_ROWS

    def _end(self, name: str) -> None:
        self.depth -= 1


class OpenDocumentGuard(Guard):
    """The same for OpenDocument, where one element may stand for a million rows: what these repetitions would fill is counted.

    Names are taken as they are written, for so takes them whoever reads the values.
    """

    separator = None

    def __init__(self) -> None:
        super().__init__()
        self.width = self.place = self.repeated = 0
        self.has_value = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p":
            self._value()
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            said = attributes.get("table:number-columns-repeated")
            self.place += 1 if said is None else _repetition(said)
            if "office:value-type" in attributes:
                self._value()
        elif name == "table:table-row":
            self.repeated, self.place, self.has_value = _repetition(attributes.get("table:number-rows-repeated", "1")), 0, False
        elif name == "table:table":
            self.row = self.width = 0

    def _value(self) -> None:
        self.has_value = True
        self.width = max(self.width, self.place)

    def _end(self, name: str) -> None:
        if name != "table:table-row":
            return
        self.row += self.repeated
        if self.has_value and (self.row > MOST_ROWS or self.row * self.width > MOST_CELLS):
            raise FileRefused("too_packed")


def _repetition(said: str) -> int:
    said = said.strip()
    if not said.isdecimal() or len(said) > 9:
        return MOST_ROWS + 1 if said[:1].isdecimal() else 1
    return max(1, int(said))


def refuse_dangerous(path: Path, guard: type[Guard] = Guard) -> dict[str, int]:
    """Read the directory of the zip, then unpack every entry to nowhere; return the last row with a value in each entry.

    Raises:
        FileRefused: the file holds too many entries, unpacks to too much, declares a document type, needs a password or is damaged.

    """
    packed = max(path.stat().st_size, 1)
    with stumbling(), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        refuse_sizes(packed, len(entries), ((entry.file_size, entry.compress_size) for entry in entries))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise FileRefused("with_password")
        unpacked, last = 0, {}
        for entry in entries:
            looked = guard()
            unpacked = _unpack(archive, entry, looked, unpacked, packed)
            last[entry.filename] = looked.last
    return last


def refuse_sizes(packed: int, count: int, sizes: Iterator[tuple[int, int]]) -> None:
    """Refuse a zip by what its directory says of its entries: their sizes unpacked and packed.

    Raises:
        FileRefused: there are too many, or they unpack to too much.

    """
    total = 0
    for size, compressed in sizes:
        total += size
        if size > SMALL and size > MOST_RATIO * max(compressed, 1):
            raise FileRefused("too_packed")
    if count > MOST_ENTRIES or total > MOST_UNPACKED or total > max(SMALL, MOST_RATIO * packed):
        raise FileRefused("too_packed")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, guard: Guard, unpacked: int, packed: int) -> int:
    """Unpack one entry to nowhere and return the bytes unpacked so far, this entry included: a directory may lie about sizes."""
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_RATIO * packed):
                raise FileRefused("too_packed")
            guard.feed(piece)
    return unpacked
