"""Every write of a plan. Each asks its rule of a plan that the actor may open; those named for the position open none of its plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.people.private_words import refuse_private
from rse.core.versions import save_over
from rse.governance.services.access_log import release_openings
from talent.queries import lines_for

from . import events, queries, rules
from .enums import PlanState
from .models import DevelopmentAction, KeyPosition, Nomination, NominationEvidence, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rse.core.models import Person, Position

OF_THE_POSITION = ("criticality", "vacant_from", "is_single_holder", "note")
OF_THE_PLAN = ("review_on",)
OF_A_NAME = ("readiness", "reason", "alternatives")


class RegisterBusy(Exception):
    """Others wrote in the register at each moment at which this was tried."""


class AlreadyDeclared(Exception):
    """The position is in the register already; ``plan`` is its current plan."""

    def __init__(self, plan: Plan):
        self.plan = plan
        super().__init__("already declared")


class AlreadyNamed(Exception):
    """This person is in the plan already; ``nomination`` says how."""

    def __init__(self, nomination: Nomination):
        self.nomination = nomination
        super().__init__("already named")


class HoldsThePosition(Exception):
    """Nobody takes over from themselves."""


def _opened(actor: Person, plan: Plan) -> Plan:
    """Lock and return the row of the plan as it stands.

    Raises:
        PermissionDenied: the actor may not open it.

    """
    row = Plan.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=plan.pk).first()
    if row is None:
        raise PermissionDenied
    return row


def _start(key_position: KeyPosition, unit_id: int, actor: Person) -> Plan:
    plan = Plan.objects.create(key_position=key_position, unit_id=unit_id, owner=actor)
    publish(events.PlanStarted(actor_id=actor.pk, subject=("plan", plan.pk)))
    return plan


@transaction.atomic
def declare_key_position(*, actor: Person, position: Position, criticality: str, **facts: Any) -> Plan:
    """Declare that the position is a key position, with an empty plan that ``actor`` owns.

    Where the position stands in a line of the register that the actor may not open, they get a line of their own: a refusal would tell
    them that they are named.

    Raises:
        PermissionDenied: the actor prepares no plans.
        PrivateWord: the note speaks of what is nobody's business.
        AlreadyDeclared: the position is in the register that the actor reads.
        RegisterBusy: others declared the position each time this was tried; nothing was written.

    """
    if not rules.can_declare_key_position(actor) or set(facts) - set(OF_THE_POSITION):
        raise PermissionDenied
    refuse_private(facts.get("note", ""))
    lines = KeyPosition.objects.filter(position=position)
    for _attempt in range(3):
        last = lines.aggregate(last=Max("place"))["last"]  # before looking: what comes in between takes the same place, and clashes
        if seen := KeyPosition.objects.visible_to(actor).filter(position=position).order_by("place").first():
            raise AlreadyDeclared(Plan.objects.current().get(key_position=seen))
        try:
            with transaction.atomic():
                line = KeyPosition.objects.create(
                    position=position, place=0 if last is None else last + 1, criticality=criticality, **_on_the_first(facts)
                )
        except IntegrityError:
            continue  # somebody was a moment earlier: look again
        return _start(line, position.unit_id, actor)
    raise RegisterBusy


def _on_the_first(facts: dict[str, Any]) -> dict[str, Any]:
    month = facts.get("vacant_from")
    return facts | {"vacant_from": month.replace(day=1)} if month else facts


@transaction.atomic
def save_plan(*, actor: Person, plan: Plan, version: int, **values: Any) -> Plan:
    """Save the facts of the key position and the date of the next review, if nobody saved the plan since ``version``.

    Raises:
        PermissionDenied: not the actor's to write, or decided.
        PrivateWord: the note speaks of what is nobody's business.
        EditedMeanwhile: the plan has moved on; nothing was written.

    """
    plan = _opened(actor, plan)
    if not rules.can_edit_plan(actor, plan) or set(values) - {*OF_THE_POSITION, *OF_THE_PLAN}:
        raise PermissionDenied
    refuse_private(values.get("note", ""))
    values = _on_the_first(values)
    own = {name: values.pop(name) for name in OF_THE_PLAN if name in values}
    _save_live(actor, plan, version, own)
    if values:
        KeyPosition.objects.filter(pk=plan.key_position_id).update(**values)
    return Plan.objects.get(pk=plan.pk)


def _save_live(actor: Person, plan: Plan, version: int, values: dict[str, Any]) -> None:
    rows = Plan.objects.filter(pk=plan.pk, state=PlanState.LIVE)
    save_over(rows, version, values, current=lambda: queries.plan_with_facts(actor).get(pk=plan.pk))


@transaction.atomic
def take_ownership(*, actor: Person, plan: Plan) -> None:
    """Write the actor as the owner of the plan, who answers for it from now on.

    Raises:
        PermissionDenied: not the actor's to write, or decided.

    """
    plan = _opened(actor, plan)
    if not rules.can_edit_plan(actor, plan):
        raise PermissionDenied
    Plan.objects.filter(pk=plan.pk).update(owner=actor)


@transaction.atomic
def name_person(
    *, actor: Person, plan: Plan, person: Person, readiness: str, reason: str, alternatives: str, evidence_ids: Iterable[int] = ()
) -> Nomination:
    """Add a name to the plan, with the record of the decision; of the contributions, those that the actor may read now.

    An owner who is named owns the plan no longer: it is taken from them, and the actor answers for it.

    Raises:
        PermissionDenied: not the actor's to write, decided, somebody who is not here, or oneself.
        PrivateWord: a text speaks of what is nobody's business.
        HoldsThePosition: this person holds the position.
        AlreadyNamed: this person is in the plan.

    """
    plan = _opened(actor, plan)
    if not rules.can_name(actor, plan, person) or not reason.strip() or not alternatives.strip():
        raise PermissionDenied
    refuse_private(reason, alternatives, about=person)
    holders = queries.holders_of([plan.key_position.position_id]).get(plan.key_position.position_id, [])
    if person.pk in {one.person_id for one in holders}:
        raise HoldsThePosition
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                plan=plan, person=person, readiness=readiness, reason=reason, alternatives=alternatives, decided_by=actor
            )
    except IntegrityError as error:
        raise AlreadyNamed(Nomination.objects.get(plan=plan, person=person)) from error
    _choose(actor, nomination, evidence_ids)
    if plan.owner_id == person.pk:
        Plan.objects.filter(pk=plan.pk).update(owner=actor)
    publish(events.NamesChanged(actor_id=actor.pk, subject=("plan", plan.pk)))
    return nomination


def _choose(actor: Person, nomination: Nomination, evidence_ids: Iterable[int]) -> None:
    """Replace the evidence among the lines that the actor may read; a line that they may not read and another chose stays."""
    readable = {shown.line.pk for shown in lines_for(actor, nomination.person)}
    NominationEvidence.objects.filter(nomination=nomination, line__in=readable).delete()
    NominationEvidence.objects.bulk_create(
        NominationEvidence(nomination=nomination, line_id=line_id) for line_id in sorted(set(evidence_ids) & readable)
    )


@transaction.atomic
def change_name(*, actor: Person, nomination: Nomination, version: int, evidence_ids: Iterable[int] = (), **values: Any) -> Nomination:
    """Save when a person is ready and why, if nobody saved the name since ``version``; the actor and this moment stand on the record.

    Raises:
        PermissionDenied: not the actor's to write, or decided.
        PrivateWord: a text speaks of what is nobody's business.
        EditedMeanwhile: somebody saved first, or removed the name; nothing was written.

    """
    plan = _opened(actor, nomination.plan)
    if not rules.can_edit_plan(actor, plan) or set(values) - set(OF_A_NAME) or not all(values.get(name) for name in OF_A_NAME):
        raise PermissionDenied
    refuse_private(values["reason"], values["alternatives"], about=nomination.person)
    save_over(
        Nomination.objects.filter(pk=nomination.pk),
        version,
        values | {"decided_by": actor, "decided_at": clock.now()},
        current=lambda: queries.name_in(plan, nomination.person.handle),
    )
    changed = Nomination.objects.select_related("person").get(pk=nomination.pk)
    _choose(actor, changed, evidence_ids)
    publish(events.NamesChanged(actor_id=actor.pk, subject=("plan", plan.pk)))
    return changed


@transaction.atomic
def remove_name(*, actor: Person, nomination: Nomination) -> None:
    """Remove a name from the plan, with its actions and its record.

    Raises:
        PermissionDenied: not the actor's to write, or decided.

    """
    plan = _opened(actor, nomination.plan)
    if not rules.can_edit_plan(actor, plan):
        raise PermissionDenied
    erasures.note("succession.name", [[plan.public_id, nomination.pk]])
    Nomination.objects.filter(pk=nomination.pk).delete()
    publish(events.NamesChanged(actor_id=actor.pk, subject=("plan", plan.pk)))


@transaction.atomic
def add_action(*, actor: Person, nomination: Nomination, kind: str, words: str, due_on: Any = None) -> DevelopmentAction:
    """Add something that lets a person get ready; an action of one kind and in one wording stands once.

    Raises:
        PermissionDenied: not the actor's to write, or decided.
        PrivateWord: the text speaks of what is nobody's business.

    """
    if not rules.can_edit_plan(actor, _opened(actor, nomination.plan)):
        raise PermissionDenied
    refuse_private(words, about=nomination.person)
    return DevelopmentAction.objects.get_or_create(nomination=nomination, kind=kind, words=words, defaults={"due_on": due_on})[0]


@transaction.atomic
def mark_action(*, actor: Person, action: DevelopmentAction, is_done: bool) -> None:
    """Mark the action as done, or as not done after all.

    Raises:
        PermissionDenied: not the actor's to write, or decided.

    """
    if not rules.can_edit_plan(actor, _opened(actor, action.nomination.plan)):
        raise PermissionDenied
    DevelopmentAction.objects.filter(pk=action.pk).update(is_done=is_done)


@transaction.atomic
def remove_action(*, actor: Person, action: DevelopmentAction) -> None:
    """Delete the action.

    Raises:
        PermissionDenied: not the actor's to write, or decided.

    """
    if not rules.can_edit_plan(actor, _opened(actor, action.nomination.plan)):
        raise PermissionDenied
    erasures.note("succession.action", [action.public_id])
    DevelopmentAction.objects.filter(pk=action.pk).delete()


@transaction.atomic
def decide_plan(*, actor: Person, plan: Plan, version: int, decision: str) -> Plan:
    """Freeze the plan with what was decided and why, if nobody saved it since ``version``.

    Those named in the plan may see from now on that it was opened.

    Raises:
        PermissionDenied: not the actor's to decide, or decided already.
        PrivateWord: the text speaks of what is nobody's business.
        EditedMeanwhile: the plan has moved on; nothing was written.

    """
    plan = _opened(actor, plan)
    if not rules.can_decide_plan(actor, plan) or not decision.strip():
        raise PermissionDenied
    refuse_private(decision)
    decided = {"state": PlanState.DECIDED, "decided_at": clock.now(), "decided_by": actor, "decision": decision}
    _save_live(actor, plan, version, decided)
    release_openings(kind="plan", row_id=plan.pk)
    publish(events.PlanDecided(actor_id=actor.pk, subject=("plan", plan.pk)))
    return Plan.objects.get(pk=plan.pk)


@transaction.atomic
def start_cycle(*, actor: Person, plan: Plan) -> Plan:
    """Start the next cycle of a decided plan, with no name in it; where the cycle was started already, return that plan.

    Raises:
        PermissionDenied: not the actor's to write, or not decided.

    """
    plan = _opened(actor, plan)
    if plan.state == PlanState.DECIDED and not plan.is_current and rules.prepares_plans(actor):
        return Plan.objects.current().get(key_position=plan.key_position_id)
    if not rules.can_start_cycle(actor, plan):
        raise PermissionDenied
    if not Plan.objects.filter(pk=plan.pk, is_current=True).update(is_current=False):
        return Plan.objects.current().get(key_position=plan.key_position_id)
    return _start(plan.key_position, plan.unit_id, actor)


@transaction.atomic
def delete_plan(*, actor: Person, plan: Plan) -> bool:
    """Ask for the plan to be deleted, or delete it where another asked; return whether the plan is gone.

    The key position goes with its last plan.

    Raises:
        PermissionDenied: not the actor's to write, or the actor asked and nobody else said yes.

    """
    plan = _opened(actor, plan)
    if rules.can_ask_deletion(actor, plan):
        Plan.objects.filter(pk=plan.pk).update(deletion_asked_by=actor)
        return False
    if not rules.can_confirm_deletion(actor, plan):
        raise PermissionDenied
    publish(events.PlanDeleted(actor_id=actor.pk, subject=("plan", plan.pk)))
    erasures.note("succession.plan", [plan.public_id])
    Plan.objects.filter(pk=plan.pk).delete()
    others = Plan.objects.filter(key_position=plan.key_position_id).order_by("-started_at", "-pk")
    if (newest := others.first()) is None:
        KeyPosition.objects.filter(pk=plan.key_position_id).delete()
    elif plan.is_current:
        others.filter(pk=newest.pk).update(is_current=True)
    return True


@transaction.atomic
def erase_plans(keys: Sequence[int]) -> None:
    """Delete these plans, and each key position that has no plan any more."""
    old = Plan.objects.filter(pk__in=keys)
    positions = set(old.values_list("key_position", flat=True))
    old.delete()
    KeyPosition.objects.filter(pk__in=positions).exclude(pk__in=Plan.objects.values("key_position")).delete()


@transaction.atomic
def keep_plan(*, actor: Person, plan: Plan) -> None:
    """Withdraw or refuse the deletion of the plan that was asked for.

    Raises:
        PermissionDenied: not the actor's to write, or nobody asked.

    """
    plan = _opened(actor, plan)
    if not rules.can_keep_plan(actor, plan):
        raise PermissionDenied
    Plan.objects.filter(pk=plan.pk).update(deletion_asked_by=None)
