"""Rows of plans, made without the services: what a test begins with."""

import datetime

from django.core.cache import cache

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Holding
from rse.governance.models import FeatureSwitch
from talent.succession.models import DevelopmentAction, KeyPosition, Nomination, Plan
from tests.factories import PersonFactory, PositionFactory
from tests.factories.governance import FeatureSwitchFactory


def open_gate():
    """The company was consulted: plans may be prepared."""
    if not FeatureSwitch.objects.running().filter(name="succession").exists():
        FeatureSwitchFactory(name="succession", on=True)
        cache.clear()


def close_gate():
    """It is switched off."""
    FeatureSwitch.objects.update(off_at=clock.now())
    cache.clear()


def planner():
    return PersonFactory(role=Role.HR_SUCCESSION)


def plan_for(position=None, *, owner=None, holder=None, is_decided=False, **facts):
    """A plan of a key position; ``is_decided`` froze it."""
    position = position or PositionFactory(title="Directrice qualité")
    if holder:
        Holding.objects.create(position=position, person=holder, starts_on=datetime.date(2021, 1, 4))
    key_position = KeyPosition.objects.create(position=position, **{"criticality": "high", **facts})
    decided = {"state": "decided", "decided_at": clock.now(), "decision": "Retenue."} if is_decided else {}
    return Plan.objects.create(key_position=key_position, unit=position.unit, owner=owner, **decided)


def name(plan, person=None, *, readiness="now", **said):
    person = person or PersonFactory()
    return Nomination.objects.create(
        plan=plan, person=person, readiness=readiness, **{"reason": "Connaît la ligne.", "alternatives": "Recrutement externe.", **said}
    )


def action(nomination, words="Intérim de deux semaines", **said):
    return DevelopmentAction.objects.create(nomination=nomination, words=words, **{"kind": "interim", **said})


def said(**changed):
    """What a form of a name holds."""
    return {"readiness": "now", "reason": "Connaît la ligne.", "alternatives": "Recrutement externe."} | changed
