"""Every problem of a row once, with its line and its column, and none where there is none."""

import csv
import datetime
import json

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from rse.core import clock
from rse.core.enums import PersonState
from rse.hris.files.checking import check
from rse.hris.files.columns import COLUMNS, ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.files.problems import ERRORS, KEPT, REFUSALS, WARNINGS, FileRefused, Problems, RowProblem, refusal_sentence
from rse.hris.files.snapshot import Known
from tests.hris.companies import TODAY, people, written

pytestmark = pytest.mark.once
NOON = datetime.datetime.combine(TODAY, datetime.time(12), tzinfo=datetime.UTC)
OURS = {name: name for name in COLUMNS}


@pytest.fixture(autouse=True)
def _today():
    with clock.moved_to(NOON):
        yield


def person(number="E2", **said):
    row = {
        "employee_number": number,
        "first_name": "Léa",
        "last_name": f"Martin{number}",
        "email": f"{number.lower()}@exemple.fr",
        "unit": "S1",
        "unit_name": "Siège",
        "site": "Nantes",
        "position": f"P-{number}",
        "position_title": "Comptable",
        "manager_number": "" if number == "E1" else "E1",
        "hired_on": "06/01/2020",
    }
    return row | said


@pytest.fixture
def checked(tmp_path):
    def run(*rows, headers=None, known=None, is_full=True, problems=None):
        path = tmp_path / "people.csv"
        path.write_text(written(rows, headers=headers or OURS), encoding="utf-8")
        table = open_table(path)
        return check(table, ColumnMapping.guess(table.headers), is_full=is_full, known=known, problems=problems)

    return run


def found(company):
    return [(problem.line, problem.column, problem.code) for problem in company.problems.in_order()]


BOSS = person("E1")
KNOWN = Known(units={"S1": "", "S9": ""}, above={"P-E8": "", "P-E9": "P-E8"}, place_of={"E9": "P-E9", "E8": "P-E8"})

