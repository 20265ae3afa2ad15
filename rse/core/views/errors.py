from django.shortcuts import render
from django.utils.translation import gettext as _


def csrf_failure(request, reason=""):
    """The page had been open too long, or the request came from elsewhere; what was typed is shown so that it can be copied."""
    texts = [value for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "password") and len(value) > 20]
    context = {
        "reason": _("This page had been open for too long. Go back, reload it, and send again."),
        "typed": max(texts, key=len, default=""),
    }
    return render(request, "403.html", context, status=403)
