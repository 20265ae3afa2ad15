"""Spreadsheets of the kinds that nothing here writes, made by hand: OpenDocument, and the one old workbook of ``files`` changed."""

import datetime
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

FILES = Path(__file__).parent / "files"
OLD = FILES / "people.xls"  # a hidden sheet, and one whose table begins in its fourth row and ends with a total
NAMES = ["Matricule", "Nom", "Prénom", "Date d’entrée"]
CSV = "Matricule;Nom;Prénom\n001;Dupont;Zoé\n002;Lefèvre;Léa\n"
ROWS = [["001", "Dupont", "Zoé"], ["002", "Lefèvre", "Léa"]]
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style", "number")
)
HIDDEN = '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'


def people(table):
    """The cells of all records."""
    return [list(cells) for _line, cells in table.records()]


def xlsx(*rows):
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("People")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return kept.getvalue()


def ods_cell(value, more=""):
    if value is None:
        return f"<table:table-cell {more}/>"
    if isinstance(value, bool):
        said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        said = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, datetime.date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        said = 'office:value-type="string"'
    return f"<table:table-cell {said} {more}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def ods_row(*cells, times=1, columns=1):
    said = "".join(ods_cell(cell, f'table:number-columns-repeated="{columns}"') for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{said}</table:table-row>'


def ods_sheet(name, *rows, style=""):
    """A sheet as LibreOffice writes it: below and beside the cells, the rest of a million rows."""
    rest = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}{rest}</table:table>'


def ods(*sheets, before="", kind=SPREADSHEET):
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": f'<?xml version="1.0"?>{before}<office:document-content {SPACES}><office:automatic-styles>{HIDDEN}'
            f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
            "</office:document-content>".encode(),
            "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
            b'm:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        }
    )


def zipped(entries):
    """A zip of these contents by their names."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return kept.getvalue()


def with_entry_called(name):
    """The old workbook, its one entry called otherwise."""
    content = bytearray(OLD.read_bytes())
    place = content.find("Workbook\0".encode("utf-16-le"))
    written = f"{name}\0".encode("utf-16-le")
    content[place : place + 64] = written.ljust(64, b"\0")
    content[place + 64 : place + 66] = len(written).to_bytes(2, "little")
    return bytes(content)


def with_a_password():
    """The old workbook, which says that what follows is encrypted: its second record became that one."""
    content = bytearray(OLD.read_bytes())
    place = content.find(b"\x09\x08\x10\x00")
    place += 4 + int.from_bytes(content[place + 2 : place + 4], "little")
    content[place : place + 2] = b"\x2f\x00"
    return bytes(content)


def set_password_bit(content):
    """The zip, of which the directory and the entry say that it is encrypted."""
    changed = bytearray(content)
    changed[changed.find(b"PK\x03\x04") + 6] |= 1
    changed[changed.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)
