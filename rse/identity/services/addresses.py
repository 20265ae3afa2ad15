"""Addresses by which people sign in: who never came in takes a new one at once; who has an account or a role, once others have said yes.

Nothing goes to a new address before, but the word that it is theirs: no reset, no invitation, no link.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from rse.core import clock
from rse.core.access import leaving
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person, RoleGrant
from rse.core.people.services import emails as rows

from .. import rules
from ..enums import AddressKind, ChangeState, Voice
from ..events import AddressChangesAsked, AddressVouched
from ..models import AddressChange, AddressMove, AddressYes
from .address_writing import AT_ONCE, NO_LINKS, AddressTaken, close_changes, make
from .invitations import end_invitations
from .passwords import keep_only

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = 5  # addresses of one file that leave one domain for another are a move of the company
LINK_LIVES = datetime.timedelta(days=7)
NEW_MAILBOX = "new"  # beside the voices: what somebody asks for themselves waits for the mailbox they ask for
FACE_TO_FACE = 2  # people of HR
NOT_AGAIN = datetime.timedelta(days=30)  # a file that repeats what was refused asks nobody again for so long


class ChangeOver(Exception):
    """The change was made, refused or replaced, or its link no longer works."""


class SaidAlready(Exception):
    """This person has said their yes: another one must."""


@transaction.atomic
def take_from_file(*, wanted: Sequence[tuple[int, dict[str, str]]], sent_by: int | None = None, compared_by: int | None = None) -> None:
    """Write the addresses of a file: at once for those who never came in, whose open links die; as changes that wait for others.

    ``sent_by`` and ``compared_by`` are the ids of those who sent the file and who said what its columns mean, where somebody did.
    """
    asked: list[AddressChange] = []
    speakers = {"sent_by_id": sent_by, "compared_by_id": compared_by}
    for start in range(0, len(wanted), AT_ONCE):
        piece = dict(wanted[start : start + AT_ONCE])
        people = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=piece).order_by("pk")
        fresh, guarded = [], guarded_ids(list(piece))
        for person in people:
            if person.pk in guarded:
                asked += [
                    AddressChange(person=person, kind=kind, old_address=getattr(person, kind) or "", new_address=new, **speakers)
                    for kind, new in sorted(piece[person.pk].items())
                    if new.lower() != (getattr(person, kind) or "").lower()
                ]
            else:
                fresh.append(person.pk)
        rows.write(rows=[(pk, piece[pk]) for pk in fresh])
        end_invitations(person_ids=fresh)
    ask(asked)


@transaction.atomic
def undo_file(*, changes: Sequence[tuple[int, dict[str, Any], dict[str, Any]]]) -> None:
    """Write back the addresses that a file had changed of those who never came in, and close what it had asked of all others.

    ``changes`` are the key of a person with their addresses before and after. What somebody else wrote since stays.
    """
    for start in range(0, len(changes), AT_ONCE):
        piece = changes[start : start + AT_ONCE]
        guarded = guarded_ids([pk for pk, _before, _after in piece])
        people = Person.objects.in_bulk([pk for pk, _before, _after in piece])
        for pk, before, after in piece:
            asked = AddressChange.objects.waiting().filter(person=pk, asked_by=None)
            for kind, new in after.items():
                keys = asked.filter(kind=kind, new_address=new).values_list("pk", flat=True)
                close_changes(list(keys), ChangeState.ENDED)
            back = {kind: old for kind, old in before.items() if pk in people and getattr(people[pk], kind) == after[kind]}
            if back and pk not in guarded:
                with suppress(IntegrityError), transaction.atomic():  # somebody else has it now
                    rows.write(rows=[(pk, back)])


def guarded_ids(person_ids: Sequence[int]) -> set[int]:
    """Return those of ``person_ids`` whom somebody would gain by being: they have an account, or a role now or later."""
    people = Person.objects.filter(pk__in=person_ids).filter(Q(has_account=True) | Q(pk__in=_holders())).order_by("pk")
    return set(people.values_list("pk", flat=True))


def _holders() -> QuerySet[RoleGrant]:
    return RoleGrant.objects.not_over().values("person")


@transaction.atomic
def free_unused(*, person_ids: Sequence[int]) -> None:
    """Remove the work e-mail of people who never came in, and the links that were sent to it: another is written for each."""
    for start in range(0, len(person_ids), AT_ONCE):
        piece = person_ids[start : start + AT_ONCE]
        unused = sorted(set(piece) - guarded_ids(piece))
        rows.free(person_ids=unused)
        end_invitations(person_ids=unused)


@transaction.atomic
def ask(changes: list[AddressChange]) -> None:
    """Write changes down, in the place of those that waited, and tell the old addresses; what waits already is not asked twice."""
    known = _asked_lately([change.person_id for change in changes])
    new = [change for change in changes if known.get((change.person_id, change.kind)) != change.new_address.lower()]
    now = clock.now()
    for start in range(0, len(new), AT_ONCE):
        piece = new[start : start + AT_ONCE]
        for kind in AddressKind.values:
            people = [change.person_id for change in piece if change.kind == kind]
            earlier = AddressChange.objects.waiting().filter(kind=kind, person__in=people)
            earlier.update(state=ChangeState.REPLACED, closed_at=now, **NO_LINKS)
        AddressChange.objects.bulk_create(piece)
    _gather_moves(new)
    for start in range(0, len(new), AT_ONCE):
        publish(AddressChangesAsked(change_ids=tuple(change.pk for change in new[start : start + AT_ONCE])))


def _asked_lately(person_ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """The last address asked for each person and kind that waits, or was refused not long ago."""
    found: dict[tuple[int, str], str] = {}
    for start in range(0, len(person_ids), AT_ONCE):
        found |= asked_lately(person_ids[start : start + AT_ONCE])
    return found


def asked_lately(person_ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """Return, by person and kind, the address that waits, or that was refused in the last thirty days."""
    said = AddressChange.objects.filter(person__in=person_ids)
    said = said.filter(Q(state=ChangeState.WAITING) | Q(state=ChangeState.REFUSED, closed_at__gt=clock.now() - NOT_AGAIN))
    return {
        (person, kind): new.lower() for person, kind, new in said.order_by("asked_at", "pk").values_list("person", "kind", "new_address")
    }


def _gather_moves(changes: list[AddressChange]) -> None:
    """Make one act of the work e-mails that leave one domain for another and keep their name."""
    by_domains: dict[tuple[str, str], list[AddressChange]] = defaultdict(list)
    for change in changes:
        (old_name, _at, old), (new_name, _at, new) = change.old_address.rpartition("@"), change.new_address.rpartition("@")
        if change.kind == AddressKind.WORK and old_name and old_name == new_name:
            by_domains[old, new].append(change)
    for (old, new), together in by_domains.items():
        if len(together) >= MANY:
            move = AddressMove.objects.create(old_domain=old, new_domain=new)
            keys = [change.pk for change in together]
            for start in range(0, len(keys), AT_ONCE):
                AddressChange.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(move=move)


@transaction.atomic
def confirm(*, person: Person, change: AddressChange, session: Any) -> bool:
    """Confirm one's own new address, from where one is signed in; return whether nobody else must. Other sessions end with it.

    One that somebody else has goes on waiting, and the answer does not differ: only HR is told whose it is.

    Raises:
        PermissionDenied: it is somebody else's, or asked for by themselves: they then confirm from the old address.
        ChangeOver: it no longer waits.
        SaidAlready: they confirmed already.

    """
    if not rules.can_confirm(person, change):
        raise PermissionDenied
    change = held_change(change.pk)
    _say(change, person, Voice.OWNER)
    if not make_unless_taken(change):
        return False
    keep_only(session=session, person=person)
    return True


def change_of(token: str) -> AddressChange | None:
    """Return the change behind the link mailed to an old address, while that link works; looking at it changes nothing."""
    found = AddressChange.objects.waiting().filter(token_hash=hash_of(token), token_expires_at__gt=clock.now())
    change = found.select_related("person__site").first()
    return change if change and change.person.may_sign_in else None


@transaction.atomic
def confirm_from_old_address(*, token: str) -> bool:
    """Confirm by the link mailed to the old address, once; return whether nobody else must. Every session ends with it.

    One that somebody else has goes on waiting, and the answer does not differ: only HR is told whose it is.

    Raises:
        ChangeOver: the link does not work, or no longer.
        SaidAlready: they confirmed already.

    """
    change = _by_token(token)
    _say(change, change.person, Voice.OLD_ADDRESS)
    AddressChange.objects.filter(pk=change.pk).update(token_hash="")
    return make_unless_taken(change)


@transaction.atomic
def refuse_from_old_address(*, token: str) -> None:
    """Refuse by the link mailed to the old address.

    Raises:
        ChangeOver: the link does not work, or no longer.

    """
    close_changes([_by_token(token).pk], ChangeState.REFUSED)


@transaction.atomic
def vouch(*, actor: Person, change: AddressChange, reason: str) -> bool:
    """Record, as one of two people of HR, that the owner was seen and asks for the new address; return whether it is made by that.

    Raises:
        PermissionDenied: this person may not vouch for the owner.
        ChangeOver: it no longer waits.
        SaidAlready: this person has vouched or agreed already.
        AddressTaken: somebody else has this address.

    """
    if not rules.can_vouch(actor, change.person):
        raise PermissionDenied
    change = held_change(change.pk)
    _say(change, actor, Voice.FACE_TO_FACE, reason)
    publish(AddressVouched(actor_id=actor.pk, change_id=change.pk, subject=("person", change.person_id), recipient_ids=(change.person_id,)))
    return _make_if_agreed(change)


@transaction.atomic
def agree_as_head(*, actor: Person, change: AddressChange) -> bool:
    """Approve as head of HR another address of somebody who holds a role; return whether it is made by that.

    Raises:
        PermissionDenied: this person is no head of HR to the owner, sent the file that asks, or the owner holds no role.
        ChangeOver: it no longer waits.
        SaidAlready: this person has vouched or agreed already.
        AddressTaken: somebody else has this address.

    """
    if not rules.can_agree_as_head(actor, change.person, change):
        raise PermissionDenied
    change = held_change(change.pk)
    _say(change, actor, Voice.HEAD)
    return _make_if_agreed(change)


@transaction.atomic
def refuse(*, actor: Person, change: AddressChange) -> None:
    """Refuse a change that waits: the old address goes on, and a file that repeats the new one asks nobody for thirty days.

    Raises:
        PermissionDenied: neither its owner nor HR of theirs.
        ChangeOver: it no longer waits.

    """
    if not rules.can_stop_change(actor, change.person):
        raise PermissionDenied
    close_changes([held_change(change.pk).pk], ChangeState.REFUSED)


@transaction.atomic
def end_changes(person_ids: Sequence[int]) -> None:
    """Close what waits for those of ``person_ids`` who left, in the caller's transaction."""
    left = Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).values("pk")
    close_changes(list(AddressChange.objects.waiting().filter(person__in=left).values_list("pk", flat=True)), ChangeState.ENDED)


