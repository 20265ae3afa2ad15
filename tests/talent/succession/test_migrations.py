"""Plans that were kept among the tables of talent are all there, and so is what others keep of them."""

import pytest
from django.contrib.contenttypes.models import ContentType

from rse.core import clock
from rse.core.events import deliveries
from rse.core.models import Delivery, RetentionRun, RowGrant
from rse.core.ops import retention
from talent.succession.models import DevelopmentAction, KeyPosition, Nomination, NominationEvidence, Plan
from tests.factories import PersonFactory, PositionFactory
from tests.factories.talent import LedgerLineFactory
from tests.migrating import before, latest, migrate, names_of_parts, names_when_new, on_its_way

from . import plans

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (KeyPosition, Plan, Nomination, NominationEvidence, DevelopmentAction)
PERIOD = "Plan decided_at 24m"


def test_plans_of_talent_and_what_others_keep_of_them_come_along():
    planner, named, guest = plans.planner(), PersonFactory(), PersonFactory()
    position, line = PositionFactory(), LedgerLineFactory(person=named)
    kept = {model: ContentType.objects.get_for_model(model).pk for model in MODELS}
    try:
        old = migrate(before("succession", "plans_come_from_talent"), before("talent", "succession_is_an_app"))
        rows = {model.__name__: old.get_model("talent", model.__name__).objects for model in MODELS}
        now = clock.now()
        key_position = rows["KeyPosition"].create(position_id=position.pk, criticality="high", note="Rien n'est écrit.")
        plan = rows["Plan"].create(
            public_id="plan-of-before",
            key_position=key_position,
            unit_id=position.unit_id,
            owner_id=planner.pk,
            state="decided",
            started_at=now,
            decided_at=now,
            decided_by_id=planner.pk,
            decision="Retenue.",
        )
        one = {"readiness": "now", "reason": "Connaît la ligne.", "alternatives": "Personne.", "decided_at": now}
        nomination = rows["Nomination"].create(plan=plan, person_id=named.pk, decided_by_id=planner.pk, **one)
        rows["NominationEvidence"].create(nomination=nomination, line_id=line.pk)
        rows["DevelopmentAction"].create(public_id="action-of-before", nomination=nomination, kind="interim", words="Deux semaines")
        RowGrant.objects.create(person=guest, kind="plan", row_id=plan.pk)
        RetentionRun.objects.create(period=f"talent.{PERIOD}", ran_at=now, gone=7)
        queued = on_its_way("talent.succession.plan_decided", "succession.plan_decided", is_confidential=True)
        assert set(ContentType.objects.filter(pk__in=kept.values()).values_list("app_label", flat=True)) == {"talent"}
    finally:
        migrate(*latest())

    found = Plan.objects.visible_to(guest).select_related("key_position").get()
    assert (found.public_id, found.decision, found.decided_by_id, found.is_current) == ("plan-of-before", "Retenue.", planner.pk, True)
    assert (found.key_position.position_id, found.key_position.note) == (position.pk, "Rien n'est écrit.")
    name = found.nominations.get()
    assert (name.person, name.reason, name.evidence.get()) == (named, "Connaît la ligne.", line)
    assert name.actions.get().words == "Deux semaines"
    assert not Plan.objects.visible_to(named).exists()
    assert (
        Plan.objects.create(key_position=KeyPosition.objects.create(position=PositionFactory(), criticality="low"), unit=position.unit).pk
        > plan.pk
    )

    assert {model: ContentType.objects.get(app_label="succession", model=model.__name__.lower()).pk for model in MODELS} == kept
    assert queued
    assert [deliveries.attempt(delivery.pk) for delivery in queued] == [True] * len(queued)
    assert {delivery.event.name for delivery in Delivery.objects.select_related("event")} == {"succession.plan_decided"}
    assert RetentionRun.objects.get().period in {period.name for period in retention.periods()} & {f"succession.{PERIOD}"}


def test_parts_of_the_moved_tables_are_called_as_those_of_new_ones():
    assert names_of_parts(*MODELS) == names_when_new(*MODELS)
