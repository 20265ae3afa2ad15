"""Deliveries of recorded events: leased, retried with back-off, given up after five attempts, taken over when a worker died."""

import datetime
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, Min, QuerySet
from django.dispatch import Signal

from .. import clock
from ..enums import DeliveryState
from ..models import Delivery
from . import acts, lanes, subscriptions, tasks
from .leases import LEASE, SKEW, renewed
from .subscriptions import Subscription

log = structlog.get_logger(__name__)

failed = Signal()  # sent with ``delivery`` and ``error`` at each failed attempt
_held: ContextVar[bool] = ContextVar("deliveries held", default=False)
_gathered: ContextVar[bool] = ContextVar("deliveries gathered", default=False)
GROUP = "deliveries"  # of lanes
MOST_ATTEMPTS = 5
# Seconds that a subscriber may keep the only writer of SQLite from everybody. One that declared more time than others has the second number
# when it is tried again: it may have much to write in one go, and whoever waits still has the lock before giving up.
HOLDS, HOLDS_LONG = 2.0, 15.0
LONGEST_AFTER_OVERTIME = datetime.timedelta(minutes=1)
LATE = datetime.timedelta(minutes=10)
KEPT_FOR = datetime.timedelta(days=90)
LONG_PAST = datetime.timedelta(minutes=1)


class LeaseLost(Exception):
    """Another worker took the delivery over while this one was at it: nothing of this one is kept."""


def back_off(attempts: int) -> datetime.timedelta:
    """Return how long to wait after this many attempts: 10 s, 1 min, 6 min, 36 min."""
    return datetime.timedelta(seconds=10 * 6 ** (attempts - 1))


@contextmanager
def held():
    """Record events within the block without queueing their deliveries, which wait for ``drain``."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def gathered():
    """Tell nothing, within the block, to subscribers that can catch up in one go; at its end, unless it failed, they do."""
    token = _gathered.set(True)
    try:
        yield
    finally:
        _gathered.reset(token)
    for subscription in subscriptions.SUBSCRIPTIONS.values():
        if subscription.catch_up:
            subscription.catch_up()


def are_gathered() -> bool:
    return _gathered.get()


def queue(delivery: Delivery) -> None:
    """Enqueue the delivery for the workers, in the caller's transaction."""
    if not _held.get():
        tasks.enqueue(deliver, delivery_id=delivery.pk, run_after=delivery.due_at if delivery.due_at > clock.now() else None)


@tasks.job()
def deliver(delivery_id: int) -> None:
    """Run the delivery here, unless this process hands out by itself what is due, or stops."""
    if lanes.were_never_open():
        attempt(delivery_id)


def _due() -> QuerySet[Delivery]:
    """What may be run now. The clock of the host that queued it may be ahead of ours."""
    return Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=clock.now() + SKEW)


def _lane(subscriber: str) -> str:
    return f"deliveries to {subscriber}"


def dispatch() -> None:
    """Start the lane of each subscriber that has something due: one that is slow, or never ends, delays none of the others."""
    for subscriber in _due().order_by("subscriber").values_list("subscriber", flat=True).distinct():
        lane = _lane(subscriber)
        if not lanes.is_busy(lane) and not lanes.start(lane, partial(_work_off, subscriber), group=GROUP):
            _work_off(subscriber, is_stuck=True)


def _work_off(subscriber: str, *, is_stuck: bool = False) -> None:
    """Run what is due to one subscriber, in order, at least one; where that subscriber is stuck, each of them fails at once."""
    due = _due().filter(subscriber=subscriber).order_by("due_at", "pk").values_list("pk", flat=True)
    for delivery_id in list(due[:500]):
        if not is_stuck:
            attempt(delivery_id)
            if lanes.do_others_wait(GROUP):  # what is left is found again, behind them
                return
        elif delivery := _claim(delivery_id):
            _run_over(delivery)


def attempt(delivery_id: int) -> bool:
    """Run one delivery if it is due and nobody else holds it; return whether it is done.

    What the subscriber writes and the mark that it is done commit together, so a delivery has its effect once.
    """
    delivery = _claim(delivery_id)
    if delivery is None:
        return False
    try:
        subscription = subscriptions.SUBSCRIPTIONS[delivery.subscriber]
        holds = HOLDS_LONG if subscription.within > subscriptions.WITHIN and delivery.attempts > 1 else HOLDS
        with lanes.limited(subscription.within, partial(_run_over, delivery), holds=holds), renewed(_held_by(delivery)):
            _hand_over(delivery, subscription)
    except LeaseLost:
        return False
    except Exception as error:  # noqa: BLE001 - whatever a subscriber raises is one more attempt, and is counted
        _give_back(delivery, error)
        return False
    return True


def _claim(delivery_id: int) -> Delivery | None:
    claimed = (
        _due().filter(pk=delivery_id).update(state=DeliveryState.RUNNING, leased_until=clock.now() + LEASE, attempts=F("attempts") + 1)
    )
    return Delivery.objects.select_related("event").get(pk=delivery_id) if claimed else None


def _held_by(delivery: Delivery) -> QuerySet[Delivery]:
    """The row as long as it is this attempt that holds it."""
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.RUNNING, attempts=delivery.attempts)


