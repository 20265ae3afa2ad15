from typing import TYPE_CHECKING

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as second_factors
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rse.core.days import date_format
from rse.core.models import Person, Site, Unit
from rse.core.web.forms import DayField, Text
from rse.core.web.listing import ListForm, Order, WordsField

from . import attempts, passkeys, second_factor
from .backends import LONGEST_PASSWORD
from .enums import AddressKind, HandReason, InvitedSo, ReopenReason

LONG_ENOUGH = _("At least 12 characters. Four or five words that do not belong together are easy to keep in mind and hard to guess.")


def _password(label, *, is_new=False, help_text=""):
    """A field for a password: what is too long is refused before anything is computed, and nothing is cut while typing."""
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if is_new else "current-password"}),
        validators=[MaxLengthValidator(LONGEST_PASSWORD, _("A password has %(limit_value)d characters at most."))],
    )


def _login(help_text=""):
    """A field for what somebody signs in with."""
    return Text(
        label=_("E-mail or employee number"),
        max_length=254,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class InvitationsForm(ListForm):
    """What narrows the list of those who never came in."""

    q = WordsField(label=_("Name"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), required=False, empty_label=_("All sites"))
    first_from = DayField(label=_("First day from"), required=False)
    first_to = DayField(label=_("First day until"), required=False)
    this_month = forms.BooleanField(label=_("First day this month"), required=False)
    invited = forms.ChoiceField(label=_("Invitation"), required=False, choices=[("", _("All of them")), *InvitedSo.choices])

    def __init__(self, data):
        orders = {
            "name": Order(_("Person"), _("Sorted by name."), by=("sorts_as", "pk")),
            "invited": Order(
                _("Invitation"), _("Sorted by invitation: those without one first, then the oldest."), by=("invited_last", "sorts_as", "pk")
            ),
        }
        super().__init__(data, orders=orders)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")
        self.fields["site"].queryset = Site.objects.order_by("sorts_as", "pk")

    def address(self):
        """Return by field what narrows the list, as the address of the list says it."""
        return {name: str(self[name].data) for name in self.asked()}

    def _told(self, name, value):
        if name == "first_from":
            return gettext("First day from %(day)s") % {"day": date_format(value)}
        if name == "first_to":
            return gettext("First day until %(day)s") % {"day": date_format(value)}
        return super()._told(name, value)


class _Twice:
    """Two fields, ``password1`` and ``password2``, that must say the same, and a password that is good enough for ``user``."""

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean_password2(self):
        again = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and again != self.cleaned_data["password1"]:
            raise forms.ValidationError(_("This is not the same password as above."), code="different")
        return again


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = _login()
        self.fields["password"] = _password(_("Password"))
        self.order_fields(["login", "password"])


class PasswordAgainForm(ReauthenticateForm):
    password = _password(_("Password"))


class AskResetForm(forms.Form):
    email = _login(help_text=_("What you sign in with."))


class CardsOfUnitForm(forms.Form):
    """For whom cards are printed together."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("All those I may print for"),
        help_text=_("And below it."),
    )
    without = forms.BooleanField(label=_("Only those without an e-mail in the file"), required=False)
    again = forms.BooleanField(
        label=_("Also those who have a card that works or waits: it becomes void"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")


class WelcomeForm(_Twice, forms.Form):
    """The first password of ``user``."""

    password1 = _password(_("Your password"), is_new=True, help_text=LONG_ENOUGH)
    password2 = _password(_("The same again"), is_new=True)

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)


class NewPasswordForm(_Twice, ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"] = _password(_("New password"), is_new=True, help_text=LONG_ENOUGH)
        self.fields["password2"] = _password(_("The same again"), is_new=True)


class AnotherPasswordForm(_Twice, ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password(_("Current password"))
        self.fields["password1"] = _password(_("New password"), is_new=True, help_text=LONG_ENOUGH)
        self.fields["password2"] = _password(_("The same again"), is_new=True)


class CodeInput(forms.TextInput):
    """A box for a code that is never filled in again: one that was refused for haste would still open the account."""

    def __init__(self):
        super().__init__({"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"})

    def format_value(self, value):
        return None


class NumberAndCodeForm(forms.Form):
    """An employee number, and a code that stands on paper."""

    number = Text(
        label=_("Employee number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Four times four letters and digits. Capitals, spaces and hyphens do not matter."),
        widget=CodeInput(),
    )


if TYPE_CHECKING:

    class _WithCode(forms.Form):
        """What every form of the library that takes a code has."""

        user: Person

        def clean_code(self) -> str: ...
else:
    _WithCode = forms.Form


class _OneCode(_WithCode):
    """A code that works once, for as long as it would be accepted."""

    accepts = _("Six digits, or one of your recovery codes.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            max_length=40,
            help_text=self.accepts,
            widget=CodeInput(),
        )

    def clean_code(self):
        tried = attempts.at_code(self.user)
        code = super().clean_code()
        if not second_factor.use_once(self.user, code):
            raise second_factors().validation_error("incorrect_code")
        tried.clear()
        if shown := getattr(self, "authenticator", None):
            passkeys.leave_unnoted(shown)
        return code


class CodeForm(_OneCode, AuthenticateForm):
    pass


class CodeAgainForm(_OneCode, ReauthenticateByCodeForm):
    pass


class FirstCodeForm(_OneCode, ActivateTOTPForm):
    accepts = _("The six digits that the app shows now.")


class CredentialField(forms.JSONField):
    """What a browser answers for a passkey: never filled in again, and refused in one sentence whatever is wrong with it."""

    longest = 20_000

    def __init__(self):
        super().__init__(label=_("Passkey"), widget=forms.HiddenInput())

    def to_python(self, value):
        try:
            read = super().to_python(value) if value and len(value) <= self.longest else None
        except (forms.ValidationError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise second_factors().validation_error("incorrect_passkey")
        return read

    def bound_data(self, data, initial):
        return ""

    def prepare_value(self, value):
        return ""


class _OnePasskey(forms.Form):
    """What a browser answers for a passkey: of ``user``, or of anybody where nobody is known yet."""

    user: Person | None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self):
        tried = attempts.at_passkey(context.request, self.user)
        row = passkeys.checked_for_sign_in(self.cleaned_data["credential"], self.user)
        tried.rollback()
        return row


class PasskeySignInForm(_OnePasskey, LoginWebAuthnForm):
    pass


class PasskeyAtTheDoorForm(_OnePasskey, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_OnePasskey, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(forms.Form):
    """What a browser made for a passkey, and what its owner calls it."""

    its_name = Text(
        label=_("What do you call it?"),
        required=False,
        max_length=passkeys.LONGEST_NAME,
        help_text=_("For example: my phone. Only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = CredentialField()

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_its_name(self):
        return self.cleaned_data["its_name"] or second_factors().generate_authenticator_name(self.user, Authenticator.Type.WEBAUTHN)

    def clean(self):
        """Leave of the answer what is kept, which the library would keep whole."""
        if credential := self.cleaned_data.get("credential"):
            self.cleaned_data["credential"] = passkeys.checked_for_adding(credential)
        return self.cleaned_data


class VouchForm(forms.Form):
    """Why somebody of HR vouches for another address."""

    reason = forms.ChoiceField(label=_("Why do you vouch for it?"), choices=HandReason.choices, widget=forms.RadioSelect)


class OwnAddressForm(forms.Form):
    """Another address that somebody asks for themselves."""

    kind = forms.ChoiceField(label=_("Which one"), choices=AddressKind.choices, initial=AddressKind.PRIVATE, widget=forms.RadioSelect)
    address = forms.EmailField(
        label=_("New address"),
        max_length=254,
        help_text=_("A work e-mail stays in its domain: another domain comes with the file of HR."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ReopenForm(forms.Form):
    """Why an account is opened again."""

    reason = forms.ChoiceField(label=_("Why is it opened again?"), choices=ReopenReason.choices, widget=forms.RadioSelect)
