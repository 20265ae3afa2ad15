"""What the live parts of pages carry."""

from typing import Any

from django.template import Library

from ..live import shown_version

register = Library()


@register.simple_tag
def live_version(topic: str, row: Any) -> str:
    """Return the version of ``row`` that this page shows, as the pokes of ``topic`` say it."""
    return shown_version(topic, row.public_id, row.version)
