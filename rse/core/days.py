"""Days and months as people write them, on one calendar wherever they are cut."""

import datetime
import re
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from . import clock

OF_A_DAY = re.compile(r"(?<!\\)[jdDlwzcrUHGgh]")
BEFORE_ITS_MONTH = re.compile(r"(?<!\\)j(?=\s[FMNE])")


def date_format(value: Any, form: str = "DATE_FORMAT") -> str:
    """Return ``value``, a date or an instant, in words of the active language, as Django does; in French the first of a month is "1er".

    The day of an instant is that of the zone of the page, its month that of the company: what stands in a month stands there on each
    page, in each file and in each figure.
    """
    form = formats.get_format(form)
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = value.astimezone(timezone.get_current_timezone()) if OF_A_DAY.search(form) else clock.date_of(value)
    if getattr(value, "day", 0) == 1 and (translation.get_language() or "").startswith("fr"):
        form = BEFORE_ITS_MONTH.sub(r"j\\e\\r", form)
    return formats.date_format(value, form)


def date_filter(value: Any, form: str = "DATE_FORMAT") -> str:
    """Return ``value`` by ``date_format``, and nothing for nothing: the filter ``date`` of every template of the house."""
    return date_format(value, form) if value not in (None, "") else ""


def month_of(instant: datetime.datetime) -> datetime.date:
    """Return the first day of the month of ``instant`` on the calendar of the company."""
    return clock.date_of(instant).replace(day=1)


def last_day(day: datetime.date, form: str = "DATE_FORMAT") -> str:
    """Return ``day``, at whose midnight something ends where the company is, in words; where it ends at another hour, with that zone."""
    said, company = date_format(day, form), timezone.get_default_timezone()
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    if midnight.replace(tzinfo=company) == midnight.replace(tzinfo=timezone.get_current_timezone()):
        return said
    place = timezone.get_default_timezone_name().rpartition("/")[2].replace("_", " ")
    return _("%(day)s, midnight in %(place)s") % {"day": said, "place": place}


def is_over(day: datetime.date) -> bool:
    """Return whether ``day`` has passed where the company is: what was to be done by it is late."""
    return day < clock.today()
