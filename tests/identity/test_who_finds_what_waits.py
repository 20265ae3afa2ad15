"""The page of the accounts that wait: who is led there, and what the data protection officer finds."""

import pytest
from django.urls import reverse

from rse.core.enums import Role
from rse.identity.enums import AddressKind
from rse.identity.models import AddressChange, AddressYes
from rse.identity.services import addresses
from tests.factories import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def say(browser, change, do="vouch", **form):
    return browser.post(reverse("identity:address_change", args=[change.public_id]), {"do": do, "reason": "mailbox", **form})


def test_officer_stands_in_for_the_head_of_hr_and_sees_nothing_else(signed_in):
    """With no head of HR but the one concerned, the officer opens the page, is told and says yes; otherwise nothing is there for them."""
    head, officer, plain = PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.DPO), PersonFactory()
    changes = {}
    for person in (head, plain):
        changes[person] = AddressChange(person=person, kind=AddressKind.WORK, old_address=person.email, new_address=f"new.{person.email}")
    addresses.ask(list(changes.values()))
    browser, mine = signed_in(officer), reverse("identity:address_change", args=[changes[head].public_id])

    page = browser.get(reverse("identity:waiting")).text
    assert head.name in page
    assert plain.name not in page
    assert "Accounts that are shut" not in page
    assert 'href="/invitations/"' not in page
    assert browser.get(reverse("identity:address_change", args=[changes[plain].public_id])).status_code == 404
    assert 'value="head"' in browser.get(mine).text
    assert say(browser, changes[head], "head").status_code == 302
    assert AddressYes.objects.get().person == officer

    RoleGrantFactory(person=plain, role=Role.HR_HEAD)
    assert browser.get(mine).status_code == 404
    assert head.name not in browser.get(reverse("identity:waiting")).text


@pytest.mark.parametrize(
    ("role", "is_led"), [(Role.HR, True), (Role.HR_HEAD, True), (Role.ADMINISTRATOR, True), (Role.DPO, True), (Role.RECRUITER, False)]
)
def test_navigation_leads_to_what_waits(signed_in, role, is_led):
    person = PersonFactory()
    addresses.ask([AddressChange(person=person, kind=AddressKind.WORK, old_address=person.email, new_address="new@company.example")])
    reader = PersonFactory(role=role)

    assert (f'href="{reverse("identity:waiting")}"' in signed_in(reader).get("/people/").text) == is_led
