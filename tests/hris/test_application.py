import datetime

import pytest
import xlsxwriter
from django.db import connection

from rse.core.enums import PersonState
from rse.core.models import Person, RecordedEvent
from rse.hris.files.columns import COLUMNS, ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.models import UnlistedPerson
from rse.hris.services.application import BadRows, ImportRunning, TooManyDepartures, apply
from tests.factories import PersonFactory
from tests.hris.companies import HEADERS, people
from tests.hris.team import BOSS, NOBODY, OURS, TEAM, a_batch, changed, events, held, person, refuse_writes, state, with_

pytestmark = pytest.mark.django_db


def test_first_import_makes_people_places_lines_and_one_event(imported):
    rows = [
        BOSS,
        person("E2", unit="S2", unit_name="Compta", parent_unit="S1", languages="fr;anglais", work_phone="02 40 00 00 00", language="en"),
        person("E3", unit="S2", unit_name="Compta", manager_number="E2", private_email="lea@maison.example"),
        person("E4", hired_on="17/11/2026", trial_ends_on="17/02/2027", leaves_on="31/12/2027"),
        person("E5", leaves_on="01/02/2021"),
        NOBODY | {"manager_number": "E1"},
    ]

    outcome = imported(rows)

    assert changed(outcome) == {"added": 4, "unchanged": 1, "new_units": 2, "new_sites": 1, "new_families": 1, "new_places": 6}
    assert events()["hris.people_imported"] == 1
    assert RecordedEvent.objects.get(name="hris.people_imported").facets == {"batch_id": 7, "document": ["person", 0]}
    second = Person.objects.get(employee_number="E2")
    assert (second.name, second.unit.code, second.family.label) == ("Léa Martin E2", "S2", "Finances")
    assert second.site.time_zone == "Europe/Paris"
    assert (second.languages, second.work_phone, second.language) == (["fr", "en"], "02 40 00 00 00", "en")
    assert second.handle.startswith("lea-martin-e2-")
    assert not second.has_usable_password()
    assert Person.objects.get(employee_number="E4").state == PersonState.EXPECTED
    assert held("E4") == [("P-E4", datetime.date(2026, 11, 17), datetime.date(2027, 12, 31), False)]
    assert state()["lines"] == [("E2", "E1", 1), ("E3", "E1", 2), ("E3", "E2", 1), ("E4", "E1", 1)]
    assert [row for row in state()["closure"] if row[2]] == [("S2", "S1", 1)]
    assert not Person.objects.filter(employee_number="E5").exists()


def test_sites_are_told_apart_by_their_accents_and_not_by_their_case(imported):
    outcome = imported([BOSS | {"site": "Orléans"}, person("E2", site="ORLÉANS"), person("E3", site="Orleans")])

    assert changed(outcome)["new_sites"] == 2
    assert sorted(Person.objects.values_list("employee_number", "site__name")) == [("E1", "Orléans"), ("E2", "Orléans"), ("E3", "Orleans")]


@pytest.mark.parametrize("is_full", [True, False])
def test_same_file_twice_changes_nothing(imported, compared, is_full):
    rows = list(people(60))
    headers = {name: name for name in COLUMNS if name in rows[0]}
    imported(rows, headers, is_full=is_full)
    before = state()

    with connection.execute_wrapper(refuse_writes):
        outcome = imported(rows, headers, is_full=is_full)
        assert compared(rows, headers, is_full=is_full).is_empty

    assert outcome.is_empty
    assert changed(outcome) == {"unchanged": 60}
    assert state() == before


def test_changes_are_shown_field_by_field_and_written(imported, compared):
    imported(TEAM)
    later = with_(TEAM, "E2", last_name="Durand", email="Lea.Durand@exemple.fr", trial_ends_on="01/03/2020", position_title="Cheffe")

    outcome = imported(later)

    assert changed(outcome) == {"changed": 1, "unchanged": 22, "changed_places": 1}
    assert outcome.examples[0].as_json() == {
        "kind": "changed",
        "number": "E2",
        "name": "Léa Durand",
        "fields": [
            ["last_name", "Durand"],
            ["title", "Cheffe"],
            ["trial_ends_on", "2020-03-01"],
            ["email", "lea.durand@exemple.fr"],
        ],
    }
    found = Person.objects.get(employee_number="E2")
    assert (found.last_name, found.email, found.title) == ("Durand", "lea.durand@exemple.fr", "Cheffe")
    assert found.handle.startswith("lea-durand-")
    assert events() == {"hris.people_imported": 2, "core.people_renamed": 1}


