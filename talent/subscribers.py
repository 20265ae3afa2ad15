"""What this room does when something happens elsewhere."""

from rse.core.events.bus import Contribution
from rse.core.models import RecordedEvent

from .services.ledger import add_line


def note_contribution(event: RecordedEvent) -> None:
    """Write the line of the fact that ``event`` carries."""
    add_line(contribution=Contribution.from_facet(event.facets["contribution"]))
