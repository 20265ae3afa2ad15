"""Jobs of the clock: each declares when it is due; of all the processes that look one queues it, and a worker runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from cronsim import CronSim
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import clock
from ..models import ScheduledJob
from . import lanes, tasks

log = structlog.get_logger(__name__)


WITHIN = 600.0  # seconds that a job has, unless it declared another time
HOLDS = 15.0  # seconds of one transaction on SQLite, whose other writers give up after twenty


@dataclass(frozen=True)
class Job:
    name: str
    when: str
    run: Callable[[], object]
    within: float = WITHIN

    def next_after(self, instant):
        return next(CronSim(self.when, instant.astimezone(timezone.get_default_timezone())))


JOBS: dict[str, Job] = {}


def every(when: str, run: Callable[[], object], *, name: str, within: float = WITHIN) -> None:
    """Run ``run`` whenever the cron expression ``when`` says so, on the company's clock.

    One that takes longer than ``within`` seconds is left behind, with what its open transaction wrote, and is told as failed.
    """
    if name in JOBS:
        raise ValueError(f"two jobs are called {name}")
    JOBS[name] = Job(name, when, run, within)


def fire_due() -> list[str]:
    """Queue each job that is due and that no other process has taken; return their names, in order. None of them runs in the caller."""
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
    job = JOBS.get(name)
    if job and not lanes.start(f"job {name}", partial(_run, job), group="jobs", on_dropped=partial(_put_back, job)):
        _failed(job, lanes.OverTime())


def _put_back(job: Job) -> None:
    """Make due again what this process did not end before it stopped."""
    ScheduledJob.objects.filter(name=job.name).update(due_at=clock.now())


def _run(job: Job) -> None:
    try:
        with lanes.limited(job.within, partial(_failed, job, lanes.OverTime()), holds=HOLDS):
            job.run()
    except Exception as error:  # noqa: BLE001 - one job that fails must not stop the others; it is counted and shown
        _failed(job, error)
    else:
        ScheduledJob.objects.filter(name=job.name).exclude(error="").update(error="")


def _failed(job: Job, error: BaseException) -> None:
    """Count a failure of the job, where operators read it."""
    log.error("job failed", job=job.name, error=type(error).__name__, exc_info=error)
    ScheduledJob.objects.filter(name=job.name).update(failures=F("failures") + 1, error=type(error).__name__)
