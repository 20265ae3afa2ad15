"""Asking somebody to be one's mentor, and the answer."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.public_ids import random_id

from .. import encryption, events, queries, rules
from ..enums import LONGEST_MESSAGE, MOST_PENDING, DeclineReason, Obstacle, RequestState
from ..models import MentoringPair, MentoringRequest, NotesKey
from .closing import close_request
from .offers import locked_offer
from .seals import require_open

if TYPE_CHECKING:
    from rse.core.models import Person

    from ..models import MentoringOffer

RUNS_OUT_AFTER = datetime.timedelta(days=10)


class CannotAsk(Exception):
    """This mentor cannot be asked now: ``obstacle`` says why."""

    def __init__(self, obstacle: Obstacle):
        self.obstacle = obstacle
        super().__init__(obstacle.value)


class RequestOver(Exception):
    """The request waits no more: it was answered, withdrawn, or ran out."""


class NoPlaceLeft(Exception):
    """Every place of the mentor is taken; the request still waits."""


@transaction.atomic
def ask_mentor(*, mentee: Person, offer: MentoringOffer, message: str) -> MentoringRequest:
    """Ask the mentor of ``offer``, in words that only those two read; the request waits for ten days.

    Raises:
        PermissionDenied: not somebody who is here, an offer that they may not open, or nothing said.
        CannotAsk: the mentor stands in the line, is asked already, has no place; or three requests wait already.

    """
    require_open(mentee)
    current = queries.offer_for(mentee, offer.public_id)
    if current is None or not mentee.is_present or not message.strip() or len(message) > LONGEST_MESSAGE:
        raise PermissionDenied
    if obstacle := queries.obstacle_for(mentee, current):
        raise CannotAsk(obstacle)
    if not rules.can_ask(mentee, current.mentor):
        raise PermissionDenied
    for _attempt in range(MOST_PENDING):
        free = sorted(set(range(1, MOST_PENDING + 1)) - set(queries.open_requests_from(mentee)))
        if not free:
            break
        try:
            with transaction.atomic():
                request = _write_request(mentee, current, message, place=free[0])
        except IntegrityError:  # another window was a moment earlier: on this place, or with this mentor
            if obstacle := queries.obstacle_for(mentee, current):
                raise CannotAsk(obstacle) from None
            continue
        publish(events.RequestReceived(subject=("mentoring_request", request.pk), recipient_ids=(current.mentor_id,)))
        return request
    raise CannotAsk(Obstacle.TOO_MANY)


def _write_request(mentee: Person, offer: MentoringOffer, message: str, *, place: int) -> MentoringRequest:
    key, plain = make_key()
    now = clock.now()
    request = MentoringRequest(
        public_id=random_id(),
        mentee=mentee,
        mentor=offer.mentor,
        offer=offer,
        key=key,
        place=place,
        asked_at=now,
        expires_at=now + RUNS_OUT_AFTER,
    )
    request.words = encryption.seal(plain, message, place=queries.place_of(request))
    request.save(force_insert=True)
    return request


def make_key() -> tuple[NotesKey, bytes]:
    """Create a key; return its row, and the key in clear."""
    plain, public_id = encryption.new_key(), random_id()
    return NotesKey.objects.create(public_id=public_id, wrapped=encryption.wrap(plain, place=public_id)), plain


@transaction.atomic
def withdraw_request(*, mentee: Person, request: MentoringRequest) -> None:
    """Withdraw a request; the mentor reads it no more.

    Raises:
        PermissionDenied: somebody else asked.
        RequestOver: it waits no more.

    """
    require_open(mentee)
    if mentee.pk != request.mentee_id:
        raise PermissionDenied
    if not rules.can_withdraw(mentee, request) or not close_request(request, RequestState.WITHDRAWN):
        raise RequestOver


@transaction.atomic
def decline_request(*, mentor: Person, request: MentoringRequest, reason: str = "") -> None:
    """Decline, with one of the neutral reasons or with none; the mentor keeps nothing of what was asked.

    Raises:
        PermissionDenied: somebody else was asked, or a reason that is not on the list.
        RequestOver: it waits no more.

    """
    require_open(mentor)
    if mentor.pk != request.mentor_id or (reason and reason not in DeclineReason.values):
        raise PermissionDenied
    if not rules.can_answer(mentor, request) or not close_request(request, RequestState.DECLINED, reason=reason):
        raise RequestOver
    publish(events.RequestAnswered(subject=("mentoring_request", request.pk), recipient_ids=(request.mentee_id,)))


@transaction.atomic
def accept_request(*, mentor: Person, request: MentoringRequest) -> MentoringPair:
    """Accept: the two are a pair from today, on one of the mentor's places, with the key of the request as theirs.

    Raises:
        PermissionDenied: somebody else was asked, or one of the two stands in the line of the other by now.
        RequestOver: it waits no more, or its ten days are over.
        NoPlaceLeft: every place is taken; nothing was written.

    """
    require_open(mentor)
    if mentor.pk != request.mentor_id:
        raise PermissionDenied
    offer = locked_offer(mentor=mentor)
    current = MentoringRequest.objects.select_related("mentee", "mentor").get(pk=request.pk)
    if offer is None or not rules.can_answer(mentor, current) or current.expires_at <= clock.now():
        raise RequestOver
    if not rules.can_ask(current.mentee, current.mentor):
        raise PermissionDenied
    if not close_request(current, RequestState.ACCEPTED):
        raise RequestOver
    pair = _seat(mentor, current, offer.capacity)
    publish(events.RequestAnswered(subject=("mentoring_request", current.pk), recipient_ids=(current.mentee_id,)))
    return pair


def _seat(mentor: Person, request: MentoringRequest, capacity: int) -> MentoringPair:
    """The pair on the first free place; the constraint on places has the last word.

    Raises:
        NoPlaceLeft: there is none.
        RequestOver: the two are a pair already.

    """
    running = MentoringPair.objects.running().filter(mentor=mentor)
    for _attempt in range(capacity):
        taken = dict(running.values_list("seat", "mentee"))
        if request.mentee_id in taken.values():
            raise RequestOver
        free = sorted(set(range(1, capacity + 1)) - set(taken))
        if not free:
            break
        try:
            with transaction.atomic():
                return MentoringPair.objects.create(
                    mentor=mentor, mentee_id=request.mentee_id, request=request, key_id=request.key_id, seat=free[0]
                )
        except IntegrityError:
            continue
    raise NoPlaceLeft


def expire_requests() -> int:
    """Close the requests that waited for ten days, and tell those who asked; return how many."""
    closed = 0
    rows = MentoringRequest.objects.filter(state=RequestState.PENDING, expires_at__lte=clock.now())
    for request in rows.order_by("pk"):
        with transaction.atomic():
            if close_request(request, RequestState.EXPIRED):
                publish(events.RequestClosed(subject=("mentoring_request", request.pk), recipient_ids=(request.mentee_id,)))
                closed += 1
    return closed
