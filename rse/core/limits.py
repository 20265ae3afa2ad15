"""How often one person, or one address, may do one thing."""

import ipaddress
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock


class TooOften(Exception):
    """The limit is reached: ``retry_after`` seconds to wait, ``limit`` and ``used`` as counted."""

    code = "too_often"

    def __init__(self, *, limit, used, retry_after):
        self.limit, self.used, self.retry_after = limit, used, retry_after
        super().__init__(f"{used} of {limit}")

    def sentence(self):
        """What the person is told, in their language."""
        wait = ngettext("Try again in %(count)d second.", "Try again in %(count)d seconds.", self.retry_after) % {"count": self.retry_after}
        return _("You are going faster than this page allows.") + " " + wait


def address_of(request):
    """The network address a request counts for: the last one added by the proxies we trust; of IPv6, its /64."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    address = forwarded[-trusted] if trusted and len(forwarded) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


def count(what, who, *, per_minute=None, per_hour=None):
    """Count one more ``what`` by ``who``.

    Raises:
        TooOften: beyond what a minute or an hour allows; what is refused is not counted.

    """
    now = int(clock.now().timestamp())
    windows = [(limit, seconds) for limit, seconds in ((per_minute, 60), (per_hour, 3600)) if limit]
    keys = [f"limit:{what}:{who}:{seconds}:{now // seconds}" for _limit, seconds in windows]
    for key, (limit, seconds) in zip(keys, windows, strict=True):
        used = cache.get(key, 0)
        if used >= limit:
            raise TooOften(limit=limit, used=used, retry_after=seconds - now % seconds)
    for key, (_limit, seconds) in zip(keys, windows, strict=True):
        cache.add(key, 0, seconds + 1)
        try:
            cache.incr(key)
        except ValueError:  # it expired between the two
            cache.set(key, 1, seconds + 1)


def limited(what, **limits):
    """Let a view run at most so often per person, and per address for who is not signed in."""

    def decorate(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            who = request.user.pk if request.user.is_authenticated else address_of(request)
            count(what, who, **limits)
            return view(request, *args, **kwargs)

        return counted

    return decorate
