"""Notices that are mailed at once: queued with the notice, sent outside any transaction, one envelope each, tried again for a day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.installation import installation

from .models import QueuedMail
from .queries import lines_for

if TYPE_CHECKING:
    from rse.core.models import Person

log = structlog.get_logger(__name__)

LEASE = datetime.timedelta(minutes=5)
GIVEN_UP_AFTER = datetime.timedelta(hours=24)


def back_off(attempts: int) -> datetime.timedelta:
    """How long to wait after this many attempts: 1, 2, 4 … minutes, an hour at most."""
    return datetime.timedelta(minutes=min(2 ** (attempts - 1), 60))


def send_due() -> int:
    """Send every mail that is due; how many were."""
    due = QueuedMail.objects.filter(due_at__lte=clock.now()).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(send(mail_id=mail_id) for mail_id in list(due[:500]))


def send(*, mail_id: int) -> bool:
    """Send one mail if it is due and nobody else has it in hand; true when it left.

    It is asked again who may be told: who left, lost their address or may no longer read the subject gets nothing.
    """
    now = clock.now()
    if not QueuedMail.objects.filter(pk=mail_id, due_at__lte=now).update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    mail = QueuedMail.objects.select_related("notification__recipient").get(pk=mail_id)
    message = _message(mail)
    if message is None:
        mail.delete()
        return False
    try:
        message.send()
    except OSError as error:  # smtplib's errors are OSErrors too
        _put_back(mail, error)
        return False
    mail.delete()
    return True


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
    return salted_hmac("rse.notify.mails", str(mail.notification_id), algorithm="sha256").hexdigest()[:32]


def _about(person: Person) -> dict[str, Any]:
    return {"company": installation().company or settings.COMPANY_NAME, "first_name": person.first_name, "language": person.language}
