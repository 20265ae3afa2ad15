"""How the words of a pair are kept: each pair has a random key of its own, and the database holds that key only wrapped.

NOTES_KEY, which is not in the database, wraps the keys of pairs. Whoever has a dump of the database alone reads no word; whoever holds both
the database and NOTES_KEY, as the operators of the server do, can read. A text is bound to the place it was written for (which row of which
pair, by whom): copied into another row it opens no more. AES-GCM with 256-bit keys and random nonces (NIST SP 800-38D).
"""

from __future__ import annotations

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x01"


class CannotOpen(Exception):
    """What is kept cannot be read with the keys of this installation; it is left as it is."""


def new_key() -> bytes:
    """Generate a key of 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, *, place: str) -> bytes:
    """Encrypt ``key`` under NOTES_KEY, for the row ``place`` only, as the database may hold it."""
    return _seal(_wrapping_key(settings.NOTES_KEY), key, f"key:{place}")


def unwrap(wrapped: bytes, *, place: str) -> bytes:
    """Decrypt the key that ``wrap`` encrypted, by NOTES_KEY or by one of NOTES_KEY_FALLBACKS.

    Raises:
        CannotOpen: none of them opens it.

    """
    for secret in (settings.NOTES_KEY, *settings.NOTES_KEY_FALLBACKS):
        try:
            return _open(_wrapping_key(secret), wrapped, f"key:{place}")
        except CannotOpen:
            continue
    raise CannotOpen


def is_current(wrapped: bytes, *, place: str) -> bool:
    """Return whether NOTES_KEY itself opens the wrapped key, and no former one is needed."""
    try:
        _open(_wrapping_key(settings.NOTES_KEY), wrapped, f"key:{place}")
    except CannotOpen:
        return False
    return True


def seal(key: bytes, words: str, *, place: str) -> bytes:
    """Encrypt ``words`` under the key of a pair, for the one ``place`` they were written for."""
    return _seal(key, words.encode(), f"words:{place}")


def unseal(key: bytes, sealed: bytes, *, place: str) -> str:
    """Decrypt the words that ``seal`` encrypted.

    Raises:
        CannotOpen: another key, another place, or bytes that somebody changed.

    """
    return _open(key, sealed, f"words:{place}").decode()


@cache
def _wrapping_key(secret: str) -> bytes:
    """256 bits of a secret of at least 32 random characters."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"maillage notes").derive(secret.encode())


def _seal(key: bytes, content: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def _open(key: bytes, sealed: bytes, place: str) -> bytes:
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise CannotOpen
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, place.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error
