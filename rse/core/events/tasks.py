"""The one door to background work. Apps import this module, never the library behind it.

Work is enqueued in the transaction of its caller: the row of the queue commits with the change, or neither does.
"""

import datetime
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django_tasks import task
from django_tasks.base import TaskResultStatus

job = task

__all__ = ["enqueue", "forget_finished", "forget_running", "job"]
KEPT_DAYS = 7


def enqueue(work: Any, *, run_after: datetime.datetime | None = None, **values: Any) -> None:
    """Queue ``work`` with JSON ``values``, to run at once or after an instant."""
    (work.using(run_after=run_after) if run_after else work).enqueue(**values)


def forget_finished() -> None:
    """Forget the rows of work that ended more than a week ago: the deliveries say what became of it."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)


def forget_running() -> None:
    """Forget the rows of work that was under way when they were saved: deliveries and the rows of each room say what is to be done."""
    apps.get_model("django_tasks_database.DBTaskResult").objects.filter(status=TaskResultStatus.RUNNING).delete()
