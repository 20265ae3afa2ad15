"""Every form in which somebody writes: it says once who will read it, in the words of the rule, or somebody judged why it need not."""

import csv
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from rse.core.models import Audience
from tests.architecture.tree import Tree
from tests.core.test_drafts import TAG

FORM = re.compile(r"<form\b(?:{[%{].*?[%}]}|\"[^\"]*\"|[^>\"])*>.*?</form>", re.DOTALL)
INCLUDED = re.compile(r"{%\s*include\s+\"([^\"]+)\"")
SAYS = re.compile(r"{%\s*who_sees\b")
BRANCH = re.compile(r"{%\s*(?:else|elif)\b")
JUDGED = {row["draft"]: row for row in csv.DictReader((Path(__file__).parent / "who_sees.csv").read_text(encoding="utf-8").splitlines())}
BY_HAND = re.compile(r"Who will see this\?")
COMPONENT = "components/who_sees.html"


def templates():
    """Return what each template says, by the name under which another includes it."""
    return {str(one.place).rpartition("templates/")[2]: one.spoken for one in Tree().templates}


def whole(text, known, depth=0):
    """Return ``text`` with what it includes in its place."""
    if depth > 3:
        return text
    return INCLUDED.sub(lambda found: whole(known.get(found[1], ""), known, depth + 1) + found[0], text)


def said_in(form, known):
    """Return how often ``form`` says who will read it, counting once what stands in the branches of one choice."""
    text = whole(form, known)
    places = [match.start() for match in SAYS.finditer(text)]
    alone = [
        place for before, place in zip([None, *places], places, strict=False) if before is None or not BRANCH.search(text[before:place])
    ]
    return len(alone)


def forms():
    known = templates()
    for text in known.values():
        for form in FORM.findall(text):
            for name, _things in TAG.findall(form):
                yield name, form, known


def test_every_form_is_judged_and_says_it_once_where_it_must():
    found = {}
    for name, form, known in forms():
        found.setdefault(name, set()).add(said_in(form, known))
    assert set(found) == set(JUDGED)
    wrong = {name: counts for name, counts in found.items() if counts != ({1} if JUDGED[name]["says"] == "computed" else {0})}
    assert wrong == {}


def test_whatever_need_not_say_it_has_a_reason():
    assert {row["draft"] for row in JUDGED.values() if (row["says"] == "computed") == bool(row["because"])} == set()


def test_nobody_writes_the_answer_by_hand():
    assert [name for name, text in templates().items() if BY_HAND.search(text) and name != COMPONENT] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"core.Audience" is_open=True', "<strong>everyone in the company</strong>"),
        ('"core.Audience"', "<strong>its members</strong>"),
        ('"onboarding.BuddyRequest"', "<strong>the buddy, the direct manager and HR of the unit</strong>. Never: the newcomer"),
        ('"succession.KeyPosition"', "<strong>HR, succession plans</strong>. Never: the people named on it"),
        (
            '"onboarding.BuddyRequest" field="thanks"',
            "<strong>the newcomer, the buddy and HR of the unit</strong>. Never: the management line",
        ),
        (
            '"governance.Report" is_protected=True audience=audience later="is_protected=False" when="Otherwise:"',
            "<strong>those who handle reports</strong>. Otherwise: <strong>those who run the space</strong>. Never: the person concerned",
        ),
        (
            '"governance.Report" is_protected=True later="is_protected=False" when="Otherwise:"',
            "<strong>those who handle reports</strong>. Never:",
        ),
    ],
)
def test_forms_say_it_of_the_row_that_they_make(row, said):
    with translation.override("en"):
        shown = Template(f"{{% who_sees {row} %}}").render(Context({"audience": Audience(pk=1)}))
    assert f"Who will see this? {said}" in " ".join(shown.split())
