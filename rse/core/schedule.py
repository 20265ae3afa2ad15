"""Jobs of the clock: each declares when it is due; of all the processes that look one queues it, and a worker runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from cronsim import CronSim
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import clock, lanes, tasks
from .models import ScheduledJob

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    when: str
    run: Callable[[], object]

    def next_after(self, instant):
        return next(CronSim(self.when, instant.astimezone(timezone.get_default_timezone())))


JOBS: dict[str, Job] = {}


def every(when: str, run: Callable[[], object], *, name: str) -> None:
    """Run ``run`` whenever the cron expression ``when`` says so, on the company's clock."""
    if name in JOBS:
        raise ValueError(f"two jobs are called {name}")
    JOBS[name] = Job(name, when, run)


def fire_due() -> list[str]:
    """Queue each job that is due and that no other process has taken; their names, in order. None of them runs in the caller."""
    now, fired = clock.now(), []
    due = dict(ScheduledJob.objects.values_list("name", "due_at"))
    for name in sorted(JOBS):
        job = JOBS[name]
        if name not in due:
            ScheduledJob.objects.get_or_create(name=name, defaults={"due_at": job.next_after(now)})
        elif due[name] <= now and _take(job, due[name], now):
            fired.append(name)
    return fired


@transaction.atomic
def _take(job: Job, due_at, now) -> bool:
    """Queue the job if nobody moved its time before: both commit together."""
    if not ScheduledJob.objects.filter(name=job.name, due_at=due_at).update(due_at=job.next_after(now)):
        return False
    tasks.enqueue(run_job, name=job.name)
    return True


@tasks.job()
def run_job(name: str) -> None:
    """Run one job, in a lane of its own: however long it takes, the others are on time."""
    if job := JOBS.get(name):
        lanes.start(f"job {name}", partial(_run, job))


def _run(job: Job) -> None:
    try:
        job.run()
    except Exception as error:  # one job that fails must not stop the others; it is counted and shown
        ScheduledJob.objects.filter(name=job.name).update(failures=F("failures") + 1, error=type(error).__name__)
        log.exception("job failed", job=job.name, error=type(error).__name__)
    else:
        ScheduledJob.objects.filter(name=job.name).exclude(error="").update(error="")
