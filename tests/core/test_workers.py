"""What workers do when something goes wrong beside them: processes of their own, and deliveries after the commit."""

import datetime
import signal
import socket
import threading
import time
import urllib.request

import pytest
from django.db import connection, transaction

from rse.core import clock
from rse.core.enums import DeliveryState, Role
from rse.core.events import bus, deliveries, leases, subscriptions
from rse.core.models import Delivery, RecordedEvent, ScheduledJob
from rse.notify.models import Notification, QueuedMail
from tests.factories import PersonFactory, RoleGrantFactory
from tests.races import only_where_transactions_meet
from tests.workers import process, scheduler, until, watched, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.failing_deliveries]
STARTS_WITHIN = 60  # seconds that a process of Django may need on a busy machine


@pytest.fixture(autouse=True)
def _as_in_production(settings, monkeypatch):
    """Here nothing runs: rows are committed, and workers find them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(subscriptions, "SUBSCRIPTIONS", {})
    watched.subscribe()


def publish(event):
    with transaction.atomic():
        return bus.publish(event)


def effects(name):
    return RecordedEvent.objects.filter(name=f"effect {name}")


def ready(folder):
    """Wait until the worker has done something."""
    publish(watched.BellRung())
    until(effects("quick").exists, within=STARTS_WITHIN)
    effects("quick").delete()


def test_f38_endless_subscriber_delays_nobody_and_is_given_up(tmp_path):
    with worker(tmp_path):
        ready(tmp_path)
        publish(watched.EndBegun())
        publish(watched.EndBegun())
        time.sleep(0.5)
        waits = []
        for _ in range(20):
            event = publish(watched.BellRung())
            waits.append(until(effects("quick").filter(facets__event=event.pk).exists, within=20))
        stuck = Delivery.objects.filter(subscriber="watched.endless")
        until(stuck.filter(error="OverTime", attempts__gte=1, leased_until=None).exists, within=15)

    assert sorted(waits)[17] <= 2  # on SQLite two wait for the one writer, which each of the two held
    assert not effects("endless").exists()  # what it wrote was rolled back, and its locks went with it
    found = stuck.order_by("pk").first()
    assert found.due_at <= clock.now() + deliveries.LONGEST_AFTER_OVERTIME
    longest = subscriptions.WITHIN * deliveries.MOST_ATTEMPTS + 10 + 60 * (deliveries.MOST_ATTEMPTS - 2)
    assert longest <= 600


def test_f38_subscriber_that_wrote_keeps_no_act_of_anybody_waiting(tmp_path):
    """On SQLite it holds the only writer: it is left behind as soon as it did for two seconds, whatever time it has."""
    with worker(tmp_path):
        ready(tmp_path)
        publish(watched.HoardBegun())
        hoarded = Delivery.objects.filter(subscriber="watched.hoarder")
        until(hoarded.filter(state=DeliveryState.RUNNING).exists, within=10)
        time.sleep(0.3)
        waits = []
        for _ in range(5):
            began = time.monotonic()
            PersonFactory()
            waits.append(time.monotonic() - began)
        assert max(waits) <= 3.5
        if connection.vendor == "sqlite":
            until(hoarded.filter(error="OverTime").exists, within=5)
            assert not effects("mute").exists()


@only_where_transactions_meet
def test_f38_many_endless_subscribers_and_jobs_leave_pages_and_other_jobs_their_connections(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with process("serve", "--port", str(port), folder=tmp_path, DATABASE_POOL_SIZE="3"):
        ready(tmp_path)
        until(lambda: ScheduledJob.objects.filter(name="ring").exists(), within=STARTS_WITHIN)
        publish(watched.StormBegun())
        endless = ScheduledJob.objects.filter(name__startswith="never ends")
        endless.update(due_at=clock.now())
        until(endless.filter(error="OverTime").exists, within=20)
        for _ in range(8):
            began = time.monotonic()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20) as answer:
                assert answer.status == 200
            assert time.monotonic() - began <= 3
        ScheduledJob.objects.filter(name="ring").update(due_at=clock.now())
        assert until(effects("ring").exists, within=20) <= 12
        until(lambda: endless.filter(error="OverTime").count() == 6, within=30)

        event = publish(watched.BellRung())
        assert until(effects("quick").filter(facets__event=event.pk).exists, within=60) <= 45
        until(lambda: Delivery.objects.filter(subscriber__startswith="watched.mute", error="OverTime").count() >= 12, within=60)
    assert "AdminShutdown" not in (tmp_path / "serve.log").read_text()  # a session that was ended is handed to nobody else
    assert not effects("mute").exists()


def test_f10_delivery_of_a_killed_worker_resumes_within_ninety_seconds_and_has_its_effect_once(tmp_path):
    with worker(tmp_path) as first:
        ready(tmp_path)
        event = publish(watched.SleeperWoken())
        until(Delivery.objects.filter(subscriber="watched.slow", state=DeliveryState.RUNNING).exists, within=10)
        first.send_signal(signal.SIGKILL)
        first.wait()
    killed = time.monotonic()
    assert not effects("slow began").exists()
    with worker(tmp_path):
        until(effects("slow").exists, within=90)

    assert time.monotonic() - killed <= 90
    assert [effects(name).count() for name in ("slow began", "slow")] == [1, 1]
    assert Delivery.objects.get(event=event).state == DeliveryState.DONE


@pytest.mark.parametrize("ahead", [0.2, 2.0])
def test_f40_clocks_apart_delay_no_delivery(tmp_path, ahead):
    with worker(tmp_path):
        ready(tmp_path)
        with clock.moved_to(clock.now() + datetime.timedelta(seconds=ahead)):
            publish(watched.BellRung())
        assert until(effects("quick").exists, within=20) <= 5


def test_f40_claim_tolerates_a_clock_that_is_behind(monkeypatch):
    with deliveries.held(), clock.moved_to(clock.now() + datetime.timedelta(seconds=2)):
        publish(watched.BellRung())

    assert deliveries.attempt(Delivery.objects.get().pk) is True


class SilentServer(threading.Thread):
    """Accepts connections of mail, and never says a word."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.taken = []

    def run(self):
        while True:
            self.taken.append(self.listening.accept())


def test_f37_silent_server_of_mail_holds_up_no_job(tmp_path):
    server = SilentServer()
    server.start()
    for number in range(4):
        grant = RoleGrantFactory(person=PersonFactory(), role=Role.HR)
        notice = Notification.objects.create(
            recipient=grant.person, event_id=number, event="core.role_granted", kind="role_grant", row_id=grant.pk
        )
        QueuedMail.objects.create(notification=notice)
    with worker(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{server.port}"), scheduler(tmp_path):
        ready(tmp_path)
        until(lambda: ScheduledJob.objects.filter(name="ring").exists(), within=STARTS_WITHIN)
        ScheduledJob.objects.filter(name="send due mails").update(due_at=clock.now())
        until(lambda: server.taken, within=30)
        for _ in range(2):
            effects("ring").delete()
            ScheduledJob.objects.filter(name="ring").update(due_at=clock.now())
            assert until(effects("ring").exists, within=20) <= 5
        assert len(server.taken) == 1
        until(lambda: not QueuedMail.objects.filter(attempts=1, due_at__lte=clock.now() + leases.LEASE).exists(), within=30)

    assert len(server.taken) <= 2  # one connection for a batch, which ended where the server failed
    assert QueuedMail.objects.filter(attempts__gte=1).count() <= 2
    assert QueuedMail.objects.count() == 4
