from django.core.exceptions import RequestDataTooBig
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


def bad_request(request, exception):
    """A request that makes no sense, or whose body is larger than anything that a form of ours sends."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)
