"""The only source of time, so that tests, the demonstration company and the retention jobs can move it."""

import datetime
import zoneinfo
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils import timezone

from .columns import DefaultStaysInPython

_moved: ContextVar[datetime.datetime | None] = ContextVar("moved clock", default=None)


def now() -> datetime.datetime:
    """Return this instant, in UTC."""
    return _moved.get() or timezone.now()


def today(zone: str | None = None) -> datetime.date:
    """Return the date on the calendar of the time zone ``zone``, or of the company when none is named."""
    return now().astimezone(zoneinfo.ZoneInfo(zone) if zone else timezone.get_default_timezone()).date()


def date_of(instant: datetime.datetime) -> datetime.date:
    """Return the date of ``instant`` on the calendar of the company."""
    return instant.astimezone(timezone.get_default_timezone()).date()


@contextmanager
def moved_to(instant: datetime.datetime):
    """Freeze the clock at ``instant`` within the block."""
    token = _moved.set(instant)
    try:
        yield
    finally:
        _moved.reset(token)


class InstantField(DefaultStaysInPython, models.DateTimeField):
    """The instant at which the row is made, unless another is given."""

    plain = models.DateTimeField

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **{"default": now} | options)


class DayField(DefaultStaysInPython, models.DateField):
    """The date, where the company is, at which the row is made, unless another is given."""

    plain = models.DateField

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **{"default": today} | options)
