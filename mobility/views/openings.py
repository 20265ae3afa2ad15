from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import count, limited
from rse.governance.charter import charter_required

from .. import queries, rules
from ..exports import openings_table
from ..forms import OpeningForm
from ..models import Opening
from ..page_context import units_for, values_of
from ..services import openings

FORM = ["GET", "HEAD", "POST"]


def _readable(request, public_id):
    """The opening as far as its readers go; whether this person recruits for it is asked by what they do with it."""
    return get_visible_or_404(Opening, request.user, public_id=public_id)


def _page(opening):
    return reverse("recruitment:opening", args=[opening.public_id])


@require_http_methods(FORM)
@charter_required
def create(request):
    """Create an opening, as a draft."""
    if not request.user.is_present:
        raise Http404
    if not rules.can_create_opening(request.user):
        raise PermissionDenied
    form = OpeningForm(request.POST or None, units=units_for(request.user))
    if request.method == "POST" and form.is_valid():
        count("openings", request.user.pk, per_minute=10, per_hour=60)
        try:
            opening = openings.create_opening(author=request.user, key=form.cleaned_data["key"], **form.values())
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("It is a draft: read it over, then publish it."))
            return redirect(_page(opening))
    context: dict[str, Any] = {"form": form, "opening": None, "options": []}
    return render(request, "mobility/opening_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@charter_required
def edit(request, public_id):
    """Edit the words of an opening; when somebody saved meanwhile, show both versions."""
    if not rules.can_edit_opening(request.user, _readable(request, public_id)):
        raise PermissionDenied
    opening = queries.recruited_opening(request.user, public_id)
    if opening is None:
        raise Http404
    units = units_for(request.user, opening)
    form = OpeningForm(request.POST or None, units=units, initial=values_of(opening))
    context: dict[str, Any] = {"form": form, "opening": opening, "options": []}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            openings.edit_opening(editor=request.user, opening=opening, version=version, **form.values())
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "mobility/opening_form.html", context, form=form, theirs=values_of(meanwhile.current))
        else:
            published = opening.is_published
            messages.success(request, _("Saved. Whoever applied is told.") if published else _("Saved."))
            return redirect(_page(opening))
    return render(request, "mobility/opening_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@charter_required
def publish(request, public_id):
    opening = _readable(request, public_id)
    try:
        openings.publish_opening(actor=request.user, opening=opening)
    except openings.ClosedAlready:
        messages.error(request, _("Its last day for applications is over: choose another one first."))
        return redirect("jobs:edit", public_id=public_id)
    messages.success(request, _("Published: everyone reads it now."))
    return redirect(_page(opening))


@require_POST
def close(request, public_id):
    opening = _readable(request, public_id)
    openings.close_opening(actor=request.user, opening=opening)
    messages.success(request, _("Closed: it is in the list no longer. What was sent stays with those who handle it."))
    return redirect(_page(opening))


@require_POST
def reopen(request, public_id):
    opening = _readable(request, public_id)
    openings.reopen_opening(actor=request.user, opening=opening)
    messages.success(request, _("It is a draft again: read it over, then publish it."))
    return redirect(_page(opening))


@require_POST
def delete(request, public_id):
    """Delete a draft that nobody else ever saw."""
    openings.delete_opening(actor=request.user, opening=_readable(request, public_id))
    messages.success(request, _("The draft is erased."))
    return redirect("recruitment:list")


@require_safe
@limited("opening_exports", per_day=3)
def export(request):
    """Return the openings for which this person recruits, as a table."""
    if not rules.can_export_openings(request.user, is_in_a_team=queries.is_in_a_team(request.user)):
        raise PermissionDenied
    rows = queries.openings_recruited_by(request.user).select_related("unit", "site").order_by("-created_at", "-pk")
    return openings_table(rows)
