from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries, rules


@require_safe
def figures(request):
    """Render, for HR, how many people began to be accompanied in months that are over, and on which skills help is offered."""
    if not rules.can_see_figures(request.user):
        raise PermissionDenied
    context = {"pairs": queries.pairs_counted(request.user), "skills": queries.offers_by_skill(request.user)}
    return render(request, "mentoring/figures.html", context)
