"""Browsers that many people use one after the other: a kiosk, the computer of a workshop.

Such a browser has a signed cookie, and the server nothing of it. The cookie opens nothing: it makes what is open close sooner.
"""

import datetime
import time
from functools import wraps

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as PROOFS
from django.conf import settings
from django.core.exceptions import PermissionDenied

from rse.core.web import drafts

from .known_browsers import COOKIE as KNOWN_BROWSER

COOKIE, SALT = "shared_terminal", "rse.identity.shared_terminals"
LASTS = datetime.timedelta(days=400)  # the most that browsers take; written anew wherever somebody signs in
# What is left in the browser of whoever was there before: whose drafts it kept, and what was to be said to them.
OF_WHOEVER_WAS_HERE = (drafts.COOKIE, "messages")


def is_shared(request):
    """Return whether ``request`` comes from a shared terminal, as the middleware found."""
    return getattr(request, "is_shared_terminal", False)


def refused(view):
    """Let ``view`` run on no shared terminal: it is refused there before anything is asked."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_shared(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def read(request):
    """Return whether the browser of ``request`` has the cookie of a shared terminal, signed by this installation."""
    return request.get_signed_cookie(COOKIE, default=None, salt=SALT) == "1"


def mark(request, response):
    """Set the cookie in ``response`` that makes the browser of ``request`` a shared terminal, from this answer on."""
    request.is_shared_terminal = True
    seconds = int(LASTS.total_seconds())
    options = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_signed_cookie(COOKIE, "1", salt=SALT, max_age=seconds, **options)
    response.delete_cookie(KNOWN_BROWSER, samesite="Lax")


def unmark(request, response):
    """Delete the cookie in ``response``: the browser of ``request`` is one like any other, from this answer on."""
    request.is_shared_terminal = False
    request.session.set_expiry(None)
    response.delete_cookie(COOKIE, samesite="Lax")


def keep_nothing(response):
    """Set on ``response`` that the browser keeps nothing of it: no page, no file, and no cookie for longer than its window is open."""
    response["Cache-Control"] = "no-store, private"
    for name, cookie in response.cookies.items():
        if name != COOKIE and cookie["max-age"] != 0:
            cookie["max-age"] = cookie["expires"] = ""


def forget_who_was_here(request):
    """Remove from ``request`` what the browser still says of whoever was there before; return the names of these cookies."""
    return [name for name in OF_WHOEVER_WAS_HERE if request.COOKIES.pop(name, None) is not None]


def drop_old_proofs(session):
    """Remove from ``session`` the proofs that were asked for again, once they are as old as a session may sleep on a shared terminal."""
    oldest = time.time() - settings.SHARED_TERMINAL_SECONDS
    _keep_proofs(session, lambda proof: not proof.get("reauthenticated") or proof["at"] > oldest)


def drop_proofs(request):
    """Remove from the session of a shared terminal the proofs that were asked for again: the next act of this kind asks once more."""
    if is_shared(request):
        _keep_proofs(request.session, lambda proof: not proof.get("reauthenticated"))


def _keep_proofs(session, is_kept):
    proofs = session.get(PROOFS, [])
    kept = [proof for proof in proofs if is_kept(proof)]
    if kept != proofs:
        session[PROOFS] = kept


def shorten(session):
    """Set when ``session`` ends by itself: after as many seconds without a touch as it may sleep on a shared terminal."""
    if not session.is_empty() and session.get_expiry_age() > settings.SHARED_TERMINAL_SECONDS:
        session.set_expiry(settings.SHARED_TERMINAL_SECONDS)
