"""When people of the demonstration write: on working days and in working hours of Paris, but for those who work at night."""

import calendar
import datetime
import zoneinfo

from .company.months import FIXED_HOLIDAYS

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
MORNING, EVENING = datetime.time(7, 40), datetime.time(18, 0)
AT_NIGHT = 0.05  # of what is written
QUIET = {8: 0.45, 12: 0.75, 7: 0.8}  # of a usual month, what is written in one when many are away


def is_worked(day):
    """Return whether ``day`` is a working day in France, the feasts that move aside."""
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def is_office_hour(moment):
    """Return whether ``moment`` lies in the hours in which those who work by day write."""
    local = moment.astimezone(PARIS)
    return is_worked(local.date()) and MORNING <= local.time() <= EVENING


def moments_of(month, count, chance):
    """Return about ``count`` moments of ``month`` (its first day) in order, in UTC: few at night, fewer where many are away."""
    days = [month.replace(day=number) for number in range(1, calendar.monthrange(month.year, month.month)[1] + 1)]
    days = [day for day in days if is_worked(day)]
    return sorted(_moment(chance.choice(days), chance) for _ in range(round(count * QUIET.get(month.month, 1))))


def _moment(day, chance):
    hour = (
        chance.choice((5, 21, 22, 23)) if chance.random() < AT_NIGHT else chance.choice((8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16, 17))
    )
    return _in_utc(day, datetime.time(hour, chance.randrange(60)))


def later(moment, minutes, chance):
    """Return the moment ``minutes`` after ``moment``, or on the next morning that is worked when that is outside working hours."""
    then = moment + datetime.timedelta(minutes=minutes)
    if is_office_hour(then):
        return then
    local = then.astimezone(PARIS)
    day = local.date() if local.time() < MORNING else local.date() + datetime.timedelta(days=1)
    while not is_worked(day):
        day += datetime.timedelta(days=1)
    return _in_utc(day, datetime.time(8, chance.randrange(60)))


def _in_utc(day, time):
    return datetime.datetime.combine(day, time, tzinfo=PARIS).astimezone(datetime.UTC)
