import contextlib
import datetime
from dataclasses import dataclass

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from rse.core import clock
from rse.core.enums import DeliveryState
from rse.core.events import bus, deliveries, subscriptions, tasks
from rse.core.events.happenings import FormerNameForgotten, RoleRequested
from rse.core.models import Delivery, RecordedEvent
from rse.core.ops import retention
from talent.events import LineProposed

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class LampLit(bus.Event):
    pass


@dataclass(frozen=True, kw_only=True)
class SafeOpened(bus.Event):
    is_confidential = True


NAME = LampLit.event_name()


@pytest.fixture
def subscriber(monkeypatch):
    """A subscriber that notes what it hears, and fails as long as ``heard.broken``."""

    class Heard(list):
        broken = False

    heard = Heard()

    def handle(event):
        heard.append(event.facets)
        RecordedEvent.objects.create(name="effect")
        if heard.broken:
            raise LookupError("words that must not be kept")

    monkeypatch.setattr(subscriptions, "SUBSCRIPTIONS", {})
    bus.subscribe("lamp", handle, to=(NAME, SafeOpened.event_name()))
    return heard


@pytest.mark.django_db(transaction=True)
def test_publish_refuses_outside_a_transaction():
    with pytest.raises(RuntimeError):
        bus.publish(LampLit())


def test_gathered_events_reach_who_cannot_catch_up_and_the_others_do_so_once(monkeypatch, subscriber):
    caught_up = []
    bus.subscribe("bell", caught_up.append, to=(NAME,), catch_up=lambda: caught_up.append("all"))

    with deliveries.gathered(), transaction.atomic():
        bus.publish(LampLit(actor_id=3))
        bus.publish(LampLit(actor_id=4))
    assert (subscriber, caught_up) == ([{"actor_id": 3}, {"actor_id": 4}], ["all"])
    with contextlib.suppress(LookupError), deliveries.gathered():
        raise LookupError
    assert caught_up == ["all"]
    with transaction.atomic():
        bus.publish(LampLit())
    assert [getattr(one, "name", one) for one in caught_up] == ["all", NAME]


def test_event_is_delivered_once_with_its_facets(subscriber):
    with transaction.atomic():
        bus.publish(LampLit(actor_id=3, recipient_ids=(1, 2)))

    assert subscriber == [{"actor_id": 3, "recipient_ids": [1, 2]}]
    assert Delivery.objects.get().state == DeliveryState.DONE
    assert deliveries.attempt(Delivery.objects.get().pk) is False
    assert len(subscriber) == 1


def test_facet_decides_who_hears(monkeypatch):
    heard = []
    monkeypatch.setattr(subscriptions, "SUBSCRIPTIONS", {})
    bus.subscribe("named", lambda event: heard.append(event.name), facet="recipient_ids")

    bus.publish(LampLit())
    bus.publish(LampLit(recipient_ids=(1,)))

    assert heard == [NAME]


@pytest.mark.failing_deliveries
def test_failure_leaves_no_effect_and_waits_longer_each_time(subscriber):
    subscriber.broken = True
    with deliveries.held():
        bus.publish(LampLit())
    delivery = Delivery.objects.get()
    waits = []
    for _ in range(deliveries.MOST_ATTEMPTS):
        with clock.moved_to(max(delivery.due_at, clock.now())), deliveries.held():
            deliveries.attempt(delivery.pk)
            delivery.refresh_from_db()
            waits.append((delivery.due_at - clock.now()).total_seconds())

    assert waits == [10, 60, 360, 2160, 12960]
    assert delivery.state == DeliveryState.DEAD
    assert delivery.error == "LookupError"
    assert not RecordedEvent.objects.filter(name="effect").exists()


@pytest.mark.failing_deliveries
def test_dead_delivery_runs_again_when_asked(subscriber):
    subscriber.broken = True
    with deliveries.held():
        bus.publish(LampLit())
        Delivery.objects.update(state=DeliveryState.DEAD, attempts=5)
    subscriber.broken = False

    assert deliveries.run_again(event_name=NAME, subscriber="lamp") is True

    assert Delivery.objects.get().state == DeliveryState.DONE
    assert deliveries.run_again(event_name=NAME, subscriber="lamp") is False


def test_f10_expired_lease_is_swept_and_run_by_another(subscriber):
    with deliveries.held():
        bus.publish(LampLit())
    past = clock.now() - datetime.timedelta(minutes=6)
    Delivery.objects.update(state=DeliveryState.RUNNING, attempts=1, leased_until=past)

    assert deliveries.sweep() == 1

    assert Delivery.objects.get().state == DeliveryState.DONE
    assert len(subscriber) == 1