def test_who_is_not_in_a_full_file_is_asked_about_and_in_a_file_of_changes_is_not(imported):
    imported(TEAM)
    before = state()

    assert imported(TEAM[:-1], is_full=False).is_empty
    outcome = imported(TEAM[:-1])

    assert changed(outcome) == {"unlisted": 1, "unchanged": 22}
    absent = Person.objects.get(employee_number="E23")
    assert (outcome.departures.leaving, outcome.departures.active) == (1, 23)
    assert outcome.examples[0].as_json() == {"kind": "unlisted", "person": absent.pk}
    assert state() | {"events": None} == before | {"events": None}
    assert UnlistedPerson.objects.waiting().get().person == absent
    assert events() == {"hris.people_imported": 2}  # nobody looks after them, so that nobody is told
    assert imported(TEAM[:-1]).is_empty


def test_a_last_day_that_has_passed_is_a_departure_in_both_kinds_of_file(imported):
    imported(TEAM)

    outcome = imported([person("E2", leaves_on="10/11/2026")], is_full=False)

    assert changed(outcome) == {"left": 1}
    gone = Person.objects.get(employee_number="E2")
    assert (gone.state, gone.leaves_on) == (PersonState.LEFT, datetime.date(2026, 11, 10))
    assert held("E2")[-1][2] == datetime.date(2026, 11, 10)
    assert imported([person("E2", leaves_on="10/11/2026")], is_full=False).is_empty


@pytest.mark.parametrize(("leaving", "is_refused"), [(2, False), (3, True)])
def test_more_than_one_in_ten_leaving_is_refused_unless_said(imported, compared, leaving, is_refused):
    imported(TEAM)
    before = state()
    fewer = TEAM[: len(TEAM) - leaving]
    assert compared(fewer).departures.are_many == is_refused

    if is_refused:
        with pytest.raises(TooManyDepartures) as refused:
            imported(fewer)
        assert refused.value.params == {"leaving": leaving, "active": len(TEAM)}
        assert state() == before

    assert changed(imported(fewer, allow_departures=True))["unlisted"] == leaving


def test_one_bad_row_writes_nothing_unless_it_is_left_out(imported):
    imported(TEAM)
    before = state()
    rows = with_(with_(TEAM, "E2", hired_on="31/02/2020"), "E3", last_name="Durand")

    with pytest.raises(BadRows) as refused:
        imported(rows)
    assert [(problem.line, problem.column) for problem in refused.value.problems.kept] == [(3, "hired_on")]
    assert state() == before

    assert changed(imported(rows, skip_bad_rows=True)) == {"changed": 1, "unchanged": 21}
    assert Person.objects.get(employee_number="E2").state == PersonState.ACTIVE


def test_nobody_leaves_by_absence_while_a_row_does_not_say_whose_it_is(imported):
    imported(TEAM)

    outcome = imported(with_(TEAM, "E2", employee_number=""), skip_bad_rows=True)

    assert (outcome.unidentified, changed(outcome)) == (1, {"unchanged": 22})


def test_the_address_of_somebody_who_left_is_never_given_to_another(imported):
    imported(TEAM)
    imported(TEAM[:-1])

    with pytest.raises(BadRows) as refused:
        imported(with_(TEAM[:-1], "E2", email="e23@exemple.fr"))

    assert [(problem.line, problem.code) for problem in refused.value.problems.kept] == [(3, "email_taken")]


def test_an_address_of_somebody_outside_the_file_asks_whether_they_are_one(imported):
    imported(TEAM)

    with pytest.raises(BadRows) as refused:
        imported([person("E99", email="E2@exemple.fr")], is_full=False)

    assert [problem.code for problem in refused.value.problems.kept] == ["same_person"]
    assert not Person.objects.filter(employee_number="E99").exists()


