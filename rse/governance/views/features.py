from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core import clock
from rse.core.days import date_format
from rse.core.people.handles import held
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.conflicts import VersionForm
from rse.core.web.markdown import render_markdown

from .. import gates, queries, rules
from ..enums import Advice
from ..forms import FeatureForm
from ..services.features import CONDITIONS, AlreadyOn, close_feature, confirm_feature, propose_feature


@require_safe
def feature_list(request):
    """Render which features of HR are on, since when, with their notice; the others for those who look after them."""
    person = request.user
    if not person.is_present:
        raise PermissionDenied
    switches = queries.switches()
    sees_all = rules.can_see_all_features(person)
    confirmable = queries.heads_who_may_confirm([switch for _gate, switch, _on in switches if switch]) if sees_all else set()
    lines = [_line(person, confirmable, *one) for one in switches]
    context = {
        "on": [line for line in lines if line["is_open"]],
        "off": [line for line in lines if not line["is_open"]] if sees_all else [],
    }
    return render(request, "governance/feature_list.html", context)


def _line(person, confirmable, gate, switch, is_open):
    return {
        "gate": gate,
        "switch": switch,
        "is_open": is_open,
        "waits_for": "" if is_open else queries.waits_for(switch, confirmable),
        "notice": render_markdown(held(switch.notice)) if switch and is_open else "",
        "since": max(clock.date_of(switch.on_since), switch.notice_on, switch.works_council_on) if is_open else None,
        "may_edit": rules.can_propose_feature(person) and not (switch and switch.is_confirmed),
        "may_close": rules.can_close_feature(person) and switch is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def feature_edit(request, name):
    """Edit the conditions of one feature: filled in by an administrator, read and confirmed by the head of HR."""
    gate = gates.get(name)
    if gate is None or not rules.can_see_all_features(request.user):
        raise Http404 if gate is None else PermissionDenied
    switch = queries.switch_of(name)
    may_edit = rules.can_propose_feature(request.user) and not (switch and switch.is_confirmed)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = FeatureForm(request.POST or None, initial=_initial(switch), reader=request.user)
    theirs = None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            propose_feature(asker=request.user, name=name, version=said.pop("version"), **said)
        except EditedMeanwhile as meanwhile:
            theirs = _initial(meanwhile.current)
        except AlreadyOn:
            return render(request, "409.html", status=409)
        else:
            messages.success(request, _("Written down."))
            return redirect("features:edit", name=name)
    context = {
        "gate": gate,
        "switch": switch,
        "form": form if may_edit else None,
        "facts": _facts(switch),
        "may_confirm": bool(switch) and rules.can_confirm_feature(request.user, switch),
        "waits_for": queries.waits_for(switch, queries.heads_who_may_confirm([switch] if switch else [])),
        "is_own": bool(switch) and switch.asked_by_id == request.user.pk,
    }
    if theirs:
        return conflicts.answer(request, "governance/feature_edit.html", context, form=form, theirs=theirs)
    return render(request, "governance/feature_edit.html", context, status=422 if form.is_bound else 200)


def _initial(switch):
    if switch is None:
        return {"version": 0}
    return {name: getattr(switch, name) for name in (*CONDITIONS, "version")}


def _facts(switch):
    """The conditions in words, with what is missing left empty."""
    if switch is None:
        return []
    return [
        (_("Impact assessment"), switch.impact_assessment),
        (_("Works council consulted on"), date_format(switch.works_council_on) if switch.works_council_on else ""),
        (_("Its opinion"), Advice(switch.works_council_advice).label if switch.works_council_advice else ""),
        (_("Employees told on"), date_format(switch.notice_on) if switch.notice_on else ""),
        (_("Notice in French"), switch.notice_fr),
        (_("Notice in English"), switch.notice_en),
        (_("Who answers for it"), switch.owner.name if switch.owner else ""),
    ]


@require_POST
def feature_confirm(request, name):
    """Confirm, as the head of HR, the conditions as they were shown."""
    switch, form = queries.switch_of(name), VersionForm(request.POST)
    if switch is None or not form.is_valid():
        raise Http404
    try:
        confirm_feature(confirmer=request.user, switch=switch, version=form.cleaned_data["version"])
    except EditedMeanwhile:
        return render(request, "409.html", status=409)
    messages.success(request, _("Confirmed."))
    return redirect("features:list")


@require_POST
def feature_close(request, name):
    """Switch a feature off now."""
    close_feature(closer=request.user, name=name)
    messages.success(request, _("Switched off."))
    return redirect("features:list")
