"""How often one person, or one address, may do one thing."""

import ipaddress
import math
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext

from .. import clock
from ..ops.kept_counts import KeptCounts

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
# What one network address may do by itself: an office of a thousand people opens its pages in the morning, and has one.
PER_ADDRESS = {"per_minute": 200, "per_hour": 3000}


class TooOften(Exception):
    """The limit is reached: ``retry_after`` seconds to wait, ``limit`` and ``used`` as counted."""

    code = "too_often"
    what = gettext_lazy("You are going faster than this page allows.")

    def __init__(self, *, limit, used, retry_after):
        self.limit, self.used, self.retry_after = limit, used, retry_after
        super().__init__(f"{used} of {limit}")

    def sentence(self):
        """Return what the person is told, in their language."""
        return f"{self.what} {wait_in_words(self.retry_after)}"

    def in_both(self):
        """Return what is told, in French and in English."""
        said = []
        for language in ("fr", "en"):
            with translation.override(language):
                said.append(self.sentence())
        return said


class TooManyAttempts(TooOften):
    """Something was guessed at too often."""

    what = gettext_lazy("That was too many attempts.")


def wait_in_words(seconds):
    """Return when to try again, in the language spoken now: rounded up, so that whoever waits as long is let in."""
    if seconds <= 2 * MINUTE:
        return ngettext("Try again in %(count)d second.", "Try again in %(count)d seconds.", seconds) % {"count": seconds}
    if seconds <= 2 * HOUR:
        minutes = -(-seconds // MINUTE)
        return ngettext("Try again in %(count)d minute.", "Try again in %(count)d minutes.", minutes) % {"count": minutes}
    hours = -(-seconds // HOUR)
    return ngettext("Try again in %(count)d hour.", "Try again in %(count)d hours.", hours) % {"count": hours}


def seconds_until(instant):
    """Return the whole seconds from now to ``instant``, rounded up, 1 at least: what a refusal says."""
    return max(1, math.ceil((instant - clock.now()).total_seconds()))


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
        TooOften: beyond what a window allows; the wait is that of the last of the full ones to end.

    """
    now = int(clock.now().timestamp())
    counted, full = [], None
    for limit, seconds in ((per_minute, MINUTE), (per_hour, HOUR), (per_day, DAY)):
        if not limit:
            continue
        key = f"limit:{what}:{who}:{seconds}:{now // seconds}"
        counted.append(key)
        if _one_more(key, seconds + 1) > limit:
            full = TooOften(limit=limit, used=limit, retry_after=seconds - now % seconds)
    if full:
        for one in counted:
            _one_less(one)
        raise full


def count_from(what, request, **limits):
    """Count one more ``what`` by the network address of ``request``, within ``PER_ADDRESS`` unless ``limits`` says otherwise.

    Raises:
        TooOften: beyond what one address is allowed.

    """
    count(what, address_of(request), **PER_ADDRESS | limits)


@dataclass(frozen=True)
class Bound:
    """At most ``most`` attempts of ``who`` within ``seconds``, from the first of them on."""

    who: str
    most: int
    seconds: int


@dataclass(frozen=True)
class Attempt:
    """One attempt that was counted, and may be taken back."""

    keys: tuple[str, ...]

    def rollback(self):
        """Take this attempt out of the counts: it was no guess."""
        for key in self.keys:
            with suppress(ValueError):  # its window ended: nothing is left to take it from
                KeptCounts().incr(key, -1)

    def clear(self):
        """Forget every attempt that was counted with this one."""
        for key in self.keys:
            KeptCounts().delete(key)


def attempt(what, *bounds):
    """Count one more attempt to guess ``what`` against each of ``bounds``, in the database, and return it.

    It is counted before anything is looked at, so that attempts that arrive together never pass together; what is refused is taken out of
    the counts again.

    Raises:
        TooManyAttempts: beyond a bound; the wait is that of the last of the full windows to end.

    """
    kept, counted, full = KeptCounts(), [], None
    for bound in bounds:
        key = f"attempt:{what}:{bound.who}:{bound.most}:{bound.seconds}"
        used, ends_at = kept.count(key, bound.seconds)
        counted.append(key)
        wait = seconds_until(ends_at)
        if used > bound.most and (full is None or wait > full.retry_after):
            full = TooManyAttempts(limit=bound.most, used=bound.most, retry_after=wait)
    tried = Attempt(tuple(counted))
    if full:
        tried.rollback()
        raise full
    return tried


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
