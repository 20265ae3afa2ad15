"""Accounts that were shut, by a cut or a leave, and open again: two people say so, and every address of the owner is told."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.people.services.people import bring_back
from rse.core.web import limits

from .. import rules
from ..enums import Way
from ..events import AccountReopened, ReopeningAsked, ReopeningWaits
from ..models import AccountReopening
from ..queries import who_may_reopen
from .cards import PrintedCard, print_of_two
from .invitations import PER_HOUR, end_invitations, issue

if TYPE_CHECKING:
    from collections.abc import Sequence

WAITS = datetime.timedelta(days=7)
LINK_LIVES = datetime.timedelta(days=1)


class AskedAlready(Exception):
    """Somebody has asked for it: a second person says yes, or no."""


class NoLongerAsked(Exception):
    """The request is closed, or too old."""


@transaction.atomic
def ask_reopening(*, actor: Person, person: Person, reason: str) -> AccountReopening:
    """Ask that an account be opened again; its owner is told, and nothing opens before a second person says yes.

    Raises:
        PermissionDenied: this person may not speak for the owner, or nothing is shut.
        AskedAlready: a request waits.
        TooOften: three were made for this person within the hour.

    """
    person = _held(person.pk)
    if not rules.can_reopen(actor, person):
        raise PermissionDenied
    limits.count("invitation", person.pk, per_hour=PER_HOUR)
    too_old = AccountReopening.objects.filter(person=person, closed_at=None, asked_at__lte=clock.now() - WAITS)
    too_old.update(closed_at=clock.now())
    try:
        with transaction.atomic():
            asked = AccountReopening.objects.create(person=person, reason=reason, asked_by=actor)
    except IntegrityError as error:
        raise AskedAlready from error
    publish(ReopeningAsked(actor_id=actor.pk, subject=("person", person.pk), recipient_ids=(person.pk,)))
    second = tuple(who_may_reopen(person, asker=actor))
    publish(ReopeningWaits(actor_id=actor.pk, subject=("account_reopening", asked.pk), recipient_ids=second))
    return asked


@transaction.atomic
def agree_to_reopening(*, actor: Person, reopening: AccountReopening) -> str:
    """Approve as the second person: whoever was cut is here again; return the token of the link to give them, shown this once.

    Raises:
        PermissionDenied: this person may not, asked for it themselves, or whoever asked no longer may.
        NoLongerAsked: it is closed, or was asked more than a week ago.

    """
    person, asked = _agreed(actor, reopening)
    token = issue(person=person, way=Way.HAND, actor_id=actor.pk, opened_by=asked, until=clock.now() + LINK_LIVES)
    publish(AccountReopened(actor_id=actor.pk, subject=("person", person.pk), recipient_ids=(person.pk,)))
    return token


@transaction.atomic
def agree_by_card(*, actor: Person, reopening: AccountReopening) -> PrintedCard:
    """Approve as ``agree_to_reopening`` does, where no mail reaches the owner; return the card that is printed for them, this once.

    Raises:
        PermissionDenied: this person may not, asked for it themselves, whoever asked no longer may, or the owner is given a link.
        NoLongerAsked: it is closed, or was asked more than a week ago.

    """
    person, asked = _agreed(actor, reopening)
    if not rules.takes_card(person):
        raise PermissionDenied
    card = print_of_two(actor=actor, person=person, reopening=asked)
    publish(AccountReopened(actor_id=actor.pk, subject=("person", person.pk), recipient_ids=(person.pk,)))
    return card


def _agreed(actor: Person, reopening: AccountReopening) -> tuple[Person, AccountReopening]:
    """Record the second yes; return the person, who is here again, and the request."""
    person = _held(reopening.person_id)
    asked = waiting_for(person)
    if asked is None or asked.pk != reopening.pk:
        raise NoLongerAsked
    if actor.pk == asked.asked_by_id or not rules.can_reopen(actor, person) or not rules.can_reopen(asked.asked_by, person):
        raise PermissionDenied
    if not AccountReopening.objects.filter(pk=asked.pk, closed_at=None).update(agreed_by=actor, closed_at=clock.now()):
        raise NoLongerAsked
    if person.state == PersonState.LEFT and not bring_back(person):
        raise NoLongerAsked
    return person, asked


@transaction.atomic
def refuse_reopening(*, actor: Person, reopening: AccountReopening) -> None:
    """Refuse, or withdraw one's own request; a refusal needs one person.

    Raises:
        PermissionDenied: this person may not speak for the owner.
        NoLongerAsked: it is closed.

    """
    person = _held(reopening.person_id)
    if actor.pk != reopening.asked_by_id and not rules.can_vouch(actor, person):
        raise PermissionDenied
    if not AccountReopening.objects.filter(pk=reopening.pk, closed_at=None).update(closed_at=clock.now()):
        raise NoLongerAsked


def waiting_for(person: Person) -> AccountReopening | None:
    """Return the request that waits for a second person, if there is one that is not too old."""
    waiting = AccountReopening.objects.filter(person=person, closed_at=None, asked_at__gt=clock.now() - WAITS)
    return waiting.select_related("asked_by").first()


@transaction.atomic
def end_reopenings(person_ids: Sequence[int]) -> None:
    """Close the requests about those of ``person_ids`` who are cut now: a yes said before was about another moment."""
    left = Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).values_list("pk", flat=True)
    if gone := list(left):
        AccountReopening.objects.filter(person__in=gone, closed_at=None).update(closed_at=clock.now())
        end_invitations(person_ids=gone)


def _held(person_id: int) -> Person:
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
