"""One mail to an administrator's own address, with a code that proves that it arrived."""

from __future__ import annotations

import hashlib
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from ..access import rules
from . import first_steps
from .checks.mailing import why_not
from .installation import installation
from .kept_counts import KeptCounts

if TYPE_CHECKING:
    from ..models import Person

STEP = "mail"
LIVES = 60 * 60  # seconds
LETTERS, LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6  # none that is taken for another


class NoAddress(Exception):
    """The administrator has no work e-mail."""


class NotSent(Exception):
    """The server did not take the mail; ``sentence`` says why, without a word of the server's."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__("not sent")


class WrongCode(Exception):
    """It is not the code of the last mail, or an hour has passed."""


def facts() -> str:
    """Return a hash of the settings that mail goes out by: a proof holds as long as they do."""
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL")
    return hashlib.sha256("|".join(str(getattr(settings, name, "")) for name in names).encode()).hexdigest()


def send_test_mail(*, to: Person) -> None:
    """Send a mail with a new code to the work e-mail of ``to``; the code of a mail before counts no longer.

    Raises:
        PermissionDenied: not an administrator.
        NoAddress: they have none.
        NotSent: the server did not take it.

    """
    if not rules.can_take_first_steps(to):
        raise PermissionDenied
    if not to.email:
        raise NoAddress
    code = get_random_string(LENGTH, LETTERS)
    with translation.override(to.language):
        said = {"code": code, "company": installation().company or settings.COMPANY_NAME, "address": settings.SITE_URL, "person": to}
        subject = " ".join(render_to_string("core/mail/test_subject.txt", said).split())
        message = EmailMessage(subject, render_to_string("core/mail/test.txt", said).strip() + "\n", to=[to.email])
    try:
        message.send()
    except (OSError, SMTPException) as error:
        raise NotSent(why_not(error)) from error
    KeptCounts().set(_key(to), [_sealed(code), facts()], LIVES)


def waits_for_code(person: Person) -> bool:
    """Return whether a mail was sent to ``person`` whose code still counts."""
    return KeptCounts().get(_key(person)) is not None


@transaction.atomic
def confirm_test_mail(*, by: Person, code: str) -> None:
    """Write down that mail arrives, if ``code`` stood in the last mail to ``by``.

    Raises:
        PermissionDenied: not an administrator.
        WrongCode: it is another, it is too old, or mail goes out by other settings since.

    """
    if not rules.can_take_first_steps(by):
        raise PermissionDenied
    sealed, sent_by = KeptCounts().get(_key(by)) or ("", "")
    if not constant_time_compare(sealed, _sealed("".join(code.split()).upper())) or sent_by != facts():
        raise WrongCode
    KeptCounts().delete(_key(by))
    first_steps.write_down(first_steps.step_called(STEP), by)


def _key(person: Person) -> str:
    return f"mail-test:{person.pk}"


def _sealed(code: str) -> str:
    return salted_hmac("the code of a test mail", code).hexdigest()
