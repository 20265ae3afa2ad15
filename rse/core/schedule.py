"""Jobs of the clock: each declares when it is due; of all the processes that look, one runs it."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from cronsim import CronSim
from django.db.models import F
from django.utils import timezone

from . import clock
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
    """Run each job that is due and that no other process has taken; their names, in order."""
    now, fired = clock.now(), []
    due = dict(ScheduledJob.objects.values_list("name", "due_at"))
    for name in sorted(JOBS):
        job = JOBS[name]
        if name not in due:
            ScheduledJob.objects.get_or_create(name=name, defaults={"due_at": job.next_after(now)})
        elif due[name] <= now and ScheduledJob.objects.filter(name=name, due_at=due[name]).update(due_at=job.next_after(now)):
            fired.append(name)
            _run(job)
    return fired


def _run(job: Job) -> None:
    try:
        job.run()
    except Exception as error:  # noqa: BLE001 - one job that fails must not stop the others; it is counted and shown
        ScheduledJob.objects.filter(name=job.name).update(failures=F("failures") + 1, error=type(error).__name__)
        log.warning("job failed", job=job.name, error=type(error).__name__)
    else:
        ScheduledJob.objects.filter(name=job.name).exclude(error="").update(error="")
