"""Another address that somebody asks for themselves: their session asks, their present mailbox answers."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RoleGrant
from rse.core.web.limits import TooOften
from rse.identity.enums import AddressKind, ChangeState
from rse.identity.models import AddressChange, AddressYes
from rse.identity.services import addresses
from rse.identity.services.own_addresses import AskedLately, ask_own
from tests.factories import PersonFactory, RoleGrantFactory
from tests.guards import HouseClient

from .doors import type_password
from .files_of_hr import forgot, link_in, mails_to

pytestmark = pytest.mark.django_db
ASK = reverse("identity:ask_address")
NEW = "lea.morvan@company.example"


@pytest.fixture
def lea():
    return PersonFactory(email="lea@company.example", private_email="lea@home.example")


@pytest.fixture
def browser(lea, client):
    type_password(client, lea.email)
    mail.outbox.clear()
    return client


def asked(browser, address=NEW, kind="email"):
    assert browser.post(ASK, {"kind": kind, "address": address}).url == reverse("identity:security")
    return AddressChange.objects.waiting().get(kind=kind)


def test_asking_needs_the_password_again(lea, client):
    type_password(client, lea.email)
    stranger = HouseClient()
    stranger.force_login(lea)  # a session that showed no password lately
    assert stranger.post(ASK, {"kind": "email", "address": NEW}).url.startswith("/account/reauthenticate/")
    assert not AddressChange.objects.exists()
    assert client.get(ASK).status_code == 200


def test_present_mailbox_says_yes_and_every_address_was_told(browser, lea):
    change = asked(browser)

    assert (change.asked_by, change.old_address) == (lea, "lea@company.example")
    assert [len(mails_to(one)) for one in ("lea@company.example", "lea@home.example", NEW)] == [1, 1, 1]
    assert "old-address" not in mails_to(NEW)[0].body + mails_to("lea@home.example")[0].body
    assert forgot(NEW) == []
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"

    path = link_in(mails_to("lea@company.example")[0], "old-address")
    assert HouseClient().post(path, {"do": "agree"}).status_code == 200
    assert Person.objects.get(pk=lea.pk).email == NEW
    assert browser.get("/people/").status_code == 302


def test_session_that_asked_cannot_say_yes(browser, lea):
    change = asked(browser)
    page = browser.get(reverse("identity:my_address", args=[change.public_id]))
    assert 'value="agree"' not in page.text
    assert 'value="refuse"' in page.text

    assert browser.post(reverse("identity:my_address", args=[change.public_id]), {"do": "agree"}).status_code == 403
    with pytest.raises(PermissionDenied):
        addresses.confirm(person=lea, change=change, session=browser.session)

    assert not AddressYes.objects.exists()
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"


def test_present_mailbox_refuses_and_the_same_is_not_asked_again(browser, lea):
    change = asked(browser)
    HouseClient().post(link_in(mails_to("lea@company.example")[0], "old-address"), {"do": "refuse"})
    change.refresh_from_db()
    assert change.state == ChangeState.REFUSED

    again = browser.post(ASK, {"kind": "email", "address": NEW.upper()})
    assert again.status_code == 422
    assert NEW.upper() in again.text
    assert not AddressChange.objects.waiting().exists()


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("email", "lea@elsewhere.example"),
        ("email", "lea@sub.company.example"),
        ("email", "LEA@company.example"),
        ("private_email", "lea@home.example"),
        ("email", "no address"),
        ("handle", NEW),
        ("private_email", ""),
    ],
)
def test_what_is_refused_leaves_no_trace_and_loses_nothing(browser, kind, address):
    answer = browser.post(ASK, {"kind": kind, "address": address})
    assert answer.status_code == 422
    assert f'value="{address}"' in answer.text or not address
    assert not AddressChange.objects.exists()
    assert mail.outbox == []


def test_nothing_that_waits_is_put_aside_by_asking(browser, lea):
    addresses.take_from_file(batch_id=None, wanted=[(lea.pk, {"email": "of.the.file@company.example"})])
    assert browser.post(ASK, {"kind": "email", "address": NEW}).status_code == 422
    assert AddressChange.objects.get().new_address == "of.the.file@company.example"


def test_whoever_holds_a_role_waits_for_the_head_of_hr_too(lea):
    head = PersonFactory(role=Role.HR_HEAD)
    RoleGrant.objects.update(starts_at=clock.now() - datetime.timedelta(days=3))
    RoleGrantFactory(person=lea, role=Role.RECRUITER)
    change = ask_own(person=lea, kind=AddressKind.WORK, address=NEW)
    HouseClient().post(link_in(mails_to("lea@company.example")[0], "old-address"), {"do": "agree"})
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"
    assert addresses.agree_as_head(actor=head, change=change)
    assert Person.objects.get(pk=lea.pk).email == NEW


def test_three_are_asked_for_in_a_day_and_one_of_a_kind_waits(lea):
    for number in range(3):
        change = ask_own(person=lea, kind=AddressKind.PRIVATE, address=f"a{number}@home.example")
        with pytest.raises(AskedLately):
            ask_own(person=lea, kind=AddressKind.PRIVATE, address="b@home.example")
        addresses.refuse(actor=lea, change=change)
    with pytest.raises(TooOften):
        ask_own(person=lea, kind=AddressKind.PRIVATE, address="c@home.example")


def test_whoever_never_came_in_asks_for_nothing():
    person = PersonFactory()
    Person.objects.filter(pk=person.pk).update(has_account=False, password="!none")
    person.refresh_from_db()
    with pytest.raises(PermissionDenied):
        ask_own(person=person, kind=AddressKind.PRIVATE, address="c@home.example")


def test_nothing_tells_whether_an_address_belongs_to_somebody(lea):
    """Somebody asks for a free address, for one of a colleague, and for one that a colleague has at home: they read the same."""
    PersonFactory(email="taken@company.example", private_email="home@taken.example")
    PersonFactory(email=None, private_email="free@taken.example")
    read = []
    for address, kind, is_free in (
        (NEW, "email", True),
        ("taken@company.example", "email", False),
        ("free@taken.example", "private_email", False),
    ):
        person = PersonFactory(email=f"asker{len(read)}@company.example", private_email=f"asker{len(read)}@home.example")
        browser, door = HouseClient(), HouseClient()
        type_password(browser, person.email)
        mail.outbox.clear()
        asking = browser.post(ASK, {"kind": kind, "address": address}, follow=True)
        path = link_in(mails_to(person.email)[0], "old-address")
        answer = door.post(path, {"do": "agree"})
        again = door.get(path)
        left = browser.get("/people/").status_code
        words = [page.text.replace(address, "ADDRESS").replace(person.email, "OWN") for page in (asking, answer)]
        read.append([asking.status_code, answer.status_code, again.status_code, left, main_of(words[1])])
        assert [change.state for change in AddressChange.objects.filter(person=person)] == ["made" if is_free else "waiting"]
        assert Person.objects.filter(pk=person.pk, email=address).exists() == (is_free and kind == "email")
    assert read[0] == read[1] == read[2]


def main_of(page):
    """What a page says, without what is drawn anew each time."""
    return re.sub(r"<input[^>]*>", "", page[page.index("<main") : page.index("</main>")])


def test_owner_who_is_signed_in_reads_the_same_and_hr_reads_why(client):
    read = []
    PersonFactory(email="taken@company.example")
    for address in (NEW, "taken@company.example"):
        person = PersonFactory()
        change = AddressChange(person=person, kind=AddressKind.WORK, old_address=person.email, new_address=address)
        addresses.ask([change])
        browser = HouseClient()
        type_password(browser, person.email)
        told = browser.post(reverse("identity:my_address", args=[change.public_id]), {"do": "agree"}, follow=True)
        read.append([told.status_code, [str(message) for message in told.context["messages"]]])
    assert read[0] == read[1]
    hr = HouseClient()
    hr.force_login(PersonFactory(role=Role.HR))
    page = hr.get(reverse("identity:address_change", args=[change.public_id])).text
    assert "Somebody else has this address" in page
