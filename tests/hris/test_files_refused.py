import io
import random
import resource
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rse.hris.files import unrolled, unrolling, zips
from rse.hris.files.dates import Evidence
from rse.hris.files.formats import BY_COMMAND, Limits, open_table
from rse.hris.files.problems import FileRefused
from rse.hris.files.proposal import propose
from rse.hris.files.units import units_of

from . import packages
from .packages import CSV, NAMES, OLD, ROWS, ods, ods_row, ods_sheet, people, xlsx, zipped

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("nothing_stays")]

MIB = 1024 * 1024


def refusal(path, limits=BY_COMMAND):
    with pytest.raises(FileRefused) as refused:
        people(open_table(path, limits))
    assert refused.value.sentence()
    return refused.value.code


def bomb(name="people.csv", size=150 * MIB):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as entry:
        for _piece in range(size // MIB):
            entry.write(b"a;b;c;\n" * (MIB // 7))
    return kept.getvalue()


def other_method():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("people.csv", CSV)
    return kept.getvalue()


TABLE = "<table><tr><td>Matricule</td></tr></table>"
BOOK_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
)
REFUSED = {
    "a page": (TABLE.encode(), "html"),
    "a page of Excel": (f'\ufeff\n<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>{TABLE}'.encode(), "html"),
    "a page in UTF-16": (f"<!DOCTYPE html><html>{TABLE}".encode("utf-16"), "html"),
    "a page of XHTML": (f'<?xml version="1.0"?><!DOCTYPE html><html>{TABLE}'.encode(), "html"),
    "a page in one file": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "html"),
    "a workbook of 2003": (BOOK_2003.encode(), "xml_spreadsheet"),
    "XML": (b'<?xml version="1.0"?><people><person/></people>', "xml"),
    "JSON": (b'[{"Matricule": "001"}]', "json"),
    "JSON of one": (b'\n{\n "people": []}', "json"),
    "PDF": (b"%PDF-1.7\n\0\0", "pdf"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "WEBP": (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
    "HEIC": (b"\0\0\0\x18ftypheic", "picture"),
    "BMP": (b"BM\0\0\0\0", "picture"),
    "RTF": (b"{\\rtf1", "document"),
    "GZIP": (b"\x1f\x8b\x08", "other_archive"),
    "7Z": (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    "Excel 3": (b"\x09\x02\x06\x00\0\0\x10\0", "old_excel"),
    "DOCX": (zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "document"),
    "PPTX": (zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}), "presentation"),
    "XLSB": (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"<a/>"}), "binary_workbook"),
    "Numbers": (zipped({"Index/Document.iwa": b"a", "preview.jpg": b"a"}), "numbers"),
    "ODT": (ods(kind="application/vnd.oasis.opendocument.text"), "document"),
    "XLSX with a password": (packages.with_entry_called("EncryptedPackage"), "with_password"),
    "XLS with a password": (packages.with_a_password(), "with_password"),
    "DOC": (packages.with_entry_called("WordDocument"), "document"),
    "PPT": (packages.with_entry_called("PowerPoint Document"), "presentation"),
    "MSG": (packages.with_entry_called("__properties_version1.0"), "message"),
    "another compound file": (packages.with_entry_called("Something"), "damaged"),
    "XLS cut short": (OLD.read_bytes()[:2048], "damaged"),
    "XLS that is garbage": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(5000), "damaged"),
    "ODS without content": (zipped({"mimetype": packages.SPREADSHEET.encode()}), "damaged"),
    "ODS cut short": (ods(ods_sheet("A", ods_row(*NAMES)))[:-30], "damaged"),
    "ODS without sheets": (ods(), "no_sheet"),
    "ODS without cells": (ods(ods_sheet("A")), "empty"),
    "ODS with a document type": (ods(ods_sheet("A", ods_row("Nom")), before='<!DOCTYPE a [<!ENTITY b "c">]>'), "declared_entities"),
    "ODS of equal rows": (ods(ods_sheet("A", ods_row("Nom"), ods_row("x", times=2_000_000))), "too_packed"),
    "ODS of equal cells": (ods(ods_sheet("A", ods_row("Nom", columns=99_999_999))), "too_packed"),
    "ODS with a row far below": (ods(ods_sheet("A", ods_row(*NAMES), ods_row(None, times=900_000_000), ods_row("x"))), "too_packed"),
    "ODS of wide rows far below": (
        ods(ods_sheet("A", ods_row(*map(str, range(100))), ods_row(None, times=900_000), ods_row("x"))),
        "too_packed",
    ),
    "ODS of absurd repetitions": (ods(ods_sheet("A", ods_row("Nom", times="9" * 40))), "too_packed"),
    "an empty ZIP": (zipped({}), "zip_empty"),
    "a ZIP of what systems leave": (zipped({"__MACOSX/a.csv": b"a", ".DS_Store": b"a"}), "zip_empty"),
    "a ZIP of two": (zipped({"a.csv": CSV, "b.xlsx": b"a"}), "zip_several"),
    "a ZIP of pictures": (zipped({"a.png": b"a", "b.png": b"a"}), "zip_several"),
    "a ZIP in a ZIP": (zipped({"a.zip": zipped({"a.csv": CSV})}), "zip_in_zip"),
    "a picture in a ZIP": (zipped({"a.xlsx": b"\x89PNG\r\n\x1a\n"}), "picture"),
    "a ZIP with a password": (packages.set_password_bit(zipped({"a.csv": CSV})), "zip_with_password"),
    "a ZIP of another method": (other_method(), "zip_method"),
    "a ZIP of many": (zipped({f"{number}.csv": b"" for number in range(2001)}), "zip_too_packed"),
    "a ZIP cut short": (zipped({"a.csv": CSV})[:-10], "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a06_what_is_no_table_is_refused_by_what_it_is(file_of, what):
    content, code = REFUSED[what]
    started = time.monotonic()

    assert refusal(file_of(content)) == code
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\n" * 20_000_000, "empty"),
        (b";;;\n" * 5_000_000, "empty"),
        ((b"a;" * 400_000 + b"\n") * 20, "too_many_columns"),
        (b"Nom;Poste\n" + (b'"' + b"1" * 120_000 + b'";b\n') * 200, None),
        (b"Nom;Poste\n" + (b"a" + b";" * 400_000 + b"\n") * 20, None),
    ],
)
def test_a06_texts_that_are_endless_cost_seconds(file_of, content, code):
    path = file_of(content)
    started = time.process_time()

    if code:
        assert refusal(path) == code
    else:
        assert open_table(path).headers == ("Nom", "Poste")
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "cell", ["a@" + "." * 100_000 + " x", "a" * 100_000 + "@", "road " * 20_000 + "\nx", "(" * 100_000, "1 " * 50_000, "\ufdfa" * 100_000]
)
@pytest.mark.parametrize("is_header", [False, True])
def test_a06_cells_that_are_endless_cost_seconds(file_of, cell, is_header):
    lines = [f'E{number};"{cell}";Martin;Comptable' for number in range(20)]
    header = f'"{cell}"' if is_header else "Note"
    path = file_of("\n".join([f"Matricule;{header};Nom;Poste", *lines]).encode())
    started = time.process_time()

    mapping = propose(open_table(path)).mapping
    assert mapping.columns["employee_number"]
    Evidence().see(cell)

    assert time.process_time() - started < 4


