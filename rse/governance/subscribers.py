"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.moderation import settle_all_grants


def let_new_handlers_in(event: RecordedEvent) -> None:
    """Open the reported rows to new handlers as soon as a role is granted, and not at the next round."""
    settle_all_grants()
