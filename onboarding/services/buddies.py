"""Buddies: asked, accepted, declined, ended, and thanked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from communities.services.membership import admit_members, dismiss_members
from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.people.private_words import refuse_private
from rse.notify import live
from talent.enums import LineKind
from talent.models import HelpConfirmation
from talent.services.ledger import confirm_help, withdraw_help

from .. import events, rules
from ..dates import DAY
from ..enums import LONGEST_MESSAGE, LONGEST_THANKS, MOST_AT_ONCE, RUNNING, RequestState
from ..models import BuddyRequest, Journey
from .journeys import changed, managers_of, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWER_WITHIN = 10 * DAY


class NotABuddy(Exception):
    """This person cannot welcome this newcomer: themselves, above them, or not here."""


class WelcomesEnough(Exception):
    """This person welcomes as many newcomers as one may at the same time."""


class HasABuddy(Exception):
    """The newcomer has a buddy: end that first."""


class RequestOver(Exception):
    """The request was answered, taken back or ran out."""


class NoSentence(Exception):
    """The sentence is missing or too long."""

    sentence = _("A sentence of 280 characters at most.")


def free_seat(person_id: int) -> int | None:
    """Return the first place, from 1, that this person has for a newcomer; None when they have none."""
    taken = set(Journey.objects.running().filter(buddy=person_id).values_list("buddy_seat", flat=True))
    return next((seat for seat in range(1, MOST_AT_ONCE + 1) if seat not in taken), None)


@transaction.atomic
def ask_buddy(*, actor: Person, journey: Journey, person: Person, message: str = "") -> BuddyRequest:
    """Ask ``person`` to welcome the newcomer; whoever was asked before, and did not answer, is asked no more. Asked twice is once.

    Raises:
        PermissionDenied: the actor is neither HR nor the direct manager of the newcomer, the journey is over, or the word is too long.
        HasABuddy: somebody accepted.
        PrivateWord: the word to them speaks of private life.
        NotABuddy: the person is the newcomer, stands above them, or is not here.
        WelcomesEnough: they have no place for another newcomer.

    """
    journey = opened(actor, journey)
    if not rules.can_ask_buddy(actor, journey) or len(message) > LONGEST_MESSAGE:
        raise PermissionDenied
    refuse_private(message, by=actor, about=journey.newcomer)
    if journey.buddy_id is not None:
        raise HasABuddy
    if not Person.objects.visible_to(actor).filter(pk=person.pk).exists() or not rules.can_be_buddy(person, journey):
        raise NotABuddy
    if free_seat(person.pk) is None:
        raise WelcomesEnough
    asked = BuddyRequest.objects.filter(journey=journey).pending()
    if same := asked.filter(person=person).first():
        return same
    asked.update(state=RequestState.WITHDRAWN)
    now = clock.now()
    try:
        with transaction.atomic():
            request = BuddyRequest.objects.create(
                journey=journey,
                newcomer_id=journey.newcomer_id,
                person=person,
                asked_by=actor,
                message=message,
                asked_at=now,
                expires_at=now + ANSWER_WITHIN,
            )
    except IntegrityError:  # another window was a moment earlier
        standing = BuddyRequest.objects.filter(journey=journey).standing().first()
        if standing is not None and standing.person_id == person.pk:
            return standing
        raise HasABuddy from None
    changed(journey)
    publish(events.BuddyAsked(actor_id=actor.pk, subject=("buddy_request", request.pk), recipient_ids=(person.pk,)))
    return request


def _locked(request: BuddyRequest) -> BuddyRequest:
    rows = BuddyRequest.objects.select_for_update(of=("self",), no_key=True).select_related(
        "journey__newcomer", "journey__cohort__community"
    )
    return rows.get(pk=request.pk)


@transaction.atomic
def accept_request(*, person: Person, request: BuddyRequest) -> Journey:
    """Accept: ``person`` is the newcomer's buddy, reads the journey, and belongs to the cohort where it is open. Twice is once.

    Raises:
        PermissionDenied: somebody else was asked.
        RequestOver: it was taken back or ran out, or the journey is over.
        NotABuddy: they stand above the newcomer by now.
        WelcomesEnough: they have no place for another newcomer.

    """
    request = _locked(request)
    if person.pk != request.person_id or not person.is_present:
        raise PermissionDenied
    journey = request.journey
    if request.state == RequestState.ACCEPTED and journey.buddy_id == person.pk:
        return journey
    if request.state != RequestState.PENDING or request.expires_at <= clock.now() or not journey.is_running:
        raise RequestOver
    if not rules.can_be_buddy(person, journey):
        raise NotABuddy
    _seat(journey, person)
    now = clock.now()
    BuddyRequest.objects.filter(pk=request.pk).update(state=RequestState.ACCEPTED, answered_at=now)
    bring_in(journey=journey, person_ids=[person.pk])
    changed(journey)
    told = tuple(sorted({journey.newcomer_id, *([request.asked_by_id] if request.asked_by_id else [])}))
    publish(events.BuddyAccepted(actor_id=person.pk, subject=("journey", journey.pk), recipient_ids=told))
    return Journey.objects.select_related("newcomer").get(pk=journey.pk)


def _seat(journey: Journey, person: Person) -> None:
    """The journey takes one of the places of its buddy; the database says that there are no more than that."""
    for _attempt in range(MOST_AT_ONCE):
        if (seat := free_seat(person.pk)) is None:
            break
        try:
            with transaction.atomic():
                rows = Journey.objects.filter(pk=journey.pk, buddy=None, state__in=RUNNING)
                if not rows.update(buddy=person, buddy_seat=seat):
                    raise RequestOver
        except IntegrityError:
            continue  # another newcomer took the place in between
        return
    raise WelcomesEnough


def bring_in(*, journey: Journey, person_ids: Sequence[int]) -> None:
    """Add these people to the community of the journey's cohort, if it is open."""
    if journey.cohort and journey.cohort.community:
        admit_members(community=journey.cohort.community, person_ids=person_ids)


