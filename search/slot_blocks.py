"""What this room adds to every page."""

from typing import Any

from rse.core.models import Person

from .enums import LONGEST_QUERY


def box(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the box of the top row; the page itself says what was typed in it last."""
    return {"longest": LONGEST_QUERY}
