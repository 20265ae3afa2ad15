"""Codes that people read from paper and type: without letters that look like others, and kept as what they hash to."""

import hashlib
import secrets

from rse.core.folding import fold

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PARTS, LETTERS = 4, 4  # 31 letters, 16 of them: 79 bits, which nobody guesses, with the rows at hand either


def fresh_code() -> str:
    """Generate a code of four times four letters, with a hyphen between them."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) for _part in range(PARTS))


def hash_of_code(person_id: int, typed: str) -> str:
    """Return what the code ``typed`` of this person hashes to, however it is spaced, hyphened and cased."""
    letters = "".join(letter for letter in fold(typed).upper() if letter in ALPHABET)
    return hashlib.sha256(f"{person_id}:{letters}".encode()).hexdigest()


def hash_of_token(token: str) -> str:
    """Return what the token of an address hashes to."""
    return hashlib.sha256(token.encode()).hexdigest()
