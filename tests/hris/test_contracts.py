"""Several contracts of one person, written: the places that they hold, the day on which they came, and what the next file changes."""

import datetime

import pytest

from rse.core.enums import PersonState
from rse.core.models import Holding, Person
from tests.hris.team import BOSS, person

pytestmark = pytest.mark.django_db

HEADERS = {name: name for name in BOSS if name != "position"}
FIRST, SECOND = {"position_title": "Comptable"}, {"position_title": "Formatrice", "email": "", "hired_on": "04/03/2024"}


def rows(*others):
    return [{name: value for name, value in row.items() if name != "position"} for row in (BOSS, *others)]


def held():
    return sorted(
        Holding.objects.filter(person__employee_number="E2", ends_on=None).values_list("position__title", "position__code", "is_interim")
    )


def test_two_jobs_are_held_at_once_and_the_second_ends_when_the_file_says_it_no_more(imported):
    imported(rows(person("E2", **FIRST), person("E2", **SECOND)), HEADERS)
    assert held() == [("Comptable", "@E2", False), ("Formatrice", "@E2/2", False)]

    again = imported(rows(person("E2", **FIRST), person("E2", **SECOND)), HEADERS)
    assert again.is_empty

    imported(rows(person("E2", **FIRST)), HEADERS)
    assert held() == [("Comptable", "@E2", False)]


def test_a_second_job_begins_for_somebody_who_was_there(imported):
    imported(rows(person("E2", **FIRST)), HEADERS)

    outcome = imported(rows(person("E2", **FIRST), person("E2", **SECOND)), HEADERS)

    assert outcome.counts["moved"] == 1
    assert [title for title, _code, _interim in held()] == ["Comptable", "Formatrice"]


def test_another_contract_of_the_same_stay_is_no_other_arrival(imported):
    first = person("E2", hired_on="01/02/2025", leaves_on="31/12/2026", position_title="Alternante")
    imported(rows(first), HEADERS | {"leaves_on": "leaves_on"})

    follows = person("E2", hired_on="01/01/2027", leaves_on="", position_title="Comptable")
    imported(rows(first, follows), HEADERS | {"leaves_on": "leaves_on"})

    row = Person.objects.get(employee_number="E2")
    assert (row.state, row.hired_on) == (PersonState.ACTIVE, datetime.date(2025, 2, 1))
    assert Person.objects.filter(employee_number="E2").count() == 1


def test_whoever_is_said_to_be_gone_leaves_today_and_returns_when_they_are_said_to_be_here(imported):
    headers = HEADERS | {"status": "status"}
    imported(rows(person("E2", status="Active")), headers)

    imported(rows(person("E2", status="Inactive")), headers, allow_departures=True)
    gone = Person.objects.get(employee_number="E2")
    assert gone.state == PersonState.LEFT
    assert gone.leaves_on == datetime.date(2026, 11, 16)

    imported(rows(person("E2", status="Active")), headers)
    assert Person.objects.get(employee_number="E2").state == PersonState.ACTIVE


def test_a_file_without_first_days_and_sites_leaves_those_that_are_known(imported):
    imported(rows(person("E2")), HEADERS)
    fewer = {name: name for name in HEADERS if name not in {"hired_on", "site", "site_time_zone"}}

    outcome = imported(rows(person("E2")), fewer)

    assert outcome.is_empty
    assert Person.objects.get(employee_number="E2").hired_on == datetime.date(2020, 1, 6)
