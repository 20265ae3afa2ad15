"""Texts that people write: which characters they keep, and which of them may speak of private life."""

import csv
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from mentoring.services.offers import save_offer
from mobility.services.handling import decide_application
from onboarding.services import buddies, journeys
from rse.core.characters import clean_line, clean_text, looks_alike
from rse.core.enums import Role
from rse.core.people.private_words import PrivateWord
from rse.core.people.services.people import edit_profile
from rse.core.web.forms import Text, TextAboutSomebody
from talent.services import being, ledger
from talent.succession import services as plans_of
from tests.every_form import ROOMS, form_classes
from tests.factories import AudienceFactory, PersonFactory, PositionFactory, RoleGrantFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.factories.onboarding import JourneyFactory
from tests.factories.talent import LedgerLineFactory, SkillFactory
from tests.talent.succession import plans

FIELDS = dict(list(csv.reader(Path(__file__).with_name("texts.csv").read_text().splitlines()))[1:])
UNSEEN = [
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2060\u2061\u2064\u206a\ufeff\u00ad\u061c\u180e\u034f",
    *"\u115f\u3164\uffa0\u2800\ufff9\ufe00\U000e0001\U000e0041\U000e007f\U000e0100\ue000",
]
KEPT = [
    "👩\u200d🚀",
    "👨\u200d👩\u200d👧\u200d👦",
    "👩🏽\u200d🔧",
    "❤\ufe0f",
    "🏳\ufe0f\u200d🌈",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "می\u200cخواهم",
    "क\u094d\u200dष",
    "l’été à Nîmes\nœuvre",
    "Łódź",
    "東京",
    "a\u0301".replace("a\u0301", "á"),
]


@pytest.mark.parametrize("letter", UNSEEN, ids=lambda one: f"{ord(one):04x}")
def test_what_nobody_sees_is_taken_out(letter):
    assert clean_text(f"pay{letter}roll{letter}") == "payroll"
    assert clean_text(f"{letter}{letter}") == ""


@pytest.mark.parametrize("text", KEPT)
def test_scripts_and_emoji_keep_their_joiners(text):
    assert clean_text(text) == text


@pytest.mark.parametrize("text", ["a\u200db", "a\u200cb", "\u200d", "🚀\u200d", "a\ufe0f", "é\u200dé"])
def test_joiner_that_joins_nothing_is_taken_out(text):
    assert clean_text(text) == text.translate({0x200C: None, 0x200D: None, 0xFE0F: None})


@pytest.mark.parametrize(
    ("letter", "code", "sign"),
    [("\x00", "U+0000", "␀"), ("\x07", "U+0007", "␇"), ("\x1b", "U+001B", "␛"), ("\x7f", "U+007F", "␡"), ("\udc80", "U+DC80", "�")],
)
def test_control_character_is_refused_by_name_and_shown_in_its_place(letter, code, sign):
    text = f"Le premier quai.\nLe deuxième quai{letter} est libre depuis ce matin.\nFin."

    for clean in (clean_text, clean_line):
        with pytest.raises(ValidationError) as refused, override("en"):
            clean(text)
        (sentence,) = refused.value.messages
        assert (
            sentence
            == f"A character that no keyboard writes cannot be kept. Take it out: {code} in line 2, “…euxième quai{sign} est libre d…”"
        )


def test_several_control_characters_are_named_one_after_the_other():
    with pytest.raises(ValidationError) as refused, override("en"):
        clean_text("a\x00b\x07c\nd\x08" + "\x01" * 20)

    places = ["U+0000 in line 1, “a␀b␇c”", "U+0007 in line 1, “a␀b␇c”", "U+0008 in line 2, “d␈␁␁␁␁␁␁␁␁␁␁␁␁…”…"]
    assert refused.value.messages == [f"A character that no keyboard writes cannot be kept. Take it out: {', '.join(places)}"]


def test_ends_of_lines_are_of_one_kind():
    assert clean_text("a\r\nb\rc\u2028d\u2029e\x85f\tg\x0bh\x0ci") == "a\nb\nc\nd\ne\nf\tg\nh\ni"
    assert clean_line("a\r\nb\rc\u2028d\u2029e\x85f\tg\x0bh\x0ci") == "a b c d e f g h i"


