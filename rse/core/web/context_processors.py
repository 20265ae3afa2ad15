"""What the shell around every page needs."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from ..ops.installation import installation
from . import drafts, slots

MOST_TABS = 5
MOST_UNFOLDED = 16
ALWAYS_OPEN = frozenset({"main", "me"})
OWN_PAGES = frozenset({"people:edit", "people:photo_edit", "people:photo_remove", "people:forget_name"})


def page(request):
    """Return ``shell`` and the nonce under the name that the htmx tags read; built once per request, for every piece of the page."""
    if not hasattr(request, "_shell"):
        request._shell = _shell(request)  # noqa: SLF001 - the request is where a request keeps things
    return {"shell": request._shell, "csp_nonce": getattr(request, "csp_nonce", "")}  # noqa: SLF001


def _shell(request):
    person = getattr(request, "user", None)
    known = bool(person and person.is_authenticated)
    groups, tabs, up = _navigation(request, person) if known else ([], [], [])
    here = installation()
    return {
        "nav": groups,
        "tabs": tabs,
        "up": up,
        "is_own_profile": known and _is_own_profile(request, person),
        "person": person if known else None,
        "company": here.company or settings.COMPANY_NAME,
        "logo": here.logo,
        "accent": here.accent,
        "drafts": drafts.name_of(request),
    }


def _navigation(request, person):
    """Return the groups of the navigation that ``person`` sees, the bar of a phone with what one does most in its middle, the way back.

    The way back leads to the line that a page stands under; none where the page is that line.
    """
    shown = [entry for entry in slots.entries() if entry.shown(person)]
    name = request.resolver_match.view_name if request.resolver_match else ""
    is_own = _is_own_profile(request, person)
    current = "" if is_own else name_of_current(shown, name)
    groups: dict[str, list[dict[str, Any]]] = {key: [] for key in slots.GROUPS}
    tabs: list[tuple[int, dict[str, Any]]] = []
    acts = []
    for entry in shown:
        item = {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "icon": entry.icon,
            "is_current": entry.url_name == current,
            "is_page": entry.url_name == name,
            "is_act": entry.is_act,
            "count": entry.count(person),
        }
        if entry.is_act:
            acts.append(item)
            continue
        groups[entry.group].append(item)
        if entry.tab is not None:
            tabs.append((entry.tab, item))
    places = [item for _tab, item in sorted(tabs, key=lambda one: one[0])][: MOST_TABS - len(acts)]
    up = [item for items in groups.values() for item in items if item["is_current"] and not item["is_page"]]
    if is_own and name != "people:detail":
        up = [{"label": person.name, "url": person.get_absolute_url()}]
    return _folded(groups), [*places[:2], *acts, *places[2:]], up


def name_of_current(entries: Iterable[slots.Entry], name: str) -> str:
    """Return the ``url_name`` of the entry that the page ``name`` belongs to, the one that says most of the name; empty for none."""

    def said(entry: slots.Entry) -> int:
        begins = (one for one in entry.prefixes if name.startswith(one))
        return len(name) + 1 if name == entry.url_name else max(map(len, begins), default=0)

    found = max(entries, key=said, default=None)
    return found.url_name if found and said(found) else ""


def _is_own_profile(request, person):
    match = request.resolver_match
    name = match.view_name if match else ""
    return name in OWN_PAGES or (name == "people:detail" and match.kwargs.get("handle") == person.handle)


def _folded(groups):
    """Return the groups that have something; a long navigation folds those that are neither the first nor where one is."""
    is_long = sum(map(len, groups.values())) > MOST_UNFOLDED
    return [
        {
            "key": key,
            "label": slots.GROUPS[key],
            "items": items,
            "is_open": not is_long or key in ALWAYS_OPEN or any(item["is_current"] for item in items),
            "count": sum(item["count"] or 0 for item in items),
        }
        for key, items in groups.items()
        if items
    ]
