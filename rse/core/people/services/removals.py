"""Taking the rights of a data protection officer, a head of HR or an administrator away: one of them asks, another agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ... import clock
from ...access import rules
from ...enums import ROLES_THAT_TAKE_TWO
from ...events.bus import publish
from ...events.happenings import RoleRemovalAsked, RoleRemovalRefused
from ...models import RoleGrant, RoleRemoval
from .people import cut_access
from .roles import AlreadyAsked, finish_role, holders_ids

if TYPE_CHECKING:
    from ...models import Person


class NobodyAgrees(Exception):
    """There is nobody beside these two who could agree: it is done by the command on the server."""


@transaction.atomic
def ask_end(*, asker: Person, grant: RoleGrant) -> RoleRemoval:
    """Ask that a role that takes two ends; whom it is about and every holder of a role are told.

    Raises:
        PermissionDenied: the asker holds none of these roles since a day or more, or means themselves.
        NobodyAgrees: nobody else could say yes.
        AlreadyAsked: it waits for a yes, or is over.

    """
    current = RoleGrant.objects.not_over().select_related("person").filter(pk=grant.pk).first()
    if current is None:
        raise AlreadyAsked
    if current.role not in ROLES_THAT_TAKE_TWO or not rules.can_ask_removal(asker, current.person):
        raise PermissionDenied
    return _ask(asker, current.person, current)


@transaction.atomic
def ask_cut(*, asker: Person, subject: Person) -> RoleRemoval:
    """Ask that the access of somebody whose rights take two be cut; they and every holder of a role are told.

    Raises:
        PermissionDenied: the asker may not cut them, has a role that has not settled, or one person alone may cut them.
        NobodyAgrees: nobody else could say yes.
        AlreadyAsked: it waits for a yes.

    """
    if not rules.can_ask_cut(asker, subject):
        raise PermissionDenied
    return _ask(asker, subject, None)


def _ask(asker: Person, subject: Person, grant: RoleGrant | None) -> RoleRemoval:
    if not set(holders_ids(*ROLES_THAT_TAKE_TWO)) - {asker.pk, subject.pk}:
        raise NobodyAgrees
    try:
        with transaction.atomic():
            removal = RoleRemoval.objects.create(person=subject, grant=grant, asked_by=asker)
    except IntegrityError as error:
        raise AlreadyAsked from error
    publish(RoleRemovalAsked(actor_id=asker.pk, subject=("role_removal", removal.pk), recipient_ids=_told(removal)))
    return removal


@transaction.atomic
def approve_removal(*, approver: Person, removal: RoleRemoval) -> None:
    """Approve a removal as the second person: the role ends, or the access is cut, in this transaction.

    Raises:
        PermissionDenied: it is closed, the approver asked it, is concerned or holds none of these roles; or whoever asked holds none any
            more.

    """
    removal = _locked(removal)
    if not rules.can_approve_removal(approver, removal) or not rules.can_ask_removal(removal.asked_by, removal.person):
        raise PermissionDenied
    removal.approved_by, removal.closed_at = approver, clock.now()
    removal.save(update_fields=["approved_by", "closed_at"])
    if removal.grant is None:
        cut_access(removal.person)
    elif RoleGrant.objects.not_over().filter(pk=removal.grant_id).exists():
        finish_role(removal.grant, actor_id=approver.pk)


@transaction.atomic
def refuse_removal(*, refuser: Person, removal: RoleRemoval) -> None:
    """Close the request without acting on it, as whoever asked or could have agreed; they and every holder of a role are told.

    Raises:
        PermissionDenied: neither, or it is closed.

    """
    removal = _locked(removal)
    if removal.closed_at or not (refuser.pk == removal.asked_by_id or rules.can_approve_removal(refuser, removal)):
        raise PermissionDenied
    removal.closed_at = clock.now()
    removal.save(update_fields=["closed_at"])
    publish(RoleRemovalRefused(actor_id=refuser.pk, subject=("role_removal", removal.pk), recipient_ids=_told(removal)))


def _locked(removal: RoleRemoval) -> RoleRemoval:
    rows = RoleRemoval.objects.select_for_update(of=("self",), no_key=True).select_related("person__site", "grant__person", "asked_by")
    return rows.get(pk=removal.pk)


def _told(removal: RoleRemoval) -> tuple[int, ...]:
    return tuple(sorted({*holders_ids(), removal.person_id, removal.asked_by_id}))
