"""Mails that tell an owner of what happens to their account: each goes out by itself."""

import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from rse.core import clock
from rse.core.events import deliveries
from rse.core.models import Delivery
from rse.identity.models import AddressChange
from rse.identity.services import addresses
from tests.factories import PersonFactory

from .files_of_hr import mails_to

pytestmark = pytest.mark.django_db
REFUSED: set[str] = set()


class RefusingBackend(EmailBackend):
    """A server of mails that refuses some addresses for now."""

    def send_messages(self, messages):
        if refused := {address for message in messages for address in message.to} & REFUSED:
            raise OSError(f"{len(refused)} refused")
        return super().send_messages(messages)


@pytest.fixture
def refused(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    with deliveries.held():
        yield REFUSED
    REFUSED.clear()


def ask_for(*people):
    wanted = [(person.pk, {"email": f"new.{person.email}"}) for person in people]
    addresses.take_from_file(wanted=wanted)


@pytest.mark.failing_deliveries
def test_mail_that_is_refused_is_sent_again_and_no_other_with_it(refused):
    people = [PersonFactory(email=f"p{number}@company.example", private_email=f"p{number}@home.example") for number in range(3)]
    refused.add("p1@company.example")
    ask_for(*people)
    deliveries.drain()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "p0@company.example",
        "p0@home.example",
        "p1@home.example",
        "p2@company.example",
        "p2@home.example",
    ]

    refused.clear()
    with clock.moved_to(clock.now() + datetime.timedelta(minutes=1)):
        deliveries.drain()

    assert len(mail.outbox) == 6
    [late] = mails_to("p1@company.example")
    assert "old-address" in late.body


@pytest.mark.failing_deliveries
def test_refused_mail_tells_nothing_that_is_no_longer_so(refused):
    person = PersonFactory(email="p@company.example")
    refused.add("p@company.example")
    ask_for(person)
    deliveries.drain()
    assert Delivery.objects.get(state="pending").error == "OSError"
    addresses.refuse(actor=person, change=AddressChange.objects.get())

    refused.clear()
    with clock.moved_to(clock.now() + datetime.timedelta(minutes=1)):
        deliveries.drain()

    assert mail.outbox == []
