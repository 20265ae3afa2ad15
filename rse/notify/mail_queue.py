"""Notices that are mailed at once: queued with the notice, sent outside any transaction, one envelope each, tried again for a day.

A batch has one connection and twenty seconds, and ends where the server fails: what is left waits for the next one.
"""

from __future__ import annotations

import datetime
import time
from contextlib import suppress
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.events.leases import LEASE, renewed
from rse.core.ops.installation import installation

from .models import QueuedMail
from .queries import lines_for

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

    from rse.core.models import Person

log = structlog.get_logger(__name__)

BUDGET = 20.0  # seconds of a batch
GIVEN_UP_AFTER = datetime.timedelta(hours=24)


def back_off(attempts: int) -> datetime.timedelta:
    """Return how long to wait after this many attempts: 1, 2, 4 … minutes, an hour at most."""
    return datetime.timedelta(minutes=min(2 ** (attempts - 1), 60))


def are_due() -> bool:
    """Return whether a mail waits that may be sent now."""
    return _due().exists()


def _due() -> QuerySet[QueuedMail]:
    """Return the mails that may be sent now: one that is a day old is sent no more, and goes."""
    now = clock.now()
    return QueuedMail.objects.filter(due_at__lte=now, notification__created_at__gte=now - GIVEN_UP_AFTER)


def send_due() -> int:
    """Send the mails that are due, for ``BUDGET`` seconds at most and until the server fails; return how many were sent."""
    until, sent = time.monotonic() + BUDGET, 0
    due = _due().order_by("due_at", "pk").values_list("pk", flat=True)
    server = get_connection()
    try:
        for mail_id in list(due[:500]):
            if time.monotonic() > until:
                break
            sent += _attempt(mail_id, server)
    except OSError:  # counted where it happened; the rest of the batch stays due
        log.info("mails wait for their server")
    finally:
        with suppress(OSError):
            server.close()
    return sent


def send(*, mail_id: int) -> bool:
    """Send one mail if it is due and nobody else has it in hand; return whether it left."""
    try:
        return _attempt(mail_id, get_connection())
    except OSError:
        return False


def _attempt(mail_id: int, server: BaseEmailBackend) -> bool:
    """Send one mail by ``server``, which stays open for the next one; true when it left.

    It is asked again who may be told: who left, lost their address or may no longer read the subject gets nothing.

    Raises:
        OSError: the server failed; this mail is tried again later. One that it refuses for its address alone raises nothing.

    """
    now = clock.now()
    if not QueuedMail.objects.filter(pk=mail_id, due_at__lte=now).update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    mail = QueuedMail.objects.select_related("notification__recipient").get(pk=mail_id)
    with renewed(QueuedMail.objects.filter(pk=mail_id, attempts=mail.attempts), "due_at"):
        message = _message(mail)
        if message is not None:
            message.connection = server
            try:
                server.open()
                message.send()
            except OSError as error:  # smtplib's errors are OSErrors too
                _put_back(mail, error)
                if isinstance(error, SMTPRecipientsRefused):
                    return False
                raise
    mail.delete()
    return message is not None


def _put_back(mail: QueuedMail, error: Exception) -> None:
    is_over = mail.notification.created_at < clock.now() - GIVEN_UP_AFTER
    log.warning("mail not sent", error=type(error).__name__, attempts=mail.attempts, given_up=is_over)
    if is_over:
        mail.delete()
    else:
        QueuedMail.objects.filter(pk=mail.pk).update(due_at=clock.now() + back_off(mail.attempts))


def _message(mail: QueuedMail) -> EmailMultiAlternatives | None:
    person = mail.notification.recipient
    if not person.may_sign_in or not person.email:
        return None
    with translation.override(person.language), timezone.override(person.time_zone):
        lines = lines_for(person, [mail.notification])
        if not lines:
            return None
        context = {"sentence": lines[0].sentence, "address": settings.SITE_URL + reverse("notices:list"), **_about(person)}
        message = EmailMultiAlternatives(
            subject=_("A notice from %(company)s") % {"company": context["company"]},
            body=render_to_string("notify/mail/notice.txt", context),
            to=[person.email],
            headers={"Message-ID": f"<{_name_of(mail)}@{urlsplit(settings.SITE_URL).hostname}>"},
        )
        message.attach_alternative(render_to_string("notify/mail/notice.html", context), "text/html")
    return message


def _name_of(mail: QueuedMail) -> str:
    """Return what a mail is called, the same at each try: made of its notice, whose key would count those of everybody."""
    return salted_hmac("rse.notify.mail_queue", str(mail.notification_id), algorithm="sha256").hexdigest()[:32]


def _about(person: Person) -> dict[str, Any]:
    return {"company": installation().company or settings.COMPANY_NAME, "first_name": person.called, "language": person.language}
