"""The first steps of an installation, seen by the product itself, and the mail that proves that mail arrives."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...access import rules
from ...ops import doctor, first_steps
from ...ops.doctor import Level
from ...ops.mail_test import NoAddress, NotSent, WrongCode, confirm_test_mail, send_test_mail, waits_for_code
from ..forms import CodeForm
from ..limits import Bound, attempt, limited

HOUR = 3600


@require_safe
def step_list(request):
    """Render every step with how far it is, and what is not well with the installation."""
    if not rules.can_take_first_steps(request.user):
        raise PermissionDenied
    return _page(request, CodeForm())


def _page(request, form, status=200):
    person = request.user
    lines = first_steps.lines(person)
    context = {
        "steps": [{"taken_as": line, "may_go": bool(line.step.url_name) and line.step.may_go(person)} for line in lines],
        "left": sum(not line.is_done for line in lines),
        "findings": [line for line in doctor.examine(with_slow=False) if line.level is not Level.WELL],
        "form": form,
        "waits_for_code": waits_for_code(person),
    }
    return render(request, "core/first_steps.html", context, status=status)


@require_POST
def step_take(request, name):
    """Write down that a step is done which nobody can see."""
    try:
        first_steps.take_by_hand(by=request.user, name=name)
    except first_steps.UnknownStep as error:
        raise Http404 from error
    messages.success(request, _("Written down, with your name and the day."))
    return redirect("first_steps:list")


@require_POST
@limited("mail-test", per_minute=3, per_hour=10)
def mail_send(request):
    """Send a mail to the administrator's own address."""
    try:
        send_test_mail(to=request.user)
    except NoAddress:
        messages.error(request, _("You have no work e-mail: nothing could be sent."))
    except NotSent as refusal:
        messages.error(request, _("The mail was not taken. %(why)s") % {"why": refusal.sentence})
    else:
        messages.success(request, _("The mail is on its way to %(address)s. Type its code below.") % {"address": request.user.email})
    return redirect("first_steps:list")


@require_http_methods(["POST"])
def mail_confirm(request):
    """Take the code that stood in the mail."""
    if not rules.can_take_first_steps(request.user):
        raise PermissionDenied
    form = CodeForm(request.POST)
    if form.is_valid():
        attempt("mail-test", Bound(str(request.user.pk), 10, HOUR))
        try:
            confirm_test_mail(by=request.user, code=form.cleaned_data["code"])
        except WrongCode:
            form.add_error("code", _("This is not the code of the last mail, or an hour has passed. Send another mail where need be."))
        else:
            messages.success(request, _("Mail arrives."))
            return redirect("first_steps:list")
    return _page(request, form, status=422)
