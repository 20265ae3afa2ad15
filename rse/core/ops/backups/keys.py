"""The fingerprints of the keys that stand in no backup: they tell whether a key is the same one, and nothing else of it."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUNDS = 200_000
NAMES = ("NOTES_KEY", "SECRET_KEY")


def fingerprints() -> dict[str, Any]:
    """Return the fingerprints of our keys, former ones included, under a salt of their own: two backups have none in common."""
    salt = secrets.token_hex(16)
    return {"salt": salt} | {name: [_fingerprint(key, name, salt) for key in _ours(name)] for name in NAMES}


def unknown(kept: Mapping[str, Any]) -> list[str]:
    """Return which of ``NAMES`` had a key when ``kept`` was written that we do not have any more."""
    salt = kept["salt"]
    return [name for name in NAMES if set(kept[name]) - {_fingerprint(key, name, salt) for key in _ours(name)}]


def _ours(name: str) -> list[str]:
    return [getattr(settings, name), *getattr(settings, f"{name}_FALLBACKS")]


def _fingerprint(key: str, name: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", key.encode(), f"maillage {name} {salt}".encode(), ROUNDS).hex()
