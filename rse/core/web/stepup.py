"""Proof by a second factor: when this session last gave one, and the pages that ask for a fresh one.

Who signs people in writes the proof; whoever guards something reads it here, in a request or in a socket.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .. import clock
from ..enums import Role
from .own_pages import page_asked, page_left

KEY = "proved"

# These read or change what concerns many people: a password alone does not let them in.
SECOND_FACTOR_ROLES = frozenset({Role.HR, Role.HR_HEAD, Role.RECRUITER, Role.HR_SUCCESSION, Role.HANDLER, Role.DPO, Role.ADMINISTRATOR})


def prove(session: Any, person: Any) -> None:
    """Record in the session that ``person`` has just shown their second factor."""
    session[KEY] = {"person": str(person.pk), "at": int(clock.now().timestamp())}


def forget(session: Any) -> None:
    """Remove from the session the proof of a second factor."""
    session.pop(KEY, None)


def proved_at(request_or_session: Any) -> int | None:
    """Return when the person of this session last showed their second factor in it, in seconds since the epoch, or None."""
    session = getattr(request_or_session, "session", request_or_session)
    proof = session.get(KEY)
    return proof["at"] if proof and proof["person"] == session.get(SESSION_KEY) else None


def lacks_second_factor(request_or_session: Any, person: Any) -> bool:
    """Return whether the roles of ``person`` require a second factor that this session has not shown: nothing is open to it then."""
    return proved_at(request_or_session) is None and person.holds(*SECOND_FACTOR_ROLES)


def stepped_up(request_or_session: Any, minutes: int = 15) -> bool:
    """Return whether the second factor was shown in this session less than ``minutes`` ago."""
    at = proved_at(request_or_session)
    return at is not None and clock.now().timestamp() - at < minutes * 60


def needs_step_up(minutes: int = 15) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view run only ``minutes`` after the second factor was shown, and ask for it otherwise.

    A page comes back to where it was. A form is refused: it is kept nowhere in between.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if stepped_up(request, minutes) else ask(request)

        return guarded

    return decorate


def ask(request: HttpRequest) -> HttpResponse:
    """Send a page to where the second factor is shown, and refuse anything else."""
    if request.method in {"GET", "HEAD"}:
        asked = f"{resolve_url(settings.STEP_UP_URL)}?{urlencode({'next': page_asked(request)})}"
        return HttpResponseClientRedirect(asked) if request.headers.get("HX-Request") else redirect(asked)
    reason = _("You showed your code too long ago. Open the page again, confirm that it is you, then send again.")
    again = f"{resolve_url(settings.STEP_UP_URL)}?{urlencode({'next': page_left(request)})}"
    return render(request, "403.html", {"reason": reason, "again": again}, status=403)
