"""Addresses that everybody has agreed to, or refused: the last step of a change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.people.services import emails as rows

from ..enums import ChangeState
from ..events import AddressesChanged
from ..models import AddressChange
from .invitations import end_invitations

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE = 500
NO_LINKS = {"token_hash": "", "new_token_hash": ""}


class AddressTaken(Exception):
    """Somebody else signs in by this address, or has it at work."""


@transaction.atomic
def make(*, changes: list[AddressChange]) -> None:
    """Write the new addresses of changes to which whoever must has said yes, and tell the old ones.

    Raises:
        AddressTaken: one of them is somebody else's.

    """
    if taken_among(changes):
        raise AddressTaken
    for start in range(0, len(changes), AT_ONCE):
        piece = changes[start : start + AT_ONCE]
        try:
            with transaction.atomic():
                rows.write(rows=[(change.person_id, {change.kind: change.new_address}) for change in piece])
        except IntegrityError as error:  # somebody took one of them in this very moment
            raise AddressTaken from error
        end_invitations(person_ids=[change.person_id for change in piece])
    close_changes([change.pk for change in changes], ChangeState.MADE)
    for start in range(0, len(changes), AT_ONCE):
        publish(AddressesChanged(change_ids=tuple(change.pk for change in changes[start : start + AT_ONCE])))


def taken_among(changes: Sequence[AddressChange]) -> set[int]:
    """Return the ids of those of ``changes`` whose address is the work e-mail of somebody else, or what somebody else signs in by."""
    taken: set[int] = set()
    for start in range(0, len(changes), AT_ONCE):
        piece = changes[start : start + AT_ONCE]
        said = {change.new_address.lower() for change in piece}
        at_work = Person.objects.filter(email__in=said).order_by("pk").values_list("email", "pk")
        at_home = Person.objects.filter(email=None, has_account=True).annotate(address=Lower("private_email")).filter(address__in=said)
        owners: dict[str, set[int]] = defaultdict(set)
        for address, pk in [*at_work, *at_home.order_by("pk").values_list("address", "pk")]:
            owners[address].add(pk)
        taken |= {change.pk for change in piece if owners[change.new_address.lower()] - {change.person_id}}
    return taken


@transaction.atomic
def close_changes(change_ids: Sequence[int], state: str) -> None:
    """Let these changes wait no longer; what was closed before stays as it was."""
    for start in range(0, len(change_ids), AT_ONCE):
        rows_of = AddressChange.objects.waiting().filter(pk__in=change_ids[start : start + AT_ONCE])
        rows_of.update(state=state, closed_at=clock.now(), **NO_LINKS)
