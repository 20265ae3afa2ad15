import csv
import datetime

import pytest
import xlsxwriter

from rse.hris.files.formats import Layout, open_table
from rse.hris.files.private import is_private_by_name
from rse.hris.files.problems import FileRefused

from .packages import FILES, people

pytestmark = pytest.mark.once

PEOPLE = [
    ["001", "Dupont", "Zoé", "Comptable", "Paris"],
    ["002", "Martin", "Léa", "Manager", "Lyon"],
    ["003", "Durand", "Noé", "Acheteur", "Lille"],
]
NAMES = ["Matricule", "Nom", "Prénom", "Poste", "Ville"]
DAY = datetime.date(2024, 2, 29)


@pytest.fixture
def text(tmp_path):
    """Writes rows as CSV and gives the path."""

    def write(*rows):
        path = tmp_path / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """Writes sheets by their names and gives the path; a name that begins with a tilde is that of a hidden one."""

    def write(**sheets):
        path = tmp_path / "people.xlsx"
        made = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name.removeprefix("hidden_"))
            if name.startswith("hidden_"):
                sheet.hide()
            else:
                sheet.activate()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        (sheet.write_datetime if isinstance(cell, datetime.date) else sheet.write)(number, place, cell)
        made.close()
        return path

    return write


def refusal(path, layout):
    with pytest.raises(FileRefused) as refused:
        open_table(path, layout=layout)
    assert refused.value.sentence()
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "count", "lines", "totals", "written", "headers"),
    [
        ("bamboohr.csv", 70, (1,), 0, ("utf-8-sig", ",", ()), ("Employee #", "Compensation: Pay rate")),
        ("bamboohr-us.csv", 70, (1,), 0, ("utf-8-sig", ",", ()), ("Employee #", "Compensation: Pay rate")),
        ("odoo.csv", 60, (1,), 0, ("utf-8-sig", ",", ()), ("External ID", "Working Hours")),
        ("personio.xlsx", 80, (1,), 0, ("", "", ("W", "X", "Y", "Z", "AA", "AB")), ("ID", "LinkedIn")),
        ("silae.csv", 123, (1,), 1, ("cp1252", ";", ("Z", "AA")), ("Dossier", "BIC")),
        ("successfactors.csv", 90, (1, 2), 0, ("utf-8-sig", ",", ()), ("STATUS", "Proxy")),
    ],
)
def test_files_are_read_as_systems_export_them(name, count, lines, totals, written, headers):
    table = open_table(FILES / name)

    assert len(people(table)) == count
    assert (table.layout.header_lines, table.left_out.totals, table.left_out.lines) == (lines, totals, totals)
    assert (table.encoding, table.separator, table.book.empty) == written
    assert (table.headers[0], table.headers[-1]) == headers
    assert open_table(FILES / name, layout=Layout.from_json(table.layout.as_json())) == table


def test_labels_for_people_are_taken_before_names_for_programs():
    headers = open_table(FILES / "successfactors.csv").headers

    assert headers[2:5] == ("Username", "First Name", "Last Name")
    assert len(headers) == 33


def test_names_for_programs_below_the_labels_are_nobody(text):
    table = open_table(text(NAMES, ["emp_id", "last_nm", "first_nm", "job_title_txt", "loc_city"], *PEOPLE))

    assert (table.headers, table.layout.header_lines) == (tuple(NAMES), (1, 2))
    assert people(table) == PEOPLE


def test_first_person_is_kept_below_names_for_programs_alone(text):
    table = open_table(text(["employeeNumber", "sn", "givenName", "jobTitle", "workCity"], *PEOPLE))

    assert people(table) == PEOPLE


@pytest.mark.parametrize(
    "above",
    [
        [["Liste du personnel"], ["Ateliers Brégeon", "", "", "", ""], []],
        [["Société :", "Ateliers Brégeon"], ["Édité le :", "01/12/2026"], ["Filtre :", "Présents"]],
        [["Export du personnel au 01/12/2026", "", "", "", ""]],
        [["Établissement", "Nantes", "Service", "Tous", "Date"]],
        [[], [""], ["Page 1"]],
    ],
)
def test_headers_stand_below_titles_dates_filters_and_blank_lines(text, book, above):
    for path in (text(*above, NAMES, *PEOPLE), book(Feuil1=[*above, NAMES, *PEOPLE])):
        table = open_table(path)

        assert (table.headers, table.layout.header_lines, table.book.above) == (tuple(NAMES), (len(above) + 1,), len(above))
        assert people(table) == PEOPLE


def test_headers_that_nobody_knows_are_those_of_the_first_line(text):
    names = ["Sukunimi", "Etunimi", "Tehtävä", "Alkaa"]
    rows = [["Virtanen", "Aino", "Manager", "2024-02-29"], ["Korhonen", "Eino", "Office", ""], ["Nieminen", "Onni", "City", "2020-01-01"]]
    table = open_table(text(names, *rows))

    assert (table.headers, table.layout.header_lines) == (tuple(names), (1,))
    assert people(table) == rows