CASES = {
    "missing": ([BOSS, person(first_name="", last_name=" ")], (3, "last_name", "missing")),
    "too_long": ([BOSS, person(first_name="a" * 81)], (3, "first_name", "too_long")),
    "control_character": ([BOSS, person(first_name="L\x07a")], (3, "first_name", "control_character")),
    "formula_error": ([BOSS, person(position_title="#N/A")], (3, "position_title", "formula_error")),
    "bad_date": ([BOSS, person(hired_on="31/02/2020")], (3, "hired_on", "bad_date")),
    "bad_email": ([BOSS, person(email="léa")], (3, "email", "bad_email")),
    "bad_yes_no": ([BOSS, person(position_shared="maybe")], (3, "position_shared", "bad_yes_no")),
    "unknown_language": ([BOSS, person(languages="klingon")], (3, "languages", "unknown_language")),
    "unknown_interface_language": ([BOSS, person(language="de")], (3, "language", "unknown_interface_language")),
    "unknown_time_zone": ([BOSS, person(site_time_zone="Nantes")], (3, "site_time_zone", "unknown_time_zone")),
    "reserved_code": ([BOSS, person(position="@E1")], (3, "position", "reserved_code")),
    "hire_after_leave": ([BOSS, person(leaves_on="05/01/2020")], (3, "leaves_on", "hire_after_leave")),
    "trial_before_hire": ([BOSS, person(trial_ends_on="05/01/2020")], (3, "trial_ends_on", "trial_before_hire")),
    "duplicate_number": ([BOSS, person(), person(first_name="Hugo", email="")], (4, "employee_number", "duplicate_number")),
    "duplicate_email": ([BOSS, person(), person("E3", email="E2@EXEMPLE.fr")], (4, "email", "duplicate_email")),
    "unknown_unit": ([BOSS, person(unit="S2", unit_name="")], (3, "unit", "unknown_unit")),
    "unit_parent_differs": (
        [BOSS, person(unit="S2", parent_unit="S1"), person("E3", unit="S2", parent_unit="S2b"), person("E4", unit="S2b")],
        (4, "parent_unit", "unit_parent_differs"),
    ),
    "unit_cycle": ([BOSS, person(unit="S2", parent_unit="S2")], (3, "parent_unit", "unit_cycle")),
    "unknown_manager": ([BOSS, person(manager_number="E99")], (3, "manager_number", "unknown_manager")),
    "unknown_position": ([BOSS, person(manager_position="P-99")], (3, "manager_position", "unknown_position")),
    "manager_shared_name": (
        [BOSS, person("E2", last_name="Nom"), person("E3", last_name="Nom"), person("E4", manager_number="NOM Léa")],
        (5, "manager_number", "manager_shared_name"),
    ),
    "unknown_status": ([BOSS, person(status="zzz")], (3, "status", "unknown_status")),
    "said_to_be_here": ([BOSS, person(status="Actif", leaves_on="03/02/2026")], (3, "leaves_on", "said_to_be_here")),
    "manager_same_position": (
        [BOSS, person("E2", position="P", position_shared="oui"), person("E3", position="P", manager_number="E2")],
        (4, "manager_number", "manager_same_position"),
    ),
    "manager_differs": (
        [BOSS, person("E2", position="P", position_shared="oui"), person("E4"), person("E3", position="P", manager_number="E4")],
        (5, "manager_number", "manager_differs"),
    ),
    "two_on_position": ([BOSS, person("E2", position="P"), person("E3", position="P")], (4, "position", "two_on_position")),
    "interim_own_position": ([BOSS, person(interim_position="P-E2")], (3, "interim_position", "interim_own_position")),
    "bad_phone": ([BOSS, person(work_phone="poste 12")], (3, "work_phone", "bad_phone")),
    "mixed_scripts": ([BOSS, person(last_name="Mаrtin")], (3, "last_name", "mixed_scripts")),
    "invisible_characters": ([BOSS, person(first_name="L\u200bé")], (3, "first_name", "invisible_characters")),
    "looks_like": ([person("E1", last_name="Coco"), person(last_name="Сосо")], (3, "last_name", "looks_like")),
    "unit_name_differs": ([BOSS, person(unit_name="Le siège")], (3, "unit_name", "unit_name_differs")),
    "time_zone_differs": (
        [person("E1", site_time_zone="Europe/Paris"), person(site_time_zone="Europe/Rome")],
        (3, "site_time_zone", "time_zone_differs"),
    ),
}
# These need more than two rows that say one thing: they have tests of their own.
ELSEWHERE = {
    "absence_reversed",
    "corrected_by_hand",
    "number_taken",
    "position_of_several",
    "not_above",
    "unknown_country",
    "unknown_region",
    "access_cut",
    "cycle",
    "too_many_cells",
    "email_taken",
    "position_taken",
    "manager_not_imported",
    "same_person",
    "manager_name_of_several",
    "address_waits",
    "email_held",
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_said_once_at_its_line_and_column(checked, code):
    rows, expected = CASES[code]

    company = checked(*rows)

    assert found(company) == [expected]
    assert company.problems.bad_lines == ({expected[0]} if code in ERRORS else set())


def test_every_problem_has_a_case():
    assert CASES.keys() | ELSEWHERE == ERRORS.keys() | WARNINGS.keys()


@translation.override("en")
def test_a_cycle_in_the_management_line_names_its_people_on_each_of_their_rows(checked):
    company = checked(
        BOSS,
        person("E2", manager_number="E4"),
        person("E3", manager_number="E2"),
        person("E4", manager_number="", manager_position="P-E3"),
        person("E5", manager_number="E4"),
    )

    assert found(company) == [(3, "manager_number", "cycle"), (4, "manager_number", "cycle"), (5, "manager_position", "cycle")]
    assert company.problems.kept[0].sentence() == "These people are above themselves: E2 → E4 → E3 → E2."


def test_a_long_cycle_is_cut_in_its_sentence(checked):
    ring = [person(f"E{number}", manager_number=f"E{(number + 1) % 30}") for number in range(30)]

    company = checked(*ring)

    assert len(found(company)) == 30
    assert company.problems.kept[0].params["numbers"] == " → ".join([*(f"E{number}" for number in range(12)), "…", "E0"])


def test_a_cycle_through_what_the_database_knows_is_found(checked):
    company = checked(person("E8", manager_number="E9", position="P-E8"), known=KNOWN, is_full=False)

    assert found(company) == [(2, "manager_number", "cycle")]


def test_a_cycle_of_units_through_what_the_database_knows_is_found(checked):
    known = Known(units={"S1": "", "S2": "S1"})

    company = checked(person("E1", unit="S1", unit_name="", parent_unit="S2"), known=known)

    assert found(company) == [(2, "parent_unit", "unit_cycle")]


def test_a_manager_of_the_database_is_known_to_a_file_of_changes_only(checked):
    row = person("E2", manager_number="E9")

    assert found(checked(row, known=KNOWN, is_full=False)) == []
    assert found(checked(row, known=KNOWN, is_full=True)) == [(2, "manager_number", "unknown_manager")]


def test_l109_namesakes_that_the_database_alone_knows_are_no_choice(checked):
    known = Known(above={"P-7": "", "P-8": ""}, place_of={"E7": "P-7", "E8": "P-8"}, numbers_of_names=lambda: {"durand luc": ["E7", "E8"]})

    company = checked(person(manager_number="Luc DURAND"), known=known, is_full=False)

    assert company.problems.as_json() == [[2, "manager_number", "manager_name_of_several", {"value": "Luc DURAND"}]]


def test_accents_that_stand_apart_make_no_other_unit(checked):
    headers = {name: name for name in COLUMNS if name != "unit_name"}
    rows = [person(number, unit="Qualite\u0301") for number in ("E1", "E2")]

    company = checked(*rows, headers=headers)

    assert (found(company), list(company.units)) == ([], ["QUALITE"])


def test_a_superior_position_wins_over_the_number_of_the_manager(checked):
    company = checked(BOSS, person(), person("E3", manager_number="E1", manager_position="P-E2"))

    assert found(company) == []
    assert company.above("P-E3") == "P-E2"


def test_people_of_a_file_without_codes_have_a_place_of_their_own_or_keep_theirs(checked):
    headers = {name: name for name in COLUMNS if name not in {"position", "manager_position"}}

    company = checked(BOSS, person("E9", manager_number="E1"), headers=headers, known=KNOWN)

    assert list(company.places) == ["@E1", "P-E9"]
    assert company.above("P-E9") == "@E1"


def test_a_row_without_a_person_is_a_vacant_position(checked):
    vacant = {"position": "P-0", "position_title": "Directrice", "unit": "S1", "manager_number": "E1"}

    company = checked(BOSS, vacant, person(manager_number="", manager_position="P-0"))

    assert found(company) == []
    assert (company.above("P-E2"), company.above("P-0")) == ("P-0", "P-E1")
    assert list(company.people) == ["E1", "E2"]


def test_one_person_may_follow_another_on_a_position(checked):
    leaver = person("E2", position="P", leaves_on="31/12/2026")
    newcomer = person("E3", position="P", hired_on="02/01/2027")

    assert found(checked(BOSS, leaver, newcomer)) == []
    assert found(checked(BOSS, leaver, newcomer | {"hired_on": "31/12/2026"})) == [(4, "position", "two_on_position")]


def test_a_shared_position_takes_several(checked):
    rows = [person(f"E{number}", position="P", position_shared="oui" if number == 3 else "") for number in (2, 3, 4)]

    assert found(checked(BOSS, *rows)) == []


def test_who_left_long_ago_leaves_no_position_unless_somebody_stands_under_it(checked):
    headers = {name: name for name in COLUMNS if name not in {"position", "manager_position"}}
    gone = [person(f"E{number}", leaves_on="01/02/2020") for number in (2, 3)]

    company = checked(BOSS, *gone, person("E4", manager_number="E3"), headers=headers)

    assert set(company.places) == {"@E1", "@E3", "@E4"}


def test_rows_with_more_cells_than_headers_are_said(tmp_path):
    path = tmp_path / "people.csv"
    text = written([BOSS, person()], headers={name: name for name in BOSS})
    path.write_text(text.rstrip("\r\n") + ";;x\r\n", encoding="utf-8")

    company = check(open_table(path), ColumnMapping.guess(list(BOSS)), is_full=True)

    assert found(company) == [(3, "", "too_many_cells")]


def test_a_manager_whose_row_says_no_place_is_missed_with_a_warning(checked):
    company = checked(BOSS | {"position_title": ""}, person())

    assert found(company) == [(2, "position_title", "missing"), (3, "manager_number", "manager_not_imported")]
    assert company.above("P-E2") == ""


def test_a_file_with_headers_only_is_refused(checked):
    with pytest.raises(FileRefused) as refused:
        checked()

    assert refused.value.code == "no_rows"


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"hired_on": "16/11/2026"}, PersonState.ACTIVE),
        ({"hired_on": "17/11/2026"}, PersonState.EXPECTED),
        ({"leaves_on": "16/11/2026"}, PersonState.ACTIVE),
        ({"leaves_on": "15/11/2026"}, PersonState.LEFT),
    ],
)
def test_state_follows_from_the_dates(checked, dates, state):
    company = checked(BOSS, person(**dates))

    assert company.people["E2"].is_left == (state == PersonState.LEFT)


