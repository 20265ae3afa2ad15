"""What this room does when something happens elsewhere."""

from rse.core.events.tasks import enqueue
from rse.core.models import RecordedEvent

from . import wordings
from .services import tell_recipients
from .tasks import send_due_mails


def tell(event: RecordedEvent) -> None:
    """Notify the people whom an event names; what is mailed at once leaves once this is committed."""
    if tell_recipients(event=event) and wordings.get(event.name).is_mailed:
        enqueue(send_due_mails)
