from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..typed import shown_again


def csrf_failure(request, reason=""):
    """The page had been open too long, or the request came from elsewhere; a text for others to read is shown so that it can be copied."""
    context = {
        "reason": _("This page had been open for too long. Go back, reload it, and send again."),
        "typed": shown_again(request),
    }
    return render(request, "403.html", context, status=403)


def bad_request(request, exception):
    """A request that makes no sense, or whose body is larger than anything that a form of ours sends."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)
