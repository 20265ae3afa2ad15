"""The ids by which rows are named outside of the server."""

import re
import secrets

PUBLIC_ID = r"[A-Za-z0-9_-]{22}"


def random_id() -> str:
    """Return a public id of 128 random bits, as 22 letters, digits, dashes and underscores: sequential ones let people count."""
    return secrets.token_urlsafe(16)


def is_public_id(text: str) -> bool:
    """Return whether ``text`` is written as a public id is: what a browser sends is asked before the database is."""
    return re.fullmatch(PUBLIC_ID, text) is not None
