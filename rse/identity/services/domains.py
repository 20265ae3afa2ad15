"""A company that leaves one domain for another: the addresses of many, one act of two people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person, RoleGrant

from .. import rules
from ..enums import ChangeState
from ..models import AddressChange, AddressMove
from .address_writing import close_changes, make, taken_among
from .addresses import ChangeOver, SaidAlready


@transaction.atomic
def agree_to_move(*, actor: Person, move: AddressMove) -> bool:
    """Approve, as one of two people, the move of a company to another domain; return whether it is made by that. Sign-ins go on.

    Whoever holds a role waits for the head of HR, who may be one of the two.

    Raises:
        PermissionDenied: this person may not.
        ChangeOver: it no longer waits.
        SaidAlready: this person has approved already.

    """
    if not rules.can_move_domain(actor):
        raise PermissionDenied
    now, waiting = clock.now(), AddressMove.objects.filter(pk=move.pk, second_at=None, refused_at=None)
    if waiting.filter(first_by=None).update(first_by=actor, first_at=now):
        return False
    move = AddressMove.objects.select_for_update(of=("self",), no_key=True).get(pk=move.pk)
    if not move.is_waiting:
        raise ChangeOver
    if move.first_by_id == actor.pk:
        raise SaidAlready
    first = move.first_by
    if first is None or not rules.can_move_domain(first):  # whose yes was said with a right that has ended
        waiting.update(first_by=actor, first_at=now)
        return False
    if not waiting.exclude(first_by=actor).update(second_by=actor, second_at=now):
        raise ChangeOver
    _make_moved(AddressMove.objects.get(pk=move.pk), (first, actor))
    return True


@transaction.atomic
def refuse_move(*, actor: Person, move: AddressMove) -> None:
    """Refuse the move: every address of it stays what it is.

    Raises:
        PermissionDenied: this person may not.
        ChangeOver: it no longer waits.

    """
    if not rules.can_move_domain(actor):
        raise PermissionDenied
    if not AddressMove.objects.filter(pk=move.pk, second_at=None, refused_at=None).update(refused_at=clock.now()):
        raise ChangeOver
    close_changes(list(AddressChange.objects.waiting().filter(move=move).values_list("pk", flat=True)), ChangeState.REFUSED)


def _make_moved(move: AddressMove, two: tuple[Person, Person]) -> None:
    """Write the addresses of a move that nobody else has, but of who holds a role and has no head of HR among the ``two``."""
    heads = [one for one in two if one.holds(Role.HR_HEAD)]
    waiting = AddressChange.objects.waiting().filter(move=move, person__state__in=(PersonState.ACTIVE, PersonState.EXPECTED))
    holders = set(RoleGrant.objects.not_over().values_list("person", flat=True))
    found = waiting.select_related("person").order_by("pk")
    ready = [one for one in found if one.person_id not in holders or any(rules.can_agree_as_head(head, one.person) for head in heads)]
    taken = taken_among(ready)
    ready = [change for change in ready if change.pk not in taken]
    make(changes=ready)
