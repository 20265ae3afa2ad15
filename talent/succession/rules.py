"""Who may act on plans: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no.

Each is asked of a plan that the person may open: whoever is named in it stands outside, whatever role they hold.
"""

from typing import Any

from rse.core.enums import Role
from rse.core.models import Person
from rse.governance.gates import gate_is_open

from .enums import PlanState

GATE = "succession"


def prepares_plans(person: Person) -> bool:
    """Return whether ``person`` holds the role of plans for the whole company, and the gate is open."""
    return person.is_present and (Role.HR_SUCCESSION.value, None) in person.current_grants and gate_is_open(GATE)


def can_declare_key_position(person: Person) -> bool:
    return prepares_plans(person)


def can_edit_plan(person: Person, plan: Any) -> bool:
    """Allow those who prepare plans, until the plan is decided: then it is frozen, and another cycle is another plan."""
    return prepares_plans(person) and plan.state == PlanState.LIVE


def can_name(person: Person, plan: Any, subject: Person) -> bool:
    """Allow those who may edit the plan to name somebody who is here, and never themselves."""
    return can_edit_plan(person, plan) and subject.is_present and subject.pk != person.pk


def can_decide_plan(person: Person, plan: Any) -> bool:
    return can_edit_plan(person, plan)


def can_start_cycle(person: Person, plan: Any) -> bool:
    return prepares_plans(person) and plan.state == PlanState.DECIDED and plan.is_current


def can_ask_deletion(person: Person, plan: Any) -> bool:
    return prepares_plans(person) and plan.deletion_asked_by_id is None


def can_confirm_deletion(person: Person, plan: Any) -> bool:
    """Allow somebody who prepares plans, other than the one who asked."""
    return prepares_plans(person) and plan.deletion_asked_by_id not in (None, person.pk)


def can_keep_plan(person: Person, plan: Any) -> bool:
    """Allow those who prepare plans to refuse a deletion that was asked for, or to withdraw it."""
    return prepares_plans(person) and plan.deletion_asked_by_id is not None
