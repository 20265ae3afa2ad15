import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.models import Person, RecordedEvent
from rse.core.ops import retention
from rse.core.people.private_words import PrivateWord, private_word
from rse.core.versions import EditedMeanwhile
from rse.governance.models import AccessLogRelease
from talent.succession import services
from talent.succession.models import DevelopmentAction, KeyPosition, Nomination, Plan
from tests.factories import PersonFactory, PositionFactory
from tests.factories.talent import LedgerLineFactory
from tests.identity.doors import at_once

from . import plans

pytestmark = pytest.mark.django_db


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_declared_position_has_a_plan_that_its_author_owns(planner):
    position = PositionFactory()

    plan = services.declare_key_position(
        actor=planner, position=position, criticality="high", vacant_from=datetime.date(2027, 6, 17), is_single_holder=True, note=""
    )

    assert (plan.owner, plan.unit, plan.state) == (planner, position.unit, "live")
    assert plan.key_position.vacant_from == datetime.date(2027, 6, 1)


def test_position_is_declared_once(planner):
    position = PositionFactory()
    first = services.declare_key_position(actor=planner, position=position, criticality="high")

    with pytest.raises(services.AlreadyDeclared) as again:
        services.declare_key_position(actor=plans.planner(), position=position, criticality="low")
    assert again.value.plan == first
    assert Plan.objects.count() == 1


def test_x02_who_is_named_may_declare_the_position_as_if_nobody_had(plan):
    named = plans.planner()
    plans.name(plan, named)

    mine = services.declare_key_position(actor=fresh(named), position=plan.key_position.position, criticality="low")

    assert mine != plan
    assert list(Plan.objects.visible_to(fresh(named))) == [mine]


def test_r20_nothing_is_written_while_the_gate_is_closed(planner, plan):
    plans.close_gate()
    with pytest.raises(PermissionDenied):
        services.declare_key_position(actor=planner, position=PositionFactory(), criticality="high")
    with pytest.raises(PermissionDenied):
        services.name_person(actor=planner, plan=plan, person=PersonFactory(), **plans.said())
    assert Nomination.objects.count() == 0


def test_r25_name_holds_who_decided_when_on_what_and_who_else_was_considered(planner, plan):
    person = PersonFactory()
    line, other, of_another = LedgerLineFactory(person=person), LedgerLineFactory(person=person), LedgerLineFactory()

    one = services.name_person(actor=planner, plan=plan, person=person, **plans.said(), evidence_ids=[line.pk, of_another.pk])

    assert (one.decided_by, one.reason, one.alternatives) == (planner, "Connaît la ligne.", "Recrutement externe.")
    assert list(one.evidence.order_by("pk")) == [line]
    assert other not in one.evidence.all()


@pytest.mark.parametrize("missing", ["reason", "alternatives"])
def test_r25_no_name_without_its_reasons(planner, plan, missing):
    with pytest.raises(PermissionDenied):
        services.name_person(actor=planner, plan=plan, person=PersonFactory(), **plans.said(**{missing: " "}))
    with pytest.raises(IntegrityError), transaction.atomic():
        plans.name(plan, **{missing: ""})
    assert Nomination.objects.count() == 0


def test_nobody_names_themselves_and_nobody_takes_over_from_themselves(planner):
    holder = PersonFactory()
    plan = plans.plan_for(holder=holder, owner=planner)

    with pytest.raises(PermissionDenied):
        services.name_person(actor=planner, plan=plan, person=planner, **plans.said())
    with pytest.raises(services.HoldsThePosition):
        services.name_person(actor=planner, plan=plan, person=holder, **plans.said())
    assert Nomination.objects.count() == 0


def test_same_name_twice_is_one_row(planner, plan):
    person = PersonFactory()
    first = services.name_person(actor=planner, plan=plan, person=person, **plans.said())

    with pytest.raises(services.AlreadyNamed) as again:
        services.name_person(actor=plans.planner(), plan=plan, person=person, **plans.said(readiness="later"))
    assert again.value.nomination == first
    assert Nomination.objects.get().readiness == "now"


def test_owner_who_is_named_owns_the_plan_no_longer(plan, planner):
    other = plans.planner()

    services.name_person(actor=other, plan=plan, person=planner, **plans.said())

    assert Plan.objects.get(pk=plan.pk).owner == other
    with pytest.raises(PermissionDenied):
        services.save_plan(actor=fresh(planner), plan=plan, version=1, note="")


@pytest.mark.parametrize(
    "words",
    ["Elle est enceinte.", "Trop jeune pour le poste.", "A 52 ans, à suivre.", "Délégué syndical très écouté.", "Mère de famille.",
     "Son état de santé le permet.", "She is too old.", "On parental leave.", "A union member.", "Catholique pratiquant.", "Divorcé."],
)  # fmt: skip
def test_r38_forbidden_words_are_refused(planner, plan, words):
    with pytest.raises(PrivateWord):
        services.name_person(actor=planner, plan=plan, person=PersonFactory(), **plans.said(reason=words))
    with pytest.raises(PrivateWord):
        services.save_plan(actor=planner, plan=plan, version=1, note=words)
    with pytest.raises(PrivateWord):
        services.decide_plan(actor=planner, plan=plan, version=1, decision=words)
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    ["A 10 ans d’expérience en fonderie.", "Mène le chantier santé et sécurité.", "Connaît la famille de métiers.", "Partage ses gestes.",
     "Manages the whole line.", "Led the union of two teams.", "Ménage les délais, engage son équipe.", "Stage terminé, outils acquis."],
)  # fmt: skip
def test_r38_words_about_work_pass(words):
    assert private_word(words) == ""


