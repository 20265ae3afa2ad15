import codecs
import datetime
import io
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rse.hris.files.formats import Layout, open_table
from rse.hris.files.problems import FileRefused

from .packages import CSV, NAMES, OLD, ROWS, ods, ods_row, ods_sheet, people, xlsx, zipped

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("nothing_stays")]

DAY = datetime.date(2024, 2, 29)
SEEN = datetime.datetime(2024, 2, 29)  # noqa: DTZ001 - a spreadsheet knows no zone


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "^", "~"])
@pytest.mark.parametrize("title", ["", "Liste, du personnel; au | 1er\n\n"])
def test_every_separator_is_found_below_titles_too(file_of, separator, title):
    table = open_table(file_of((title + CSV.replace(";", separator)).encode()))

    assert (table.separator, table.headers, people(table)) == (separator, ("Matricule", "Nom", "Prénom"), ROWS)


def test_separator_is_the_one_that_makes_equal_records_where_no_name_is_known(file_of):
    content = "Sukunimi|Osoite|Tehtävä\nVirtanen|Katu 1, Espoo|Myyjä, vanhempi\nKorhonen|Katu 2|Myyjä, nuorempi\nNieminen|Tie 3, 4, 5|x\n"

    assert open_table(file_of(content.encode())).separator == "|"


@pytest.mark.parametrize("separator", [",", "|", "~"])
def test_a_named_separator_is_honoured(file_of, separator):
    assert open_table(file_of(f"sep={separator}\r\nNom;x{separator}Poste\r\na;b{separator}c\r\n".encode())).headers == ("Nom;x", "Poste")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines_are_told_apart(file_of, written, said, newline):
    table = open_table(file_of(CSV.replace("\n", newline).encode(written)))

    assert (table.encoding, table.headers, people(table)) == (said, ("Matricule", "Nom", "Prénom"), ROWS)


def test_utf_16_with_its_mark_the_other_way_round(file_of):
    assert people(open_table(file_of(codecs.BOM_UTF16_BE + CSV.encode("utf-16-be")))) == ROWS


NAMED = [
    "Hélène",
    "François",
    "Zoë",
    "Noël",
    "Anaïs",
    "Jérôme",
    "Gaëlle",
    "Benoît",
    "Müller",
    "Núñez",
    "Gonçalves",
    "Château",
    "Irène",
    "Élodie",
]


@settings(max_examples=60, deadline=None)
@given(names=st.lists(st.sampled_from(NAMED), min_size=2, max_size=20), encoding=st.sampled_from(["cp1252", "mac_roman", "cp850"]))
def test_names_of_people_tell_the_encoding(names, encoding):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes("\n".join(["Matricule;Prénom", *(f"{number};{name}" for number, name in enumerate(names))]).encode(encoding))

        assert [cells[1] for cells in people(open_table(path))] == names


@pytest.mark.parametrize("where", [b"Dupont", b"Zo"])
def test_one_bad_byte_spoils_one_cell_and_not_the_encoding(file_of, where):
    content = (CSV + "003;Müller;Anaïs\n").encode().replace(where, where + b"\xe9", 1)

    table = open_table(file_of(content))

    assert (table.encoding, table.headers) == ("utf-8-sig", ("Matricule", "Nom", "Prénom"))
    cells = [cell for row in people(table) for cell in row]
    assert "\ufffd" in "".join(cells)
    assert {"Léa", "Müller", "Anaïs"} <= set(cells)


def test_old_workbooks_are_read_with_days_numbers_and_their_own_row_numbers():
    table = open_table(OLD)

    assert (table.kind, table.headers) == ("xls", ("Matricule", "Nom", "Prénom", "Date d’entrée", "Temps plein"))
    assert (table.book.sheets, table.layout, table.book.above) == (("Salariés",), Layout("Salariés", (4,)), 3)
    assert [(line, list(cells)) for line, cells in table.records()] == [
        (5, [1, "Dupont", "Zoé", SEEN.replace(year=2020), True]),
        (6, [2, "Martin", "Léa", datetime.datetime(2021, 3, 1), False]),  # noqa: DTZ001 - as above
        (7, ["003", "Durand", "Noé", None, True]),
    ]
    assert table.left_out.totals == 1


def test_open_documents_are_read_beside_the_million_rows_that_they_say_they_have(file_of):
    hidden = ods_sheet("Archives", ods_row(*NAMES), *[ods_row("9", "x", "y", DAY)] * 9, style="hidden")
    rows = [
        ods_row(None, "Personnel"),
        ods_row(None, times=2),
        ods_row(None, *NAMES),
        ods_row(None, 1, "Dupont", "Zoé", DAY),
        ods_row(None, 2, "Roy", "Léa", DAY),
    ]
    path = file_of(ods(hidden, ods_sheet("Salariés", *rows)))

    started = time.monotonic()
    table = open_table(path)

    assert (table.kind, table.headers, table.book.sheets) == ("ods", ("", *NAMES), ("Salariés",))
    assert list(table.records()) == [(5, [None, 1, "Dupont", "Zoé", SEEN]), (6, [None, 2, "Roy", "Léa", SEEN])]
    assert time.monotonic() - started < 5


def test_a_sheet_of_an_old_workbook_may_be_chosen_and_a_hidden_one_may_not(file_of):
    path = file_of(ods(ods_sheet("A", ods_row(*NAMES), ods_row(1, "a", "b", DAY)), ods_sheet("B –", ods_row(*NAMES[:2]), ods_row(2, "c"))))

    assert people(open_table(path, layout=Layout("B –"))) == [[2, "c"]]
    with pytest.raises(FileRefused, check=lambda refused: refused.code == "unknown_sheet"):
        open_table(OLD, layout=Layout("Archives"))


@pytest.mark.parametrize(
    "inner", [CSV.encode(), xlsx(NAMES[:3], *ROWS), ods(ods_sheet("A", ods_row(*NAMES[:3]), *(ods_row(*row) for row in ROWS)))]
)
@pytest.mark.parametrize("name", ["export/people.csv", "personnel.XLSX"])
def test_the_one_file_in_a_zip_is_read_as_often_as_one_asks(file_of, inner, name):
    beside = {
        "__MACOSX/export/._people.csv": b"\0",
        "export/.DS_Store": b"\0",
        "export/": b"",
        "Thumbs.db": b"",
        "lisez-moi.txt": b"bonjour",
    }
    table = open_table(file_of(zipped(beside | {name: inner})))

    assert table.inside == name
    assert people(table) == people(table) == ROWS
    next(table.records())  # given up: nothing stays either


def test_a_million_formatted_rows_without_values_cost_little(tmp_path):
    content = xlsx(NAMES[:3], *ROWS)
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(4, 1_048_577))
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    entries[sheet] = entries[sheet].replace(b"</sheetData>", rows + b"</sheetData>").replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')
    path = tmp_path / "people.xlsx"
    path.write_bytes(zipped(entries))
    started = time.process_time()

    table = open_table(path)

    assert people(table) == ROWS
    assert table.headers == tuple(NAMES[:3])
    assert time.process_time() - started < 8
