"""How often one person, or one address, may do one thing."""

import ipaddress
from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import clock

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


class TooOften(Exception):
    """The limit is reached: ``retry_after`` seconds to wait, ``limit`` and ``used`` as counted."""

    code = "too_often"

    def __init__(self, *, limit, used, retry_after):
        self.limit, self.used, self.retry_after = limit, used, retry_after
        super().__init__(f"{used} of {limit}")

    def sentence(self):
        """Return what the person is told, in their language."""
        return _("You are going faster than this page allows.") + " " + self._wait()

    def _wait(self):
        if self.retry_after > HOUR:
            hours = -(-self.retry_after // HOUR)
            return ngettext("Try again in %(count)d hour.", "Try again in %(count)d hours.", hours) % {"count": hours}
        return ngettext("Try again in %(count)d second.", "Try again in %(count)d seconds.", self.retry_after) % {"count": self.retry_after}


def address_of(request):
    """Return the network address a request counts for: the last one added by the proxies we trust; of IPv6, its /64."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    address = forwarded[-trusted] if trusted and len(forwarded) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


def count(what, who, *, per_minute=None, per_hour=None, per_day=None):
    """Count one more ``what`` by ``who``, in windows of a minute, an hour and a day of UTC.

    Each window is counted first and asked afterwards, so that requests that arrive together never pass a limit together. What is refused is
    taken out of the count again.

    Raises:
        TooOften: beyond what a window allows.

    """
    now = int(clock.now().timestamp())
    counted = []
    for limit, seconds in ((per_minute, MINUTE), (per_hour, HOUR), (per_day, DAY)):
        if not limit:
            continue
        key = f"limit:{what}:{who}:{seconds}:{now // seconds}"
        counted.append(key)
        if _one_more(key, seconds + 1) > limit:
            for one in counted:
                _one_less(one)
            raise TooOften(limit=limit, used=limit, retry_after=seconds - now % seconds)


def _one_more(key, seconds):
    """Add one to the counter, which lasts ``seconds`` from its first one; its value."""
    for _attempt in range(3):
        cache.add(key, 0, seconds)
        try:
            return cache.incr(key)
        except ValueError:  # it expired between the two
            continue
    raise RuntimeError("the cache keeps no counter")


def _one_less(key):
    with suppress(ValueError):  # it expired: nothing is left to take it from
        cache.decr(key)


def limited(what, **limits):
    """Let a view run at most so often per person, and per address for visitors who are not signed in."""

    def decorate(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            who = request.user.pk if request.user.is_authenticated else address_of(request)
            count(what, who, **limits)
            return view(request, *args, **kwargs)

        return counted

    return decorate
