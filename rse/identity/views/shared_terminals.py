from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rse.core.web.stepup import needs_step_up

from .. import rules, shared_terminals


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def shared_terminal(request):
    """Render what a shared terminal is, and make one of this browser, or one like any other again."""
    if not rules.can_share_terminal(request.user):
        raise PermissionDenied
    if request.method != "POST":
        context = {"is_shared": shared_terminals.is_shared(request), "seconds": settings.SHARED_TERMINAL_SECONDS}
        return render(request, "identity/shared_terminal.html", context)
    response = redirect("identity:shared_terminal")
    if request.POST.get("do") == "share":
        shared_terminals.mark(request, response)
        messages.success(request, _("This browser is a shared terminal now."))
    else:
        shared_terminals.unmark(request, response)
        messages.success(request, _("This browser is no longer a shared terminal."))
    return response


@require_POST
def still_here(request):
    """Answer nothing: that somebody touched the page was noted on the way here."""
    return HttpResponse(status=204)
