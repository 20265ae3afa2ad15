"""How long ago something was, in words that are said."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rse.core import clock
from rse.core.days import date_format


def ago(instant):
    """Return how long ago ``instant`` was: minutes and hours for a day, days for a week, then the date."""
    seconds = int((clock.now() - instant).total_seconds())
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 1:
        return _("just now")
    if hours < 1:
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    if days < 1:
        return ngettext("%(count)d h ago", "%(count)d h ago", hours) % {"count": hours}
    if days < 7:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    zone = timezone.get_current_timezone()
    local = instant.astimezone(zone)
    is_this_year = local.year == clock.now().astimezone(zone).year
    return date_format(local, _("j F") if is_this_year else "DATE_FORMAT")
