"""What this room adds to every page."""

from typing import Any

from rse.core.models import Person

from .enums import LONGEST_QUERY


def box(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """The box of the top row; what was typed in it last is said by the page itself."""
    return {"longest": LONGEST_QUERY}
