"""What this room adds to the pages of others."""

from . import rules
from .charter import charter_due


def charter_to_accept(reader, page):
    """Return, for the home page, the charter that this person has not accepted yet; None when there is none."""
    due = charter_due(reader)
    return {"charter": due} if due else None


def report_of_profile(reader, page):
    """Return, for a profile, what the link that reports it needs; None where it may not be reported."""
    subject = page["subject"]
    return {"kind": "person", "id": subject.handle} if rules.can_report(reader, "person", subject) else None
