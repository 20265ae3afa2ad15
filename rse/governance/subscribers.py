"""What this room does when something happens elsewhere."""

from rse.core.models import RecordedEvent

from .services.moderation import settle_all_grants


def let_new_handlers_in(event: RecordedEvent) -> None:
    """A role was granted: if it is a handler's, the reported rows open to them now and not at the next round."""
    settle_all_grants()
