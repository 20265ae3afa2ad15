"""What a file is, by its first bytes and never by its name; what is no table of people is refused by what it is."""

import re
import zipfile
from pathlib import Path

from .packages import stumbling
from .problems import FileRefused

START = 4096
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND = b"\xd0\xcf\x11\xe0"  # what Microsoft kept everything in before 2007, and keeps what has a password in
PIECE = 256 * 1024
ENTRY = 128  # bytes of an entry in the directory of a compound file
NAME = 64  # of these, for its name
STREAMS = {  # what a compound file is, by the name of an entry; the first that is found
    "EncryptedPackage": "with_password",
    "WordDocument": "document",
    "PowerPoint Document": "presentation",
    "__properties_version1.0": "message",
    "Workbook": "xls",
    "Book": "xls",
}
WORKBOOK = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")  # the first record of an old workbook
SECTOR = 64  # at multiples of which a stream of a compound file begins, at the least
FILE_PASS, FIRST_RECORDS = 0x2F, 4  # the record that tells of a password, and among how many it stands
BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"{\\rtf", "document"),
    (b"MIME-Version:", "html"),
    (b"\x1f\x8b", "other_archive"),
    (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    (b"Rar!\x1a\x07", "other_archive"),
    (b"BZh", "other_archive"),
    (b"\xfd7zXZ\0", "other_archive"),
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
    (b"\x09\x08\x08\x00", "old_excel"),
    (b"\x09\x08\x10\x00", "old_excel"),
)
MAYBE_TEXT = (b"BM", b"BZh")  # a line of headers may begin so: only with null bytes behind are they what they look like
XML_SPREADSHEET = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|<(?:ss:)?workbook[\s>]", re.IGNORECASE)
HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|style|div|title)\b", re.IGNORECASE)
JSON = re.compile(r"[\[{]\s*[\[{\"\]}]")
PACKAGES = (  # what a zip is, by one of its entries
    ("xl/workbook.bin", "binary_workbook"),
    ("word/document.xml", "document"),
    ("ppt/presentation.xml", "presentation"),
    ("index/document.iwa", "numbers"),
    ("index.zip", "numbers"),
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def kind_of(path: Path) -> str:
    """Return what a file is: csv, xlsx, xls, ods, or zip for a zip that is none of these.

    Raises:
        FileRefused: it is empty, damaged, or something else.

    """
    with path.open("rb") as file:
        start = file.read(START)
    if not start:
        raise FileRefused("empty")
    if start.startswith(ZIPS):
        return _of_zip(path)
    if start.startswith(COMPOUND):
        return _of_compound(path)
    if (refused := _refusal(start)) is not None:
        raise FileRefused(refused)
    return "csv"


def _refusal(start: bytes) -> str | None:
    for beginning, refused in BEGINNINGS:
        if start.startswith(beginning) and (beginning not in MAYBE_TEXT or b"\0" in start):
            return refused
    if (start[:4] == b"RIFF" and start[8:12] == b"WEBP") or start[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return "picture"
    wide = next((name for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")) if start.startswith(mark)), None)
    text = start.decode(wide or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        is_xml = text.lstrip().startswith("<?xml")
        return "xml_spreadsheet" if XML_SPREADSHEET.search(text) and is_xml else "html" if HTML.search(text) else "xml" if is_xml else None
    return "json" if JSON.match(text) else None


def _of_zip(path: Path) -> str:
    with stumbling(), zipfile.ZipFile(path) as archive:
        entries = {entry.filename.lower(): entry for entry in archive.infolist()}
        for name, refused in PACKAGES:
            if name in entries:
                raise FileRefused(refused)
        if "[content_types].xml" in entries:
            return "xlsx"
        kept = entries.get("mimetype")
        if kept is None or kept.file_size > START or kept.flag_bits & 0x1:
            return "zip"
        with archive.open(kept) as stream:
            kind = stream.read(START).decode("ascii", "replace").strip()
    if not kind.startswith(OPEN_DOCUMENT):
        return "zip"
    if not kind.removeprefix(OPEN_DOCUMENT).startswith("spreadsheet"):
        raise FileRefused("document")
    return "ods"


def _of_compound(path: Path) -> str:
    """What stands in a compound file, by the names in its directory: they stand at even places, and their length behind them."""
    names = {name: f"{name}\0".encode("utf-16-le") for name in STREAMS}
    found = set[str]()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            for name, written in names.items():
                place = piece.find(written)
                while place >= 0:
                    length = piece[place + NAME : place + NAME + 2]
                    if place % ENTRY == 0 and int.from_bytes(length, "little") == len(written):
                        found.add(name)
                        break
                    place = piece.find(written, place + 1)
            if _has_password(piece):
                raise FileRefused("with_password")
    kind = next((kind for name, kind in STREAMS.items() if name in found), "damaged")
    if kind != "xls":
        raise FileRefused(kind)
    return kind


def _has_password(piece: bytes) -> bool:
    for beginning in WORKBOOK.finditer(piece):
        place = beginning.start()
        for _record in range(FIRST_RECORDS if place % SECTOR == 0 else 0):
            if int.from_bytes(piece[place : place + 2], "little") == FILE_PASS:
                return True
            place += 4 + int.from_bytes(piece[place + 2 : place + 4], "little")
    return False