def test_days_are_those_of_the_site(checked):
    row = person(leaves_on="15/11/2026", site_time_zone="America/Montreal")
    with clock.moved_to(datetime.datetime(2026, 11, 16, 3, tzinfo=datetime.UTC)):
        assert not checked(BOSS | {"site": "Lyon"}, row).people["E2"].is_left
        assert checked(BOSS | {"site": "Lyon"}, row | {"site_time_zone": "Europe/Paris"}).people["E2"].is_left


@settings(max_examples=25, deadline=None)
@given(
    size=st.integers(1, 120),
    seed=st.integers(0, 10_000),
    separator=st.sampled_from(";,\t"),
    dates=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"]),
)
def test_a_valid_company_has_no_problem(tmp_path_factory, size, seed, separator, dates):
    path = tmp_path_factory.mktemp("hris") / "people.csv"
    path.write_text(written(people(size, seed), separator=separator, dates=dates, quoting=csv.QUOTE_ALL), encoding="utf-8")
    table = open_table(path)

    with clock.moved_to(NOON):
        company = check(table, ColumnMapping.guess(table.headers), is_full=True)

    assert found(company) == []
    assert len(company.people) == len(company.places) == size


def test_problems_are_counted_beyond_those_that_are_kept(checked):
    problems = Problems()
    checked(BOSS, *(person(f"E{number}", email="x") for number in range(2, KEPT + 12)), problems=problems)

    assert (len(problems.kept), problems.errors, len(problems.bad_lines)) == (KEPT, KEPT + 10, KEPT + 10)


def test_problems_are_kept_as_json_and_said_in_the_language_of_the_reader(checked):
    company = checked(BOSS, person(leaves_on="05/01/2020"))

    kept = json.loads(json.dumps(company.problems.as_json()))

    assert kept == [[3, "leaves_on", "hire_after_leave", {"hired": "2020-01-06", "leaves": "2020-01-05"}]]
    with translation.override("en"):
        assert RowProblem.from_json(kept[0]).sentence() == "The last day, 01/05/2020, comes before the first, 01/06/2020."
    with translation.override("fr"):
        assert "05/01/2020" in RowProblem.from_json(kept[0]).sentence()


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_a_sentence_for_its_params(code):
    params = (
        {"sheet": "a"}
        | dict.fromkeys(("columns", "headers", "people", "files"), ("a", "b"))
        | dict.fromkeys(("day", "last_day"), "2026-11-30")
        | dict.fromkeys(("limit", "line", "rows", "leaving", "active"), 3)
    )

    assert "%(" not in refusal_sentence(code, params)


@pytest.mark.parametrize("names", [("Suharto", ""), ("", "Suharto")])
def test_somebody_may_have_one_name(checked, names):
    assert found(checked(BOSS, person(first_name=names[0], last_name=names[1]))) == []
