from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rse.core.access.readers import get_visible_or_404
from rse.core.elision import of
from rse.core.models import Person
from rse.core.web.stepup import needs_step_up

from .. import mail, rules
from ..forms import ReopenForm
from ..queries import login_of
from ..services.reopenings import (
    AskedAlready,
    NoLongerAsked,
    agree_by_card,
    agree_to_reopening,
    ask_reopening,
    refuse_reopening,
    waiting_for,
)
from .cards import sheet


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def reopen(request, handle):
    """Open an account again: one person asks, another says yes and is shown the link, in this one answer."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not rules.can_reopen(request.user, person):
        raise PermissionDenied
    asked = waiting_for(person)
    form = ReopenForm(request.POST if request.POST.get("do") == "ask" else None)
    context = {"subject": person, "asked": asked, "form": form, "link": "", "login": login_of(person), "refusal": ""}
    context["by_card"] = rules.takes_card(person)
    context["is_mine"] = asked is not None and asked.asked_by_id == request.user.pk
    if request.method != "POST":
        return render(request, "identity/reopen.html", context)
    try:
        return _act(request, person, asked, form, context)
    except AskedAlready:
        refusal = _("Somebody has asked for it meanwhile: open this page again to answer.")
    except NoLongerAsked:
        refusal = _("This request is closed: it was answered meanwhile, or waited for more than a week.")
    return render(request, "identity/reopen.html", context | {"refusal": refusal}, status=409)


def _act(request, person, asked, form, context):
    do = request.POST.get("do")
    if do == "ask":
        if not form.is_valid():
            return render(request, "identity/reopen.html", context, status=422)
        ask_reopening(actor=request.user, person=person, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Your request is written down, and %(name)s is told. It waits for a second person.") % {"name": person.name}
        )
        return redirect(person)
    if asked is None:
        raise NoLongerAsked
    if do == "refuse":
        refuse_reopening(actor=request.user, reopening=asked)
        messages.success(request, _("The account %(of_name)s stays shut.") % {"of_name": of(person.name)})
        return redirect(person)
    if rules.takes_card(person):
        return sheet(request, [agree_by_card(actor=request.user, reopening=asked)])
    token = agree_to_reopening(actor=request.user, reopening=asked)
    return render(request, "identity/reopen.html", context | {"link": mail.absolute(reverse("identity:welcome", args=[token]))})
