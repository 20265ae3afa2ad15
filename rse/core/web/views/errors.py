from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _

from ..error_pages import page


def csrf_failure(request, reason=""):
    """The page had been open too long, or the request came from elsewhere."""
    return page(request, 403, {"reason": _("This page had been open for too long. Go back, reload it, and send again.")})


def bad_request(request, exception):
    """A request that makes no sense, or whose body is larger than anything that a form of ours sends."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return page(request, status)


def not_open(request, exception):
    """What is known to exist and may not be done."""
    return page(request, 403)


def nothing_here(request, exception):
    """What does not exist, or may not be known to."""
    return page(request, 404)
