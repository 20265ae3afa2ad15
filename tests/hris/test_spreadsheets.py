import datetime
import random
import time
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from rse.hris.files.formats import open_table
from rse.hris.files.problems import FileRefused

pytestmark = pytest.mark.once

HEADERS = ["Matricule", "Nom", "Date d’entrée"]
MIB = 1024 * 1024
TYPES = "[Content_Types].xml"
ROOM = 64 * MIB


def workbook(path, rows, headers=HEADERS, **options):
    book = xlsxwriter.Workbook(str(path), options)
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    book.add_worksheet("Hidden").hide()
    sheet = book.add_worksheet("People")
    sheet.activate()
    sheet.set_first_sheet()
    for number, row in enumerate([headers, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(number, place, cell, days)
            elif isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(number, place, cell, None, "Durand")
            else:
                sheet.write(number, place, cell)
    book.close()
    return path


def repacked(path, **replaced):
    """The same package with some entries replaced."""
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    return packed(path, entries | {name.replace("__", "/").replace("_dot_", "."): to for name, to in replaced.items()})


def packed(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return path


def refusal(path):
    with pytest.raises(FileRefused) as refused:
        list(open_table(path).records())
    return refused.value.code


def test_first_visible_sheet_is_read_with_values_days_and_its_own_row_numbers(tmp_path):
    day = datetime.date(2024, 2, 29)
    path = workbook(tmp_path / "people.xlsx", [[1, "Martin", day], [], [2.0, "=A1", 45351], [True, "", ""]])

    table = open_table(path)

    assert (table.kind, table.headers, table.header_line) == ("xlsx", tuple(HEADERS), 1)
    assert list(table.records()) == [
        (2, (1, "Martin", datetime.datetime(2024, 2, 29))),  # noqa: DTZ001 - a spreadsheet knows no zone
        (4, (2, "Durand", 45351)),
        (5, (True, None, None)),
    ]


def test_name_of_the_file_decides_nothing(tmp_path):
    path = workbook(tmp_path / "people.xlsx", [[1, "Martin", ""]]).rename(tmp_path / "people.csv")

    assert open_table(path).kind == "xlsx"


def bomb_of_ratio(tmp_path):
    path = workbook(tmp_path / "bomb.xlsx", [])
    return repacked(path, xl__worksheets__sheet1_dot_xml=b" " * (150 * MIB))


def bomb_of_size(tmp_path):
    """Above 200 MiB, packed at less than a hundred to one."""
    entries = {TYPES: b"<Types/>"}
    noise = bytes(range(256)) * 24
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        new.writestr(TYPES, entries[TYPES])
        for number in range(5):
            with new.open(f"xl/{number}.bin", "w") as entry:
                for step in range(46 * MIB // len(noise)):
                    entry.write(noise[step % 256 :] + noise[: step % 256])
    return path


def bomb_of_entries(tmp_path):
    return packed(tmp_path / "bomb.xlsx", {TYPES: b"<Types/>"} | {f"xl/{number}.xml": b"" for number in range(2001)})


def bomb_that_lies(tmp_path):
    """The directory of the zip says that the sheet is small."""
    path = bomb_of_ratio(tmp_path)
    content = bytearray(path.read_bytes())
    size = (150 * MIB).to_bytes(4, "little")
    place = content.rfind(size)
    content[place : place + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def declared_type(tmp_path, encoding="utf-8", name="xl__worksheets__sheet1_dot_xml"):
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><worksheet>&a9;</worksheet>'
    return repacked(workbook(tmp_path / "bomb.xlsx", []), **{name: xml.encode(encoding)})


def outside_entity(tmp_path):
    xml = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><sst/>'
    return repacked(workbook(tmp_path / "bomb.xlsx", []), xl__sharedStrings_dot_xml=xml)


def sheet_of(tmp_path, rows):
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = b'<worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"
    path = workbook(tmp_path / "bomb.xlsx", [])
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    entries["xl/worksheets/sheet1.xml"] = entries["xl/worksheets/sheet2.xml"] = xml
    # Something that does not pack, so that the ratio says nothing.
    entries["xl/media/noise.bin"] = random.Random(1).randbytes(MIB)
    return packed(path, entries)


def endless_row(tmp_path):
    return sheet_of(tmp_path, b'<row r="1">' + b"<c/>" * 300_000 + b"</row>")


def too_many_rows(tmp_path):
    return sheet_of(tmp_path, b"<row/>" * 1_048_577)


def low_rows(tmp_path):
    """Beyond the last row that a sheet has, by a little."""
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>h</t></is></c></row>'
    return sheet_of(tmp_path, header + b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>')


def far_row(tmp_path):
    cells = b"".join(b'<c t="inlineStr" r="%c1"><is><t>h%d</t></is></c>' % (65 + n, n) for n in range(3))
    return sheet_of(tmp_path, b'<row r="1">' + cells + b'</row><row r="4000000000"><c r="A4000000000"><v>1</v></c></row>')


def encrypted(tmp_path):
    path = workbook(tmp_path / "people.xlsx", [])
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


def another_package(tmp_path):
    return packed(tmp_path / "x.xlsx", {"a/1.xml": b"<a/>", "a/2.xml": b"<a/>"})


def cut_short(tmp_path):
    path = workbook(tmp_path / "people.xlsx", [[1, "Martin", ""]])
    path.write_bytes(path.read_bytes()[:-400])
    return path


def broken_xml(tmp_path):
    return repacked(workbook(tmp_path / "people.xlsx", []), xl__workbook_dot_xml=b"<workbook><sheets>")


def broken_below(tmp_path):
    """What stands below the break would be left out without a word."""
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>h</t></is></c></row>'
    return sheet_of(tmp_path, row % (1, 1) + row % (2, 2) + b'<row r="3"><c r="A3"></row>' + row % (4, 4))


def strange_text(tmp_path):
    return sheet_of(tmp_path, b'<row r="1"><c t="s" r="A1"><v>99</v></c></row>')


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (bomb_of_ratio, "too_packed"),
        (bomb_of_size, "too_packed"),
        (bomb_of_entries, "too_packed"),
        (bomb_that_lies, "damaged"),
        (declared_type, "declared_entities"),
        (outside_entity, "declared_entities"),
        (endless_row, "too_packed"),
        (too_many_rows, "too_packed"),
        (far_row, "too_many_rows"),
        (low_rows, "too_many_rows"),
        (encrypted, "with_password"),
        (another_package, "zip_several"),
        (cut_short, "damaged"),
        (broken_xml, "damaged"),
        (broken_below, "damaged"),
        (strange_text, "damaged"),
    ],
)
def test_a06_dangerous_and_damaged_spreadsheets_are_refused_quickly_and_in_little_memory(tmp_path, build, code):
    path = build(tmp_path)
    started = time.process_time()
    assert refusal(path) == code
    assert time.process_time() - started < 2

    tracemalloc.start()
    try:
        assert refusal(path) == code
        assert tracemalloc.get_traced_memory()[1] < ROOM
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("name", ["xl__worksheets__sheet1_dot_xml", "xl__anything_dot_bin", "xl__styles_dot_xml"])
def test_a06_a_document_type_is_refused_in_every_encoding_and_under_every_name(tmp_path, encoding, name):
    if encoding == "utf-16-le":
        xml = '\ufeff<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(encoding)
        path = repacked(workbook(tmp_path / "bomb.xlsx", []), **{name: xml})
    else:
        path = declared_type(tmp_path, encoding, name)

    assert refusal(path) == "declared_entities"


def test_a_workbook_that_counts_days_from_1904_is_read_right(tmp_path):
    path = workbook(tmp_path / "mac.xlsx", [[1, "Martin", datetime.date(2024, 2, 29)]], date_1904=True)

    table = open_table(path)

    assert [cells[2].date() for _line, cells in table.records()] == [datetime.date(2024, 2, 29)]
    assert table.epoch.year == 1904


def test_what_a_sheet_says_of_its_own_size_is_not_believed(tmp_path):
    path = workbook(tmp_path / "people.xlsx", [[1, "Martin", ""], [2, "Durand", ""]])
    with zipfile.ZipFile(path) as old:
        sheet = old.read("xl/worksheets/sheet2.xml")
    assert b'<dimension ref="A1:C' in sheet
    repacked(path, xl__worksheets__sheet2_dot_xml=sheet.replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1:XFD2"/>'))

    table = open_table(path)

    assert table.headers == tuple(HEADERS)
    assert [len(cells) for _line, cells in table.records()] == [3, 3]
