"""Cohorts, as HR and their hosts see them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rse.core.web.pagination import page_of

from .. import queries, rules, visible_fields
from ..enums import CohortState
from ..forms import HostForm
from ..services import cohorts
from .steering import of_hr

ANY_FORM = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


@of_hr
@require_safe
def cohort_list(request):
    """Render the cohorts, planned and open, the latest month first; each figure leads to exactly its lines."""
    show = request.GET.get("show", "")
    rows = queries.cohorts_for(request.user)
    if show == "planned":
        rows = rows.filter(state=CohortState.PLANNED)
    elif show == "open":
        rows = queries.running_cohorts(rows)
    page = page_of(rows, request, order=("-month", "-pk"), size=ON_A_PAGE)
    counts = queries.late_by_actor(request.user)
    context = {
        "page": page,
        "show": show,
        "figures": queries.cohort_figures(request.user),
        "without_buddy": queries.hr_journeys(request.user, "without_buddy").count(),
        "without_cohort": queries.hr_journeys(request.user, "without_cohort").count(),
        "late": sum(counts.values()),
        "may_edit_template": rules.can_edit_template(request.user),
    }
    return render(request, "onboarding/cohort_list.html", context)


@require_safe
def cohort_detail(request, public_id):
    """Render a cohort: for HR with the journeys they follow, for its host and its members with its people."""
    cohort = get_object_or_404(queries.cohorts_for(request.user), public_id=public_id)
    faces, members = queries.faces_of(request.user, cohort)
    context = {
        "cohort": cohort,
        "community": visible_fields.community_of(request.user, cohort),
        "faces": faces,
        "member_count": members,
        "is_hr": rules.can_see_cohorts(request.user),
        "may_name_host": rules.can_name_host(request.user, cohort),
        "journeys": queries.journeys_of(request.user, cohort) if rules.can_see_cohorts(request.user) else [],
    }
    return render(request, "onboarding/cohort_detail.html", context)


@require_http_methods(ANY_FORM)
def cohort_host(request, public_id):
    """Name the host of the cohort."""
    cohort = get_object_or_404(queries.cohorts_for(request.user), public_id=public_id)
    if not rules.can_name_host(request.user, cohort):
        raise PermissionDenied
    people = queries.possible_hosts(request.user, cohort)
    initial = {"host": cohort.host.handle if cohort.host else None}
    form = HostForm(request.POST or None, reader=request.user, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        cohorts.name_host(actor=request.user, cohort=cohort, host=form.cleaned_data["chosen"])
        messages.success(request, _("%(name)s looks after this cohort.") % {"name": form.cleaned_data["chosen"].name})
        return redirect(cohort)
    return render(request, "onboarding/cohort_host.html", {"cohort": cohort, "form": form}, status=422 if form.is_bound else 200)