def take_out(*, journey: Journey, person_id: int) -> None:
    """Remove this person from the community of the journey's cohort, unless something else of theirs is in that cohort."""
    cohort = journey.cohort
    if cohort is None or cohort.community is None or person_id == cohort.host_id:
        return
    others = Journey.objects.running().filter(cohort=cohort).exclude(pk=journey.pk)
    if not (others.filter(buddy=person_id).exists() or Journey.objects.filter(cohort=cohort, newcomer=person_id).exists()):
        dismiss_members(community=cohort.community, person_ids=[person_id])


@transaction.atomic
def decline_request(*, person: Person, request: BuddyRequest) -> None:
    """Decline, without a reason; whoever asked is told.

    Raises:
        PermissionDenied: somebody else was asked.
        RequestOver: it was answered, taken back or ran out.

    """
    request = _locked(request)
    if person.pk != request.person_id or not person.is_present:
        raise PermissionDenied
    if request.state == RequestState.DECLINED:
        return
    if request.state != RequestState.PENDING:
        raise RequestOver
    _end(request, RequestState.DECLINED, actor_id=person.pk)


def _end(request: BuddyRequest, state: str, *, actor_id: int | None) -> None:
    BuddyRequest.objects.filter(pk=request.pk).update(state=state, answered_at=clock.now())
    changed(request.journey)
    told = tuple(one for one in (request.asked_by_id,) if one)
    publish(events.BuddyDeclined(actor_id=actor_id, subject=("journey", request.journey_id), recipient_ids=told))


@transaction.atomic
def withdraw_request(*, actor: Person, journey: Journey) -> None:
    """Withdraw the request that waits; nothing happens where none does.

    Raises:
        PermissionDenied: the actor is neither HR nor the direct manager of the newcomer.

    """
    journey = opened(actor, journey)
    if not rules.can_ask_buddy(actor, journey):
        raise PermissionDenied
    if BuddyRequest.objects.filter(journey=journey).pending().update(state=RequestState.WITHDRAWN):
        changed(journey)


@transaction.atomic
def end_buddy(*, actor: Person, journey: Journey) -> None:
    """End the relation at once: the former buddy reads nothing of the journey, and those who may ask another are told.

    Raises:
        PermissionDenied: the actor is neither HR, nor the direct manager, nor the buddy.

    """
    journey = opened(actor, journey)
    if journey.buddy_id is None and rules.can_ask_buddy(actor, journey):
        return
    if not rules.can_end_buddy(actor, journey):
        raise PermissionDenied
    let_go(journey=journey, actor_id=actor.pk)


