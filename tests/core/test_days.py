import ast
import datetime

import pytest
from django import forms
from django.utils import translation

from rse.core.web.conflicts import in_words
from rse.core.web.forms import DayField, MonthField
from tests.architecture.tree import Tree

FIRST, LAST = datetime.date(2026, 2, 3), datetime.date(2027, 12, 31)
RANGE = {"earliest": lambda: FIRST, "latest": lambda: LAST, "outside": "Within two years."}


class WhenForm(forms.Form):
    day = DayField(**RANGE)
    month = MonthField(required=False, **RANGE)
    any_day = DayField(required=False)


def test_control_says_between_which_days():
    form = WhenForm(initial={"day": FIRST, "month": FIRST})
    assert str(form["day"]) == ('<input type="date" name="day" value="2026-02-03" min="2026-02-03" max="2027-12-31" required id="id_day">')
    assert str(form["month"]) == '<input type="month" name="month" value="2026-02" min="2026-02" max="2027-12" id="id_month">'
    assert str(form["any_day"]) == '<input type="date" name="any_day" id="id_any_day">'


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [("2026-02-02", False), ("2026-02-03", True), ("2027-12-31", True), ("2028-01-01", False), ("x", False), ("", False)],
)
def test_day_outside_is_refused_whatever_the_browser(day, is_valid):
    form = WhenForm({"day": day, "any_day": "1789-07-14"})
    assert form.is_valid() is is_valid
    if form.has_error("day", "range"):
        assert form.errors["day"] == ["Within two years."]
    assert form.cleaned_data["any_day"] == datetime.date(1789, 7, 14)


@pytest.mark.parametrize("said", ["2026-03", "03/2026", "2026-03-17"])
def test_month_is_its_first_day(said):
    field = MonthField()
    assert field.clean(said) == datetime.date(2026, 3, 1)
    with translation.override("en"):
        assert in_words(field, field.clean(said)) == "March 2026"


@pytest.mark.once
def test_days_are_asked_for_in_one_way():
    by_hand = [
        f"{module.place}:{node.lineno}"
        for module in Tree().modules
        if module.name != "rse.core.web.forms"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"forms.DateField", "forms.DateInput"}
    ]
    assert by_hand == []
