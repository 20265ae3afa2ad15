"""What a browser must bring back and may not read, sealed for one reader and one place: cursors of lists, values of forms."""

import base64
import binascii
import json
import secrets
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES, BLOCK = 12, 48


@cache
def _cipher(secret):
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"maillage pages").derive(secret.encode()))


def _about(reader, place):
    return repr((place, reader.pk)).encode()


def seal(values: list[Any], *, reader: Any, place: str) -> str:
    """Return ``values``, of JSON, as a text for addresses and forms that only the server reads, for ``reader`` in ``place`` alone."""
    words = json.dumps(values).encode()
    words = words.ljust(-(-len(words) // BLOCK) * BLOCK)  # its length says nothing either
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, words, _about(reader, place))).decode().rstrip("=")


def unseal(text: str, *, reader: Any, place: str) -> list[Any] | None:
    """Return what was sealed for ``reader`` in ``place``; None for anything else."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return json.loads(_cipher(settings.SECRET_KEY).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _about(reader, place)))
    except (InvalidTag, ValueError, binascii.Error):
        return None