@transaction.atomic
def fresh_link(*, change: AddressChange) -> str:
    """Generate the token of the link to an old address; an earlier one no longer works.

    Raises:
        ChangeOver: the change no longer waits.

    """
    token = secrets.token_urlsafe(32)
    expires_at = clock.now() + LINK_LIVES
    if not AddressChange.objects.waiting().filter(pk=change.pk).update(token_hash=hash_of(token), token_expires_at=expires_at):
        raise ChangeOver
    return token


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _by_token(token: str) -> AddressChange:
    found = change_of(token)
    if found is None:
        raise ChangeOver
    change = held_change(found.pk)
    if change.token_hash != hash_of(token):
        raise ChangeOver
    return change


def held_change(change_id: int) -> AddressChange:
    """Lock the change and its person and return it: whoever answers at the same time waits, then finds what was done.

    Raises:
        ChangeOver: it no longer waits, or the person may no longer sign in.

    """
    person_id = AddressChange.objects.values_list("person", flat=True).get(pk=change_id)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
    change = AddressChange.objects.select_for_update(of=("self",), no_key=True).select_related("move").get(pk=change_id)
    change.person = person
    if change.state != ChangeState.WAITING or not person.may_sign_in:
        raise ChangeOver
    return change


def _say(change: AddressChange, person: Person, voice: str, reason: str = "") -> None:
    try:
        with transaction.atomic():
            AddressYes.objects.create(change=change, person=person, voice=voice, reason=reason)
    except IntegrityError as error:
        raise SaidAlready from error


