"""Passkeys: keys that stay in a phone or a computer, whose owner a finger, a face or a PIN confirms; whose they are, and what proves it.

The site is that of SITE_URL, whatever a request says that we are called.
"""

import hashlib
import struct
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter as second_factors
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from . import rules
from .models import AccountReopening

MOST = 10  # of one person
LONGEST_NAME = 60
# What reading an answer that no browser gives may raise in the library.
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, AssertionError, RecursionError, struct.error)


@dataclass(frozen=True)
class Passkey:
    """One passkey as its owner sees it; ``public_id`` names it in addresses."""

    public_id: str
    name: str
    created_at: datetime


def passkeys_of(person):
    """Return the passkeys of ``person``, the oldest first, in one query."""
    return [Passkey(public_id_of(row), row.wrap().name, row.created_at) for row in _rows(person)]


def row_of(person, public_id):
    """Return the row of the passkey of ``person`` that is called ``public_id`` in addresses, or None."""
    return next((row for row in _rows(person) if public_id_of(row) == public_id), None)


def public_id_of(row):
    return _digest(row.data["credential"]["id"])[:22]


def fingerprints_of(person):
    """Return what each passkey of ``person`` is known by for ever: another one, even under the same name, has another."""
    return [fingerprint_of(row) for row in _rows(person)]


def fingerprint_of(row):
    return _digest(row.data["credential"]["response"]["attestationObject"])


def site():
    """Return the site that passkeys belong to, as the library asks for it."""
    return {"id": settings.SITE_HOST, "name": settings.COMPANY_NAME}


def owner_entry(person, *, login):
    """Return what a device keeps of ``person``: the number is one that nothing else knows, and never the key of their row."""
    number = salted_hmac("rse.identity.passkeys", str(person.pk), algorithm="sha256").digest()
    return {"id": number, "display_name": person.name, "name": login}


def checked_for_sign_in(credential, person=None):
    """Return the row of the passkey that answered the question of this session: one of ``person``, or of anybody.

    Raises:
        ValidationError: it is not known, not from this site, the person was not confirmed by the device, or may not come in this way;
            one sentence for all of these.

    """
    answer = _read(credential, AuthenticationResponse)
    rows = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, data__credential__id=websafe_encode(answer.raw_id))
    rows = rows if person is None else rows.filter(user=person.pk)
    row = rows.select_related("user").order_by("pk").first()
    if row is None or not rules.can_sign_in_by_passkey(row.user) or not answer.response.authenticator_data.is_user_verified():
        raise _refusal()
    if person is None and was_reopened_since(row):
        raise _refusal()
    try:
        found = auth.complete_authentication(row.user, credential)
    except (*MALFORMED, ValidationError) as error:
        raise _refusal() from error
    if found.pk != row.pk:
        raise _refusal()
    return leave_unnoted(row)


def was_reopened_since(row):
    """Return whether two people opened the account again after this passkey was added: alone it signs in no more, only beside a password.

    In whose hands it is by then, nobody knows.
    """
    return AccountReopening.objects.filter(person=row.user_id, agreed_by__isnull=False, closed_at__gte=row.created_at).exists()


def checked_for_adding(credential):
    """Return of what a browser made what is kept: nothing that it says of itself beside the key.

    Raises:
        ValidationError: it is not from this site, its owner was not confirmed by the device, its key is of a sort that nothing here
            reads, or it is known already.

    """
    made = _read(credential, RegistrationResponse)
    answer = made.response.attestation_object.auth_data
    is_readable = answer.credential_data and answer.credential_data.public_key.get(3) in CoseKey.supported_algorithms()
    if not is_readable or not answer.is_user_verified() or answer.credential_data.credential_id != made.raw_id:
        raise _refusal()
    try:
        auth.complete_registration(credential)
    except (*MALFORMED, ValidationError) as error:
        raise _refusal() from error
    number = websafe_encode(made.raw_id)
    if Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, data__credential__id=number).exists():
        raise _refusal()
    said = {name: credential["response"][name] for name in ("clientDataJSON", "attestationObject")}
    return {"id": number, "rawId": number, "type": "public-key", "response": said, "clientExtensionResults": {}}


def leave_unnoted(row):
    """Return ``row``, which the library will not mark as used now: this product keeps nowhere when somebody was last here."""
    row.record_usage = lambda: None
    return row


def _read(credential, reads):
    """Return what a browser sent, read by the class ``reads``, if it comes from a page of this site."""
    try:
        answer = reads.from_dict(credential)
        is_ours = answer.response.client_data.origin == settings.SITE_ORIGIN
    except MALFORMED as error:
        raise _refusal() from error
    if not is_ours or answer.response.client_data.cross_origin:
        raise _refusal()
    return answer


def _refusal():
    return second_factors().validation_error("incorrect_passkey")


def _rows(person):
    return Authenticator.objects.filter(user=person.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()