def test_second_of_two_editors_is_told_and_writes_nothing(planner, plan):
    services.save_plan(actor=plans.planner(), plan=plan, version=1, note="Premier")

    with pytest.raises(EditedMeanwhile) as meanwhile:
        services.save_plan(actor=planner, plan=plan, version=1, note="Second")
    assert meanwhile.value.current.version == 2
    assert KeyPosition.objects.get().note == "Premier"


def test_second_who_changes_a_name_is_told(planner, plan):
    one = plans.name(plan)
    services.change_name(actor=plans.planner(), nomination=one, version=1, **plans.said(readiness="later"))

    with pytest.raises(EditedMeanwhile):
        services.change_name(actor=planner, nomination=one, version=1, **plans.said(readiness="soon"))
    assert Nomination.objects.get().readiness == "later"


def test_decided_plan_is_frozen_and_its_openings_are_released(planner, plan):
    one = plans.name(plan)
    act = plans.action(one)
    decided = services.decide_plan(actor=planner, plan=plan, version=1, decision="Retenue pour juin.")

    for write in (
        lambda: services.save_plan(actor=planner, plan=plan, version=2, note=""),
        lambda: services.name_person(actor=planner, plan=plan, person=PersonFactory(), **plans.said()),
        lambda: services.change_name(actor=planner, nomination=one, version=1, **plans.said()),
        lambda: services.remove_name(actor=planner, nomination=one),
        lambda: services.add_action(actor=planner, nomination=one, kind="mission", words="Zéro rebut"),
        lambda: services.mark_action(actor=planner, action=act, is_done=True),
        lambda: services.remove_action(actor=planner, action=act),
        lambda: services.decide_plan(actor=planner, plan=plan, version=2, decision="Encore"),
        lambda: services.take_ownership(actor=planner, plan=plan),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert (decided.state, decided.decided_by) == ("decided", planner)
    assert list(AccessLogRelease.objects.values_list("kind", "row_id")) == [("plan", plan.pk)]


def test_next_cycle_is_one_empty_plan_however_often_it_is_asked(planner):
    plan = plans.plan_for(is_decided=True)
    plans.name(plan)

    first = services.start_cycle(actor=planner, plan=plan)
    second = services.start_cycle(actor=planner, plan=plan)

    assert first == second
    assert (first.is_current, first.state, first.nominations.count()) == (True, "live", 0)


def test_plan_is_deleted_by_two(planner, plan):
    assert not services.delete_plan(actor=planner, plan=plan)
    with pytest.raises(PermissionDenied):
        services.delete_plan(actor=planner, plan=plan)
    assert services.delete_plan(actor=plans.planner(), plan=plan)
    assert (Plan.objects.count(), KeyPosition.objects.count()) == (0, 0)


def test_deletion_may_be_refused(planner, plan):
    services.delete_plan(actor=planner, plan=plan)
    services.keep_plan(actor=plans.planner(), plan=plan)
    assert Plan.objects.get().deletion_asked_by is None


def test_plans_go_24_months_after_their_decision(planner):
    old, live = plans.plan_for(is_decided=True), plans.plan_for()
    Plan.objects.filter(pk=old.pk).update(decided_at=clock.now() - datetime.timedelta(days=800))

    assert retention.forget("succession.Plan") == 1
    assert list(Plan.objects.all()) == [live]
    assert list(KeyPosition.objects.all()) == [live.key_position]


def test_action_is_added_once_done_and_removed(planner, plan):
    one = plans.name(plan)
    for _ in range(2):
        act = services.add_action(actor=planner, nomination=one, kind="mission", words="Zéro rebut")
    services.mark_action(actor=planner, action=act, is_done=True)
    assert DevelopmentAction.objects.get().is_done
    services.remove_action(actor=planner, action=act)
    assert DevelopmentAction.objects.count() == 0


def test_nobody_is_told_of_a_plan(planner, plan):
    person = PersonFactory()
    one = services.name_person(actor=planner, plan=plan, person=person, **plans.said())
    services.remove_name(actor=planner, nomination=one)
    services.decide_plan(actor=planner, plan=plan, version=1, decision="Personne.")

    recorded = RecordedEvent.objects.filter(name__startswith="succession.")
    assert recorded.count() == 3
    assert all(one.is_confidential and "recipient_ids" not in one.facets for one in recorded)


@pytest.mark.django_db(transaction=True)
def test_many_who_name_the_same_person_at_once_leave_one_row(planner, plan):
    person = PersonFactory()

    def put():
        try:
            services.name_person(actor=fresh(planner), plan=plan, person=person, **plans.said())
        except services.AlreadyNamed:
            return False
        return True

    assert at_once([put] * 8).count(True) == 1
    assert Nomination.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_position_declared_by_many_at_once_is_one(planner):
    position = PositionFactory()

    def declare():
        try:
            services.declare_key_position(actor=fresh(planner), position=position, criticality="high")
        except services.AlreadyDeclared:
            return False
        return True

    assert at_once([declare] * 8).count(True) == 1
    assert KeyPosition.objects.count() == 1
