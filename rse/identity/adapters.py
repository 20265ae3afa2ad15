"""What of the sign-in library is ours: who gets in, how often they may try, what is said, where one is sent afterwards."""

import base64
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rse.core.web.limits import address_of
from rse.core.web.own_pages import is_own_page

from . import attempts, known_browsers, passkeys, second_factor, shared_terminals
from .qr_codes import svg_of
from .queries import folded, login_of
from .services.passwords import reset_password


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people come by the file of HR and by invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("What you signed in with and this password do not go together."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link no longer works."),
    }
    SAID = {
        "account/messages/logged_out.txt": _("You are signed out."),
        "account/messages/password_changed.txt": _("Your password is changed. Wherever else you were signed in, you no longer are."),
        "mfa/messages/totp_activated.txt": _("Your second factor works. Wherever else you were signed in, you no longer are."),
        "mfa/messages/totp_deactivated.txt": _(
            "The codes of your phone open nothing any more. Wherever else you were signed in, you no longer are."
        ),
        "mfa/messages/webauthn_added.txt": _("Your passkey works. Wherever else you were signed in, you no longer are."),
        "mfa/messages/webauthn_removed.txt": _("This passkey opens nothing any more. Wherever else you were signed in, you no longer are."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        return False

    def is_safe_url(self, url):
        """Allow only relative addresses of pages of this site that can be opened."""
        return is_own_page(url)

    def get_client_ip(self, request):
        return address_of(request)

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_authenticate(self, request, **credentials):
        """Count before the password is looked at, and give back what succeeds: attempts at the same instant are counted as well."""
        self._login_failed_rl_usage = attempts.at_password(request, credentials["email"])

    def reauthenticate(self, user, password):
        again = self.authenticate(context.request, email=login_of(user), password=password)
        return again is not None and again.pk == user.pk

    def login(self, request, user):
        """Open the session, unless the person left between the password and the code."""
        user.refresh_from_db(fields=["state"])
        if not user.may_sign_in:
            raise ImmediateHttpResponse(redirect("account_login"))
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])

    def post_login(self, request, user, **options):
        response = super().post_login(request, user, **options)
        if not shared_terminals.is_shared(request):
            known_browsers.remember(request, response, folded(login_of(user)))
        return response

    def set_password(self, user, password):
        """Set a password for whoever did not show the former one; the page that asks for it sets it by itself."""
        reset_password(person=user, password=password)

    def get_password_change_redirect_url(self, request):
        return reverse("identity:security")

    def get_reauthentication_methods(self, user):
        """Return the second factor for somebody who has one, the password for somebody who has none."""
        if not user.is_authenticated:
            return []
        if second_factor.is_set_up(user):
            code = {"id": "mfa_reauthenticate", "description": _("Use a code"), "url": reverse("mfa_reauthenticate")}
            passkey = {
                "id": "mfa_reauthenticate_webauthn",
                "description": _("Use a passkey"),
                "url": reverse("mfa_reauthenticate_webauthn"),
            }
            return [code, passkey] if second_factor.has_passkey(user) else [code]
        return [{"id": "reauthenticate", "description": _("Use your password"), "url": reverse("account_reauthenticate")}]

    def is_reauthentication_required(self, *, app, **kwargs):
        """Return whether the last authentication is longer ago than a sensitive act allows; signing in counts.

        Not on a shared terminal, where somebody else may sit down: only what was asked for again just now counts there.
        """
        if shared_terminals.is_shared(context.request):
            shared_terminals.drop_old_proofs(context.request.session)
            return True
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        if sentence := message or self.SAID.get(message_template):
            messages.add_message(request, level, sentence)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted where they are kept, and shown as a drawing that any page of ours may hold."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already. Codes change every thirty seconds: take the one shown now."),
        "incorrect_passkey": _("This passkey was not accepted."),
    }

    def get_totp_label(self, user):
        return login_of(user) or user.handle

    def get_public_key_credential_rp_entity(self):
        return passkeys.site()

    def get_public_key_credential_user_entity(self, user):
        return passkeys.owner_entry(user, login=login_of(user) or user.handle)

    def generate_authenticator_name(self, user, type):  # noqa: A002 - the library's name
        """Return what a passkey is called whose owner gave it no name."""
        number = len(passkeys.passkeys_of(user)) + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url):
        """Draw the address that an app of a phone reads."""
        return svg_of(url, label=_("QR code for your authenticator app"))

    def encrypt(self, text):
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys():
    return MultiFernet([Fernet(_derived(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret):
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
