from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries, rules


@require_safe
def figures(request):
    """For HR: that pairs exist, since when, after how many sessions; and on which skills help is offered."""
    if not rules.can_see_figures(request.user):
        raise PermissionDenied
    context = {"pairs": queries.pairs_counted(request.user), "skills": queries.offers_by_skill(request.user), "fewest": queries.FEWEST}
    return render(request, "mentoring/figures.html", context)
