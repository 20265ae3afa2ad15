"""Browsers that somebody came in with: whatever strangers get wrong elsewhere never keeps an account's owner out of them.

Such a browser has a cookie of chance, and the database the hash of it with what was typed to sign in. Neither opens anything.
"""

import datetime
import re
import secrets

from django.conf import settings

from rse.core.ops.kept_counts import KeptCounts

COOKIE = "known_browser"
LASTS = datetime.timedelta(days=90)
_made_here = re.compile(r"[\w-]{43}", re.ASCII)


def remember(request, response, login):
    """Set the cookie of this browser in ``response``, and store that whoever signs in as ``login``, folded, came in with it."""
    browser = _browser(request) or secrets.token_urlsafe(32)
    seconds = int(LASTS.total_seconds())
    KeptCounts().set(_key(browser, login), 1, seconds)
    response.set_cookie(COOKIE, browser, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def known_to(request, login):
    """Return the browser of ``request`` if somebody came in with it as ``login``, folded; else an empty string.

    One query, whatever the answer.
    """
    browser = _browser(request)
    return browser if KeptCounts().get(_key(browser, login)) else ""


def _browser(request):
    kept = request.COOKIES.get(COOKIE, "")
    return kept if _made_here.fullmatch(kept) else ""


def _key(browser, login):
    return f"known-browser:{browser}:{login}"
