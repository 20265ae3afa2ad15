"""Another address that somebody asks for themselves: their session asks, their present mailbox and the new one answer."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person, RecordedEvent, RoleGrant
from rse.core.web.limits import TooOften
from rse.identity.enums import AddressKind, ChangeState, HandReason
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


def agree(address, link):
    """Open the link named ``link`` of the last mail to ``address`` and say yes, with no session; what is answered."""
    return HouseClient().post(link_in(mails_to(address)[-1], link), {"do": "agree"})


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
    assert "new-address" not in mails_to("lea@company.example")[0].body + mails_to("lea@home.example")[0].body
    assert forgot(NEW) == []
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"

    assert agree("lea@company.example", "old-address").status_code == 200
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"
    assert browser.get("/people/").status_code == 200
    assert agree(NEW, "new-address").status_code == 200
    assert Person.objects.get(pk=lea.pk).email == NEW
    assert browser.get("/people/").status_code == 302


def test_new_mailbox_may_say_yes_first_and_its_link_works_once_and_signs_nobody_in(browser, lea):
    change = asked(browser)
    path, door = link_in(mails_to(NEW)[0], "new-address"), HouseClient()
    assert door.get(path).status_code == 200
    change.refresh_from_db()
    assert change.new_said_at is None

    assert door.post(path, {"do": "agree"}).status_code == 200
    assert door.get("/people/").status_code == 302
    assert (door.get(path).status_code, door.post(path).status_code) == (404, 404)
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"
    assert agree("lea@company.example", "old-address").status_code == 200
    assert Person.objects.get(pk=lea.pk).email == NEW


def test_link_to_a_new_mailbox_ends_with_its_week_and_with_the_change(browser, lea):
    path = link_in(mails_to(NEW)[0], "new-address") if asked(browser) else ""
    AddressChange.objects.update(new_token_expires_at=clock.now() - datetime.timedelta(seconds=1))
    assert HouseClient().post(path).status_code == 404
    AddressChange.objects.update(new_token_expires_at=clock.now() + datetime.timedelta(days=1))
    assert HouseClient().get(path).status_code == 200
    addresses.refuse(actor=lea, change=AddressChange.objects.get())
    assert HouseClient().post(path).status_code == 404
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"


def test_two_of_hr_stand_for_the_old_mailbox_and_not_for_the_new_one(lea):
    change = ask_own(person=lea, kind=AddressKind.WORK, address=NEW)
    people = [PersonFactory(role=Role.HR) for _ in range(2)]
    RoleGrant.objects.update(starts_at=clock.now() - datetime.timedelta(days=3))
    assert [addresses.vouch(actor=one, change=change, reason=HandReason.MAILBOX_GONE) for one in people] == [False, False]
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"
    assert agree(NEW, "new-address").status_code == 200
    assert Person.objects.get(pk=lea.pk).email == NEW


def test_one_mailbox_asked_twice_gets_both_links(lea):
    ask_own(person=lea, kind=AddressKind.PRIVATE, address=lea.email)
    bodies = [one.body for one in mails_to(lea.email)]
    assert sorted(("old-address" in body, "new-address" in body) for body in bodies) == [(False, True), (True, False)]


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
    addresses.take_from_file(wanted=[(lea.pk, {"email": "of.the.file@company.example"})])
    assert browser.post(ASK, {"kind": "email", "address": NEW}).status_code == 422
    assert AddressChange.objects.get().new_address == "of.the.file@company.example"


def test_whoever_holds_a_role_waits_for_the_head_of_hr_too(lea):
    head = PersonFactory(role=Role.HR_HEAD)
    RoleGrant.objects.update(starts_at=clock.now() - datetime.timedelta(days=3))
    RoleGrantFactory(person=lea, role=Role.RECRUITER)
    change = ask_own(person=lea, kind=AddressKind.WORK, address=NEW)
    agree("lea@company.example", "old-address")
    agree(NEW, "new-address")
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
    PersonFactory(email="expected@company.example", state=PersonState.EXPECTED)
    PersonFactory(email=None, private_email="free@taken.example")
    read = {}
    wanted = (
        (NEW, "email"),
        ("taken@company.example", "email"),
        ("expected@company.example", "email"),
        ("free@elsewhere.example", "private_email"),
        ("free@taken.example", "private_email"),
    )
    for number, (address, kind) in enumerate(wanted):
        cache.clear()
        person = PersonFactory(email=f"asker{number}@company.example", private_email=f"asker{number}@home.example", first_name="Lea")
        browser, door = HouseClient(), HouseClient()
        type_password(browser, person.email)
        mail.outbox.clear()
        rows = RecordedEvent.objects.count()
        asking = browser.post(ASK, {"kind": kind, "address": address}, follow=True)
        path = link_in(mails_to(person.email)[0], "old-address")
        answer, again = door.post(path, {"do": "agree"}), door.get(path)
        change = AddressChange.objects.get(person=person)
        later = [browser.get(reverse("identity:security")), browser.get(reverse("identity:my_address", args=[change.public_id]))]
        later += [browser.post(ASK, {"kind": kind, "address": other}) for other in (address, f"other{kind}@company.example")]
        own = {
            address: "ADDRESS",
            person.email: "LOGIN",
            person.private_email: "HOME",
            str(change.public_id): "ID",
            person.handle: "HANDLE",
        }
        pages = [(page.status_code, main_of(page.text, own)) for page in (asking, answer, again, *later)]
        has_token = len(change.new_token_hash) == 64
        state = (change.state, change.closed_at, has_token, change.new_said_at, change.yeses.count())
        mails = [own.get(one.to[0]) for one in mail.outbox]
        login = own[Person.objects.get(pk=person.pk).email]
        read.setdefault(kind, []).append((pages, state, mails, RecordedEvent.objects.count() - rows, login))
    for kind, several in read.items():
        assert all(one == several[0] for one in several), kind
        assert several[0][1][0] == ChangeState.WAITING


@pytest.mark.parametrize(("language", "sentence"), [("en", "It is somebody's already"), ("fr", "Elle appartient déjà à quelqu’un")])
def test_mail_to_a_taken_address_offers_nothing(lea, language, sentence):
    owner = PersonFactory(email="taken@company.example")
    Person.objects.filter(pk=lea.pk).update(language=language)
    change = ask_own(person=Person.objects.get(pk=lea.pk), kind=AddressKind.WORK, address=owner.email)
    (told,) = mails_to(owner.email)
    html = told.alternatives[0][0]
    assert sentence.replace("'", "&#x27;") in html or sentence in html
    assert sentence in told.body
    assert "://" not in told.body
    assert "new-address" not in html
    assert lea.first_name not in told.body
    agree(lea.email, "old-address")
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING


def test_address_taken_between_its_mail_and_its_yes_is_not_given(lea):
    change = ask_own(person=lea, kind=AddressKind.WORK, address=NEW)
    agree(lea.email, "old-address")
    PersonFactory(email=NEW)
    assert agree(NEW, "new-address").status_code == 200
    change.refresh_from_db()
    assert (change.state, Person.objects.get(pk=lea.pk).email) == (ChangeState.WAITING, "lea@company.example")


def main_of(page, own):
    """What a page says, without what is drawn anew each time and whose it is."""
    words = re.sub(r"<input[^>]*(?:csrf|typed_by)[^>]*>", "", page[page.index("<main") : page.index("</main>")])
    for mine, name in own.items():
        words = words.replace(mine, name)
    return words


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