def test_titles_stand_above_headers_that_nobody_knows_too(text):
    names = ["Sukunimi", "Etunimi", "Tehtävä", "Alkaa"]
    table = open_table(
        text(["Henkilöstö"], [], names, ["Virtanen", "Aino", "Myyjä", "2024-02-29"], ["Korhonen", "Eino", "Myyjä", "2024-02-29"])
    )

    assert (table.headers, table.layout.header_lines) == (tuple(names), (3,))


def test_a_file_without_headers_is_called_by_letters(text, book):
    rows = [["001", "Dupont", "zoe@bregeon.example", "29/02/2024"], ["002", "Martin", "lea@bregeon.example", "01/03/2024"]]
    for path in (text(*rows), book(Feuil1=rows)):
        table = open_table(path)

        assert (table.headers, table.book.nameless, table.layout.header_lines) == (("A", "B", "C", "D"), ("A", "B", "C", "D"), ())
        assert people(table) == rows


def test_a_file_of_headers_only_has_headers_and_nobody(text):
    table = open_table(text(NAMES))

    assert (table.headers, people(table)) == (tuple(NAMES), [])


def test_headings_of_groups_are_named_only_where_names_repeat(text, book):
    groups = ["Matricule", "Identité", "", "Domicile", "", "Travail", ""]
    names = ["", "Nom", "Prénom", "Adresse", "Ville", "Adresse", "Ville"]
    rows = [
        ["001", "Dupont", "Zoé", "1 rue A", "Paris", "2 rue B", "Lyon"],
        ["002", "Martin", "Léa", "3 rue C", "Lille", "4 rue D", "Nantes"],
    ]
    for path in (text(["Personnel"], groups, names, *rows), book(Feuil1=[["Personnel"], groups, names, *rows])):
        table = open_table(path)

        assert table.headers == (
            *("Matricule", "Nom", "Prénom"),
            *("Domicile – Adresse", "Domicile – Ville", "Travail – Adresse", "Travail – Ville"),
        )
        assert (table.layout.header_lines, table.book.above) == ((2, 3), 1)
        assert people(table) == rows


def test_headings_of_groups_say_what_is_private_below_them(text, book):
    groups = ["Matricule", "Identité", "", "Rémunération", "", "Naissance", "", "Poste"]
    names = ["", "Nom", "Prénom", "Base", "Variable", "Le", "À", ""]
    rows = [["001", "Dupont", "Zoé", "3100", "200", "03/04/1987", "Lyon", "Fondeuse"]] * 3
    for path in (text(groups, names, *rows), book(Feuil1=[groups, names, *rows])):
        private = [header for header in open_table(path).headers if is_private_by_name(header)]

        assert private == ["Rémunération – Base", "Rémunération – Variable", "Naissance – Le", "Naissance – À"]


def test_two_lines_of_headers_come_again_on_printed_pages(text, book):
    page = [["Matricule", "Identité", "", "Contrat", ""], ["", "Nom", "Prénom", "Poste", "Ville"]]
    for path in (text(*page, *PEOPLE, *page, *PEOPLE), book(Feuil1=[*page, *PEOPLE, *page, *PEOPLE])):
        table = open_table(path)

        assert (table.headers, people(table), table.left_out.headers) == (tuple(NAMES), PEOPLE * 2, 2)


def test_equal_headers_are_counted_and_columns_without_one_called_by_their_letter(text, book):
    names = ["Matricule", "Nom", "nom", "", "Nom (2)", "", "Poste", ""]
    rows = [["001", "Dupont", "Durand", "x", "y", "", "Comptable", ""], ["002", "Martin", "", "", "", "", "Acheteur", ""]]
    for path in (text(names, *rows), book(Feuil1=[names, *rows])):
        table = open_table(path)

        assert table.headers == ("Matricule", "Nom", "nom (3)", "D", "Nom (2)", "", "Poste")
        assert (table.book.nameless, table.book.empty[0]) == (("D",), "F")


def test_a_cell_too_many_in_one_line_makes_no_column(text):
    table = open_table(text(NAMES, *PEOPLE, [*PEOPLE[0], "too many"]))

    assert table.headers == tuple(NAMES)
    assert people(table)[-1][5] == "too many"


@pytest.mark.parametrize(
    "total",
    [
        ["Total", "3", "", "", ""],
        ["", "Total général", "3", "", ""],
        ["", "", "Totaux", "", ""],
        ["Gesamt", "3", "", "", ""],
        ["Summe:", "3", "", "", ""],
        ["Grand total", "", "", "", "3"],
        ["Nombre de salariés : 3", "", "", "", ""],
        ["Sous-total", "Production", "", "", ""],
        ["3 employees", "", "", "", ""],
        ["Headcount: 3", "", "", "", ""],
        ["Anzahl Mitarbeiter", "3", "", "", ""],
    ],
)
def test_totals_are_left_out_and_counted_wherever_they_stand(text, total):
    table = open_table(text(NAMES, *PEOPLE[:2], total, PEOPLE[2], total))

    assert people(table) == PEOPLE
    assert (table.left_out.totals, table.left_out.lines) == (2, 2)
    assert people(table) == PEOPLE
    assert table.left_out.totals == 2, "each reading counts anew"


