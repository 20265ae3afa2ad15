"""Passkeys: signing in with one, showing one again, adding and removing them.

A page asks the address where its form goes for the question that the device answers; without scripts nobody is offered any of it.
"""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn import views as library
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from rse.core.web import stepup
from rse.core.web.limits import count, count_from

from .. import forms, passkeys, rules, second_factor, shared_terminals
from ..services.passkeys import TooManyPasskeys, add_passkey, remove_passkey
from .answers import refused

QUESTION_LIVES = 600  # seconds that the session of somebody unknown lasts, who was asked for a passkey


def wants_options(request):
    return request.method == "GET" and request.accepts("application/json") and not request.accepts("text/html")


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasskeySignIn(library.LoginWebAuthnView):
    """Whoever shows a passkey is asked for nothing else: no name, no password, no code."""

    form_class = forms.PasskeySignInForm
    template_name = "mfa/webauthn/refused.html"

    def get(self, request, *args, **kwargs):
        """Return the question to the device, the same whoever asks; a person who opens the address is led to the door."""
        if not wants_options(request):
            return redirect("account_login")
        count_from("passkey-question", request)
        request.session.set_expiry(QUESTION_LIVES)
        return JsonResponse(auth.begin_authentication(user=None))

    def post(self, request, *args, **kwargs):
        count_from("sign-in", request)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        auth.clear_state()
        return refused(self, form, form=form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"again": reverse("account_login")}


@method_decorator(never_cache, name="dispatch")
class PasskeyAgain(library.ReauthenticateWebAuthnView):
    """A passkey again, before something sensitive: as good as a code."""

    form_class = forms.PasskeyAgainForm
    template_name = "mfa/webauthn/refused.html"

    def get(self, request, *args, **kwargs):
        if not wants_options(request):
            return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate")))
        count("passkey-question", request.user.pk, per_minute=30, per_hour=300)
        return JsonResponse(auth.begin_authentication(request.user))

    def form_invalid(self, form):
        return refused(self, form, form=form)

    def get_context_data(self, **kwargs):
        again = self.passthrough_next_url(reverse("mfa_reauthenticate"))
        return super(library.ReauthenticateWebAuthnView, self).get_context_data(**kwargs) | {"again": again}


@method_decorator([never_cache, shared_terminals.refused, reauthentication_required(app="allauth.mfa")], name="dispatch")
class AddPasskey(library.AddWebAuthnView):
    """A device of the person signs in from now on; every other session ends."""

    form_class = forms.AddPasskeyForm
    template_name = "mfa/webauthn/add.html"

    def dispatch(self, request, *args, **kwargs):
        """Ask whoever has a second factor for a fresh one: without it nobody gives an account one more."""
        if second_factor.is_set_up(request.user) and not stepup.stepped_up(request):
            return stepup.ask(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if not wants_options(request):
            return super().get(request, *args, **kwargs)
        count("passkey-question", request.user.pk, per_minute=30, per_hour=300)
        return JsonResponse(auth.begin_registration(request.user, passwordless=True))

    def form_valid(self, form):
        try:
            has_codes = add_passkey(request=self.request, name=form.cleaned_data["its_name"], credential=form.cleaned_data["credential"])
        except TooManyPasskeys:
            form.add_error(None, _("You have as many passkeys as anybody may have. Remove one first."))
            return self.form_invalid(form)
        return redirect("mfa_view_recovery_codes" if has_codes else "identity:security")

    def form_invalid(self, form):
        return refused(self, form, form=form)

    def get_context_data(self, **kwargs):
        return super(library.AddWebAuthnView, self).get_context_data(**kwargs)


@method_decorator(never_cache, name="dispatch")
class RemovePasskey(View):
    """One passkey opens nothing any more; every other session ends."""

    http_method_names = ("get", "head", "post")

    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs) if stepup.stepped_up(request) else stepup.ask(request)

    def get(self, request, public_id):
        kept = passkeys.passkeys_of(request.user)
        passkey = next((one for one in kept if one.public_id == public_id), None)
        if passkey is None:
            raise Http404
        is_last = len(kept) == 1 and not second_factor.has_app(request.user)
        context = {"passkey": passkey, "is_last": is_last, "is_required": rules.requires_second_factor(request.user)}
        return render(request, "mfa/webauthn/remove.html", context)

    def post(self, request, public_id):
        remove_passkey(request=request, public_id=public_id)
        return redirect("identity:security")
