"""Mail about signing in: short, in the person's language, with links to our configured address only."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from rse.core.ops.checks.mailing import has_server
from rse.core.ops.checks.site import is_local
from rse.core.ops.installation import installation


class NoPublicAddress(Exception):
    """Links lead to the machine of whoever reads them, and mail goes to a real server: SITE_URL has to be set first."""


def leads_nowhere():
    """Return whether a mail would leave for a real mailbox with a link that works on the server alone."""
    return is_local() and has_server()


def check_address():
    """Check that the links of mails lead somewhere.

    Raises:
        NoPublicAddress: they lead to the machine of whoever reads them.

    """
    if leads_nowhere():
        raise NoPublicAddress


def absolute(path):
    """Return the full address of ``path`` under SITE_URL: never from what a request says our name is."""
    return f"{settings.SITE_URL}{path}"


def send(template, *, person, address, folder="identity/mail", **context):
    """Send ``<folder>/<template>`` to ``address``, as text and as HTML."""
    with translation.override(person.language):
        said = {"person": person, "company": installation().company or settings.COMPANY_NAME, **context}
        if "words" in said:  # filled in here, in the language of the person
            said["sentence"] = str(said["sentence"]) % {name: str(word) for name, word in said["words"].items()}
        subject = " ".join(render_to_string(f"{folder}/{template}_subject.txt", said).split())
        message = EmailMultiAlternatives(subject, render_to_string(f"{folder}/{template}.txt", said).strip() + "\n", to=[address])
        message.attach_alternative(render_to_string(f"{folder}/{template}.html", said), "text/html")
        message.send()
