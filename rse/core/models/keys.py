"""The two shapes of a foreign key here, and the ids by which rows are named outside of the server."""

import re
import secrets

from django.db import models

from ..columns import DefaultStaysInPython

PUBLIC_ID = r"[A-Za-z0-9_-]{22}"


def link(to: str, **options) -> models.ForeignKey:
    """Return a foreign key without a reverse accessor, whose row is deleted with the row that it refers to."""
    return models.ForeignKey(
        to, on_delete=options.pop("on_delete", models.CASCADE), related_name=options.pop("related_name", "+"), **options
    )


def random_id() -> str:
    """Return a public id of 128 random bits, as 22 letters, digits, dashes and underscores: sequential ones let people count."""
    return secrets.token_urlsafe(16)


def is_public_id(text: str) -> bool:
    """Return whether ``text`` is written as a public id is: what a browser sends is asked before the database is."""
    return re.fullmatch(PUBLIC_ID, text) is not None


class PublicIdField(DefaultStaysInPython, models.CharField):
    plain = models.CharField


def public_id_field() -> models.CharField:
    """Return the column by which addresses, pages, frames, files and mails name a row: its primary key stays inside the server."""
    return PublicIdField(max_length=32, unique=True, default=random_id)
