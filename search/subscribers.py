"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services import index_references


def follow(event: RecordedEvent) -> None:
    """Index the row of this event as it is now, or remove what is kept of it."""
    name, row_id = event.facets["document"]
    index_references(references=[(name, int(row_id))])
