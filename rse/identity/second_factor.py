"""Second factors as the rest of this room sees them: set up or not, the codes left, the code that works now."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.core.cache import cache


def is_set_up(person):
    return Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.TOTP).exists()


def codes_left(person):
    """The recovery codes that were not used yet; None when there never were any."""
    kept = Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else None


def use_once(person, code):
    """Whether ``code`` was not used before: it stays refused for as long as the clock would accept it."""
    accepted_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return cache.add(_key(person, code), 1, accepted_for)


def code_now(person):
    """A code that ``person`` may use at this instant, as their phone would show it; empty when they have no second factor."""
    kept = Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return ""
    secret = decrypt(kept.data["secret"])
    before, now, after = auth.yield_hotp_counters_from_time()
    codes = [auth.format_hotp_value(auth.hotp_value(secret, counter)) for counter in (now, after, before)]
    return next((code for code in codes if not cache.get(_key(person, code))), codes[0])


def _key(person, code):
    return f"second-factor:{person.pk}:{normalize_user_code(code)}"
