"""Coming in by what stands on paper: a card, by its drawing or its code; or one of the codes to come back with. For anybody who asks."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rse.core.web.limits import count, count_from

from .. import attempts, shared_terminals
from ..forms import NumberAndCodeForm, WelcomeForm
from ..queries import login_of
from ..services.cards import CardOver, card_by_code, card_by_token, redeem_card
from ..services.recovery import CodeOver, codes_of, make_codes, may_use_codes, open_code, reset_by_code

SECRETS = ("code", "password1", "password2")


@login_not_required
@never_cache
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
def come_in_by_card(request, token):
    """Set a password by the drawing of a card; whatever opens nothing gives one and the same page."""
    found = card_by_token(token)
    _count(request, found)
    if found is None:
        return render(request, "identity/card_over.html", status=404)
    form = WelcomeForm(request.POST or None, user=found.person)
    if form.is_valid():
        try:
            return _redeem(request, found, form)
        except CardOver:
            return render(request, "identity/card_over.html", status=404)
    context = {"form": form, "subject": found.person, "login": login_of(found.person)}
    return render(request, "identity/welcome.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
def come_in_by_code(request):
    """Set a password by the code of a card and the employee number; whatever opens nothing is refused in the same words."""
    said = _("This number and this code open nothing: they are not those of one card, or it is used, void, or was not handed over today.")
    return _two_steps(request, card_by_code, _redeem, CardOver, "identity/come_in_by_code.html", said)


@login_not_required
@never_cache
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
def reset_by_recovery_code(request):
    """Set another password by the employee number and a recovery code; whatever opens nothing is refused in the same words."""
    said = _(
        "This number and this code open nothing: check both. "
        "A code works once, and only for people without an e-mail and without a second factor."
    )
    return _two_steps(request, open_code, _reset, CodeOver, "identity/reset_by_code.html", said)


def _two_steps(request, find, finish, over, template, refusal):
    """Ask for a number and a code, then for a password: both forms of the second step are sent together, and nothing is kept in between."""
    asked = NumberAndCodeForm(request.POST or None)
    context: dict[str, Any] = {"asked": asked, "form": None, "subject": None, "login": ""}
    if not asked.is_valid():
        if asked.is_bound:
            _count(request, None)
        return render(request, template, context, status=422 if asked.is_bound else 200)
    found = _found(request, find, asked)
    if found is None:
        wait = attempts.wait_of(asked)
        if not wait:
            asked.add_error(None, refusal)
        response = render(request, template, context, status=429 if wait else 422)
        if wait:
            response["Retry-After"] = str(wait)
        return response
    form = WelcomeForm(request.POST if "password1" in request.POST else None, user=found.person)
    if form.is_valid():
        try:
            return finish(request, found, form)
        except over:
            asked.add_error(None, refusal)
            return render(request, template, context, status=422)
    context |= {"form": form, "subject": found.person, "login": login_of(found.person)}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _found(request, find, asked):
    """Return what the number and the code open; None where that is nothing, which the form refuses otherwise after too many of them.

    A code that opens is never refused for what others typed wrong: nobody guesses one, however often they may try.
    """
    found = find(number=asked.cleaned_data["number"], code=asked.cleaned_data["code"])
    _count(request, found)
    if found is None:
        try:
            attempts.at_card(request, asked.cleaned_data["number"])
        except attempts.Hasty as hasty:
            asked.add_error(None, hasty)
    return found


def _count(request, found):
    """Count one more request of this network address: those that open something apart, so that no others keep them out.

    Raises:
        TooOften: beyond what one address is allowed.

    """
    count_from("card" if found is None else "card-that-opens", request)


def _redeem(request, card, form):
    person, codes = redeem_card(card=card, password=form.cleaned_data["password1"])
    response = _come_in(request, person, "card")
    if not codes:
        return response
    page = render(request, "identity/way_back.html", {"codes": codes, "is_new": True, "login": login_of(person)})
    page.cookies.update(response.cookies)
    return page


def _reset(request, kept, form):
    return _come_in(request, reset_by_code(kept=kept, password=form.cleaned_data["password1"]), "recovery_code")


def _come_in(request, person, method):
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, person, method=method)
    return perform_login(request, Login(user=person))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account")
def way_back(request):
    """Generate ten recovery codes, shown in this one answer, for somebody whom no mail reaches."""
    if not may_use_codes(request.user):
        raise PermissionDenied
    if request.method == "POST":
        count("recovery-codes", request.user.pk, per_hour=10)
        codes = make_codes(person=request.user)
        shared_terminals.drop_proofs(request)
        return render(request, "identity/way_back.html", {"codes": codes, "is_new": False, "login": login_of(request.user)})
    context = {"codes": [], "left": codes_of(request.user).count(), "is_new": False, "login": login_of(request.user)}
    return render(request, "identity/way_back.html", context)