def test_an_empty_cell_keeps_the_address_that_somebody_signs_in_with(imported):
    imported(TEAM)

    assert imported(with_(TEAM, "E2", email="")).is_empty


def test_what_people_say_of_themselves_is_not_overwritten(imported):
    rows = with_(TEAM, "E2", work_phone="02 40 00 00 00", languages="fr", language="fr")
    imported(rows)
    Person.objects.filter(employee_number="E2").update(work_phone="", languages=["fr", "br"], language="en")

    assert imported(rows).is_empty


def test_columns_that_the_file_does_not_have_are_left_alone(imported):
    imported(with_(TEAM, "E2", trial_ends_on="01/03/2020", leaves_on="31/12/2027"))
    headers = {name: name for name in ("employee_number", "first_name", "last_name", "unit", "site", "position_title", "hired_on")}

    assert imported(TEAM, headers).is_empty


def test_the_first_administrator_is_found_in_the_file_by_their_address(imported):
    administrator = PersonFactory(employee_number=None, email="e1@exemple.fr", first_name="Ada", last_name="Min")

    outcome = imported(TEAM)

    administrator.refresh_from_db()
    assert (administrator.employee_number, administrator.last_name) == ("E1", "Martin E1")
    assert administrator.has_usable_password()
    assert changed(outcome)["added"] == 22
    assert imported(TEAM).is_empty


def test_people_without_a_number_never_leave_by_absence(imported):
    outsider = PersonFactory(employee_number=None, email="ops@exemple.fr")
    imported(TEAM)
    imported(TEAM, allow_departures=True)

    outsider.refresh_from_db()
    assert outsider.state == PersonState.ACTIVE


def test_a_failure_at_the_end_leaves_no_trace(imported, monkeypatch):
    imported(TEAM)
    before = state()
    monkeypatch.setattr("rse.core.people.services.staffing.rebuild_reporting_lines", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        imported([*TEAM, person("E99")])

    assert state() == before


def test_a_preview_says_what_applying_does_and_writes_nothing(imported, compared):
    imported(TEAM)
    later = [*with_(TEAM[:-1], "E2", unit="S2", unit_name="Compta"), person("E50"), person("E51", hired_on="31/02/2020")]
    before = state()

    with connection.execute_wrapper(refuse_writes):
        expected = compared(later)

    assert state() == before
    outcome = imported(later, skip_bad_rows=True)
    assert (expected.counts, [change.as_json() for change in expected.examples]) == (
        outcome.counts,
        [change.as_json() for change in outcome.examples],
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_import_at_a_time(imported):
    if connection.vendor != "postgresql":
        pytest.skip("the other databases have one writer")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [0x6D61696C])
        with pytest.raises(ImportRunning):
            imported(TEAM)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [0x6D61696C])
    finally:
        other.close()
    assert changed(imported(TEAM))["added"] == 23


def test_a_spreadsheet_is_imported_like_the_same_rows_as_text(imported, tmp_path):
    rows = [row | {"work_phone": 33240000000, "hired_on": datetime.date(2020, 1, 6), "position_shared": False} for row in TEAM]
    path = tmp_path / "people.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for number, cells in enumerate([OURS, *([row.get(name, "") for name in OURS] for row in rows)]):
        for place, cell in enumerate(cells):
            sheet.write_datetime(number, place, cell) if isinstance(cell, datetime.date) else sheet.write(number, place, cell)
    book.close()

    table = open_table(path)
    outcome = apply(table, ColumnMapping.guess(table.headers), is_full=True, batch_id=a_batch())

    assert outcome.counts["added"] == len(TEAM)
    assert Person.objects.filter(work_phone="33240000000", hired_on=datetime.date(2020, 1, 6)).count() == len(TEAM)
    assert imported(TEAM).is_empty


def test_progress_goes_from_nothing_to_everything(table):
    opened, told = table(people(3000), HEADERS), []

    apply(opened, ColumnMapping.guess(opened.headers), is_full=True, batch_id=a_batch(), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 100
    assert len(told) > 3
