"""Which shape an answer takes, and what a swap says."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event


def is_swap(request):
    """Return whether htmx asked for a piece of the page it stands on, rather than a page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def led_to(request, to, **arguments) -> HttpResponseBase:
    """Return what leads a browser to ``to``, said as to ``redirect``: htmx, had it sent the form, would show that page within this one."""
    return HttpResponseClientRedirect(resolve_url(to, **arguments)) if request.htmx else redirect(to, **arguments)


def swapped(response, *, said, focus):
    """Return ``response`` with what htmx does once it stands in the page: announce the sentence ``said``, focus the id ``focus``.

    Where no element has that id, the focus goes to the root of what was swapped.
    """
    return trigger_client_event(response, "maillage:swapped", {"said": said, "focus": focus}, after="settle")
