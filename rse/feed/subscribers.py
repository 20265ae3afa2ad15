"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.names import follow_names


def follow_people(event: RecordedEvent) -> None:
    """Index again the texts that name the people of this event."""
    follow_names(person_ids=event.facets.get("person_ids", []))
