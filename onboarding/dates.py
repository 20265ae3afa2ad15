"""The days of a journey, counted from its first one."""

import datetime

DAY = datetime.timedelta(days=1)
SATURDAY = 5
OPENS_BEFORE = 15 * DAY  # a cohort opens this long before the first of its newcomers begins
A_WEEK = 7


def first_of_month(day: datetime.date, *, plus: int = 0) -> datetime.date:
    """Return the first day of that month, or of the month ``plus`` months later (earlier, when negative)."""
    year, month = divmod(day.year * 12 + day.month - 1 + plus, 12)
    return datetime.date(year, month + 1, 1)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    first = first_of_month(day, plus=months)
    last = first_of_month(day, plus=months + 1) - DAY
    return first.replace(day=min(day.day, last.day))


def due_on(starts_on: datetime.date, day: int) -> datetime.date:
    """Return the date of day ``day`` of a journey: 1 is the first day, -1 the day before. Nothing is due on a weekend.

    What comes before the first day moves to the Friday, everything else to the Monday.
    """
    due = starts_on + DAY * (day - 1 if day > 0 else day)
    while due.weekday() >= SATURDAY:
        due += DAY if day > 0 else -DAY
    return due


def week_of(starts_on: datetime.date, day: datetime.date) -> int:
    """Return in which week of the journey that date lies: 1 is the first, 0 or less comes before it."""
    return (day - starts_on).days // A_WEEK + 1
