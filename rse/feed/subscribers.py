"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.names import follow_names, follow_photos


def follow_people(event: RecordedEvent) -> None:
    """Index again the texts that name the people of this event."""
    follow_names(person_ids=event.facets.get("person_ids", []))


def follow_faces(event: RecordedEvent) -> None:
    """Draw again the cards that show the people of this event."""
    follow_photos(person_ids=event.facets.get("person_ids", []))
