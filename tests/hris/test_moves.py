import datetime
import random

import pytest

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Holding, Person
from rse.core.people.services.people import deactivate, deactivate_person, turn_the_day
from rse.hris.files.columns import COLUMNS
from rse.hris.services import unlisted
from rse.hris.services.application import BadRows
from tests.factories import PersonFactory
from tests.hris.companies import TODAY, people
from tests.hris.team import BOSS, NOBODY, NOON, TEAM, changed, events, held, person, state, with_

pytestmark = pytest.mark.django_db


def test_a_move_ends_one_place_and_begins_another_today(imported):
    imported(TEAM)
    later = with_(TEAM, "E2", position="P-New", unit="S2", unit_name="Compta", site="Lyon", manager_number="E3")

    outcome = imported(later)

    assert changed(outcome)["moved"] == 1
    assert [name for name, _after in outcome.examples[0].fields] == ["unit", "site", "position", "manager"]
    assert held("E2") == [("P-E2", datetime.date(2020, 1, 6), TODAY - datetime.timedelta(days=1), False), ("P-New", TODAY, None, False)]
    assert ("E2", "E3", 1) in state()["lines"]
    assert imported(later).is_empty


def test_two_people_swap_their_places_and_their_emails(imported):
    imported(TEAM)
    later = with_(with_(TEAM, "E2", position="P-E3", email="e3@exemple.fr"), "E3", position="P-E2", email="e2@exemple.fr")

    imported(later)

    assert [Person.objects.get(employee_number=number).email for number in ("E2", "E3")] == ["e3@exemple.fr", "e2@exemple.fr"]
    assert [held(number)[-1][0] for number in ("E2", "E3")] == ["P-E3", "P-E2"]
    assert imported(later).is_empty


def test_a_new_manager_moves_the_line_of_those_below(imported):
    imported(with_(TEAM, "E4", manager_number="E2"))

    outcome = imported(with_(TEAM, "E4", manager_number="E3"))

    assert outcome.examples[0].fields == [("manager", "E3")]
    assert [line for line in state()["lines"] if line[0] == "E4"] == [("E4", "E1", 2), ("E4", "E3", 1)]


def test_a_rehire_is_the_same_row_with_a_new_place_and_no_old_password(imported):
    imported(TEAM)
    before = Person.objects.get(employee_number="E2")
    before.set_password("a long old password")
    before.has_account = True
    before.save()
    imported(with_(TEAM, "E2", leaves_on="10/11/2026"))

    outcome = imported(with_(TEAM, "E2", hired_on="01/12/2026", position="P-Back"))

    back = Person.objects.get(employee_number="E2")
    assert (changed(outcome)["returned"], back.pk) == (1, before.pk)
    assert (back.state, back.leaves_on, back.has_usable_password()) == (PersonState.EXPECTED, None, False)
    assert held("E2")[-1] == ("P-Back", datetime.date(2026, 12, 1), None, False)
    assert imported(with_(TEAM, "E2", hired_on="01/12/2026", position="P-Back")).is_empty


def test_who_was_expected_arrives_with_the_file_and_is_announced(imported):
    later = with_(TEAM, "E2", hired_on="01/12/2026")
    imported(later)

    with clock.moved_to(NOON + datetime.timedelta(days=20)):
        outcome = imported(later)

    assert outcome.examples[0].fields == [("state", "active")]
    assert Person.objects.get(employee_number="E2").state == PersonState.ACTIVE
    assert events()["core.people_arrived"] == 1


def test_a_first_day_put_off_moves_the_place_too(imported):
    imported(with_(TEAM, "E2", hired_on="01/12/2026"))

    imported(with_(TEAM, "E2", hired_on="01/02/2027"))

    assert held("E2") == [("P-E2", datetime.date(2027, 2, 1), None, False)]


def test_turning_the_day_after_an_import_leaves_nothing_to_import(imported):
    rows = with_(with_(TEAM, "E2", hired_on="17/11/2026"), "E3", leaves_on="17/11/2026")
    imported(rows)

    with clock.moved_to(NOON + datetime.timedelta(days=3)):
        turn_the_day()
        assert imported(rows).is_empty
        assert Person.objects.get(employee_number="E3").state == PersonState.LEFT


def test_a_file_without_codes_keeps_the_places_people_have(imported):
    imported(TEAM)
    headers = {name: name for name in COLUMNS if name not in {"position", "manager_position"}}

    assert imported(TEAM, headers).is_empty


def test_a_place_held_by_somebody_outside_the_file_is_taken(imported):
    imported(TEAM)
    newcomer = person("E99", position="P-E2")

    with pytest.raises(BadRows) as refused:
        imported([newcomer], is_full=False)
    assert [(problem.column, problem.code) for problem in refused.value.problems.kept] == [("position", "position_taken")]

    imported([*[row for row in TEAM if row["employee_number"] != "E2"], newcomer])
    assert held("E99") == [("P-E2", datetime.date(2020, 1, 6), None, False)]


