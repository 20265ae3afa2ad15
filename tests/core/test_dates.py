"""A day is said as its language says it, and a month is cut in one place."""

import ast
import datetime
import re

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from rse.core import clock
from rse.core.days import date_format, last_day, month_of
from rse.settings import ROOT
from tests.architecture.tree import Tree

FIRST = datetime.date(2026, 5, 1)
BEFORE_MAY_IN_PARIS = datetime.datetime(2026, 4, 30, 23, 30, tzinfo=datetime.UTC)  # 1:30 there, and April in Montréal


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("fr", "DATE_FORMAT", "1er mai 2026"),
        ("fr", "j F", "1er mai"),
        ("fr", "l j F", "vendredi 1er mai"),
        ("fr", "SHORT_DATE_FORMAT", "01/05/2026"),
        ("fr", "F Y", "mai 2026"),
        ("en", "j F Y", "1 May 2026"),
    ],
)
def test_first_of_a_month_is_said_as_its_language_says_it(language, form, said):
    with translation.override(language):
        assert Template(f'{{{{ day|date:"{form}" }}}}').render(Context({"day": FIRST})) == date_format(FIRST, form) == said


def test_other_days_are_said_by_their_number():
    with translation.override("fr"):
        assert [date_format(FIRST.replace(day=day), "j F") for day in (2, 11, 21, 31)] == ["2 mai", "11 mai", "21 mai", "31 mai"]


@pytest.mark.parametrize(("zone", "day"), [("Europe/Paris", "1er mai"), ("America/Montreal", "30 avril")])
def test_day_is_that_of_the_page_and_month_that_of_the_company(zone, day):
    template = Template('{{ at|date:"j F" }}, {{ at|date:"F Y" }}, {{ at|date:"DATETIME_FORMAT" }}')
    with translation.override("fr"), timezone.override(zone):
        said = template.render(Context({"at": BEFORE_MAY_IN_PARIS})).split(", ")
        assert said[:2] == [day, "mai 2026"]
        assert said[2].startswith(day)
        assert date_format(BEFORE_MAY_IN_PARIS, "Y-m") == "2026-05"
    assert month_of(BEFORE_MAY_IN_PARIS) == FIRST


def test_nothing_is_said_of_no_day():
    assert Template('{{ day|date:"j F" }}{{ none|date }}').render(Context({"day": "", "none": None})) == ""


CUT_ELSEWHERE = {
    "rse.core.clock": "where it is done",
    "rse.core.web.forms": "the value of a control, of a date",
    "rse.core.ops.backups.restore": "the instant of a backup, as a command says it",
    "rse.core.web.csv_export": "an instant as a cell, in the zone of the page",
    "rse.hris.files.cells": "a cell of a spreadsheet, which has no zone",
    "rse.hris.files.dates": "the same",
    "rse.hris.files.kept": "the same",
    "mobility.queries.applications": "in the zone of whoever is told",
    "onboarding.visible_fields": "in the zone of the newcomer",
}


def cuts(tree):
    """Whether days or months are cut out of instants, or said, in ways of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.formats":
            yield from (name.name for name in node.names if name.name == "date_format")
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and (node.func.attr == "strftime" or (node.func.attr == "date" and not node.args))
        ):
            yield node.func.attr


@pytest.mark.once
def test_days_and_months_are_cut_in_one_place():
    ours = [module for module in Tree().modules if not module.is_migration and not module.name.startswith("rse.demo")]
    assert {module.name for module in ours if any(cuts(module.tree))} == CUT_ELSEWHERE.keys()


@pytest.mark.parametrize("code", ["at.date()", 'at.strftime("%Y-%m")', "from django.utils.formats import date_format"])
def test_a_day_cut_by_hand_is_found(code):
    assert list(cuts(ast.parse(code))) != []


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", "1er mai"),
        ("Europe/Madrid", "1er mai"),
        ("America/Montreal", "1er mai, minuit à Paris"),
        ("Asia/Tokyo", "1er mai, minuit à Paris"),
    ],
)
def test_last_day_says_where_it_ends_to_those_for_whom_it_ends_at_another_hour(zone, said):
    with translation.override("fr"), timezone.override(zone):
        assert last_day(FIRST, "j F") == said


@pytest.mark.parametrize(("days", "is_done", "is_said"), [(-1, False, True), (0, False, False), (1, False, False), (-1, True, False)])
def test_what_is_overdue_says_so(days, is_done, is_said):
    day = clock.today() + datetime.timedelta(days=days)
    template = Template('{% include "components/overdue.html" with day=day is_done=is_done only %}')
    with translation.override("fr"):
        assert ("En retard" in template.render(Context({"day": day, "is_done": is_done}))) is is_said


DAY_TO_COME = re.compile(r"\w+\.(?:due_on|closes_on)\|")
SAID_OTHERWISE = {
    "onboarding/_step.html": "in the zone of the newcomer: was for",
    "onboarding/late_steps.html": "every one of them is late",
    "mobility/_stages.html": "the day of a meeting, which is no term",
    "mobility/_steps.html": "what was said at that moment",
    "mobility/_chips.html": "closes by itself: then it says closed",
    "mobility/_newest.html": "openings that are open",
}


@pytest.mark.once
def test_each_day_by_which_something_is_due_says_when_it_is_over():
    found = {
        file.as_posix().rpartition("templates/")[2]: text
        for room in ROOT.iterdir()
        if room.is_dir() and not room.name.startswith((".", "tests"))
        for file in room.glob("**/templates/**/*.html")
        if DAY_TO_COME.search(text := file.read_text(encoding="utf-8"))
    }
    assert {name for name, text in found.items() if "components/overdue.html" not in text} == SAID_OTHERWISE.keys()
