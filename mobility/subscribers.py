"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.assignment import settle
from .services.endings import follow_merged_skill


def settle_lines(event: RecordedEvent) -> None:
    """Settle the handlers after people or their places changed, without telling anybody."""
    settle()


def follow_skills(event: RecordedEvent) -> None:
    """Move what names a skill to the one it was merged into."""
    follow_merged_skill(source_id=event.facets["source_id"], into_id=event.facets["into_id"])
