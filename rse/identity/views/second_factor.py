"""The second factor: set up, asked for at the door and again before what is sensitive, given up; and the codes to fall back on."""

import json

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as library
from allauth.mfa.recovery_codes import views as recovery_library
from allauth.mfa.totp import views as totp_library
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rse.core.web import stepup
from rse.core.web.limits import count

from .. import forms, rules, second_factor
from ..services.passwords import keep_only
from .answers import RefusedForm, refused


@method_decorator(login_not_required, name="dispatch")
class CodeAtTheDoor(library.AuthenticateView):
    """Between the password and the session: a code, which no address of the site goes around."""

    form_class = forms.CodeForm
    webauthn_form_class = forms.PasskeyAtTheDoorForm
    template_name = "mfa/authenticate.html"

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and not {"code", "credential"} & request.POST.keys():
            request.POST = request.POST | {"code": ""}
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        return refused(self, form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        person = self.stage.login.user
        return context | {
            "person": person,
            "has_app": second_factor.has_app(person),
            "has_passkey": second_factor.has_passkey(person),
            "question": json.dumps(context["js_data"]["request_options"]),
        }


class CodeAgain(RefusedForm, library.ReauthenticateView):
    """A code again, before something sensitive; whoever has no second factor yet sets it up first."""

    form_class = forms.CodeAgainForm
    template_name = "mfa/reauthenticate.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not second_factor.is_set_up(request.user):
            return redirect(self.passthrough_next_url(reverse("mfa_activate_totp")))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        person = self.request.user
        return super().get_context_data(**kwargs) | {
            "next": self.get_next_url() or "",
            "has_app": second_factor.has_app(person),
            "has_passkey": second_factor.has_passkey(person),
        }


@method_decorator(never_cache, name="dispatch")
class SetUp(RefusedForm, totp_library.ActivateTOTPView):
    """The app of a phone becomes the second factor; every other session ends."""

    form_class = forms.FirstCodeForm
    template_name = "mfa/totp/activate_form.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        stepup.prove(self.request.session, self.request.user)
        keep_only(session=self.request.session, person=self.request.user)
        return response

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {
            "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
            "is_required": rules.requires_second_factor(self.request.user),
        }


class GiveUp(RefusedForm, totp_library.DeactivateTOTPView):
    """The second factor goes, and with it every other session."""

    template_name = "mfa/totp/deactivate_form.html"
    success_url = reverse_lazy("identity:security")

    def form_valid(self, form):
        response = super().form_valid(form)
        stepup.forget(self.request.session)
        keep_only(session=self.request.session, person=self.request.user)
        return response

    def get_context_data(self, **kwargs):
        has_passkey = second_factor.has_passkey(self.request.user)
        is_required = rules.requires_second_factor(self.request.user) and not has_passkey
        return super().get_context_data(**kwargs) | {"is_required": is_required, "has_passkey": has_passkey}


@require_safe
@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request):
    """Render the recovery codes that were not used yet."""
    return render(request, "mfa/recovery_codes/index.html", {"codes": _codes_of(request)})


@require_safe
@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_codes_file(request):
    """Return the recovery codes as a file to print or to keep."""
    response = HttpResponse("\n".join(_codes_of(request)) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codes.txt"'
    return response


def _codes_of(request):
    codes = second_factor.codes_left(request.user)
    if codes is None:
        raise Http404
    return codes


class NewRecoveryCodes(RefusedForm, recovery_library.GenerateRecoveryCodesView):
    """Ten fresh codes; the old ones no longer work, and every other session ends."""

    template_name = "mfa/recovery_codes/generate.html"

    def post(self, request, *args, **kwargs):
        count("recovery-codes", request.user.pk, per_hour=10)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        keep_only(session=self.request.session, person=self.request.user)
        return response
