"""Another address that somebody asks for themselves: it waits for two mailboxes, never for the session that asks.

The one they sign in by says yes, and so does the new one: until both have, nothing tells whether somebody else has the new address.
"""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.models import Person
from rse.core.web import limits

from .. import rules
from ..enums import AddressKind
from ..models import AddressChange
from .addresses import LINK_LIVES, ChangeOver, ask, asked_lately, hash_of, held_change, make_unless_taken

PER_DAY = 3


class OtherDomain(Exception):
    """A work e-mail stays in its domain: another one comes with the file of HR."""


class AskedLately(Exception):
    """An address of this kind waits, or this very one was refused in the last thirty days."""


class SameAddress(Exception):
    """It is theirs already."""


@transaction.atomic
def ask_own(*, person: Person, kind: str, address: str) -> AddressChange:
    """Ask for another address of one's own; the present mailbox says yes or no, and the new one yes.

    Raises:
        PermissionDenied: this person has no account.
        SameAddress: it is theirs already.
        OtherDomain: a work e-mail would leave its domain.
        AskedLately: another one waits, or this one was refused in the last thirty days.
        TooOften: three were asked for today.

    """
    if not rules.can_ask_address(person):
        raise PermissionDenied
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    old, new = getattr(person, kind) or "", address.strip().lower()
    if new == old.lower():
        raise SameAddress
    if kind == AddressKind.WORK and new.rpartition("@")[2] != old.lower().rpartition("@")[2]:
        raise OtherDomain
    waits = AddressChange.objects.waiting().filter(person=person, kind=kind).exists()
    if waits or asked_lately([person.pk]).get((person.pk, kind)) == new:
        raise AskedLately
    limits.count("own-address", person.pk, per_day=PER_DAY)
    change = AddressChange(person=person, kind=kind, old_address=old, new_address=new, asked_by=person)
    ask([change])
    return change


@transaction.atomic
def fresh_link_to_new(*, change: AddressChange) -> str:
    """Generate the token of the link to a new address; an earlier one no longer works.

    Raises:
        ChangeOver: the change no longer waits, or the new mailbox has confirmed.

    """
    token = secrets.token_urlsafe(32)
    waits = AddressChange.objects.waiting().filter(pk=change.pk, new_said_at=None)
    if not waits.update(new_token_hash=hash_of(token), new_token_expires_at=clock.now() + LINK_LIVES):
        raise ChangeOver
    return token


def change_of_new(token: str) -> AddressChange | None:
    """Return the change behind the link mailed to a new address, while that link works; looking at it changes nothing."""
    found = AddressChange.objects.waiting().filter(new_token_hash=hash_of(token), new_token_expires_at__gt=clock.now())
    change = found.select_related("person__site").first()
    return change if change and change.person.may_sign_in else None


@transaction.atomic
def confirm_from_new_address(*, token: str) -> bool:
    """Confirm by the link mailed to the new address, once; return whether nobody else must. It signs nobody in.

    Raises:
        ChangeOver: the link does not work, or no longer.

    """
    found = change_of_new(token)
    if found is None:
        raise ChangeOver
    change = held_change(found.pk)
    if change.new_token_hash != hash_of(token):
        raise ChangeOver
    change.new_token_hash, change.new_said_at = "", clock.now()
    change.save(update_fields=["new_token_hash", "new_said_at"])
    return make_unless_taken(change)
