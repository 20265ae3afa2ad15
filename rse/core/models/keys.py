"""The two shapes of a foreign key here, and the column of the ids by which rows are named outside of the server."""

from django.db import models

from ..columns import DefaultStaysInPython
from ..public_ids import random_id


def link(to: str, **options) -> models.ForeignKey:
    """Return a foreign key without a reverse accessor, whose row is deleted with the row that it refers to."""
    return models.ForeignKey(
        to, on_delete=options.pop("on_delete", models.CASCADE), related_name=options.pop("related_name", "+"), **options
    )


class PublicIdField(DefaultStaysInPython, models.CharField):
    plain = models.CharField


def public_id_field() -> models.CharField:
    """Return the column by which addresses, pages, frames, files and mails name a row: its primary key stays inside the server."""
    return PublicIdField(max_length=32, unique=True, default=random_id)
