"""The only source of time, so that tests, the demonstration company and the retention jobs can move it."""

import datetime
import zoneinfo
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved: ContextVar[datetime.datetime | None] = ContextVar("moved clock", default=None)


def now() -> datetime.datetime:
    """This instant, in UTC."""
    return _moved.get() or timezone.now()


def today(zone: str | None = None) -> datetime.date:
    """The date on the calendar of ``zone``, or of the company when none is named."""
    return now().astimezone(zoneinfo.ZoneInfo(zone) if zone else timezone.get_default_timezone()).date()


def date_of(instant: datetime.datetime) -> datetime.date:
    """Return the date of ``instant`` on the calendar of the company."""
    return instant.astimezone(timezone.get_default_timezone()).date()


@contextmanager
def moved_to(instant: datetime.datetime):
    """Inside, it is ``instant``, and stays so."""
    token = _moved.set(instant)
    try:
        yield
    finally:
        _moved.reset(token)
