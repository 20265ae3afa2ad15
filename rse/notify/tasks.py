from rse.core.tasks import job

from . import mails


@job()
def send_due_mails() -> None:
    mails.send_due()