def test_running_delivery_is_left_alone(subscriber):
    with deliveries.held():
        bus.publish(LampLit())
    Delivery.objects.update(state=DeliveryState.RUNNING, attempts=1, leased_until=clock.now() + datetime.timedelta(minutes=1))

    assert deliveries.sweep() == 0
    assert deliveries.attempt(Delivery.objects.get().pk) is False
    assert subscriber == []


def test_worker_that_lost_its_lease_keeps_nothing(subscriber, monkeypatch):
    with deliveries.held():
        bus.publish(LampLit())

    def taken_over(event):
        RecordedEvent.objects.create(name="effect")
        Delivery.objects.update(attempts=7)

    monkeypatch.setitem(subscriptions.SUBSCRIPTIONS, "lamp", subscriptions.Subscription("lamp", taken_over, frozenset(), ""))

    assert deliveries.attempt(Delivery.objects.get().pk) is False
    assert not RecordedEvent.objects.filter(name="effect").exists()


@pytest.mark.failing_deliveries
def test_failure_of_a_worker_that_was_overtaken_changes_nothing(subscriber, monkeypatch):
    with deliveries.held():
        bus.publish(LampLit())

    def overtaken(event):
        Delivery.objects.update(state=DeliveryState.DONE, attempts=7)
        raise LookupError

    monkeypatch.setitem(subscriptions.SUBSCRIPTIONS, "lamp", subscriptions.Subscription("lamp", overtaken, frozenset(), ""))
    monkeypatch.setattr(deliveries.transaction, "atomic", contextlib.nullcontext)  # the other worker commits apart

    deliveries.attempt(Delivery.objects.get().pk)

    assert Delivery.objects.get().state == DeliveryState.DONE


def test_overview_shows_names_and_counts_and_one_line_for_the_confidential(subscriber):
    with deliveries.held():
        bus.publish(LampLit())
        bus.publish(LampLit())
        bus.publish(SafeOpened())

    lines = deliveries.overview()

    assert [(line["name"], line["count"]) for line in lines] == [(NAME, 2)]

    with clock.moved_to(clock.now() + datetime.timedelta(minutes=11)):
        (late,) = [line for line in deliveries.overview() if not line["name"]]
    assert late == {"name": "", "subscriber": "", "state": "pending", "error": "", "count": None, "since": None}


@pytest.mark.parametrize("event", [RoleRequested, FormerNameForgotten, LineProposed])
def test_l106_operators_learn_no_name_of_what_those_concerned_may_not_know(event):
    with deliveries.held(), transaction.atomic():
        bus.publish(event(actor_id=1, recipient_ids=(1,)))
    assert Delivery.objects.exists()
    assert deliveries.overview() == []


def test_confidential_event_makes_the_same_rows_whether_it_names_somebody_or_nobody(subscriber):
    bus.subscribe("bell", subscriber.append, facet="recipient_ids")
    with deliveries.held():
        named = bus.publish(SafeOpened(recipient_ids=(1,)))
        unnamed = bus.publish(SafeOpened())

    rows = [
        list(Delivery.objects.filter(event=one).order_by("subscriber").values_list("subscriber", flat=True)) for one in (named, unnamed)
    ]
    assert rows == [["bell", "lamp"]] * 2


def test_given_up_delivery_of_a_confidential_event_runs_again_without_its_name(subscriber):
    with deliveries.held():
        bus.publish(SafeOpened())
    Delivery.objects.update(state=DeliveryState.DEAD, attempts=5)
    name = SafeOpened.event_name()

    assert not any(deliveries.run_again(event_name=name, subscriber=one) for one in subscriptions.SUBSCRIPTIONS)
    assert deliveries.run_again(event_name="", subscriber="") is True


def test_prune_forgets_after_ninety_days(subscriber):
    with clock.moved_to(clock.now() - datetime.timedelta(days=91)):
        bus.publish(LampLit())
    bus.publish(LampLit())

    retention.forget("core.RecordedEvent")

    assert RecordedEvent.objects.filter(name=NAME).count() == 1


def test_finished_work_is_forgotten_after_a_week_and_waiting_work_is_not(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    eight_days_ago = clock.now() - datetime.timedelta(days=8)
    common = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "rse.core.events.deliveries.deliver", "backend_name": "default"}
    DBTaskResult.objects.create(status="SUCCESSFUL", finished_at=eight_days_ago, enqueued_at=eight_days_ago, **common)
    waiting = DBTaskResult.objects.create(status="READY", enqueued_at=eight_days_ago, **common)

    tasks.forget_finished()

    assert [row.pk for row in DBTaskResult.objects.all()] == [waiting.pk]
