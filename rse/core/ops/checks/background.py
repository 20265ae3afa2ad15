"""Background work: whether it goes on, seen by what is overdue, and what of it failed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from ... import clock
from ...enums import DeliveryState
from ...events import schedule
from ...events.deliveries import LATE as LATE_IN_CONFIDENCE
from ...models import Delivery, ScheduledJob
from ..doctor import Finding, hurts, look, well

if TYPE_CHECKING:
    from django.db.models import QuerySet

OVERDUE = datetime.timedelta(minutes=3)  # the scheduler looks every two seconds
LATE = datetime.timedelta(minutes=5)


def _known_jobs() -> QuerySet[ScheduledJob]:
    """Return the jobs that a room of this version declares: rows of former ones stay due for good."""
    return ScheduledJob.objects.filter(name__in=schedule.JOBS)


def scheduler() -> Finding:
    """Check whether jobs begin when they are due."""
    start = _("Start manage.py serve, or manage.py scheduler where background work has processes of its own.")
    if not _known_jobs().exists():
        return look(_("The scheduler has not run yet."), start)
    if _known_jobs().filter(due_at__lt=clock.now() - OVERDUE).exists():
        return hurts(_("No scheduler runs: jobs have been due for minutes, and nobody begins them."), start)
    return well(_("Jobs begin when they are due."))


def worker() -> Finding:
    """Check whether what the scheduler queues is taken: of all work a job says nothing of anybody."""
    waiting = DBTaskResult.objects.ready().filter(task_path=schedule.run_job.module_path, enqueued_at__lt=clock.now() - LATE)
    if waiting.exists() or _late().exists():
        return hurts(
            _("No worker runs, or it cannot keep up: work has waited for more than five minutes."),
            _("Start manage.py serve, or manage.py db_worker where background work has processes of its own."),
        )
    return well(_("Nothing has waited for more than five minutes."))


def _late() -> QuerySet[Delivery]:
    """Return what waits past its time. Confidential deliveries count as late when the page of operators says so, and no sooner."""
    now = clock.now()
    open_ones = Q(event__is_confidential=False, due_at__lt=now - LATE)
    return Delivery.objects.filter(
        open_ones | Q(event__is_confidential=True, due_at__lt=now - LATE_IN_CONFIDENCE), state=DeliveryState.PENDING
    )


def deliveries() -> Finding:
    """Count what was given up; of what is confidential it says that there is some, and never how much."""
    dead = Delivery.objects.filter(state=DeliveryState.DEAD)
    count, is_hidden = dead.filter(event__is_confidential=False).count(), dead.filter(event__is_confidential=True).exists()
    told = {"count": count}
    do = _("See Background work in the administration, mend the cause, and run them again there.")
    if count and is_hidden:
        what = ngettext(
            "%(count)s delivery was given up, and something that is not for everybody.",
            "%(count)s deliveries were given up, and something that is not for everybody.",
            count,
        )
        return look(what % told, do)
    if count:
        return look(ngettext("%(count)s delivery was given up.", "%(count)s deliveries were given up.", count) % told, do)
    if is_hidden:
        return look(_("Something that is not for everybody was given up."), do)
    return well(_("Nothing was given up."))


def jobs() -> Finding:
    """Return the names of the jobs whose last run failed."""
    failing = [_(name) for name in _known_jobs().exclude(error="").order_by("name").values_list("name", flat=True)]
    if failing:
        return look(
            ngettext("%(count)s job failed: %(names)s.", "%(count)s jobs failed: %(names)s.", len(failing))
            % {"count": len(failing), "names": get_text_list(failing, _("and"))},
            _("See Background work in the administration, and the log at the hour of the failure."),
        )
    return well(_("The last run of each job went well."))
