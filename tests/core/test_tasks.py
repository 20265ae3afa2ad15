"""What the queue keeps of work that failed."""

import json

import pytest
from django.core import serializers
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rse.core.events import tasks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.failing_deliveries]
SECRET = "Sofia Marchetti <sofia@home.example>"


def _break():
    try:
        raise LookupError(SECRET)
    except LookupError as error:
        error.add_note(SECRET)
        raise ValueError(f"nobody is {SECRET}") from error


@tasks.job()
def of_ours():
    _break()


@task
def of_a_library():
    _break()


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.parametrize("work", [of_ours, of_a_library])
def test_row_of_work_that_failed_keeps_where_and_no_word(work):
    tasks.enqueue(work)
    options = {"queue_names": ["*"], "excluded_queue_names": [], "interval": 0, "batch": True, "backend_name": "default"}
    Worker(**options, startup_delay=False, max_tasks=None, worker_id="probe").run()

    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.exception_class_path == "builtins.ValueError"
    kept = row.traceback.splitlines()
    assert [line for line in kept if " in " not in line] == ["builtins.ValueError", "builtins.LookupError"]
    assert kept[-1].startswith("tests/core/test_tasks.py:")
    assert kept[-1].endswith("in _break")
    assert "Sofia" not in json.dumps(serializers.serialize("python", [row]), default=str)
