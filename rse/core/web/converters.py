"""What stands in addresses for a row."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from ..public_ids import PUBLIC_ID


class PublicId(StringConverter):
    """A public id and nothing else: the address of a number leads nowhere."""

    regex = PUBLIC_ID


def register():
    """Let addresses be written with ``<random:…>``."""
    register_converter(PublicId, "random")
