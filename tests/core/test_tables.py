import datetime

import pytest

from rse.core.web.csv_export import csv_response, safe


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "−"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\u2066",
        "\U000e0020",
        "\x01",
        "'",
        '"',
        "’",
        "“",
        "«",
        " \u200b'",
        "\u3000",
        "\ufe0f",
    ],
)
def test_no_cell_is_taken_for_a_formula_behind_what_a_spreadsheet_drops(before, sign):
    assert safe(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "\n =1", "\tword", "\u00a0=1", "\u202f@x"])
def test_no_cell_is_taken_for_a_formula(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *(
            (None, ""),
            (12, "12"),
            ("1 = 1", "1 = 1"),
            ("'t Hooft", "'t Hooft"),
            ("« Oui »", "« Oui »"),
            (datetime.date(2027, 3, 1), "2027-03-01"),
            ("", ""),
        ),
        (datetime.datetime(2027, 3, 1, 8, 30, 5, tzinfo=datetime.UTC), "2027-03-01 09:30"),
    ],
)
def test_other_cells_stay_what_they_are(value, cell):
    assert safe(value) == cell


def test_table_opens_in_a_spreadsheet():
    response = csv_response("four", ["Nom", "=Rôle"], [["Élodie; Martin", None]])

    assert response.content == '\ufeffNom;\'=Rôle\r\n"Élodie; Martin";\r\n'.encode()
    assert response["Content-Disposition"] == 'attachment; filename="four.csv"'


@pytest.mark.parametrize("parting", [",", ";", "\t", "|", "\n", ",\u3164"])
@pytest.mark.parametrize("sign", ["=", "+", "@", "＝", "'="])
def test_no_formula_begins_where_another_spreadsheet_parts_cells(parting, sign):
    assert safe(f"a{parting}{sign}1+1") == f"a{parting[0]}'{parting[1:]}{sign}1+1"


def test_what_is_parted_by_blanks_stays_as_it_was():
    assert safe("a, b; c (d), « e »") == "a, b; c (d), « e »"
