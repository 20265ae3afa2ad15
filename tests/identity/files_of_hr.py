"""A file of HR as an administrator sends it on the screen, and the mailboxes of those whom it is about."""

import re

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rse.hris.models import ImportBatch
from tests.guards import HouseClient
from tests.hris.test_import_screens import columns_of

HEADERS = "Matricule;Nom;Prénom;Courriel;E-mail personnel;Code service;Service;Site;Poste;Date d'entrée\n"


def row(person, *, at_work=None, home="", day="06/01/2020"):
    address = (person.email or "") if at_work is None else at_work
    return f"{person.employee_number};{person.last_name};{person.first_name};{address};{home};FON;Fonderie;Nantes;Fondeuse;{day}\n"


def import_file(browser, text, kind="delta", *, takes_private=True):
    """Send a file, compare it and write it."""
    address = browser.post("/imports/", {"file": SimpleUploadedFile("p.csv", (HEADERS + text).encode("utf-8-sig")), "kind": kind}).url
    batch = ImportBatch.objects.get(public_id=address.rstrip("/").rpartition("/")[2])
    private = {"private_email": "E-mail personnel"} if takes_private else {}
    browser.post(address, columns_of(batch, **private))
    browser.post(address, {"do": "apply", "allows_departures": "1"})
    batch.refresh_from_db()
    assert batch.state == "applied", (batch.refusal, batch.problems)
    return batch


def forgot(address):
    """What the mailbox of ``address`` receives after somebody typed it at "forgot password"."""
    before = len(mail.outbox)
    HouseClient().post(reverse("account_reset_password"), {"email": address})
    return [message for message in mail.outbox[before:] if message.to == [address]]


def mails_to(address):
    return [message for message in mail.outbox if message.to == [address]]


def link_in(message, name):
    """The path of the link in a mail whose address holds ``name``."""
    return re.search(rf"/[\w/-]*{name}/[\w-]+/", message.body)[0]
