"""Signing in and out by password, and other passwords: the library's views with our forms, limits and answers."""

from allauth.account import views as library
from allauth.account.internal.flows.password_change import finalize_password_change
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import int_to_base36
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from rse.core.people.services.addresses import people_at
from rse.core.web.limits import count, count_from

from .. import forms, passkeys, rules, second_factor, shared_terminals
from ..queries import changes_of, login_of, own_cards
from ..services.passwords import ask_reset, set_password
from ..services.recovery import may_use_codes
from .answers import RefusedForm

CARDS_SHOWN = 5


class SignIn(RefusedForm, library.LoginView):
    form_class = forms.SignInForm
    template_name = "account/login.html"

    def post(self, request, *args, **kwargs):
        count_from("sign-in", request)
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if shared_terminals.is_shared(self.request):
            for field in form.fields.values():
                field.widget.attrs["autocomplete"] = "off"
        return form

    def get_context_data(self, **kwargs):
        offers_unasked = not shared_terminals.is_shared(self.request)
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or "", "offers_unasked": offers_unasked}


class SignOut(library.LogoutView):
    template_name = "account/logout.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_shared": shared_terminals.is_shared(self.request)}


class PasswordAgain(RefusedForm, library.ReauthenticateView):
    form_class = forms.PasswordAgainForm
    template_name = "account/reauthenticate.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or ""}


class PasswordChange(RefusedForm, library.PasswordChangeView):
    form_class = forms.AnotherPasswordForm
    template_name = "account/password_change.html"

    def dispatch(self, request, *args, **kwargs):
        """Raise Http404 for whoever has no password to change: the library would look for a page to set the first one."""
        if not request.user.has_usable_password():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        count("password-change", request.user.pk, per_minute=5, per_hour=20)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Set the password of somebody who has just shown the current one: nothing of theirs is sealed."""
        set_password(person=form.user, password=form.cleaned_data["password1"])
        finalize_password_change(self.request, form.user)
        return redirect(self.get_success_url())


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request):
    """Ask for a link to another password; the answer is one for everybody."""
    form = forms.AskResetForm(request.POST or None)
    if request.method == "POST":
        count_from("password-reset-from", request, per_hour=100)
        if form.is_valid():
            ask_reset(login=form.cleaned_data["email"])
            return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def password_reset_done(request):
    """Render what happens next, whoever was asked for."""
    return render(request, "account/password_reset_done.html")


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password1", "password2")], name="dispatch")
class PasswordFromKey(RefusedForm, library.PasswordResetFromKeyView):
    """Another password, by the link of a mail; whoever has a second factor is asked for it next."""

    form_class = forms.NewPasswordForm
    template_name = "account/password_reset_from_key.html"

    def dispatch(self, request, uidb36, key, **kwargs):
        """Pass the library the key of the person whom the address names by handle, a former one too.

        A key in the address would count people.
        """
        count_from("password-reset-link", request)
        return super().dispatch(request, int_to_base36(people_at([uidb36]).get(uidb36, 0)), key, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_over": kwargs.get("token_fail", False)}

    def render_to_response(self, context, **options):
        if context["is_over"]:
            options["status"] = 404
        return super().render_to_response(context, **options)


@require_safe
def security(request):
    """Render what protects this person's account, and what of it they can change."""
    codes = second_factor.codes_left(request.user)
    context = {
        "has_app": second_factor.has_app(request.user),
        "passkeys": passkeys.passkeys_of(request.user),
        "is_required": rules.requires_second_factor(request.user),
        "codes_left": len(codes) if codes is not None else None,
        "changes": changes_of(request.user),
        "login": login_of(request.user),
        "is_shared": shared_terminals.is_shared(request),
        "has_mailbox": not rules.lacks_address(request.user),
        "cards": list(own_cards(request.user)[:CARDS_SHOWN]),
        "may_use_codes": may_use_codes(request.user),
    }
    return render(request, "identity/security.html", context)
