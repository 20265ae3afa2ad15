from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from rse.core.web.limits import limited

from . import queries
from .analysis import parse
from .documents import PERSON
from .enums import Sort
from .forms import SearchForm


@require_safe
@limited("search", per_minute=30)
def results(request):
    """Render what this person finds: everything, or one kind of it."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    asked = form.cleaned_data
    query = parse(asked["q"]) if is_valid else parse("")
    kind, sort = asked.get("kind", ""), asked.get("sort", Sort.BEST.value)
    context = {"form": form, "text": asked.get("q", ""), "found": None, "is_person": kind == PERSON}
    if query:
        found = queries.find(request.user, query, kind=kind, sort=sort, page=asked["page"])
        address = _Address(q=asked["q"], kind=kind, sort=sort)
        context |= {
            "found": found,
            "tabs": _tabs(found, kind, address),
            "orders": [{"label": one.label, "url": address.to(sort=one.value), "is_current": sort == one} for one in Sort],
            "people_url": address.to(kind=PERSON),
            "instead": []
            if found.total
            else [{"text": one, "url": address.to(q=one, kind="", page=1)} for one in queries.instead(request.user, query)],
            "previous_url": address.to(page=found.page - 1) if found.page > 1 else "",
            "next_url": address.to(page=found.page + 1) if found.has_more else "",
        }
    return render(request, "search/results.html", context, status=200 if is_valid else 422)


@require_safe
@limited("search_suggestions", per_minute=60)
def suggestions(request):
    """Render what this person may be about to type; nothing for what is too short or too long."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    text = form.cleaned_data["q"] if is_valid else ""
    query = parse(text)
    groups = queries.suggest(request.user, query) if query else []
    context = {
        "groups": groups,
        "count": sum(len(found) for _kind, found in groups),
        "all_url": f"{reverse('search:results')}?{urlencode({'q': text})}" if query else "",
        "text": text,
    }
    return render(request, "search/_suggestions.html", context, status=200 if is_valid else 422)


class _Address:
    """The address of this search, with something else in it; what goes without saying is left out."""

    def __init__(self, **asked):
        self.asked = asked

    def to(self, **changes):
        asked = self.asked | changes
        said = {name: value for name, value in asked.items() if value and (name, value) not in {("sort", Sort.BEST.value), ("page", 1)}}
        return f"{reverse('search:results')}?{urlencode(said)}"


def _tabs(found, kind, address):
    """Everything, then each kind of which something is found, and the one that is looked at: each leads to what it counts."""
    shown = [one for one in found.counts if one.number or one.kind.name == kind]
    everything = {
        "label": pgettext("results of a search", "Everything"),
        "number": found.total,
        "is_bound": found.is_bound,
        "url": address.to(kind=""),
        "is_current": not kind,
    }
    return [everything] + [
        {
            "label": one.kind.plural or one.kind.label,
            "number": one.number,
            "is_bound": one.is_bound,
            "url": address.to(kind=one.kind.name),
            "is_current": one.kind.name == kind,
        }
        for one in shown
    ]
