import pytest
from django.urls import reverse

from talent.succession import services
from talent.succession.models import DevelopmentAction, KeyPosition, Nomination, Plan
from tests.factories import PersonFactory, PositionFactory
from tests.factories.talent import LedgerLineFactory

from . import plans
from .test_pages import of

pytestmark = pytest.mark.django_db


def test_position_is_found_and_declared(signed_in, planner):
    position = PositionFactory(title="Chef d’atelier", code="CA-7")
    browser, address = signed_in(planner), reverse("succession:declare")

    found = browser.get(address, {"q": "atelier"})
    assert f"{address}?position=CA-7" in found.text
    assert browser.get(address, {"position": "CA-7"}).status_code == 200
    answer = browser.post(
        address, {"position": "CA-7", "criticality": "high", "vacant_from": "2027-06", "is_single_holder": "on", "note": ""}
    )

    plan = Plan.objects.get()
    assert answer.url == plan.get_absolute_url()
    assert (plan.key_position.position, plan.key_position.is_single_holder) == (position, True)
    assert browser.post(address, {"position": "CA-7", "criticality": "low"}).url == plan.get_absolute_url()
    assert KeyPosition.objects.get().criticality == "high"


def test_position_is_found_by_its_whole_code_and_by_no_middle_of_a_word(signed_in, planner):
    PositionFactory(title="Chef d’atelier", code="CA-7 B")
    browser, address = signed_in(planner), reverse("succession:declare")
    for typed, is_found in {"ca-7 b": True, " CA-7 B ": True, "CA-7": False, "telier": False, "a": False, "at": True}.items():
        assert ("?position=CA-7" in browser.get(address, {"q": typed}).text) is is_found, typed


@pytest.mark.parametrize(
    "wrong", [{"criticality": ""}, {"vacant_from": "juin"}, {"note": "x" * 281}, {"note": "Proche de l’âge"}, {"note": "a\x00b"}]
)
def test_wrong_facts_are_said_at_the_field_and_nothing_is_written(signed_in, planner, wrong):
    PositionFactory(code="CA-7")
    answer = signed_in(planner).post(
        reverse("succession:declare"), {"position": "CA-7", "criticality": "high", "note": "Gardez ceci"} | wrong
    )
    assert answer.status_code == 422
    assert "Gardez ceci" in answer.text or "note" in wrong
    assert not KeyPosition.objects.exists()


def test_name_is_found_and_put_in_with_its_record(signed_in, planner, plan, turns):
    person = PersonFactory(last_name="Marchetti")
    line = LedgerLineFactory(person=person)
    browser = signed_in(planner)

    assert of(plan, "name_add", person.handle) in browser.get(of(plan, "name_find"), {"q": "marchetti"}).text
    answer = browser.post(of(plan, "name_add", person.handle), plans.said(evidence=[line.public_id]))

    assert answer.url == plan.get_absolute_url()
    one = Nomination.objects.get()
    assert (one.person, one.decided_by, list(one.evidence.all())) == (person, planner, [line])


def test_finder_leaves_out_who_is_there_already(signed_in, planner):
    holder, named, other = (PersonFactory(first_name="Zoé") for _ in range(3))
    plan = plans.plan_for(holder=holder)
    plans.name(plan, named)

    page = signed_in(planner).get(of(plan, "name_find"), {"q": "zoé"}).text

    assert [person.name in page for person in (holder, named, other)] == [False, False, True]


@pytest.mark.parametrize(
    "wrong",
    [
        {"readiness": "tomorrow"},
        {"reason": ""},
        {"alternatives": ""},
        {"reason": "x" * 281},
        {"reason": "Elle est enceinte"},
        {"evidence": ["7"]},
    ],
)
def test_wrong_name_is_said_at_the_field_and_nothing_is_written(signed_in, planner, plan, turns, wrong):
    person = PersonFactory()
    LedgerLineFactory(person=person)
    answer = signed_in(planner).post(of(plan, "name_add", person.handle), plans.said(**wrong))
    assert answer.status_code == 422
    assert not Nomination.objects.exists()


def test_name_put_in_twice_is_one(signed_in, planner, plan):
    person = PersonFactory()
    for _ in range(2):
        assert signed_in(planner).post(of(plan, "name_add", person.handle), plans.said()).url == plan.get_absolute_url()
    assert Nomination.objects.count() == 1


