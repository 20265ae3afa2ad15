"""What this room adds to every page."""

from typing import Any
from urllib.parse import urlsplit

from rse.core.models import Person
from rse.core.web.sealing import seal

from .queries import MOST_COUNTED, Line, new_lines

OPENED = "opened notices"
HOME = "/"  # whoever comes by has not followed a notice there


def bell(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the bell: how many notices are new, without those that lead to the page that it stands on.

    These are sealed, for the page to say that they were opened: a GET writes nothing.
    """
    lines = new_lines(reader)
    opened = [line.notice.pk for line in lines if "request" in page and _leads_to(line, page["request"].path)]
    count = len(lines) - len(opened)
    return {
        "count": count,
        "is_many": count > MOST_COUNTED,
        "most": MOST_COUNTED,
        "opened": seal(opened, reader=reader, place=OPENED) if opened else "",
    }


def _leads_to(line: Line, path: str) -> bool:
    return path != HOME and urlsplit(line.said.get("address") or HOME).path == path
