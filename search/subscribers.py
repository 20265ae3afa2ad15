"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services import index_references


def follow(event: RecordedEvent) -> None:
    """Keep what the row of this event says now, or nothing of it."""
    name, row_id = event.facets["document"]
    index_references(references=[(name, int(row_id))])
