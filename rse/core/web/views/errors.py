from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _

from ..error_pages import page


def csrf_failure(request, reason=""):
    """Render the 403 of a page that was open too long, or of a request from elsewhere, with what was typed so that it can be copied."""
    return page(request, 403, {"reason": _("This page had been open for too long. Go back, reload it, and send again.")})


def bad_request(request, exception):
    """Render the answer to a request that makes no sense (400), or whose body is larger than anything that a form of ours sends (413)."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return page(request, status)


def not_open(request, exception):
    """Render the 403 of what is known to exist and may not be done."""
    return page(request, 403)


def nothing_here(request, exception):
    """Render the 404 of what does not exist, or may not be known to."""
    return page(request, 404)
