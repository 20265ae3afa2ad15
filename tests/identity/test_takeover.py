"""Nobody becomes anybody else: an administrator who reads this code tries a file of HR, a cut, a link, and a second window."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rse.core import clock, reopening
from rse.core.enums import PersonState, Role
from rse.core.models import AudienceMember, Person
from rse.identity.enums import AddressKind, ChangeState, Way
from rse.identity.models import AccountReopening, AddressChange, Invitation, Session
from rse.identity.services.invitations import InvitationOver, invite_people, issue, redeem
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.core import PASSWORD, put_under
from tests.guards import HouseClient

from .doors import person_of, type_password

pytestmark = pytest.mark.django_db

HEADERS = "Matricule;Nom;Prénom;Courriel;E-mail personnel;Code service;Service;Site;Poste;Date d'entrée\n"
ANOTHER = "seven quiet lighthouses hum"
EVIL = "driss@evil.example"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR, employee_number="A1", email="gwen@company.example")


@pytest.fixture
def driss():
    """Somebody with a secret behind their door: a space that nobody outside can guess."""
    person = PersonFactory(employee_number="E7", email="driss@company.example", first_name="Driss", last_name="Haddad")
    AudienceFactory(secret=True, label="Elected representatives", members=[person])
    return person


def row(person, *, mail_=None, home="", day="06/01/2020"):
    address = (person.email or "") if mail_ is None else mail_
    return f"{person.employee_number};{person.last_name};{person.first_name};{address};{home};FON;Fonderie;Nantes;Fondeuse;{day}\n"


def import_file(browser, text, kind="delta"):
    """A file of HR sent, compared and written, as an administrator does it on the screen."""
    from rse.identity.models import ImportBatch

    address = browser.post("/imports/", {"file": SimpleUploadedFile("p.csv", (HEADERS + text).encode("utf-8-sig")), "kind": kind}).url
    batch = ImportBatch.objects.get(public_id=address.rstrip("/").rpartition("/")[2])
    browser.post(address, {"do": "compare", **batch.mapping})
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
    return re.search(rf"/{name}/[\w-]+/", message.body)[0]


def test_l107_a_file_with_another_address_opens_no_account(signed_in, administrator, driss):
    browser = signed_in(administrator)
    import_file(browser, row(driss, mail_=EVIL))

    assert forgot(EVIL) == []
    driss.refresh_from_db()
    assert driss.email == "driss@company.example"
    assert mails_to(EVIL) == []
    [told] = mails_to("driss@company.example")
    assert EVIL in told.body
    assert type_password(HouseClient(), "driss@company.example").status_code == 302
    assert type_password(HouseClient(), EVIL).status_code != 302
    assert AudienceMember.objects.filter(person=driss).exists()


def test_l107_the_same_file_again_asks_nobody_again(signed_in, administrator, driss):
    browser = signed_in(administrator)
    import_file(browser, row(driss, mail_=EVIL))
    batch = import_file(browser, row(driss, mail_=EVIL).replace("Fondeuse", "Fondeuse en chef"))

    assert AddressChange.objects.count() == 1
    assert len(mails_to("driss@company.example")) == 1
    assert "email" not in {part[0] for change in batch.examples for part in change["fields"]}


def test_l107_a_home_address_that_would_be_written_to_waits_as_well(signed_in, administrator):
    person = PersonFactory(expected=True, employee_number="E8", private_email="awa@home.example")
    browser = signed_in(administrator)
    day = person.hired_on.strftime("%d/%m/%Y")
    import_file(browser, row(person, mail_="", home=EVIL, day=day))

    assert forgot(EVIL) == []
    assert len(forgot("awa@home.example")) == 1
    change = AddressChange.objects.get()
    assert (change.kind, change.state) == (AddressKind.PRIVATE, ChangeState.WAITING)


def test_l107_somebody_present_turned_into_somebody_expected_is_not_written_to_at_a_home_nobody_proved(signed_in, administrator, driss):
    Person.objects.filter(pk=driss.pk).update(private_email=EVIL)  # the file had it before the account was there
    day = (clock.today().replace(year=clock.today().year + 1)).strftime("%d/%m/%Y")
    import_file(signed_in(administrator), row(driss, day=day))

    driss.refresh_from_db()
    assert driss.state == PersonState.EXPECTED
    HouseClient().post(reverse("account_reset_password"), {"email": driss.email})
    assert mails_to(EVIL) == []


def test_l107_an_address_that_signs_somebody_in_is_given_to_nobody_else(signed_in, administrator, driss):
    at_home = PersonFactory(expected=True, employee_number="E8", private_email="awa@home.example")
    newcomer, other = PersonFactory.build(employee_number="N1"), PersonFactory(employee_number="E9", email="paul@company.example")
    text = row(driss, mail_="driss.haddad@company.example") + row(newcomer, mail_="driss@company.example")
    text += row(other, mail_="awa@home.example", home="driss@company.example")
    batch = import_file(signed_in(administrator), text)

    assert {code for _line, _column, code, *_rest in batch.problems} >= {"email_held"}
    assert Person.objects.get(employee_number="N1").email is None
    assert len(forgot("driss@company.example")) == 1
    assert len(forgot("awa@home.example")) == 1
    assert type_password(HouseClient(), "awa@home.example").status_code == 302
    at_home.refresh_from_db()
    assert at_home.email is None


def test_l107_who_never_came_in_takes_the_address_at_once_and_the_old_invitation_dies(signed_in, administrator):
    person = PersonFactory(password=False, employee_number="E8", email="old@company.example")
    token = issue(person=person, way=Way.WORK)
    import_file(signed_in(administrator), row(person, mail_="new@company.example"))

    person.refresh_from_db()
    assert person.email == "new@company.example"
    with pytest.raises(InvitationOver):
        redeem(token=token, password=ANOTHER)
    assert not AddressChange.objects.exists()


def test_l108_cut_give_back_and_a_link_open_nothing_to_one_person(signed_in, administrator, driss):
    browser = signed_in(administrator)
    browser.post(reverse("identity:deactivate", args=[driss.handle]))
    assert browser.post(reverse("identity:give_access_back", args=[driss.handle])).status_code == 403

    open_again = reverse("identity:reopen", args=[driss.handle])
    assert browser.post(open_again, {"do": "ask", "reason": "back"}).status_code == 302
    for _window in range(2):
        assert browser.post(open_again, {"do": "agree"}).status_code == 403
    assert browser.post(reverse("identity:hand_over", args=[driss.handle])).status_code == 403
    assert browser.post(reverse("identity:invite", args=[driss.handle])).status_code == 403
    browser.post(reverse("identity:invite_shown"), {"person": [driss.pk]})
    assert invite_people(person_ids=[driss.pk]) == 0
    assert not Invitation.objects.exists()
    assert forgot(driss.email) == []
    driss.refresh_from_db()
    assert driss.state == PersonState.LEFT


def test_l108_rehired_by_a_file_is_not_invited_by_one_person(signed_in, administrator, driss):
    browser = signed_in(administrator)
    import_file(browser, row(driss).rstrip("\n").replace("06/01/2020", "06/01/2020") + "\n", kind="delta")
    browser.post(reverse("identity:deactivate", args=[driss.handle]))
    day = (clock.today().replace(year=clock.today().year + 1)).strftime("%d/%m/%Y")
    import_file(browser, row(driss, mail_=EVIL, day=day))

    driss.refresh_from_db()
    assert (driss.state, driss.has_account, driss.email) == (PersonState.EXPECTED, True, "driss@company.example")
    assert browser.post(reverse("identity:hand_over", args=[driss.handle])).status_code == 403
    assert forgot(EVIL) == forgot(driss.email) == []


def test_l108_two_people_open_it_and_every_address_is_told(signed_in, administrator, driss):
    Person.objects.filter(pk=driss.pk).update(private_email="driss@home.example")
    first, second = signed_in(administrator), signed_in(PersonFactory(role=Role.HR))
    first.post(reverse("identity:deactivate", args=[driss.handle]))
    address = reverse("identity:reopen", args=[driss.handle])
    first.post(address, {"do": "ask", "reason": "mistake"})
    assert len(mails_to("driss@company.example")) == len(mails_to("driss@home.example")) == 1

    page = second.post(address, {"do": "agree"})
    token = re.search(r"/welcome/([\w-]+)/", page.text)[1]
    assert len(mails_to("driss@company.example")) == len(mails_to("driss@home.example")) == 2
    assert second.post(address, {"do": "agree"}).status_code == 409

    closed = []
    reopening._hooks["of this test"] = closed.extend
    try:
        answer = HouseClient().post(reverse("identity:welcome", args=[token]), {"password1": ANOTHER, "password2": ANOTHER})
    finally:
        del reopening._hooks["of this test"]
    assert answer.status_code == 302
    assert closed == [driss.pk]
    assert type_password(HouseClient(), "driss@company.example", ANOTHER).status_code == 302
    assert len(mails_to("driss@company.example")) == 3


def test_l108_a_link_made_before_the_account_opens_nothing_after(administrator):
    person = PersonFactory(password=False)
    token = issue(person=person, way=Way.HAND)
    Person.objects.filter(pk=person.pk).update(has_account=True)

    with pytest.raises(InvitationOver):
        redeem(token=token, password=ANOTHER)


def shut(person):
    Person.objects.filter(pk=person.pk).update(password="!gone")
    return Person.objects.get(pk=person.pk)


def test_l108_neither_the_line_nor_a_role_of_today_nor_another_unit_counts(signed_in, administrator, driss):
    manager, fresh, elsewhere = PersonFactory(role=Role.HR), PersonFactory(), PersonFactory()
    put_under(driss, manager)
    RoleGrantFactory(person=fresh, role=Role.ADMINISTRATOR, starts_at=clock.now())
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=elsewhere.unit)
    address = reverse("identity:reopen", args=[shut(driss).handle])
    signed_in(administrator).post(address, {"do": "ask", "reason": "back"})

    for person in (manager, fresh, elsewhere):
        assert signed_in(person).post(address, {"do": "agree"}).status_code in (403, 404), person
    assert not Invitation.objects.exists()


def test_l108_a_manager_stays_in_the_line_of_somebody_whose_access_was_cut(signed_in, administrator, driss):
    manager = PersonFactory(role=Role.HR)
    put_under(driss, manager)
    first = signed_in(administrator)
    first.post(reverse("identity:deactivate", args=[driss.handle]))
    address = reverse("identity:reopen", args=[driss.handle])
    first.post(address, {"do": "ask", "reason": "back"})

    assert signed_in(manager).post(address, {"do": "agree"}).status_code == 403


def test_l108_a_request_of_somebody_who_lost_their_role_counts_for_nothing(signed_in, administrator, driss):
    address = reverse("identity:reopen", args=[shut(driss).handle])
    asker = PersonFactory()
    grant = RoleGrantFactory(person=asker, role=Role.HR)
    signed_in(asker).post(address, {"do": "ask", "reason": "back"})
    grant.ends_at = clock.now()
    grant.save()

    assert signed_in(administrator).post(address, {"do": "agree"}).status_code == 403
    assert not Invitation.objects.exists()
    assert AccountReopening.objects.get().closed_at is None


def test_reset_by_mail_closes_what_is_sealed_and_tells_every_address(driss):
    Person.objects.filter(pk=driss.pk).update(private_email="driss@home.example")
    [message] = forgot(driss.email)
    path = re.search(r"/account/password/reset/key/[\w-]+/", message.body)[0]
    closed, browser = [], HouseClient()
    reopening._hooks["of this test"] = closed.extend
    try:
        form = browser.get(path, follow=True).redirect_chain[-1][0]
        browser.post(form, {"password1": ANOTHER, "password2": ANOTHER})
    finally:
        del reopening._hooks["of this test"]

    assert closed == [driss.pk]
    assert person_of(browser) == str(driss.pk)
    assert len(mails_to("driss@home.example")) == 1


def test_change_of_password_closes_nothing(signed_in, driss):
    closed = []
    reopening._hooks["of this test"] = closed.extend
    try:
        signed_in(driss).post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER})
    finally:
        del reopening._hooks["of this test"]
    assert closed == []
    assert Session.objects.filter(person=driss).count() == 1
