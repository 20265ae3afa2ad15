"""The checks of background work: when all is well, and when something hurts."""

import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from rse.core import clock
from rse.core.enums import DeliveryState
from rse.core.events import schedule
from rse.core.models import Delivery, RecordedEvent, ScheduledJob
from rse.core.ops.checks import background
from rse.core.ops.doctor import Level

from .levels import level

pytestmark = pytest.mark.django_db
RANDOM = "x7Qw-9eRt_2yUi-4oPa_6sDf-8gHj_1kLz"
SAID = "pa55word-of-the-server"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


# Background work


def minutes_ago(minutes):
    return clock.now() - datetime.timedelta(minutes=minutes)


def due(minutes, name="sweep deliveries", **facts):
    return ScheduledJob.objects.create(name=name, due_at=minutes_ago(minutes), **facts)


@pytest.mark.parametrize(("minutes", "expected"), [(None, "look"), (-1, "ok"), (2, "ok"), (4, "hurts")])
def test_scheduler_is_known_by_what_is_overdue(minutes, expected):
    due(600, name="a job of a former version")
    if minutes is not None:
        due(minutes)
    assert level(background.scheduler) == expected


def delivery(minutes, *, is_confidential=False, state=DeliveryState.PENDING):
    event = RecordedEvent.objects.create(name="of.test", is_confidential=is_confidential)
    return Delivery.objects.create(event=event, subscriber="of.test", state=state, due_at=minutes_ago(minutes))


@pytest.mark.parametrize(
    ("minutes", "is_confidential", "expected"), [(4, False, "ok"), (6, False, "hurts"), (9, True, "ok"), (11, True, "hurts")]
)
def test_worker_is_known_by_deliveries_that_wait(minutes, is_confidential, expected):
    delivery(minutes, is_confidential=is_confidential)
    assert level(background.worker) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(4, "ok"), (6, "hurts")])
def test_worker_is_known_by_jobs_that_wait_in_the_queue(minutes, expected):
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {"name": "sweep deliveries"}},
        task_path=schedule.run_job.module_path,
        backend_name="default",
        run_after=minutes_ago(minutes),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=minutes_ago(minutes))
    assert level(background.worker) == expected


def test_what_was_given_up_is_counted_except_in_confidence():
    assert level(background.deliveries) == "ok"
    for _number in range(3):
        delivery(1, is_confidential=True, state=DeliveryState.DEAD)
    hidden = background.deliveries()
    assert (hidden.level, hidden.what) == (Level.LOOK, "Something that is not for everybody was given up.")
    delivery(1, state=DeliveryState.DEAD)
    assert background.deliveries().what == "1 delivery was given up, and something that is not for everybody."
    Delivery.objects.filter(event__is_confidential=True).delete()
    assert background.deliveries().what == "1 delivery was given up."


def test_jobs_that_fail_are_named():
    due(-1)
    assert level(background.jobs) == "ok"
    due(-1, name="forget finished work", error="ValueError", failures=2)
    due(-1, name="a job of a former version", error="ValueError")
    assert background.jobs().what == "1 job failed: forget finished work."
