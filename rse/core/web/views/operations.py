from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ...access import rules
from ...events import deliveries
from ...models import ScheduledJob


@require_safe
def queue(request):
    """Render what waits, what failed and how often, by name; nothing of what it was about."""
    if not rules.can_see_queue(request.user):
        raise PermissionDenied
    lines = deliveries.overview()
    hidden = {line["state"] for line in lines if not line["name"]}
    context = {
        "failed": [line for line in lines if line["name"] and line["state"] == "dead"],
        "waiting": [line for line in lines if line["name"] and line["state"] in ("pending", "running")],
        "has_hidden_failures": "dead" in hidden,
        "has_hidden_delays": "pending" in hidden,
        "version": settings.VERSION,
        "jobs": ScheduledJob.objects.order_by("name"),
    }
    return render(request, "core/queue.html", context)


@require_POST
def run_again(request):
    """Give the oldest given-up delivery of a name five more attempts."""
    if not rules.can_see_queue(request.user):
        raise PermissionDenied
    deliveries.run_again(event_name=request.POST.get("event", ""), subscriber=request.POST.get("subscriber", ""))
    return redirect("operations:queue")