def _hand_over(delivery: Delivery, subscription: Subscription) -> None:
    """Call the subscriber and mark the delivery done, in one transaction.

    A subscriber that reaches outside (a mail) is called before that transaction: it locks nothing while it waits for an answer.
    """
    with acts.following(delivery.event):
        _hand_over_within(delivery, subscription)


def _hand_over_within(delivery: Delivery, subscription: Subscription) -> None:
    if subscription.is_outward:
        subscription.handle(delivery.event)
        _mark_done(delivery)
    elif connection.vendor == "sqlite" and lanes.are_open():
        _hand_over_on_sqlite(delivery, subscription)
    else:
        _in_one_transaction(delivery, subscription)


def _in_one_transaction(delivery: Delivery, subscription: Subscription) -> None:
    with transaction.atomic():
        subscription.handle(delivery.event)
        _mark_done(delivery)


def _hand_over_on_sqlite(delivery: Delivery, subscription: Subscription) -> None:
    """Take the lock of the only writer when the subscriber first writes, so that one which hangs before holds up nobody.

    Where somebody else wrote between what it read and what it writes, it is called once more, with the lock from the start.
    """
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    is_refused = False
    try:
        _in_one_transaction(delivery, subscription)
    except OperationalError as error:
        is_refused = "locked" in str(error)
        if not is_refused:
            raise
    finally:
        connection.transaction_mode = usual
    if is_refused:
        _in_one_transaction(delivery, subscription)


def _mark_done(delivery: Delivery) -> None:
    if not _held_by(delivery).update(state=DeliveryState.DONE, leased_until=None, error=""):
        raise LeaseLost


def _run_over(delivery: Delivery) -> None:
    """Count an attempt that did not end in its time: tried again sooner than others, so that it is given up within ten minutes."""
    _give_back(delivery, lanes.OverTime(), most=LONGEST_AFTER_OVERTIME)


def _give_back(delivery: Delivery, error: BaseException, most: datetime.timedelta = KEPT_FOR) -> None:
    """Another attempt later, or the end; nothing where another worker has taken the delivery over meanwhile."""
    is_over = delivery.attempts >= MOST_ATTEMPTS
    delivery.due_at, delivery.error = clock.now() + min(back_off(delivery.attempts), most), type(error).__name__
    with transaction.atomic():
        state = DeliveryState.DEAD if is_over else DeliveryState.PENDING
        if not _held_by(delivery).update(state=state, due_at=delivery.due_at, leased_until=None, error=delivery.error):
            return
        if not is_over:
            queue(delivery)
    told = {"subscriber": delivery.subscriber, "error": delivery.error, "attempts": delivery.attempts, "given_up": is_over}
    log.error("delivery failed", **told, exc_info=error)
    failed.send(Delivery, delivery=delivery, error=error)


def take_over() -> None:
    """Take from dead workers what they held: it is due again, or given up."""
    now = clock.now()
    lost = Delivery.objects.filter(state=DeliveryState.RUNNING, leased_until__lt=now)
    if not lost.exists():  # nearly always: nothing is locked to find it out
        return
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(state=DeliveryState.DEAD, leased_until=None, error="WorkerLost")
    lost.update(state=DeliveryState.PENDING, leased_until=None, due_at=now, error="WorkerLost")


def begin_again() -> None:
    """Give back what was held or due when the rows were saved: it is due now, and nobody holds it."""
    now = clock.now()
    past = Delivery.objects.filter(state=DeliveryState.RUNNING) | Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lt=now)
    past.update(state=DeliveryState.PENDING, leased_until=None, due_at=now)


def sweep() -> int:
    """Queue again what a dead worker held, and what waited long past its time; return how many."""
    take_over()
    now = clock.now()
    waiting = Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=now - LONG_PAST) | Delivery.objects.filter(
        state=DeliveryState.PENDING, error="WorkerLost", due_at__lte=now
    )
    swept = list(waiting.order_by("due_at", "pk")[:1000])
    for delivery in swept:
        delivery.due_at = now
        delivery.save(update_fields=["due_at"])
        queue(delivery)
    return len(swept)


def drain() -> int:
    """Run everything that is due, here and now, until nothing is; return how many were done."""
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


def run_again(*, event_name: str, subscriber: str) -> bool:
    """Give the oldest given-up delivery of this event to this subscriber five more attempts; return False if there is none.

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
        .values("subscriber", "state", "error", name=F("event__name"))
        .annotate(count=Count("pk"), since=Min("due_at"))
        .order_by("-state", "event__name", "subscriber", "error")
    )
    lines: list[dict[str, Any]] = [dict(row) for row in open_rows]
    hidden = rows.filter(event__is_confidential=True)
    given_up = hidden.filter(state=DeliveryState.DEAD)
    late = hidden.exclude(state=DeliveryState.DEAD).filter(due_at__lte=clock.now() - LATE)
    for state, found in ((DeliveryState.DEAD, given_up), (DeliveryState.PENDING, late)):
        if found.exists():
            lines.append({"name": "", "subscriber": "", "state": state, "error": "", "count": None, "since": None})
    return lines