def test_a06_units_that_are_endless_cost_seconds():
    started = time.process_time()

    alike = units_of([f"{'x' * 70} {number}" for number in range(20_000)])
    ways = units_of(["a>" * 50_000 + end for end in "bc"])
    units_of(f"Bureau ({'a ' * 190}{number}" for number in range(200))

    codes = {unit.code for unit in alike.named.values()}
    assert (len(codes), max(map(len, codes)), ways.sign) == (20_000, 60, "")
    assert time.process_time() - started < 4


def test_a_zip_of_several_files_says_which_ones(file_of):
    path = file_of(zipped({f"export/{name}": b"a" for name in ("a.csv", "b.csv", "c.ods", "d.xls", "e.csv", "f.csv")}))

    with pytest.raises(FileRefused) as refused:
        open_table(path)
    assert "a.csv, b.csv, c.ods, d.xls, e.csv, …" in refused.value.sentence()


def test_a06_bombs_in_zips_are_refused_quickly_and_by_their_unpacked_size(file_of):
    path = file_of(bomb())
    started = time.process_time()

    assert refusal(path) == "zip_too_packed"
    assert refusal(path, Limits(size=MIB)) == "too_large"
    assert time.process_time() - started < 5


def test_a06_a_zip_may_not_unpack_beyond_what_is_taken_whatever_its_ratio(file_of, monkeypatch):
    monkeypatch.setattr(zips, "MOST_UNPACKED", 1000)

    assert refusal(file_of(zipped({"a.csv": random.Random(1).randbytes(1001)}))) == "zip_too_packed"
    assert people(open_table(file_of(zipped({"a.csv": CSV})))) == ROWS


def test_a06_an_old_workbook_that_takes_too_much_is_given_up(file_of, monkeypatch):
    path = file_of(ods(ods_sheet("A", ods_row(*NAMES), ods_row(None, times=900_000), ods_row("x" * 32_000, times=30_000))))

    assert refusal(path) == "too_heavy"
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != unrolling.MEMORY, "the limits are those of the child"
    monkeypatch.setattr(unrolled, "PATIENCE", 0.01)
    assert refusal(OLD) == "too_heavy"


def test_a06_no_secret_of_ours_reaches_the_process_that_reads_it(file_of, monkeypatch):
    said = []
    run = unrolled.subprocess.run
    monkeypatch.setattr(unrolled.subprocess, "run", lambda *words, **named: said.append(named) or run(*words, **named))

    open_table(OLD)
    assert [(named["env"], named["cwd"]) for named in said] == [({}, "/")]


WHOLE = [
    CSV.encode(),
    CSV.encode("utf-16"),
    OLD.read_bytes(),
    xlsx(NAMES[:3], *ROWS),
    zipped({"a.csv": CSV}),
    ods(ods_sheet("A", ods_row(*NAMES))),
]
STARTS = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"sep=;\n",
    b"<",
    b"{",
    b'"',
]


@st.composite
def spoiled(draw):
    content = bytearray(draw(st.sampled_from(WHOLE)))
    for place, byte in draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), min_size=1, max_size=12)):
        content[place] = byte
    return bytes(content[: draw(st.integers(1, len(content)))] if draw(st.booleans()) else content)


@settings(max_examples=200, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.one_of(st.binary(max_size=400), st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=2000)), spoiled()))
def test_a06_any_bytes_are_a_table_or_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        table = open_table(path)
        rows = people(table)
    except FileRefused as refused:
        said = refused.sentence()
        assert said
        return
    assert len(set(filter(None, table.headers))) == len([*filter(None, table.headers)])
    "".join(str(cell) for row in rows for cell in row).encode()  # no half of a character
