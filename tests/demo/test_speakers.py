"""Who may believably say what, and when."""

import datetime
import random

import pytest

from rse.core.models import JobFamily, Person, Site
from rse.demo.moments import MORNING, PARIS, is_office_hour, is_worked, later, moments_of
from rse.demo.speakers import Speakers, language_of
from rse.demo.texts.drafts import Comment, Message, Question

ON = datetime.date(2026, 11, 20)
NANTES, LYON = Site(pk=1, name="Nantes"), Site(pk=2, name="Lyon")
SPEAKERS = Speakers({}, {"E7": (("maintenance",), ("plc",))}, leads={2})
THEMES = SPEAKERS.themes


def somebody(pk=1, family="Maintenance", *, days=2_000, languages=("fr",), site=NANTES, title="Technicien·ne", number="", language="fr"):
    hired_on = ON - datetime.timedelta(days=days)
    own = {"languages": list(languages), "language": language, "employee_number": number or f"E{pk}0"}
    return Person(pk=pk, family=JobFamily(label=family), hired_on=hired_on, site=site, title=title, **own)


def question(**fields):
    return Question(title="t", body="b", comments=(Comment("c", "answer"),), skills=("vibration_analysis",), **fields)


ANSWERS = [
    ("of the trade", {}, True),
    ("of another trade", {"family": "Finance"}, False),
    ("here for three months", {"days": 100}, False),
    ("who does not speak its language", {"languages": ("pt", "en")}, False),
    ("who asked", {"pk": 9}, False),
    ("known for other skills of it", {"family": "Finance", "number": "E7"}, False),
]


@pytest.mark.parametrize(("fields", "is_able"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_good_answer_is_given_by_one_who_knows(fields, is_able):
    asker = somebody(9)
    assert SPEAKERS.may_answer(somebody(**fields), asker, THEMES["maintenance"], question(), ON) is is_able


def test_one_known_for_a_skill_answers_on_that_skill():
    one, draft = somebody(family="Finance", number="E7"), Question("t", "b", (Comment("c", "answer"),), skills=("plc",))
    assert SPEAKERS.may_answer(one, somebody(9), THEMES["maintenance"], draft, ON)


@pytest.mark.parametrize(("site", "is_able"), [(NANTES, True), (LYON, False)])
def test_question_of_a_site_is_answered_there(site, is_able):
    asker = somebody(9, site=NANTES)
    assert SPEAKERS.may_answer(somebody(site=site), asker, THEMES["site"], question(), ON) is is_able
    assert SPEAKERS.may_comment(somebody(site=site), asker, THEMES["site"], Comment("Bravo"), "fr", ON) is is_able


WRITES = [
    ("trade", {}, True),
    ("trade", {"family": "Achats"}, False),
    ("trade", {"days": 20}, False),
    ("newcomer", {"days": 20}, True),
    ("newcomer", {"days": 3_650}, False),
    ("veteran", {"days": 3_650}, True),
    ("veteran", {"days": 400}, False),
    ("lead", {"pk": 2}, True),
    ("lead", {"pk": 3}, False),
    ("night", {"title": "Pilote de four, équipe de nuit"}, True),
    ("night", {}, False),
    ("trade", {"languages": ("en",)}, False),
]


@pytest.mark.parametrize(("by", "fields", "is_true"), WRITES)
def test_text_is_written_by_one_of_whom_it_is_true(by, fields, is_true):
    message = Message("t", "b", by=by)
    assert SPEAKERS.may_write(somebody(**fields), "message", THEMES["maintenance"], message, ON) is is_true


COMMENTS = [
    (Comment("J’en ai deux à Lyon."), {"site": LYON}, True),
    (Comment("J’en ai deux à Lyon."), {"site": NANTES}, False),
    (Comment("Le commerce applaudit.", trade="sales"), {"family": "Commerce"}, True),
    (Comment("Le commerce applaudit.", trade="sales"), {}, False),
    (Comment("La nuit dit merci.", trade="night"), {"title": "Cariste, équipe de nuit"}, True),
    (Comment("La nuit dit merci.", trade="night"), {}, False),
    (Comment("Bravo."), {"days": 5}, False),
    (Comment("Bravo."), {"family": "Finance"}, False),
]


@pytest.mark.parametrize(("comment", "fields", "is_true"), COMMENTS)
def test_comment_is_said_by_one_of_whom_it_is_true(comment, fields, is_true):
    assert SPEAKERS.may_comment(somebody(**fields), somebody(9), THEMES["maintenance"], comment, "fr", ON) is is_true


def test_everybody_writes_in_a_language_they_speak():
    assert language_of(somebody(languages=("fr", "en"))) == "fr"
    assert language_of(somebody(languages=("pt", "en"), language="fr")) == "en"
    assert language_of(somebody(languages=("de",))) == ""


@pytest.mark.parametrize(
    "month", [datetime.date(2024, 2, 1), datetime.date(2026, 5, 1), datetime.date(2026, 8, 1), datetime.date(2026, 12, 1)]
)
def test_moments_are_in_order_in_their_month_and_on_working_days(month):
    moments = moments_of(month, 200, random.Random(3))
    days = [moment.astimezone(PARIS).date() for moment in moments]
    assert moments == sorted(moments)
    assert {(day.year, day.month) for day in days} == {(month.year, month.month)}
    assert [day for day in days if not is_worked(day)] == []
    assert 0 < sum(not is_office_hour(moment) for moment in moments) < len(moments) / 8
    assert len(moments) == {8: 90, 12: 150}.get(month.month, 200)


def test_what_comes_later_waits_for_the_next_working_morning():
    friday = datetime.datetime(2026, 11, 20, 16, 30, tzinfo=PARIS)
    then = later(friday, 300, random.Random(1)).astimezone(PARIS)
    assert (then.date(), then.hour) == (datetime.date(2026, 11, 23), 8)
    armistice = datetime.datetime(2026, 11, 10, 20, 0, tzinfo=PARIS)
    assert later(armistice, 5, random.Random(1)).astimezone(PARIS).date() == datetime.date(2026, 11, 12)
    early = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=PARIS)
    assert later(early, 5, random.Random(1)).astimezone(PARIS).date() == early.date()
    assert later(friday, 20, random.Random(1)) == friday + datetime.timedelta(minutes=20)
    assert later(friday, 300, random.Random(2)).astimezone(PARIS).time() > MORNING
