"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.assignment import settle
from .services.endings import follow_merged_skill


def settle_lines(event: RecordedEvent) -> None:
    """People or their places changed: each application is handled by somebody outside its applicant's line, without a word."""
    settle()


def follow_skills(event: RecordedEvent) -> None:
    """One skill is another now."""
    follow_merged_skill(source_id=event.facets["source_id"], into_id=event.facets["into_id"])
