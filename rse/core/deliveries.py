"""Deliveries of recorded events: leased, retried with back-off, given up after five attempts, swept when a worker died."""

import datetime
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, F, Min
from django.dispatch import Signal

from . import clock, tasks
from .enums import DeliveryState
from .models import Delivery, RecordedEvent

log = structlog.get_logger(__name__)

failed = Signal()  # sent with ``delivery`` and ``error`` at each failed attempt
_held: ContextVar[bool] = ContextVar("deliveries held", default=False)
_gathered: ContextVar[bool] = ContextVar("deliveries gathered", default=False)
SUBSCRIPTIONS: dict[str, Any] = {}
MOST_ATTEMPTS = 5
LEASE = datetime.timedelta(minutes=5)
LATE = datetime.timedelta(minutes=10)
KEPT_FOR = datetime.timedelta(days=90)


class LeaseLost(Exception):
    """Another worker took the delivery over while this one was at it: nothing of this one is kept."""


def back_off(attempts: int) -> datetime.timedelta:
    """How long to wait after this many attempts: 10 s, 1 min, 6 min, 36 min."""
    return datetime.timedelta(seconds=10 * 6 ** (attempts - 1))


@contextmanager
def held():
    """Inside, events are recorded and their deliveries wait for ``drain`` instead of going to the workers."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def gathered():
    """Inside, subscribers that can catch up in one go are told of nothing; at the end, unless it failed, they do."""
    token = _gathered.set(True)
    try:
        yield
    finally:
        _gathered.reset(token)
    for subscription in SUBSCRIPTIONS.values():
        if subscription.catch_up:
            subscription.catch_up()


def are_gathered() -> bool:
    return _gathered.get()


def queue(delivery: Delivery) -> None:
    """Hand the delivery to the workers, in the caller's transaction."""
    if not _held.get():
        tasks.enqueue(deliver, delivery_id=delivery.pk, run_after=delivery.due_at if delivery.due_at > clock.now() else None)


@tasks.job()
def deliver(delivery_id: int) -> None:
    attempt(delivery_id)


def attempt(delivery_id: int) -> bool:
    """Run one delivery if it is due and nobody else holds it; true when it is done.

    What the subscriber writes and the mark that it is done commit together, so a delivery has its effect once.
    """
    now = clock.now()
    claimed = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.PENDING, due_at__lte=now).update(
        state=DeliveryState.RUNNING, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    delivery = Delivery.objects.select_related("event").get(pk=delivery_id)
    try:
        with transaction.atomic():
            SUBSCRIPTIONS[delivery.subscriber].handle(delivery.event)
            mine = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.RUNNING, attempts=delivery.attempts)
            if not mine.update(state=DeliveryState.DONE, leased_until=None, error=""):
                raise LeaseLost
    except LeaseLost:
        return False
    except Exception as error:  # noqa: BLE001 - whatever a subscriber raises is one more attempt, and is counted
        _give_back(delivery, error)
        return False
    return True


def _give_back(delivery: Delivery, error: Exception) -> None:
    """Another attempt later, or the end; nothing where another worker has taken the delivery over meanwhile."""
    is_over = delivery.attempts >= MOST_ATTEMPTS
    delivery.due_at, delivery.error = clock.now() + back_off(delivery.attempts), type(error).__name__
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.RUNNING, attempts=delivery.attempts)
        state = DeliveryState.DEAD if is_over else DeliveryState.PENDING
        if not mine.update(state=state, due_at=delivery.due_at, leased_until=None, error=delivery.error):
            return
        if not is_over:
            queue(delivery)
    log.warning("delivery failed", subscriber=delivery.subscriber, error=delivery.error, attempts=delivery.attempts, given_up=is_over)
    failed.send(Delivery, delivery=delivery, error=error)


def sweep() -> int:
    """Queue again what a dead worker held, and what waited long past its time; how many."""
    now = clock.now()
    Delivery.objects.filter(state=DeliveryState.RUNNING, leased_until__lt=now, attempts__gte=MOST_ATTEMPTS).update(
        state=DeliveryState.DEAD, leased_until=None, error="WorkerLost"
    )
    Delivery.objects.filter(state=DeliveryState.RUNNING, leased_until__lt=now).update(
        state=DeliveryState.PENDING, leased_until=None, due_at=now, error="WorkerLost"
    )
    waiting = Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=now - 2 * LEASE) | Delivery.objects.filter(
        state=DeliveryState.PENDING, error="WorkerLost", due_at__lte=now
    )
    swept = list(waiting.order_by("due_at", "pk")[:1000])
    for delivery in swept:
        delivery.due_at = now
        delivery.save(update_fields=["due_at"])
        queue(delivery)
    return len(swept)


def drain() -> int:
    """Run everything that is due, here and now, until nothing is; how many were done."""
    done = 0
    while due := list(
        Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=clock.now())
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[:500]
    ):
        ran = sum(attempt(delivery_id) for delivery_id in due)
        done += ran
        if not ran:
            break
    return done


def prune() -> int:
    """Forget the events of more than ninety days ago; how many."""
    return RecordedEvent.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]


def run_again(*, event_name: str, subscriber: str) -> bool:
    """Give the oldest given-up delivery of this event to this subscriber five more attempts; false if there is none.

    Without a name, the oldest of those that have none for operators.
    """
    with transaction.atomic():
        dead = Delivery.objects.filter(state=DeliveryState.DEAD)
        if event_name:
            dead = dead.filter(subscriber=subscriber, event__name=event_name, event__is_confidential=False)
        else:
            dead = dead.filter(event__is_confidential=True)
        delivery = dead.order_by("due_at", "pk").first()
        if delivery is None:
            return False
        delivery.state, delivery.attempts, delivery.due_at = DeliveryState.PENDING, 0, clock.now()
        delivery.save(update_fields=["state", "attempts", "due_at"])
        queue(delivery)
    return True


def overview() -> list[dict[str, Any]]:
    """Return what is not done, by event, subscriber, state and exception class; no id, no payload, no text of an exception.

    Of everything confidential, only that some was given up or is ten minutes late, without a number or a date: an operator may be the
    manager of whoever acted, and a number that moves by one tells.
    """
    rows = Delivery.objects.exclude(state=DeliveryState.DONE)
    open_rows = (
        rows.filter(event__is_confidential=False)
        .values("event__name", "subscriber", "state", "error")
        .annotate(count=Count("pk"), since=Min("due_at"))
        .order_by("-state", "event__name", "subscriber", "error")
    )
    lines = [{"name": row.pop("event__name"), **row} for row in open_rows]
    hidden = rows.filter(event__is_confidential=True)
    given_up = hidden.filter(state=DeliveryState.DEAD)
    late = hidden.exclude(state=DeliveryState.DEAD).filter(due_at__lte=clock.now() - LATE)
    for state, found in ((DeliveryState.DEAD, given_up), (DeliveryState.PENDING, late)):
        if found.exists():
            lines.append({"name": "", "subscriber": "", "state": state, "error": "", "count": None, "since": None})
    return lines
