from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.pagination import page_of
from rse.governance.decorators import seen_only_if_logged

from .. import queries, rules
from ..forms import MemberForm
from ..models import Opening
from ..page_context import opening_logged, recruited_page
from ..services import openings


@require_safe
def mine(request):
    """Render the openings for which this person recruits, with how many applications they may open for each."""
    if not rules.can_enter_recruitment(request.user, is_in_a_team=queries.is_in_a_team(request.user)):
        raise PermissionDenied
    page = page_of(queries.openings_recruited_by(request.user), request, order=("-created_at", "-pk"), size=20)
    counts = queries.handled_counts(request.user, page.rows)
    rows = [{"opening": one, "count": counts.get(one.pk, 0)} for one in page.rows]
    context = {"page": page, "rows": rows, "may_create": rules.can_create_opening(request.user)}
    return render(request, "mobility/recruitment.html", context)


@require_safe
@seen_only_if_logged
def opening(request, public_id):
    """Render one opening for those who recruit for it: the applications they may open in the order in which they came, and the team."""
    found = _recruited(request, public_id)
    page = page_of(queries.applications_to_read(request.user, found), request, order=("submitted_at", "pk"), size=30)
    opening_logged(request.user, found, page.rows)
    return render(request, "mobility/recruited.html", recruited_page(request.user, found, page))


def _recruited(request, public_id):
    found = queries.recruited_opening(request.user, public_id)
    if found is None:
        get_visible_or_404(Opening, request.user, public_id=public_id)
        raise PermissionDenied
    return found


@require_POST
@seen_only_if_logged
def member_add(request, public_id):
    """Add somebody to the team of an opening."""
    found = _recruited(request, public_id)
    if not rules.can_change_team(request.user, found):
        raise PermissionDenied
    form = MemberForm(request.POST, reader=request.user, opening=found)
    if form.is_valid():
        try:
            openings.add_member(actor=request.user, opening=found, **form.cleaned_data)
        except openings.AlreadyInTeam:
            form.add_error("person", _("This person recruits for it already."))
        else:
            messages.success(request, _("%(name)s recruits for it now, and is told.") % {"name": form.cleaned_data["person"].name})
            return redirect("recruitment:opening", public_id=public_id)
    page = page_of(queries.applications_to_read(request.user, found), request, order=("submitted_at", "pk"), size=30)
    opening_logged(request.user, found, page.rows)
    return render(request, "mobility/recruited.html", recruited_page(request.user, found, page, member_form=form), status=422)


@require_POST
def member_remove(request, public_id, handle):
    """Remove somebody from the team at once."""
    found = _recruited(request, public_id)
    person = get_visible_or_404(Person, request.user, handle=handle)
    openings.remove_member(actor=request.user, opening=found, person=person)
    messages.success(request, _("%(name)s recruits for it no longer.") % {"name": person.name})
    if not rules.recruits_for(request.user, found):
        return redirect("recruitment:list")
    return redirect("recruitment:opening", public_id=public_id)
