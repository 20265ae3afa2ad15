"""The phones of the people of a demonstration, which nobody holds."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt

from rse.identity.second_factor import was_used


def code_now(person):
    """Return a code that ``person`` may use at this instant, as their phone would show it; empty when they have no second factor."""
    kept = Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return ""
    secret = decrypt(kept.data["secret"])
    before, now, after = auth.yield_hotp_counters_from_time()
    codes = [auth.format_hotp_value(auth.hotp_value(secret, counter)) for counter in (now, after, before)]
    return next((code for code in codes if not was_used(person, code)), codes[0])
