import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rse.hris.files.formats import BY_COMMAND, LONGEST_LINE, Limits, open_table
from rse.hris.files.problems import FileRefused

pytestmark = pytest.mark.once

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
# What all of these encodings hold, and what CSV makes difficult: separators, quotes, line breaks inside a cell.
CELLS = st.text(alphabet=st.sampled_from("abcÉéïœ’ ;,\t\"'\n€12"), min_size=1, max_size=8).filter(str.strip)


@pytest.fixture
def file(tmp_path):
    """Writes bytes and gives the path."""

    def write(content):
        path = tmp_path / "people.csv"
        path.write_bytes(content)
        return path

    return write


def refusal(path, limits=BY_COMMAND):
    with pytest.raises(FileRefused) as refused:
        list(open_table(path, limits).records())
    assert refused.value.sentence()
    return refused.value


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    separator=st.sampled_from(";,\t"),
    encoding=st.sampled_from(ENCODINGS),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_same_rows_come_back_from_every_separator_encoding_and_newline(tmp_path_factory, rows, separator, encoding, newline):
    rows = [["Frédéric", "Élodie", "Lefèvre"], *rows]  # names, as in any file: by them an encoding is known
    path = tmp_path_factory.mktemp("hris") / "people.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator=newline, quoting=csv.QUOTE_ALL)
        writer.writerow(["Matricule", "Nom", "Prénom"])
        writer.writerows(rows)

    table = open_table(path)

    assert table.headers == ("Matricule", "Nom", "Prénom")
    assert table.separator == separator
    assert [cells for _line, cells in table.records()] == rows


def test_lines_are_those_of_the_file_also_after_quoted_newlines_and_blank_lines(file):
    table = open_table(file(b'Nom;Poste\r\n"a\r\nb\nc";x\r\n\r\n;\r\nd;y\r\n'))

    assert list(table.records()) == [(2, ["a\r\nb\nc", "x"]), (7, ["d", "y"])]


def test_headers_may_stand_below_blank_lines_and_a_named_separator(file):
    table = open_table(file(b"sep=;\r\n;;\r\nNom; Poste ;\r\nd;y;\r\n"))

    assert (table.headers, table.header_line, table.separator) == (("Nom", "Poste"), 3, ";")
    assert list(table.records()) == [(4, ["d", "y", ""])]


def test_separator_is_the_one_that_cuts_every_row(file):
    table = open_table(file("Nom, prénom;Matricule\nDupont, Jean;12\nMartin;13\n".encode()))

    assert table.headers == ("Nom, prénom", "Matricule")


def test_latin_1_is_read_where_windows_leaves_a_byte_undefined(file):
    assert open_table(file("Nom;Prénom\nLefèvre\x81;Zoé\n".encode("latin-1"))).encoding == "latin-1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n;;\r\n", "empty"),
        (b"Nom;Poste\na\0;b\n", "null_bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "damaged"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"\xef\xbb\xbfNom;Poste\n\xff\xfe;b\n", "unreadable_text"),
        ("Nom;Poste\n".encode("utf-16") + b"\x00\xd8\x41\x00", "unreadable_text"),
        (b"Nom;Poste\n" + b"a" * (LONGEST_LINE + 1) + b"\n", "unclosed_quote"),
        (b'Nom;Poste\n"a;b\n' + b"c;d\n" * 50_000, "unclosed_quote"),
        (b";".join(b"h%d" % number for number in range(201)) + b"\n", "too_many_columns"),
    ],
)
def test_a06_files_that_are_no_table_are_refused_with_a_reason(file, content, code):
    assert refusal(file(content)).code == code


def test_a22_screen_limits_are_accepted_at_and_refused_above(file):
    content = b"Nom;Poste\n" + b"a;b\n" * 3
    path = file(content)

    assert len(list(open_table(path, Limits(size=len(content), rows=3)).records())) == 3
    assert refusal(path, Limits(rows=2)).code == "too_many_rows"
    assert refusal(path, Limits(size=len(content) - 1)).code == "too_large"
    assert len(list(open_table(path, BY_COMMAND).records())) == 3