def what_is_missing(change: AddressChange) -> list[str]:
    """Return the voices that a change waits for: nothing when it may be made, or else what would be enough.

    A yes counts while whoever said it still may: people of HR who left or lost their role have said nothing.
    """
    yeses = list(change.yeses.select_related("person").order_by("pk"))
    person, missing = change.person, []
    by_owner = any(yes.voice in (Voice.OWNER, Voice.OLD_ADDRESS) for yes in yeses)
    by_hand = sum(yes.voice == Voice.FACE_TO_FACE and rules.can_vouch(yes.person, person) for yes in yeses)
    has_moved = change.move is not None and change.move.second_at is not None
    has_no_mailbox = change.is_own and rules.lacks_address(person)  # then their password said so, where they asked
    if rules.has_account(person) and not (by_owner or by_hand >= FACE_TO_FACE or has_moved or has_no_mailbox):
        missing.append(str(Voice.OWNER))
    if change.is_own and change.new_said_at is None:
        missing.append(NEW_MAILBOX)
    by_head = any(yes.voice == Voice.HEAD and rules.can_agree_as_head(yes.person, person, change) for yes in yeses)
    if rules.holds_any_role(person) and not by_head:
        missing.append(str(Voice.HEAD))
    return missing


def make_unless_taken(change: AddressChange) -> bool:
    """Apply the change if everybody has agreed; return whether its owner has nothing more to do.

    An owner must not learn that somebody else has the address: their sessions end all the same, and the answer is True.
    """
    try:
        return _make_if_agreed(change)
    except AddressTaken:
        leaving.run([change.person_id])
        return True


def _make_if_agreed(change: AddressChange) -> bool:
    if what_is_missing(change):
        return False
    make(changes=[change])
    leaving.run([change.person_id])
    return True