@pytest.mark.parametrize("code", [*range(0x80, 0x85), *range(0x86, 0xA0)])
def test_codes_of_slides_that_stand_for_no_letter_become_blanks(code):
    assert clean_text(f"le{chr(code)}quai") == clean_line(f"le{chr(code)}quai") == "le quai"


@pytest.mark.django_db
def test_what_cannot_be_kept_is_shown_at_its_field_and_all_that_was_typed_is_given_back(signed_in):
    person = PersonFactory(language="fr")
    sent = {
        "audience": AudienceFactory(members=[person]).public_id,
        "kind": "question",
        "its_title": "Qui a\x1b la clé\x0bdu quai\u202f?",
        "body": "Elle n’est plus au tableau.\x0bQui\x07 l’a prise\u202f?",
    }

    response = signed_in(person).post(reverse("feed:publish"), sent, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "U+001B à la ligne 1, «\xa0Qui a␛ la clé" in response.text
    assert "U+0007 à la ligne 2, «\xa0Qui␇ l’a prise\u202f?\xa0»" in response.text
    assert all(escape(sent[name]) in response.text for name in ("its_title", "body"))


def test_every_field_takes_what_slides_hold_and_names_what_it_refuses():
    tried = 0
    for form in form_classes():
        for one in form.base_fields.values():
            if not isinstance(one, Text):
                continue
            tried += 1
            has_lines = isinstance(one.widget, forms.Textarea)
            kept = one.to_python("\x0ble\x0bquai\x92\u2028b\x0c").strip()
            assert kept == ("le\nquai \nb" if has_lines else "le quai  b")
            with pytest.raises(ValidationError, match=r"U\+0007"):
                one.clean("le\x07quai")
    assert tried > 60


def test_every_text_of_every_form_is_cleaned():
    """Codes and passwords are compared letter by letter; an address has its own field, and so has what a device answers."""
    apart, seen = {"password", "password1", "password2", "oldpassword", "code", "credential"}, set()
    for form in form_classes():
        if form.__module__.startswith(("allauth.", "rse.pages.models")):
            continue
        for name, field in form.base_fields.items():
            if (
                isinstance(field, forms.CharField)
                and not isinstance(field, Text | forms.EmailField | forms.SlugField)
                and name not in apart
            ):
                pytest.fail(f"{form.__module__}.{form.__name__}.{name} takes a text as it comes: its field is a Text")
            if isinstance(field, Text):
                seen.add((form.__name__, name))
    assert len(seen) > 60
    assert {("TrainingForm", "title"), ("WishForm", "text"), ("ReportForm", "words"), ("CommunityForm", "name")} <= seen


def test_fields_made_on_the_way_are_texts_too():
    source = [path.read_text() for room in ROOMS - {"allauth"} for path in Path(room).rglob("forms.py") if "identity" not in str(path)]
    assert len(source) >= 10
    assert all("forms.CharField(" not in text for text in source)


def test_every_text_that_is_kept_says_whether_it_is_about_somebody():
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ROOMS - {"allauth"}
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, models.EmailField | models.SlugField)
    }
    assert kept == set(FIELDS)
    assert set(FIELDS.values()) == {"own", "others", "conversation", "addressed", "work", "machine"}


def profile(text):
    person = PersonFactory()
    return lambda: edit_profile(editor=person, subject=person, version=person.version, about=text)


def training(text):
    person = PersonFactory()
    return lambda: being.add_training(person=person, title=text, year=2020)


def wish(text):
    person = PersonFactory()
    return lambda: being.save_wish(person=person, version=0, horizon="year", visibility="me", text=text)


def comment(text):
    line = LedgerLineFactory()
    return lambda: ledger.comment_line(person=line.person, line=line, comment=text)


def offer(text):
    person, skill = PersonFactory(), SkillFactory()
    return lambda: save_offer(mentor=person, version=0, text=text, skills=[skill], capacity=1)


def position_note(text):
    planner, position = plans.planner(), PositionFactory()
    return lambda: plans_of.declare_key_position(actor=planner, position=position, criticality="high", note=text)


def plan_decision(text):
    planner = plans.planner()
    plan = plans.plan_for(owner=planner)
    return lambda: plans_of.decide_plan(actor=planner, plan=plan, version=1, decision=text)


def named(**said):
    planner, person = plans.planner(), PersonFactory()
    plan = plans.plan_for(owner=planner)
    return lambda: plans_of.name_person(actor=planner, plan=plan, person=person, **plans.said(**said))