def test_oneself_cannot_be_put_in(signed_in, planner, plan):
    assert signed_in(planner).post(of(plan, "name_add", planner.handle), plans.said()).status_code == 403
    assert not Nomination.objects.exists()


def test_second_editor_is_shown_both_versions_and_may_save_again(signed_in, planner, plan):
    services.save_plan(actor=plans.planner(), plan=plan, version=1, note="Écrit par l’autre", criticality="low")
    data = {"version": 1, "criticality": "medium", "note": "Écrit par moi", "vacant_from": "", "review_on": "2027-01-15"}
    browser = signed_in(planner)

    answer = browser.post(of(plan, "edit"), data)
    assert answer.status_code == 409
    assert "Écrit par l’autre" in answer.text
    assert "Écrit par moi" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert KeyPosition.objects.get().note == "Écrit par l’autre"

    assert browser.post(of(plan, "edit"), data | {"version": 2}).status_code == 302
    assert KeyPosition.objects.get().note == "Écrit par moi"


def test_second_editor_of_a_name_is_shown_both_versions(signed_in, planner, plan):
    one = plans.name(plan)
    services.change_name(actor=plans.planner(), nomination=one, version=1, **plans.said(reason="Dit par l’autre"))

    answer = signed_in(planner).post(of(plan, "name_edit", one.person.handle), plans.said(reason="Dit par moi", version=1))

    assert answer.status_code == 409
    assert "Dit par l’autre" in answer.text
    assert "Dit par moi" in answer.text


def test_name_is_edited_and_taken_out(signed_in, planner, plan):
    one = plans.name(plan)
    browser = signed_in(planner)
    assert browser.get(of(plan, "name_edit", one.person.handle)).status_code == 200
    assert browser.post(of(plan, "name_edit", one.person.handle), plans.said(readiness="later", version=1)).status_code == 302
    assert Nomination.objects.get().readiness == "later"
    assert browser.get(of(plan, "name_remove", one.person.handle)).status_code == 200
    assert browser.post(of(plan, "name_remove", one.person.handle)).status_code == 302
    assert not Nomination.objects.exists()


def test_actions_are_added_done_and_removed(signed_in, planner, plan):
    one = plans.name(plan)
    browser = signed_in(planner)
    add = of(plan, "action_add", one.person.handle)
    for _ in range(2):
        assert browser.post(add, {"kind": "mentoring", "words": "Avec B. Roy", "due_on": "2027-03-01"}).status_code == 302
    act = DevelopmentAction.objects.get()
    assert browser.post(of(plan, "action_mark", act.public_id), {"done": "1"}).status_code == 302
    assert DevelopmentAction.objects.get().is_done
    assert browser.post(of(plan, "action_remove", act.public_id)).status_code == 302
    assert not DevelopmentAction.objects.exists()


def test_wrong_action_keeps_what_was_typed(signed_in, planner, plan):
    one = plans.name(plan)
    answer = signed_in(planner).post(
        of(plan, "action_add", one.person.handle), {"kind": "mentoring", "words": "Gardez " + "x" * 140, "due_on": ""}
    )
    assert answer.status_code == 422
    assert "Gardez" in answer.text
    assert not DevelopmentAction.objects.exists()


def test_plan_is_decided_frozen_and_begun_again(signed_in, planner, plan):
    plans.name(plan)
    browser = signed_in(planner)
    assert browser.post(of(plan, "decide"), {"version": 1, "decision": ""}).status_code == 422
    assert browser.post(of(plan, "decide"), {"version": 0 + 7, "decision": "Retenue."}).status_code == 409
    assert browser.post(of(plan, "decide"), {"version": 1, "decision": "Retenue."}).status_code == 302
    assert browser.get(of(plan)).status_code == 200
    assert browser.get(of(plan, "edit")).status_code == 403
    following = browser.post(of(plan, "again")).url
    assert browser.get(following).status_code == 200
    assert Plan.objects.current().get().state == "live"


def test_plan_is_deleted_by_two_people(signed_in, planner, plan):
    other = plans.planner()
    assert signed_in(planner).post(of(plan, "delete")).url == plan.get_absolute_url()
    assert signed_in(planner).get(of(plan)).status_code == 200
    assert signed_in(planner).post(of(plan, "delete")).status_code == 403
    assert signed_in(other).get(of(plan)).status_code == 200
    assert signed_in(other).post(of(plan, "delete")).url == reverse("succession:register")
    assert not Plan.objects.exists()
