import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rse.hris.files import cells
from rse.hris.files.cells import BadCell
from rse.hris.files.languages import NAMES, code_of

pytestmark = pytest.mark.once
DAY = datetime.date(2025, 12, 31)


def refused(parser, *cell):
    with pytest.raises(BadCell) as bad:
        parser(*cell)
    return bad.value.code


@pytest.mark.parametrize(
    "cell",
    [
        *("31/12/2025", "31-12-2025", "31.12.2025", "2025-12-31", "2025/12/31", " 31/12/2025 ", "31/12/2025 00:00", "2025-12-31T00:00:00Z"),
        *("31/12/25", "20251231", "31 décembre 2025", "31 déc. 2025", "31-Dec-2025", "December 31, 2025", "31. Dezember 2025"),
        *(DAY, datetime.datetime(2025, 12, 31, 8, 30), 46022, 46022.0),  # noqa: DTZ001 - a spreadsheet knows no zone
    ],
)
def test_days_are_read_in_every_way_they_are_written(cell):
    assert cells.day(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        *("31/02/2025", "29/02/2023", "00/01/2025", "2025-13-01", "12/31/2025", "demain"),
        *("46022", "31/12/0025", "01/01/1899"),
        *(-1, 0.5, 10**9, True, float("inf"), "1" * 100),
    ],
)
def test_days_that_do_not_exist_are_refused(cell):
    assert refused(cells.day, cell) == "bad_date"


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2199, 12, 31)))
def test_any_day_comes_back(day):
    assert cells.day(day.strftime("%d/%m/%Y")) == cells.day(day.isoformat()) == cells.day(day) == day


@given(st.text(max_size=300), st.integers(1, 200))
def test_a_text_is_clean_and_short_or_refused(text, limit):
    with contextlib.suppress(BadCell):
        value = cells.text(text, limit)
        assert len(value) <= limit
        assert cells.text(value, limit) == value
        assert "\0" not in value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("  Jean   Paul ", "Jean Paul"), ("e\u0301te\u0301", "été"), ("a\u00a0b", "a b"), (12.0, "12"), (12, "12"), (None, "")],
)
def test_texts_lose_their_spaces_and_are_composed(cell, expected):
    assert cells.text(cell, 20) == expected


def test_line_breaks_become_spaces_but_not_in_names():
    assert cells.text("Nantes\r\nNord", 20) == "Nantes Nord"
    assert refused(lambda cell: cells.name(cell, 20), "Jean\nPaul") == "control_character"
    assert refused(lambda cell: cells.text(cell, 20), "Nan\x07tes") == "control_character"
    assert refused(lambda cell: cells.text(cell, 20), "a\0b") == "control_character"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", ""),
        ("Jean.DUPONT@Exemple.FR", "jean.dupont@exemple.fr"),
        ("jean@Hôtel.fr", "jean@xn--htel-vqa.fr"),
        ("jean@ho\u0302tel.fr", "jean@xn--htel-vqa.fr"),
        ("o'neil+rh@exemple.co.uk", "o'neil+rh@exemple.co.uk"),
    ],
)
def test_emails_are_folded_to_one_spelling(cell, expected):
    assert cells.email(cell, 254) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("jean", "jean@", "@exemple.fr", "jean@exemple", "jean@@exemple.fr", "je an@exemple.fr", "jean@exemple..fr", "jean@-exemple.fr"),
        *("jеan@exemple.fr", "<jean@exemple.fr>", "jean@exemple.fr, b@c.fr", f"{'a' * 65}@exemple.fr", "jean@" + "é" * 70 + ".fr"),
    ],
)
def test_addresses_that_are_none_are_refused(cell):
    assert refused(lambda cell: cells.email(cell, 254), cell) == "bad_email"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("fr", ("fr",)),
        ("Français, Anglais ; español|de/fr", ("fr", "en", "es", "de")),
        ("fr-CA\nen_GB", ("fr", "en")),
        ("Anglais (courant), LSF", ("en", "fsl")),
        ("", ()),
    ],
)
def test_languages_are_read_by_code_and_by_name(cell, expected):
    assert cells.languages(cell, 200) == expected


def test_every_name_of_a_language_leads_to_a_code():
    assert all(code_of(name) == code for name, code in NAMES.items())
    assert code_of("klingon") is None
    assert refused(lambda cell: cells.languages(cell, 200), "fr, klingon") == "unknown_language"


@pytest.mark.parametrize(("cell", "expected"), [("Oui", True), ("x", True), (1, True), ("NON", False), ("", False), (False, False)])
def test_yes_and_no(cell, expected):
    assert cells.yes_or_no(cell, 20) is expected


@pytest.mark.parametrize(
    ("parser", "cell", "code"),
    [
        (cells.yes_or_no, "peut-être", "bad_yes_no"),
        (cells.interface_language, "de", "unknown_interface_language"),
        (cells.time_zone, "Paris", "unknown_time_zone"),
        (cells.phone, "poste 12", "bad_phone"),
        (cells.position_code, "@E1", "reserved_code"),
        (cells.text, "#REF!", "formula_error"),
        (cells.text, "a" * 61, "too_long"),
    ],
)
def test_what_cannot_be_read_says_why(parser, cell, code):
    assert refused(lambda value: parser(value, 60), cell) == code


def test_interface_language_is_read_by_code_and_name():
    assert [cells.interface_language(cell, 20) for cell in ("FR", "Anglais", "fr-FR", "")] == ["fr", "en", "fr", ""]


def test_a_long_bad_value_is_cut_and_shown_whole_in_messages():
    assert cells.excerpt("a\x07" + "b" * 100) == "a�" + "b" * 58 + "…"