def action(text):
    planner = plans.planner()
    nomination = plans.name(plans.plan_for(owner=planner))
    return lambda: plans_of.add_action(actor=planner, nomination=nomination, kind="interim", words=text)


def application(**said):
    recruiter = PersonFactory()
    row = ApplicationFactory(opening=OpeningFactory(team=[recruiter]), state="in_review")
    words = {"reason": "Une autre expérience.", "alternatives": "Une formation."} | said
    return lambda: decide_application(actor=recruiter, application=row, version=row.version, outcome="refused", **words)


def hr_note(text):
    hr, journey = PersonFactory(), JourneyFactory()
    RoleGrantFactory(person=hr, role=Role.HR)
    return lambda: journeys.save_note(actor=hr, journey=journey, version=journey.note_version, note=text)


def asked_buddy(text):
    hr, journey, person = PersonFactory(), JourneyFactory(), PersonFactory()
    RoleGrantFactory(person=hr, role=Role.HR)
    return lambda: buddies.ask_buddy(actor=hr, journey=journey, person=person, message=text)


def thanks(text):
    journey = JourneyFactory(buddy=PersonFactory())
    return lambda: buddies.thank_buddy(newcomer=journey.newcomer, journey=journey, sentence=text)


WRITTEN_BY = {
    "core.Person.about": profile,
    "talent.Training.title": training,
    "talent.Wish.text": wish,
    "talent.LedgerLine.comment": comment,
    "mentoring.MentoringOffer.text": offer,
    "succession.KeyPosition.note": position_note,
    "succession.Plan.decision": plan_decision,
    "succession.Nomination.reason": lambda text: named(reason=text),
    "succession.Nomination.alternatives": lambda text: named(alternatives=text),
    "succession.DevelopmentAction.words": action,
    "mobility.Application.reason": lambda text: application(reason=text),
    "mobility.Application.alternatives": lambda text: application(alternatives=text),
    "onboarding.Journey.hr_note": hr_note,
    "onboarding.BuddyRequest.message": asked_buddy,
    "onboarding.BuddyRequest.thanks": thanks,
}


def test_every_text_about_somebody_is_tried():
    assert set(WRITTEN_BY) == {field for field, what in FIELDS.items() if what in {"own", "others"}}


@pytest.mark.django_db
@pytest.mark.parametrize("field", WRITTEN_BY)
def test_f05_services_refuse_private_life_and_leave_no_trace(field):
    plans.open_gate()
    act = WRITTEN_BY[field]("Depuis sa grossesse, ou the trade union.")
    with pytest.raises(PrivateWord) as refused, transaction.atomic():
        act()
    assert refused.value.word == "grossesse"
    assert ("vie privée" in str(refused.value.messages[0])) == (FIELDS[field] == "own")
    model, _dot, column = field.rpartition(".")
    assert not apps.get_model(model).objects.filter(**{f"{column}__contains": "grossesse"}).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("field", WRITTEN_BY)
def test_services_take_what_is_said_of_the_work(field):
    plans.open_gate()
    WRITTEN_BY[field]("Origine du défaut trouvée, congés annuels du site.")()
    model, _dot, column = field.rpartition(".")
    assert apps.get_model(model).objects.filter(**{f"{column}__contains": "Origine du défaut"}).exists()


def test_every_form_of_a_text_about_somebody_says_it_at_the_field():
    fields = {
        (form.__name__, name) for form in form_classes() for name, one in form.base_fields.items() if isinstance(one, TextAboutSomebody)
    }
    assert fields >= {
        ("ProfileForm", "about"), ("TrainingForm", "title"), ("WishForm", "text"), ("CommentForm", "comment"), ("OfferForm", "text"),
        ("FactsForm", "note"), ("PlanForm", "note"), ("NameForm", "reason"), ("NameForm", "alternatives"), ("ActionForm", "words"),
        ("DecisionForm", "decision"), ("DecisionForm", "reason"), ("DecisionForm", "alternatives"), ("NoteForm", "note"),
        ("MessageForm", "message"), ("ThanksForm", "sentence"),
    }  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("QuaIité", "Qualité"), ("Louis", "Iouis"), ("|igue", "Ligue")])
def test_capital_i_looks_like_a_small_l(one, other):
    assert looks_alike(one, other)
    assert not looks_alike("Mali", "Mall")
