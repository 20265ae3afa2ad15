"""Invitations: a link with which one person sets their first password, once; or another one, where two people opened their account."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.web import limits

from .. import mail, rules
from ..enums import Way
from ..events import InvitationSent, InvitationsWithdrawn
from ..models import Invitation
from ..queries import HOUR, NO_ACCOUNT, address_for, people_to_invite
from .passwords import keep_password, tell_replaced
from .recovery import end_codes
from .runs import PER_HOUR, hold_back, invite_those

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..models import AccountReopening

LIVES = datetime.timedelta(days=14)
AFTER_FIRST_DAY = datetime.timedelta(days=7)  # whole days on the calendar of the site


class NotYet(Exception):
    """The person is expected, and their door opens on ``day`` only; None while no first day is known."""

    def __init__(self, day: datetime.date | None):
        self.day = day
        super().__init__(str(day))


class NoAddress(Exception):
    """There is no e-mail of this person to write to."""


class InvitedLately(Exception):
    """A mail with a link left within the hour."""


class InvitationOver(Exception):
    """The link was used, has expired, was replaced, or never was."""


@transaction.atomic
def invite(*, actor: Person, person: Person) -> None:
    """Send ``person`` a mail with a link to set a first password.

    Raises:
        PermissionDenied: the actor may not, or the person has an account.
        NotYet: the person is expected, and it is too early.
        NoAddress: there is no e-mail to write to.
        TooOften: three invitations went to this person within the hour.
        NoPublicAddress: the link would lead nowhere.

    """
    _check(actor, person)
    mail.check_address()
    if not address_for(person)[0]:
        raise NoAddress
    limits.count("invitation", person.pk, per_hour=PER_HOUR)
    publish(InvitationSent(actor_id=actor.pk, subject=("person", person.pk)))


@transaction.atomic
def invite_people(*, person_ids: Sequence[int], actor: Person | None = None) -> int:
    """Send mails, in a run, to those of ``person_ids`` who may be invited by now and were not within the hour; return how many.

    Of an actor, only those they may invite; without one it is a file of HR that asks, and who may send it was asked there.

    Raises:
        NoPublicAddress: the links would lead nowhere.

    """
    everybody = Person.objects.filter(NO_ACCOUNT).exclude(state=PersonState.LEFT).select_related("site")
    people = (people_to_invite(actor) if actor else everybody).filter(pk__in=person_ids)
    return invite_those(people=people, actor=actor)


@transaction.atomic
def withdraw_invitations(*, actor: Person, person_ids: Sequence[int]) -> int:
    """End the links of those of ``person_ids`` whom the actor may invite; return how many worked until now.

    A mail that was asked for and has not left stays here: of one alone, see ``send_invitation``.
    """
    people = list(people_to_invite(actor).filter(pk__in=person_ids).order_by("pk").values_list("pk", flat=True))
    waiting = list(Invitation.objects.open().filter(person__in=people).order_by("pk").values_list("person", flat=True))
    if people:
        end_invitations(person_ids=waiting)
        hold_back(person_ids=people)
        publish(InvitationsWithdrawn(actor_id=actor.pk, person_ids=tuple(people)))
    return len(waiting)


@transaction.atomic
def hand_over(*, actor: Person, person: Person) -> str:
    """Generate a token for ``person`` that the actor gives them; it is shown once and kept nowhere.

    Raises:
        PermissionDenied: the actor may not, or the person has an account.
        NotYet: the person is expected, and it is too early.
        TooOften: three links were made for this person within the hour.

    """
    _check(actor, person)
    if not rules.can_hand_over(actor, person):
        raise PermissionDenied
    limits.count("invitation", person.pk, per_hour=PER_HOUR)
    return issue(person=person, way=Way.HAND, actor_id=actor.pk)


def _check(actor: Person, person: Person) -> None:
    if not rules.can_invite(actor, person):
        raise PermissionDenied
    check_open(person)


def check_open(person: Person) -> None:
    """Check that the door is open to ``person`` by now.

    Raises:
        NotYet: the person is expected, and it is too early.

    """
    if not rules.is_open_to(person):
        day = rules.opens_on(person)
        raise NotYet(None if day == datetime.date.max else day)


@transaction.atomic
def issue(
    *,
    person: Person,
    way: str,
    actor_id: int | None = None,
    opened_by: AccountReopening | None = None,
    until: datetime.datetime | None = None,
    is_of_many: bool = False,
) -> str:
    """Generate a token for ``person`` that works until then, ``lives_until`` where nothing is said; the earlier ones no longer work.

    Only one ``opened_by`` two people opens an account that exists.

    Raises:
        InvitedLately: the mail is one of many, and another left within the hour.

    """
    now = clock.now()
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if is_of_many and Invitation.objects.by_mail_since(now - HOUR).filter(person=person).exists():
        raise InvitedLately
    end_invitations(person_ids=[person.pk])
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person,
        token_hash=_hash(token),
        created_at=now,
        expires_at=until or lives_until(person),
        created_by_id=actor_id,
        sent_to=way,
        reopening=opened_by,
    )
    return token


def lives_until(person: Person) -> datetime.datetime:
    """Return until when a link made now lets ``person`` in: fourteen days, or the end of the seventh day after a first day that is near."""
    now = clock.now()
    least = now + LIVES
    if person.hired_on is None or person.hired_on - rules.OPENS_BEFORE > clock.today(person.time_zone.key):
        return least
    after = datetime.datetime.combine(person.hired_on + AFTER_FIRST_DAY + datetime.timedelta(days=1), datetime.time.min)
    return max(least, after.replace(tzinfo=person.time_zone))


def last_minute(person: Person, until: datetime.datetime) -> datetime.datetime:
    """Return the last minute before ``until`` as the clock of the site of ``person`` shows it, without a zone: for words."""
    return (until - datetime.timedelta(minutes=1)).astimezone(person.time_zone).replace(tzinfo=None)


@transaction.atomic
def end_invitations(*, person_ids: Sequence[int]) -> None:
    """End the links of these people."""
    Invitation.objects.filter(person__in=person_ids, used_at=None, ended_at=None).update(ended_at=clock.now())


def open_invitation(token: str) -> Invitation | None:
    """Return the invitation behind ``token`` if its link still works; looking at it changes nothing."""
    found = Invitation.objects.open().filter(token_hash=_hash(token)).select_related("person__site").first()
    return found if found and _opens(found, found.person) else None


def _opens(invitation: Invitation, person: Person) -> bool:
    """Whether the link lets ``person`` in: never over a password, and only a link of two people to what is guarded.

    A holder of a role who never came in is let in by a mail, or by the server that made the first of them.
    """
    if not person.may_sign_in or rules.has_password(person):
        return False
    if invitation.reopening_id is not None:
        return True
    is_of_one = invitation.sent_to == Way.HAND and invitation.created_by_id is not None
    return not rules.has_account(person) and not (is_of_one and rules.holds_any_role(person))


def redeem(*, token: str, password: str) -> Person:
    """Set the password of the person of ``token`` and return that person; of any number of attempts, one succeeds.

    Raises:
        InvitationOver: the link does not work, or no longer.

    """
    invitation = open_invitation(token)
    if invitation is None:
        raise InvitationOver
    encoded = make_password(password)  # slow on purpose, and therefore before the lock
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.person_id)
        if not _opens(invitation, person):
            raise InvitationOver
        if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=clock.now()):
            raise InvitationOver
        keep_password(person=person, encoded=encoded)
        if invitation.reopening_id is not None:
            end_codes([person.pk])
            tell_replaced(person)
    return person


def forget_link(token: str) -> None:
    """Delete the link of a mail that did not leave: it counts for nothing when the mail is tried again."""
    Invitation.objects.filter(token_hash=_hash(token), used_at=None).delete()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
