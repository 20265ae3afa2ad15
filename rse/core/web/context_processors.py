"""What the shell around every page needs."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from ..ops.installation import installation
from . import drafts, slots


def page(request):
    """Return ``shell`` and the nonce under the name that the htmx tags read; built once per request, for every piece of the page."""
    if not hasattr(request, "_shell"):
        request._shell = _shell(request)  # noqa: SLF001 - the request is where a request keeps things
    return {"shell": request._shell, "csp_nonce": getattr(request, "csp_nonce", "")}  # noqa: SLF001


def _shell(request):
    person = getattr(request, "user", None)
    known = bool(person and person.is_authenticated)
    groups, tabs = _navigation(request, person) if known else ([], [])
    return {
        "nav": groups,
        "tabs": tabs[:5],
        "person": person if known else None,
        "company": installation().company or settings.COMPANY_NAME,
        "drafts": drafts.name_of(request),
    }


def _navigation(request, person):
    match = request.resolver_match
    name = match.view_name if match else ""
    groups: dict[Any, Any] = {}
    tabs: list[Any] = []
    for entry in slots.entries():
        if not entry.shown(person):
            continue
        item = {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "icon": entry.icon,
            "is_current": name == entry.url_name or name.startswith(entry.prefixes or ("\0",)),
            "count": entry.count(person),
        }
        groups.setdefault(str(entry.group), []).append(item)
        if entry.is_tab:
            tabs.append(item)
    return [{"label": label or None, "items": items} for label, items in groups.items()], tabs
