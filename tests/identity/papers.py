"""What tests of cards do again and again: make people, print, read what is on a card, type it."""

import datetime
import re

from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person
from rse.identity.models import SignInCard
from rse.identity.services.cards import hand_cards, print_card
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.core import put_under
from tests.guards import HouseClient

NINE = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
WORDS = "seven quiet lighthouses hum"


def worker(number="0042", **columns):
    """Somebody who never came in and whom no mail reaches."""
    return PersonFactory(**{"email": None, "private_email": "", "employee_number": number, "password": False} | columns)


def workshop():
    """A worker without an e-mail, and everybody around who may print for them or may not, by what they are."""
    company, other = UnitFactory(), UnitFactory()
    unit = UnitFactory(parent=company)
    people = {
        "HR of the unit": PersonFactory(role=Role.HR, role__unit=company),
        "HR of the company": PersonFactory(role=Role.HR),
        "direct manager": PersonFactory(unit=unit),
        "manager above": PersonFactory(unit=company),
        "manager of another team": PersonFactory(unit=unit),
        "colleague": PersonFactory(unit=unit),
        "HR of another unit": PersonFactory(role=Role.HR, role__unit=other),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
        "head of HR": PersonFactory(role=Role.HR_HEAD),
        "former HR": PersonFactory(),
    }
    RoleGrantFactory(person=people["former HR"], role=Role.HR, ends_at=clock.now())
    subject = worker(unit=unit)
    put_under(subject, people["direct manager"])
    put_under(people["direct manager"], people["manager above"])
    put_under(PersonFactory(unit=unit), people["manager of another team"])
    return people, subject


def again(person):
    """The person with what is held now: roles are read once per object."""
    return Person.objects.get(pk=person.pk)


def handed(actor, person):
    """A card that was printed and handed over."""
    printed = print_card(actor=again(actor), person=again(person))
    assert hand_cards(actor=again(actor), public_ids=[card_of(person).public_id]) == 1
    return printed


def card_of(person):
    return SignInCard.objects.open().get(person=person)


def on_paper(page):
    """The codes that a page of cards prints, in its order."""
    return re.findall(r'<p class="code">([\w-]+)</p>', page.text)


def type_card(number, code, browser=None, password="", **extra):
    form = {"number": number, "code": code} | ({"password1": password, "password2": password} if password else {})
    return (browser or HouseClient()).post(reverse("identity:come_in_by_code"), form, **extra)


def scan(token, browser=None, password=WORDS):
    form = {"password1": password, "password2": password}
    return (browser or HouseClient()).post(reverse("identity:come_in_by_card", args=[token]), form)


def codes_shown(page):
    return re.findall(r"<li><code>([\w-]+)</code></li>", page.text)
