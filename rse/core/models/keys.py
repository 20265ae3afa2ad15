"""The two shapes of a foreign key here, and the ids of what must not be counted."""

import secrets

from django.db import models


def link(to: str, **options) -> models.ForeignKey:
    """A reference that dies with what it refers to, without a way back."""
    return models.ForeignKey(
        to, on_delete=options.pop("on_delete", models.CASCADE), related_name=options.pop("related_name", "+"), **options
    )


def random_id() -> str:
    """A public id of 128 random bits: sequential ones let people count."""
    return secrets.token_urlsafe(16)
