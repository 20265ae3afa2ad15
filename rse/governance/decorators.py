"""The door of every page whose openings are logged: no entry, no content."""

from functools import wraps

from django.http import HttpResponse
from django.template.loader import render_to_string

from .services.access_log import AccessLogUnavailable, watching


class UnloggedOpening(Exception):
    """A view was about to show what nobody wrote down: it must call ``log_access`` before it renders."""


def seen_only_if_logged(view):
    """Let a view show its content only after ``log_access`` has committed an entry; if it cannot be written, answer 503 with nothing.

    A view that has nothing sensitive to show this time (an empty list) says so by logging an empty mapping.

    Raises:
        UnloggedOpening: the view made a page and logged nothing.

    """

    @wraps(view)
    def logged_first(request, *args, **kwargs):
        with watching() as logged:
            try:
                response = view(request, *args, **kwargs)
            except AccessLogUnavailable:
                return _unavailable()
        leads_away = "HX-Redirect" in response.headers  # htmx goes elsewhere: nothing was shown
        if 200 <= response.status_code < 300 and not logged and not leads_away:
            raise UnloggedOpening(view.__name__)
        return response

    return logged_first


def _unavailable():
    """Made without the database, which may be what failed."""
    return HttpResponse(
        render_to_string("governance/log_unavailable.html"), status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"}
    )
