"""What has had its time goes: one job applies every period that ``personal_data.py`` of each package declares."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import Q

from .. import clock
from ..models import RetentionRun
from . import personal_fields
from .figures import FEWEST, rounded
from .periods import Applied, WithThing

log = structlog.get_logger(__name__)

AT_ONCE = 500  # rows of one transaction
LATE = datetime.timedelta(hours=3)  # the job comes every hour


def periods() -> list[Applied]:
    """Return every period that the job applies, each once, by name; what follows a thing comes last, when the thing has gone.

    Raises:
        ValueError: two of them have one name.

    """
    found: dict[str, Applied] = {}
    for declared in personal_fields.declared().values():
        for one in declared.values():
            for kept in one.kept:
                if isinstance(kept, Applied) and found.setdefault(kept.name, kept) is not kept:
                    raise ValueError(f"two periods are called {kept.name}")
    return sorted(found.values(), key=lambda one: (isinstance(one, WithThing), one.name))


def forget(*models: str) -> int:
    """Apply every period, or those of ``models`` (``app.Model``), some rows at a time; return how many rows had had their time.

    Raises:
        Exception: the first failure, once the others have been applied.

    """
    forgotten, failures = 0, []
    for period in (one for one in periods() if not models or one.model in models):
        try:
            gone = _forget(period)
        except Exception as error:
            log.exception("period not applied", period=period.name, error=type(error).__name__)
            failures.append(error)
            continue
        forgotten += gone
        RetentionRun.objects.update_or_create(period=period.name, defaults={"ran_at": clock.now(), "gone": gone})
    if failures:
        raise failures[0]
    return forgotten


def _forget(period: Applied) -> int:
    now, forgotten, among = clock.now(), 0, Q()
    while keys := list(period.over(now).filter(among).order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE]):
        with transaction.atomic():
            period.apply(keys)
        forgotten, among = forgotten + len(keys), Q(pk__gt=keys[-1])
    return forgotten


@dataclass(frozen=True)
class Line:
    """One period on the page of the register; ``gone`` is None where fewer went than may be told."""

    period: Applied
    ran_at: datetime.datetime | None
    gone: int | None
    is_late: bool


def lines() -> list[Line]:
    """Return what became of each period; numbers are rounded, and none is told under five: rows stand for people."""
    runs = {run.period: run for run in RetentionRun.objects.order_by("pk")}
    found = []
    for period in periods():
        run = runs.get(period.name)
        gone = rounded(run.gone) if run and run.gone >= FEWEST else None
        found.append(Line(period, run.ran_at if run else None, gone, period.over(clock.now() - LATE).exists()))
    return found
