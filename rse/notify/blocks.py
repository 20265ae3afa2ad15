"""What this room adds to every page."""

from typing import Any

from rse.core.models import Person

from . import cursors
from .queries import MOST_COUNTED, unseen_count


def bell(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """How many notices are new, and how far the page that shows it has seen what happens."""
    seq, count = cursors.current(), unseen_count(reader)
    return {"reader_id": reader.pk, "count": count, "is_many": count > MOST_COUNTED, "most": MOST_COUNTED, "seq": seq}
