"""Whoever comes back under another number is recognised, asked about once, and never gets a second account nor is lost."""

import pytest
from django.conf import settings

from rse.core.enums import PersonState
from rse.core.models import Holding, Person
from rse.core.people.services.people import deactivate
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.layout import MOST_COLUMNS
from rse.hris.files.survey import ColumnSeen
from rse.hris.forms import MOST_STATUSES, ColumnsForm
from rse.hris.services.application import BadRows, apply, preview
from tests.hris.team import BOSS, TEAM, a_batch, person

pytestmark = pytest.mark.django_db
HEADERS = {name: name for name in BOSS if name != "position"}


@pytest.fixture
def sent(table):
    """Applies rows with answers, or compares them."""

    def run(rows, *, same=None, writes=True, is_full=True, **options):
        opened = table([{name: value for name, value in row.items() if name != "position"} for row in rows], HEADERS)
        mapping = ColumnMapping({name: name for name in HEADERS}, same=same or {})
        if not writes:
            return preview(opened, mapping, is_full=is_full)
        return apply(opened, mapping, is_full=is_full, batch_id=a_batch(), **options)

    return run


def renumbered(row, number="N7", **said):
    return row | {"employee_number": number} | said


def codes(outcome):
    return [problem.code for problem in outcome.problems.in_order()]


def key(number):
    return str(Person.objects.get(employee_number=number).pk)


def test_a_new_number_with_a_known_address_is_a_question_and_nobody_leaves(sent):
    sent(TEAM)
    rows = [renumbered(row) if row["employee_number"] == "E7" else row for row in TEAM]

    asked = sent(rows, writes=False)
    assert codes(asked) == ["same_person"]
    assert (asked.counts["left"], asked.counts["added"]) == (0, 0)
    with pytest.raises(BadRows):
        sent(rows)

    left_out = sent(rows, skip_bad_rows=True)
    assert left_out.counts["left"] == 0
    assert Person.objects.get(employee_number="E7").state == PersonState.ACTIVE


def test_yes_changes_the_number_and_keeps_the_person_their_place_and_whoever_is_under_them(sent):
    below = person("E30", manager_number="E7")
    sent([*TEAM, below])
    pk, count = key("E7"), Person.objects.count()
    place = Holding.objects.get(person=pk, ends_on=None).position
    rows = [renumbered(row) if row["employee_number"] == "E7" else row for row in TEAM] + [below | {"manager_number": "N7"}]

    outcome = sent(rows, same={"N7": pk})

    row = Person.objects.get(pk=pk)
    assert (row.employee_number, row.state, Person.objects.count()) == ("N7", PersonState.ACTIVE, count)
    assert Holding.objects.get(person=pk, ends_on=None).position == place
    assert Holding.objects.get(person__employee_number="E30", ends_on=None).position.reports_to == place
    assert {name: number for name, number in outcome.counts.items() if number and name != "unchanged"} == {"changed": 1}
    assert sent(rows).is_empty


def test_no_leaves_two_people_whose_address_is_still_one(sent):
    sent(TEAM)
    rows = [*TEAM[:6], *TEAM[7:], renumbered(TEAM[6], email="autre@exemple.fr", first_name="Hugo")]
    assert codes(sent(rows, writes=False)) == []  # neither the name nor the address: somebody else

    same_address = [*TEAM[:6], *TEAM[7:], renumbered(TEAM[6])]
    assert codes(sent(same_address, same={"N7": "-"}, writes=False)) == ["email_taken"]


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ({"unit": "S9", "unit_name": "Ailleurs"}, True),  # the first day is the same
        ({"hired_on": "02/03/2024"}, True),  # the unit is the same
        ({"hired_on": "02/03/2024", "unit": "S9", "unit_name": "Ailleurs"}, False),
    ],
)
def test_without_an_address_the_name_with_the_first_day_or_the_unit_is_a_question(sent, said, is_asked):
    team = [row | {"email": ""} for row in TEAM]
    sent(team)

    outcome = sent([*team[:6], *team[7:], renumbered(team[6], **said)], writes=False)

    assert codes(outcome) == (["same_person"] if is_asked else [])


def test_two_of_one_name_are_no_question(sent):
    team = [row | {"email": "", "last_name": "Roy"} if row["employee_number"] in {"E7", "E8"} else row for row in TEAM]
    sent(team)

    outcome = sent([row for row in team if row["last_name"] != "Roy"] + [renumbered(team[6])], writes=False)

    assert codes(outcome) == []


def test_all_numbers_new_after_a_merger_are_questions_and_no_expulsion(sent):
    sent(TEAM)
    rows = [renumbered(row, f"X{row['employee_number']}", manager_number=row["manager_number"] and "XE1") for row in TEAM]

    asked = sent(rows, writes=False)
    assert codes(asked) == ["same_person"] * len(TEAM)
    assert asked.departures.leaving == 0

    sent(rows, same={row["employee_number"]: key(row["employee_number"][1:]) for row in rows})
    assert set(Person.objects.values_list("employee_number", "state")) == {(row["employee_number"], "active") for row in rows}
    assert sent(rows).is_empty


def test_whoever_is_hired_anew_under_another_number_keeps_their_row(sent):
    sent(TEAM)
    pk = key("E7")
    deactivate(person_ids=[pk])
    assert Person.objects.get(pk=pk).state == PersonState.LEFT
    rows = [*TEAM[:6], *TEAM[7:], renumbered(TEAM[6], hired_on="16/11/2026")]

    assert codes(sent(rows, writes=False)) == ["same_person"]
    outcome = sent(rows, same={"N7": pk})

    row = Person.objects.get(pk=pk)
    assert (row.employee_number, row.state, outcome.counts["returned"]) == ("N7", PersonState.ACTIVE, 1)


def test_one_form_holds_fewer_fields_than_a_request_may():
    columns = [ColumnSeen(f"Colonne {place}", place) for place in range(MOST_COLUMNS)]
    known = [(f"N{number}", number, "?") for number in range(1000)]
    namesakes = [(f"Nom {number}", [("E1", "E1")]) for number in range(1000)]
    sent = {"same_all": "yes", "same-0": "no"}

    form = ColumnsForm(sent, columns=columns, mapping=ColumnMapping(), namesakes=namesakes, known=known)

    assert form.is_valid()
    assert len(form.fields) + MOST_STATUSES + 3 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert form.said()["@same"] == {"N0": "-", **{f"N{number}": str(number) for number in range(1, 1000)}}