def test_a_file_of_changes_knows_the_managers_of_the_database(imported):
    imported(TEAM)

    imported([person("E99", manager_number="E5")], is_full=False)

    assert ("E99", "E5", 1) in state()["lines"]


def test_shared_places_have_seats_and_interim_ones_come_and_go(imported):
    team = [row | {"position": "P-Team", "position_shared": "oui"} if row["employee_number"] in {"E2", "E3", "E4"} else row for row in TEAM]
    imported([*with_(team, "E5", interim_position="P-0"), NOBODY])

    seats = Holding.objects.filter(position__code="P-Team").values_list("seat", flat=True)
    assert sorted(seats) == [1, 2, 3]
    assert ("P-0", datetime.date(2020, 1, 6), None, True) in held("E5")

    outcome = imported([*team, NOBODY])
    assert outcome.examples[0].fields == [("interim_position", "")]
    assert held("E5")[-1] == ("P-0", datetime.date(2020, 1, 6), TODAY - datetime.timedelta(days=1), True)


def test_units_are_renamed_moved_and_never_deleted(imported):
    rows = [BOSS, person(unit="S2", unit_name="Compta", parent_unit="S1"), person("E3", unit="S3", unit_name="Paie", parent_unit="S2")]
    imported(rows)

    later = [BOSS, person(unit="S2", unit_name="Finances", parent_unit="S1"), person("E3", unit="S3", unit_name="Paie", parent_unit="S1")]
    outcome = imported(later)

    assert changed(outcome) == {"changed_units": 2, "unchanged": 3}
    assert state()["units"] == [("S1", "Siège", None), ("S2", "Finances", "S1"), ("S3", "Paie", "S1")]
    assert ("S3", "S2", 1) not in state()["closure"]


def test_many_files_one_after_the_other_end_where_one_full_file_begins(imported):
    """Whatever a company went through, its last full file changes nothing when it comes again."""
    chance = random.Random(5)
    rows = {row["employee_number"]: row for row in people(80)}
    headers = {name: name for name in COLUMNS if name in next(iter(rows.values()))}
    for month in range(6):
        with clock.moved_to(NOON + datetime.timedelta(days=30 * month)):
            leaves = [f"E{index:06}" for index in range(10, 80)]
            for number in chance.sample(leaves, 5):
                rows[number] = rows[number] | {"manager_number": f"E{chance.randrange(10):06}", "position_title": "Cheffe"}
            absent = set(chance.sample(leaves, 4))
            present = [row for number, row in rows.items() if number not in absent]
            imported(present, headers, allow_departures=True)
            assert imported(present, headers, allow_departures=True).is_empty
        for days in (8, 29):  # long enough for their access to end, then for all of theirs
            with clock.moved_to(NOON + datetime.timedelta(days=30 * month + days)):
                unlisted.settle()
        with clock.moved_to(NOON + datetime.timedelta(days=30 * month + 29)):
            here = set(Person.objects.present().values_list("employee_number", flat=True))
            assert here == rows.keys() - absent
            filled = Holding.objects.filter(ends_on=None, person__state=PersonState.ACTIVE)
            assert sorted(filled.values_list("person__employee_number", flat=True)) == sorted(here)


def test_cut_by_hand_stays_out_until_hired_anew(imported):
    imported(TEAM)
    deactivate_person(actor=PersonFactory(role="administrator", employee_number=None), subject=Person.objects.get(employee_number="E2"))

    still_named = imported(TEAM)
    assert still_named.is_empty
    assert [one.code for one in still_named.problems.kept] == ["access_cut"]
    assert Person.objects.get(employee_number="E2").state == PersonState.LEFT

    anew = with_(TEAM, "E2", hired_on=TODAY + datetime.timedelta(days=1))
    assert changed(imported(anew))["returned"] == 1
    assert not Person.objects.get(employee_number="E2").is_cut


def test_expected_person_who_was_cut_stays_out_of_the_next_file(imported):
    later = with_(TEAM, "E2", hired_on=TODAY + datetime.timedelta(days=10))
    imported(later)
    deactivate_person(actor=PersonFactory(role="administrator", employee_number=None), subject=Person.objects.get(employee_number="E2"))

    assert imported(later).is_empty
    assert Person.objects.get(employee_number="E2").is_cut


def test_left_by_mistake_comes_back_without_a_password(imported):
    imported(TEAM)
    deactivate(person_ids=[Person.objects.get(employee_number="E2").pk])

    outcome = imported(TEAM)

    assert changed(outcome) == {"returned": 1, "unchanged": 22}
    assert not Person.objects.get(employee_number="E2").has_usable_password()
