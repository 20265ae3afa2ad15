"""The calendar of the company: first days of months, days on which groups arrive."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = 18
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def add_months(day: date, months: int) -> date:
    """Return the day ``months`` later (earlier when negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_days_of_months(today: date) -> list[date]:
    """Return the first day of each of the nineteen months that end with the month of ``today``."""
    return [add_months(today.replace(day=1), offset - MONTHS) for offset in range(MONTHS + 1)]


def working_monday(day: date) -> date:
    """Return the Monday of that day's week, or the Tuesday when that is one of ``FIXED_HOLIDAYS``."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=1) if (monday.month, monday.day) in FIXED_HOLIDAYS else monday


def opening_monday(month: date, week: int) -> date:
    """Return the day on which a group arrives in the ``week``-th whole week of the month, counted from 1; ``month`` is its first day."""
    return working_monday(month + timedelta(days=(7 - month.weekday()) % 7 + 7 * (week - 1)))


def newcomer_start(today: date) -> date:
    """Return the first day of the newcomer, whose third week has ``today`` in it; it lies in this month when ``today`` is late enough."""
    return working_monday(today - timedelta(days=14))
