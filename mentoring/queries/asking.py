"""Requests: what one asked, and what one was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rse.core import clock

from ..enums import RequestState
from ..models import MentoringRequest

if TYPE_CHECKING:
    from rse.core.models import Person


def request_for(reader: Person, public_id: str) -> MentoringRequest | None:
    """Return the request, if ``reader`` may open it."""
    rows = MentoringRequest.objects.visible_to(reader).filter(public_id=public_id)
    return rows.select_related("mentee__unit", "mentor__unit", "offer", "key").first()


def requests_received(person: Person) -> Any:
    """Return the queryset of the requests that wait for the answer of ``person``, the oldest first."""
    rows = MentoringRequest.objects.visible_to(person).filter(mentor=person, state=RequestState.PENDING, expires_at__gt=clock.now())
    return rows.select_related("mentee").order_by("asked_at", "pk")


def waiting_count(person: Person) -> int:
    return requests_received(person).count()


def requests_sent(person: Person) -> Any:
    """Return the queryset of the requests of ``person`` that became no pair, the newest first."""
    rows = MentoringRequest.objects.visible_to(person).filter(mentee=person).exclude(state=RequestState.ACCEPTED)
    return rows.select_related("mentor").order_by("-asked_at", "-pk")


def open_requests_from(person: Person) -> list[int]:
    """Return the places that the waiting requests of ``person`` take, from 1."""
    rows = MentoringRequest.objects.visible_to(person).filter(mentee=person, state=RequestState.PENDING)
    return list(rows.order_by("place").values_list("place", flat=True))
