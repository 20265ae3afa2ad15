from rse.core.events import lanes
from rse.core.events.tasks import enqueue, job

from . import mail_queue

WITHIN = mail_queue.BUDGET + 25  # seconds, where a server answers in drops


@job()
def send_due_mails() -> None:
    """Send the mails that are due, in a lane of its own: a server that says nothing holds up nothing else."""
    lanes.start("mails", _send, group="mails")


def begin_sending() -> None:
    """Queue the sending of the mails that are due."""
    enqueue(send_due_mails)


def _send() -> None:
    """Send batch after batch, as long as the server takes them."""
    is_answering = True
    while is_answering:
        with lanes.limited(WITHIN):
            is_answering = mail_queue.send_due() > 0 and mail_queue.are_due()
