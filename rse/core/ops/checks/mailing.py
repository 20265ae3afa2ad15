"""Mail: who it comes from, and whether its server lets us in. Nothing is sent."""

from __future__ import annotations

import smtplib
import ssl
import threading
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from ..doctor import Finding, hurts, look, well
from .site import is_local, is_this_machine

SMTP = "django.core.mail.backends.smtp.EmailBackend"
WITHIN = 10  # seconds that a server has for all of it
# Domains that belong to nobody, or to this machine alone.
NOBODYS = (".example", ".invalid", ".test", ".local", ".localhost", ".localdomain")
EXAMPLES = ("example.com", "example.net", "example.org")


def has_server() -> bool:
    """Return whether mail goes to a server, rather than to a folder."""
    return settings.EMAIL_BACKEND == SMTP


def domain_of_sender() -> str:
    """Return the domain that mail says it comes from; empty where there is none."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def sender() -> Finding:
    """Check whether mail comes from a domain that exists, and that belongs to the address of the site."""
    domain, told = domain_of_sender(), {"sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL}
    say = _("Set DEFAULT_FROM_EMAIL to an address of the company’s domain: Company <maillage@company.com>.")
    if "." not in domain or domain.endswith(NOBODYS) or domain in EXAMPLES:
        what = _("Mail comes from %(sender)s, a domain that is nobody’s: other servers refuse it.") % told
        return hurts(what, say) if has_server() else look(what, say)
    host = urlsplit(settings.SITE_URL).hostname or ""
    if not is_local() and domain.split(".")[-2:] != host.split(".")[-2:]:
        return look(
            _("Mail comes from %(sender)s, and the site answers at %(host)s: another domain.") % {**told, "host": host},
            _("Make sure that the domain of the sender lets this server send for it (SPF, DKIM), or write from the domain of the site."),
        )
    return well(_("Mail comes from %(sender)s.") % told)


def mail_server() -> Finding:
    """Connect to the mail server as sending does: greeting, encryption and sign-in, within ten seconds in all; nothing is sent."""
    if not has_server():
        return look(
            _("Mail goes to a folder: nobody receives an invitation."),
            _("Set EMAIL_URL to the mail server: smtp+tls://user:password@mail.company.com:587."),
        )
    told = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    if error := _refusal():
        return hurts(
            why_not(error), _("Look at EMAIL_URL: scheme, user, password, host and port; then at whether this machine may reach it.")
        )
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and not is_this_machine(settings.EMAIL_HOST):
        return look(
            _("%(server)s answers, and mail travels to it in the clear.") % told,
            _("Write smtp+tls:// or smtp+ssl:// at the beginning of EMAIL_URL."),
        )
    return well(_("%(server)s answers and lets us in.") % told)


def _refusal() -> Exception | None:
    """Return what keeps us from sending, asked in a thread that is left behind after its time: a server may take it for each answer."""
    ended: list[Exception | None] = []

    def talk() -> None:
        connection: Any = get_connection(timeout=WITHIN)
        try:
            connection.open()
            connection.connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            ended.append(error)
        else:
            ended.append(None)
        finally:
            connection.close()

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    thread.join(WITHIN)
    return ended[0] if ended else TimeoutError()


def why_not(error: Exception) -> str:
    """Return in words why mail was not taken, with no word of the server's and no secret; the first class that fits says it."""
    told = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", "code": getattr(error, "smtp_code", "")}
    if isinstance(error.__context__, TimeoutError):  # the library calls that a connection which was closed
        error = error.__context__
    reasons: list[tuple[type[Exception], str]] = [
        (smtplib.SMTPAuthenticationError, _("%(server)s refuses the user or the password.")),
        (smtplib.SMTPSenderRefused, _("%(server)s refuses the sender (%(code)s).")),
        (smtplib.SMTPRecipientsRefused, _("%(server)s refuses the recipient.")),
        (smtplib.SMTPNotSupportedError, _("%(server)s does not offer the encryption or the sign-in that EMAIL_URL asks for.")),
        (smtplib.SMTPResponseException, _("%(server)s answers with an error (%(code)s).")),
        (smtplib.SMTPException, _("%(server)s ends the conversation.")),
        (ssl.SSLCertVerificationError, _("%(server)s shows a certificate that is not believed.")),
        (ssl.SSLError, _("%(server)s does not speak the encryption that EMAIL_URL asks for.")),
        (TimeoutError, _("%(server)s does not answer in time.")),
        (ConnectionRefusedError, _("Nothing listens at %(server)s.")),
    ]
    return next((said for one, said in reasons if isinstance(error, one)), _("%(server)s cannot be reached.")) % told
