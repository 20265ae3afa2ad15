"""Words under seal: how the person takes the seal off, and the two of HR who may."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.days import date_format
from rse.core.web.limits import limited
from rse.core.web.stepup import needs_step_up

from .. import queries, rules
from ..decorators import for_present
from ..forms import SealCodeForm
from ..models import Seal
from ..page_context import sealed_page
from ..services import seals


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_present
def sealed(request):
    """Render what is under seal and why, and take a code that opens it."""
    seal = queries.seal_of(request.user)
    if seal is None:
        return redirect("mentoring:my_pairs")
    return _open(request, seal) if request.method == "POST" else render(request, "mentoring/sealed.html", sealed_page(seal))


@limited("open_seal", per_minute=5, per_hour=10)
def _open(request, seal):
    form = SealCodeForm(request.POST)
    if form.is_valid():
        try:
            seals.open_by_code(person=request.user, code=form.cleaned_data["code"])
        except seals.WrongCode:
            form.add_error("code", _("This code is none of those that you had before, or was used already."))
        else:
            messages.success(request, _("It is you. What you wrote and read in mentoring is open again."))
            return redirect("mentoring:my_pairs")
    return render(request, "mentoring/sealed.html", sealed_page(seal, form=form), status=422)


@require_POST
@for_present
@limited("ask_reopening", per_minute=5, per_hour=10)
def ask(request):
    """Ask two people of HR, for whoever has no code any more."""
    if queries.seal_of(request.user) is not None:
        seals.ask_hr(person=request.user)
        messages.success(request, _("HR is asked, and every address we know of you is told."))
    return redirect("mentoring:sealed")


@require_POST
@for_present
def take_back(request):
    """Withdraw what HR was asked."""
    seals.take_back(person=request.user)
    messages.success(request, _("HR is asked no more."))
    return redirect("mentoring:sealed")


@require_safe
@for_present
@needs_step_up()
def reopenings(request):
    """Render, for HR, who asks that their words be opened, and from when on two people may say yes."""
    if not rules.can_see_reopenings(request.user):
        raise PermissionDenied
    return render(request, "mentoring/reopenings.html", {"lines": queries.seals_asked(request.user)})


def _asked(request, seal_id):
    seal = get_visible_or_404(Seal, request.user, public_id=seal_id)
    if not queries.may_confirm(request.user, seal):
        raise PermissionDenied
    return seal


@require_POST
@for_present
@needs_step_up()
def confirm(request, seal_id):
    """Confirm that it is indeed the person who asks."""
    seal = _asked(request, seal_id)
    try:
        is_open = seals.confirm(by=request.user, seal=seal)
    except seals.TooEarly as early:
        day = date_format(early.opens_at, "DATETIME_FORMAT")
        messages.error(request, _("Not before %(day)s: the person must have the time to say that it is not them.") % {"day": day})
    else:
        said = _("Two people said yes: it is open again.") if is_open else _("Your yes is kept. Another person of HR has to say it too.")
        messages.success(request, said)
    return redirect("mentoring:reopenings")


@require_POST
@for_present
@needs_step_up()
def refuse(request, seal_id):
    """Record that it is not known who asks."""
    seals.refuse(by=request.user, seal=_asked(request, seal_id))
    messages.success(request, _("It stays under seal, and the person is told."))
    return redirect("mentoring:reopenings")
