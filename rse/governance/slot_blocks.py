"""What this room adds to the pages of others."""

from . import rules
from .charter import charter_due


def charter_to_accept(reader, page):
    """On the home page: the charter that this person has not accepted yet."""
    due = charter_due(reader)
    return {"charter": due} if due else None


def report_of_profile(reader, page):
    """On a profile: the way to report it."""
    subject = page["subject"]
    return {"kind": "person", "id": subject.handle} if rules.can_report(reader, "person", subject) else None
