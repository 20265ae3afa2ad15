from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rse.core.enums import Role
from rse.core.web.pagination import page_of

from .. import queries, rules
from ..models import AccessLogEntry


@require_safe
def openings_mine(request):
    """Render who opened one's file, when, and why."""
    page = page_of(queries.openings_of_my_file(request.user), request, order=("-number",), size=30)
    return render(request, "governance/openings_mine.html", {"page": page, "lines": queries.opening_lines(page.rows, request.user)})


@require_safe
def access_log(request):
    """Render whether the log is whole; its entries for the data protection officer, to nobody else."""
    if not rules.can_see_access_log_state(request.user):
        raise PermissionDenied
    context = {"state": queries.access_log_state(), "page": None, "lines": []}
    if request.user.holds(Role.DPO):
        entries = AccessLogEntry.objects.visible_to(request.user).select_related("reader__site")
        context["page"] = page_of(entries, request, order=("-number",), size=50)
        context["lines"] = queries.audit_lines(context["page"].rows)
    return render(request, "governance/access_log.html", context)
