"""A device with passkeys, in Python: what it answers stands under the same rules as what a browser sends."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


class Device:
    """A phone with one passkey; ``is_verified`` says whether it asks who holds it."""

    def __init__(self, *, is_verified=True, origin=None, number=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.number = number or secrets.token_bytes(16)
        self.is_verified, self.origin = is_verified, origin or settings.SITE_ORIGIN

    def make(self, options, **said):
        """What a browser sends for the question ``options`` of a registration."""
        data = self._data(NEW, AttestedCredentialData.create(Aaguid.NONE, self.number, ES256.from_cryptography_key(self.key.public_key())))
        made = AttestationObject.create("none", data, {})
        return self._sent({"attestationObject": websafe_encode(made)}, "webauthn.create", options, **said)

    def show(self, options, **said):
        """What a browser sends for the question ``options`` of a sign-in."""
        data = self._data(0)
        client = self._client("webauthn.get", options, **said)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return self._sent(answer, "webauthn.get", options, **said)

    def _data(self, flags, made=None):
        flags |= PRESENT | (VERIFIED if self.is_verified else 0)
        return AuthenticatorData.create(hashlib.sha256(settings.SITE_HOST.encode()).digest(), flags, 0, made or b"")

    def _client(self, kind, options, **said):
        asked = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": asked, "origin": self.origin, "crossOrigin": False} | said).encode()

    def _sent(self, answer, kind, options, **said):
        number = websafe_encode(self.number)
        response = answer | {"clientDataJSON": websafe_encode(self._client(kind, options, **said))}
        sent = {"id": number, "rawId": number, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(sent)


def question(client, name):
    """The question that the page ``name`` asks a device."""
    return client.get(reverse(name), headers={"accept": "application/json"}).json()


def add_passkey(client, device=None, name="My phone"):
    """Go through the page that adds a passkey; the answer, and the device."""
    device = device or Device()
    sent = {"its_name": name, "credential": device.make(question(client, "mfa_add_webauthn"))}
    return client.post(reverse("mfa_add_webauthn"), sent), device


def show_passkey(client, device, **more):
    """Sign in with the passkey of ``device``."""
    return client.post(reverse("mfa_login_webauthn"), {"credential": device.show(question(client, "mfa_login_webauthn"))} | more)