def let_go(*, journey: Journey, actor_id: int | None = None) -> None:
    """End the relation between the journey and its buddy; the caller asked who may."""
    buddy_id = journey.buddy_id
    if buddy_id is None or not Journey.objects.filter(pk=journey.pk, buddy=buddy_id).update(buddy=None, buddy_seat=None):
        return
    BuddyRequest.objects.filter(journey=journey, state=RequestState.ACCEPTED).update(state=RequestState.ENDED)
    take_out(journey=journey, person_id=buddy_id)
    live.recheck("journey", journey.public_id)
    changed(journey)
    told = managers_of([journey.newcomer_id])[journey.newcomer_id]
    publish(events.BuddyEnded(actor_id=actor_id, subject=("journey", journey.pk), recipient_ids=tuple(told)))


@transaction.atomic
def end_for_leavers(person_ids: Sequence[int]) -> None:
    """End what those of these people who left welcome or are asked to. Called wherever rights end."""
    gone = list(Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).order_by("pk").values_list("pk", flat=True))
    BuddyRequest.objects.filter(person__in=gone).pending().update(state=RequestState.WITHDRAWN)
    welcomed = Journey.objects.running().filter(buddy__in=gone).select_related("newcomer", "cohort__community").order_by("pk")
    for journey in welcomed:
        let_go(journey=journey)


@transaction.atomic
def end_where_above() -> int:
    """End the buddies who came to stand above their newcomer; return how many."""
    ended = 0
    running = Journey.objects.running().exclude(buddy=None).filter(buddy__unlisted_on=None)  # who is shut out for now may come back
    for journey in running.select_related("newcomer", "cohort__community", "buddy").order_by("pk"):
        if journey.buddy is not None and not rules.can_be_buddy(journey.buddy, journey):
            let_go(journey=journey)
            ended += 1
    return ended


@transaction.atomic
def expire_requests() -> int:
    """Expire the requests that nobody answered in ten days, and tell those who asked; return how many."""
    over = BuddyRequest.objects.pending().filter(expires_at__lte=clock.now()).select_related("journey").order_by("pk")
    rows = list(over)
    for request in rows:
        _end(request, RequestState.EXPIRED, actor_id=None)
    return len(rows)


@transaction.atomic
def thank_buddy(*, newcomer: Person, journey: Journey, sentence: str) -> BuddyRequest:
    """Confirm the welcome as the newcomer, with a sentence that the buddy reads; a line is proposed to the buddy, who keeps it or not.

    Said again, the sentence changes and the confirmation stays.

    Raises:
        PermissionDenied: not the newcomer of a running journey with a buddy.
        NoSentence: there is none, or it is too long.
        PrivateWord: it speaks of private life.

    """
    journey = opened(newcomer, journey)
    if not rules.can_thank(newcomer, journey) or journey.buddy is None:
        raise PermissionDenied
    sentence = " ".join(sentence.split())
    if not 0 < len(sentence) <= LONGEST_THANKS:
        raise NoSentence
    refuse_private(sentence, by=newcomer, about=journey.buddy)
    request = BuddyRequest.objects.get(journey=journey, state=RequestState.ACCEPTED)
    act = confirm_help(by=newcomer, person=journey.buddy, kind=LineKind.BUDDYING, source=("journey", journey.pk), helped=[newcomer])
    BuddyRequest.objects.filter(pk=request.pk).update(thanks=sentence, confirmation=act)
    changed(journey)
    return BuddyRequest.objects.get(pk=request.pk)


@transaction.atomic
def withdraw_thanks(*, newcomer: Person, journey: Journey) -> None:
    """Delete the sentence for the present buddy, and the line that stood on its confirmation falls.

    What was said of a former buddy stands. Nothing happens where nothing was confirmed.

    Raises:
        PermissionDenied: not the newcomer.

    """
    journey = opened(newcomer, journey)
    if newcomer.pk != journey.newcomer_id:
        raise PermissionDenied
    if journey.buddy_id is None:
        return
    said = BuddyRequest.objects.filter(journey=journey, person=journey.buddy_id).exclude(thanks="")
    acts = list(said.exclude(confirmation=None).values_list("confirmation", flat=True))
    said.update(thanks="", confirmation=None)
    for act in HelpConfirmation.objects.filter(pk__in=acts, by=newcomer).order_by("pk"):
        withdraw_help(by=newcomer, act=act)
    changed(journey)
