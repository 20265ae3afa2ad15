"""Second factors as the rest of the house sees them: set up or not, the codes left, as they were once."""

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken

from rse.core.ops.kept_counts import KeptCounts

from . import passkeys

PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(person):
    """Return whether ``person`` has an app that shows codes, or a passkey."""
    return Authenticator.objects.filter(user=person.pk, type__in=PROVING).exists()


def has_app(person):
    return Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.TOTP).exists()


def has_passkey(person):
    return Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.WEBAUTHN).exists()


def codes_left(person):
    """Return the recovery codes that were not used yet; None when there never were any."""
    kept = Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else None


def use_once(person, code):
    """Store ``code`` as used and return whether it was not used before: it stays refused for as long as the clock would accept it."""
    accepted_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return KeptCounts().add(_key(person, code), 1, accepted_for)


def was_used(person, code):
    """Return whether ``code`` opened something before, and is refused for that."""
    return bool(KeptCounts().get(_key(person, code)))


# What of a second factor stays the same as long as nobody sets up another.
PASSKEYS = "passkeys"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def as_set_up(person):
    """Return the second factor and the recovery codes of ``person`` as they stand, by type, encrypted as they are kept.

    Of passkeys only what each is known by: nobody can show one that is gone, and one that is made later is another.
    """
    kept = Authenticator.objects.filter(user=person.pk, type__in=SECRETS).order_by("pk")
    known = passkeys.fingerprints_of(person)
    return {one.type: one.data for one in kept} | ({Authenticator.Type.WEBAUTHN.value: {PASSKEYS: known}} if known else {})


def is_still(person, kept, kind, shown=None):
    """Return whether what ``person`` has of the type ``kind`` is what ``as_set_up`` once gave in ``kept``.

    Of passkeys, whether the one whose row has the key ``shown`` is among those.
    """
    if kind == Authenticator.Type.WEBAUTHN:
        row = Authenticator.objects.filter(user=person.pk, type=kind, pk=shown).first()
        return bool(row and passkeys.fingerprint_of(row) in kept.get(kind, {}).get(PASSKEYS, ()))
    now = as_set_up(person).get(kind)
    secret = SECRETS.get(kind)
    return bool(now and kind in kept and now.get(secret) and now.get(secret) == kept[kind].get(secret))


def opens(person, kept, code):
    """Return whether ``code`` is one of the second factor or the recovery codes ``kept``, whatever was set up since; it works once."""
    return any(_opens(person, kind, data, code) for kind, data in sorted(kept.items()) if kind in SECRETS)


def _opens(person, kind, data, code):
    live = Authenticator.objects.filter(user=person.pk, type=kind).first() if is_still(person, {kind: data}, kind) else None
    kept = live or Authenticator(user_id=person.pk, type=kind, data=data)
    try:
        if kind == Authenticator.Type.TOTP:
            return auth.validate_totp_code(decrypt(kept.data["secret"]), code) and use_once(person, code)
        if live:
            return live.wrap().validate_code(code)
        return any(compare_user_code(actual=code, expected=one) for one in kept.wrap().get_unused_codes())
    except (InvalidToken, KeyError):  # kept under a secret that this installation has no more
        return False


def _key(person, code):
    return f"second-factor:{person.pk}:{normalize_user_code(code)}"
