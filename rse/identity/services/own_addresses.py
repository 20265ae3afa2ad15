"""Another address that somebody asks for themselves: it waits for the mailbox they sign in by today, never for the session that asks."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core.models import Person
from rse.core.web import limits

from .. import rules
from ..enums import AddressKind
from ..models import AddressChange
from .addresses import ask, asked_lately

PER_DAY = 3


class OtherDomain(Exception):
    """A work e-mail stays in its domain: another one comes with the file of HR."""


class AskedLately(Exception):
    """An address of this kind waits, or this very one was refused in the last thirty days."""


class SameAddress(Exception):
    """It is theirs already."""


@transaction.atomic
def ask_own(*, person: Person, kind: str, address: str) -> AddressChange:
    """Ask for another address of one's own; the present one may say yes or no, and the new one is told and gets no link.

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
