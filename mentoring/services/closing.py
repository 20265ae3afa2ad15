"""How requests and pairs come to their end; for the services that end them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from rse.core import clock
from rse.core.events.bus import publish
from rse.notify import live

from .. import events
from ..enums import RUNNING, PairState, RequestState
from ..models import MentoringPair, MentoringRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def close_request(request: MentoringRequest, state: RequestState, *, reason: str = "") -> bool:
    """Close a request that waits; return False when it did not wait."""
    waiting = MentoringRequest.objects.filter(pk=request.pk, state=RequestState.PENDING)
    return bool(waiting.update(state=state, reason=reason, place=None, closed_at=clock.now()))


def close_requests_to(mentor_ids: Sequence[int]) -> None:
    """Close the requests that wait for the answer of these people, and tell those who asked."""
    rows = MentoringRequest.objects.filter(mentor__in=mentor_ids, state=RequestState.PENDING)
    for request in rows.order_by("pk"):
        if close_request(request, RequestState.CLOSED):
            publish(events.RequestClosed(subject=("mentoring_request", request.pk), recipient_ids=(request.mentee_id,)))


def end_running(pair: MentoringPair, *, told: Iterable[int]) -> bool:
    """End the pair and give its place back; ``told`` are told, and live pages leave it. Return False when it had ended."""
    running = MentoringPair.objects.filter(pk=pair.pk, state__in=RUNNING)
    if not running.update(state=PairState.ENDED, seat=None, ended_on=clock.today(), version=F("version") + 1):
        return False
    publish(events.PairEnded(subject=("mentoring_pair", pair.pk), recipient_ids=tuple(told)))
    live.recheck("pair", pair.public_id)
    return True
