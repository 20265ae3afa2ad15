from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rse.core.people.handles import held
from rse.core.web.conflicts import VersionForm
from rse.core.web.markdown import render_markdown

from .. import queries
from ..charter import charter_due
from ..differences import differences
from ..services.charter import LONGEST, NotTheCharterInForce, accept_charter


@require_safe
def charter_detail(request, version=None):
    """Render the charter in force, or an earlier version, with when this person accepted it and the list of versions."""
    current = queries.current_charter()
    shown = current if version is None else queries.charter_of(version)
    if version is not None and shown is None:
        raise Http404
    context = {
        "current": current,
        "charter": shown,
        "is_current": bool(shown) and shown.pk == current.pk,
        "body": _rendered(shown.body) if shown else "",
        "acceptance": queries.acceptance_of(request.user, shown),
        "is_due": charter_due(request.user) is not None,
        "versions": queries.charters(),
    }
    return render(request, "governance/charter_detail.html", context)


@require_safe
def charter_changes(request, before, after):
    """Render what changed from one version to another, paragraph by paragraph."""
    first, second = queries.charter_of(before), queries.charter_of(after)
    if first is None or second is None or before == after:
        raise Http404
    changes = [
        {"state": change.state, "before": _rendered(change.before, 3), "after": _rendered(change.after, 3)}
        for change in differences(first.body, second.body)
    ]
    context = {"first": first, "second": second, "changes": changes, "count": sum(change["state"] != "same" for change in changes)}
    return render(request, "governance/charter_changes.html", context)


@require_POST
def charter_accept(request):
    """Accept the charter in force; where it changed since the page was opened, answer 409."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        accept_charter(person=request.user, version=form.cleaned_data["version"])
    except NotTheCharterInForce:
        return render(request, "409.html", status=409)
    return redirect("charter:detail")


def _rendered(text, top_heading=2):
    return render_markdown(held(text), top_heading=top_heading, longest=LONGEST)