@pytest.mark.parametrize(
    "person",
    [
        ["004", "Total", "Marie", "Comptable", "Paris"],
        ["004", "Total", "Marie", "", ""],
        ["005", "Durand", "", "", ""],
        ["", "Gesamtwert", "Jean", "", ""],
        ["", "TotalEnergies", "", "", ""],
        ["006", "Suma Maria", "", "", ""],
        ["", "Somme", "Marie", "Acheteuse", ""],
    ],
)
def test_people_are_no_totals_even_if_they_are_called_so_or_have_few_cells(text, person):
    table = open_table(text(NAMES, *PEOPLE, person))

    assert people(table) == [*PEOPLE, person]
    assert table.left_out.lines == 0


def test_headers_and_titles_that_come_again_on_printed_pages_are_left_out(text, book):
    page = [["Liste du personnel"], NAMES]
    rows = [*page, *PEOPLE, ["Page 1 / 2"], *page, *PEOPLE, ["Page 2 / 2"]]
    for path in (text(*rows), book(Feuil1=rows)):
        table = open_table(path)

        assert people(table) == PEOPLE * 2
        assert (table.left_out.headers, table.left_out.notes, table.left_out.totals) == (1, 3, 0)


def test_the_sheet_of_people_is_found_and_hidden_ones_are_not_there(book):
    path = book(
        Notice=[["Comment lire ce fichier"], ["Un service par ligne"]],
        Services=[["Code", "Service"], *[[f"S{n}", f"Service {n}"] for n in range(300)]],
        hidden_Archives=[[*NAMES, "Service", "Email"], *([*one, "DRH", "a@b.example"] for one in PEOPLE * 10)],
        Effectif=[["Au 01/12/2026"], NAMES, *PEOPLE],
    )
    table = open_table(path)

    assert table.book.sheets == ("Notice", "Services", "Effectif")
    assert (table.layout, people(table)) == (Layout("Effectif", (2,)), PEOPLE)


def test_a_person_may_choose_the_sheet_and_the_lines(book, text):
    path = book(Effectif=[NAMES, *PEOPLE], Sorties=[["x"], ["Nom", "Prénom"], ["Petit", "Ana"]])

    chosen = open_table(path, layout=Layout("Sorties"))
    assert (chosen.layout, chosen.headers, people(chosen)) == (Layout("Sorties", (2,)), ("Nom", "Prénom"), [["Petit", "Ana"]])
    lower = open_table(path, layout=Layout("Effectif", (2,)))
    assert (lower.headers, people(lower)) == (tuple(PEOPLE[0]), PEOPLE[1:])
    none = open_table(text(NAMES, *PEOPLE), layout=Layout(header_lines=()))
    assert (none.headers, people(none)) == (("A", "B", "C", "D", "E"), [NAMES, *PEOPLE])
    two = open_table(text(["Nom", ""], ["Naissance", "Usage"], ["Petit", "Roy"]), layout=Layout("", (1, 2)))
    assert (two.headers, people(two)) == (("Naissance", "Usage"), [["Petit", "Roy"]])


def test_headers_may_be_chosen_far_below_what_is_looked_at(text, book):
    rows = [*[[f"note {number}", "x"] for number in range(400)], NAMES, *PEOPLE]
    for path in (text(*rows), book(Feuil1=rows)):
        table = open_table(path, layout=Layout("Feuil1" if path.suffix == ".xlsx" else "", (401,)))

        assert (table.headers, people(table)) == (tuple(NAMES), PEOPLE)


def test_sheets_and_lines_that_are_not_there_are_refused(book, text):
    path = book(Effectif=[NAMES, *PEOPLE], hidden_Archives=[NAMES, *PEOPLE])

    assert refusal(path, Layout("Archives")) == "unknown_sheet"
    assert refusal(path, Layout("Nowhere", (1,))) == "unknown_sheet"
    assert refusal(path, Layout("Effectif", (9,))) == "unknown_line"
    assert refusal(text(NAMES, [], *PEOPLE), Layout("", (2,))) == "unknown_line"
    assert refusal(text(NAMES, [], *PEOPLE), Layout("", (1, 99))) == "unknown_line"
    assert refusal(text(NAMES, *PEOPLE), Layout("Effectif")) == "unknown_sheet"


def test_layouts_come_back_from_json():
    for layout in (Layout(), Layout("Effectif"), Layout("", ()), Layout("Effectif", (2, 3))):
        assert Layout.from_json(layout.as_json()) == layout
