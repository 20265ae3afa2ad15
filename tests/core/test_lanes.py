"""Lanes: how many run at once, whose turn it is, and what becomes of work that comes too late."""

import threading
import time

import pytest
from django.conf import settings
from django.db import connection

from rse.core import clock
from rse.core.events import deliveries, lanes, schedule
from rse.core.models import ScheduledJob
from tests.workers import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(monkeypatch):
    """Lanes as a worker has them, watched, and none afterwards."""
    for name, empty in (("_lanes", {}), ("_waiting", {}), ("_left", []), ("_slow", set()), ("_state", lanes.State.OPEN)):
        monkeypatch.setattr(lanes, name, empty)
    stopping = threading.Event()

    def watch():
        while not stopping.wait(0.05):
            lanes.watch()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    yield
    stopping.set()
    watching.join()
    lanes.close_lanes(within=5)


def test_lanes_of_the_groups_and_what_feeds_them_fit_their_share_of_the_pool():
    assert (
        sum(lanes.MOST_AT_ONCE.values()) + len(["worker", "scheduler", "dispatcher", "watcher", "leases"])
        == settings.BACKGROUND_CONNECTIONS
    )


def test_lanes_of_a_group_never_exceed_their_most_and_each_has_its_turn(opened):
    gate, most, done, guard = threading.Event(), [0, 0], [], threading.Lock()

    def work(number):
        with guard:
            most[0] += 1
            most[1] = max(most)
        gate.wait(10)
        with guard:
            most[0] -= 1
            done.append(number)

    for number in range(20):
        assert lanes.start(f"probe {number}", lambda number=number: work(number), group="deliveries")
    until(lambda: most[0] == lanes.MOST_AT_ONCE["deliveries"], within=5)
    assert lanes.do_others_wait("deliveries")
    assert not lanes.do_others_wait("jobs")
    other = threading.Event()
    lanes.start("a job", other.set, group="jobs")
    assert other.wait(5)
    gate.set()
    until(lambda: len(done) == 20, within=10)

    assert sorted(done) == list(range(20))
    assert most[1] == lanes.MOST_AT_ONCE["deliveries"]


def test_lanes_that_were_left_behind_before_leave_room_for_others(opened):
    begun, gate = [], threading.Event()

    def work(name):
        begun.append(name)
        gate.wait(10)

    most = lanes.MOST_AT_ONCE["deliveries"]
    slow = most // 2 if connection.vendor == "postgresql" else 1
    lanes._slow.update(f"slow {number}" for number in range(6))
    for name in [*(f"slow {number}" for number in range(6)), *(f"quick {number}" for number in range(most - slow))]:
        lanes.start(name, lambda name=name: work(name), group="deliveries")
    until(lambda: len(begun) == most, within=5)

    assert sorted(begun) == sorted([*(f"slow {number}" for number in range(slow)), *(f"quick {number}" for number in range(most - slow))])
    gate.set()
    until(lambda: len(begun) == 6 + most - slow, within=10)
    until(lambda: not lanes._slow, within=5)


def test_work_started_after_the_lanes_closed_runs_nowhere(opened):
    lanes.close_lanes(within=1)
    ran, dropped = [], []

    assert lanes.start("late", lambda: ran.append(1), group="jobs", on_dropped=lambda: dropped.append(1))
    assert lanes.start("later", lambda: ran.append(1), group="jobs", on_dropped=lambda: 1 / 0)

    assert (ran, dropped) == ([], [1])


def test_job_that_did_not_run_before_its_process_stopped_is_due_again(opened, monkeypatch):
    gate = threading.Event()
    later = clock.now() + deliveries.KEPT_FOR
    names = [f"job {number}" for number in range(lanes.MOST_AT_ONCE["jobs"] + 1)]
    monkeypatch.setattr(schedule, "JOBS", {name: schedule.Job(name, "0 0 1 1 *", lambda: gate.wait(10)) for name in names})
    for name in names:
        ScheduledJob.objects.create(name=name, due_at=later)
        schedule.run_job.func(name)
    lanes.close_lanes(within=0.2)
    schedule.run_job.func(names[0])
    gate.set()

    assert ScheduledJob.objects.filter(name__in=names, due_at__lte=clock.now()).count() == len(names)


def test_f38_job_that_passes_its_time_is_told_and_left_behind(opened, monkeypatch):
    def never_ends():
        while True:
            time.sleep(0.02)

    ran = threading.Event()
    jobs = {"endless": schedule.Job("endless", "* * * * *", never_ends, 0.3), "other": schedule.Job("other", "* * * * *", ran.set)}
    monkeypatch.setattr(schedule, "JOBS", jobs)
    ScheduledJob.objects.bulk_create([ScheduledJob(name=name, due_at=clock.now()) for name in jobs])
    schedule.run_job.func("endless")
    schedule.run_job.func("other")
    assert ran.wait(5)

    until(ScheduledJob.objects.filter(name="endless", error="OverTime", failures=1).exists, within=10)
    assert ScheduledJob.objects.get(name="other").failures == 0
    until(lambda: not lanes._left, within=5)


def test_every_job_has_a_time():
    assert all(0 < job.within <= 3600 for job in schedule.JOBS.values())
