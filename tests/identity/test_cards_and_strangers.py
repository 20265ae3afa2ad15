"""Cards and codes beside strangers: what is typed wrong keeps nobody out and tells nothing, and an owner is told who came in."""

import pytest
from django.core import mail
from django.urls import reverse

from rse.core import clock
from rse.core.models import Person
from rse.identity.models import SignInCard
from rse.identity.services.recovery import make_codes
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .papers import WORDS, codes_shown, handed, scan, type_card, worker, workshop
from .test_recovery_codes import type_recovery

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return workshop()


def test_wrong_codes_of_strangers_keep_no_card_from_opening(shop):
    people, subject = shop
    printed = handed(people["HR of the unit"], subject)
    with clock.moved_to(clock.now()):
        answers = [type_card(str(9000 + number), "2222").status_code for number in range(202)]
        assert (answers[0], answers[-1], HouseClient().get(reverse("identity:come_in_by_code")).status_code) == (422, 429, 200)
        assert HouseClient().get(reverse("identity:come_in_by_card", args=["none"])).status_code == 429
        assert HouseClient().get(reverse("identity:come_in_by_card", args=[printed.token])).status_code == 200
        assert type_card("0042", printed.code).status_code == 200
        assert len(codes_shown(type_card("0042", printed.code, password=WORDS))) == 10


def test_wrong_codes_tell_no_number_that_somebody_has():
    worker("0042")
    with clock.moved_to(clock.now()):
        answers = {
            bare: [type_card(zeros + bare, "2222").status_code for zeros in ("00", "0", "", "000", "0000", "00000")]
            for bare in ("42", "43")
        }
    assert answers["42"] == answers["43"] == [422] * 5 + [429]


def test_owner_of_a_first_password_by_card_is_told_at_every_address_and_in_the_app(shop):
    people, subject = shop
    Person.objects.filter(pk=subject.pk).update(email="awa@company.example", private_email="awa@home.example")
    scan(handed(people["direct manager"], subject).token)
    assert sorted(message.to[0] for message in mail.outbox) == ["awa@company.example", "awa@home.example"]
    assert all(f"by the card that {people['direct manager'].name} printed for you" in message.body for message in mail.outbox)
    assert Notification.objects.filter(recipient=subject, event="identity.card_used").count() == 1


def test_mail_about_a_card_whose_printer_is_gone_names_nobody(shop):
    people, subject = shop
    Person.objects.filter(pk=subject.pk).update(private_email="awa@home.example")
    printed = handed(people["direct manager"], subject)
    SignInCard.objects.update(printed_by=None)
    scan(printed.token)
    assert "by the card that Former colleague printed for you" in mail.outbox[0].body


def test_wrong_codes_of_strangers_keep_no_recovery_code_from_opening():
    awa = PersonFactory(email=None, private_email="", employee_number="0042")
    codes = make_codes(person=awa)
    with clock.moved_to(clock.now()):
        answers = [type_recovery("42", "2222", REMOTE_ADDR=f"198.51.100.{number // 4}").status_code for number in range(40)]
        assert answers.count(422) == 30
        assert type_recovery("0042", codes[0]).status_code == 200
