"""What this room adds to every page."""

from typing import Any

from rse.core.models import Person

from .queries import MOST_COUNTED, unseen_count


def bell(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the bell: how many notices are new."""
    count = unseen_count(reader)
    return {"count": count, "is_many": count > MOST_COUNTED, "most": MOST_COUNTED}
