"""Nobody becomes anybody else: an administrator who reads this code tries a file of HR, a cut, a link, and a second window."""

import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from rse.core import clock
from rse.core.access import reopening
from rse.core.enums import PersonState, Role
from rse.core.models import AudienceMember, Person
from rse.core.ops.installation import describe
from rse.core.people.services.people import deactivate_person
from rse.identity.enums import AddressKind, ChangeState, Way
from rse.identity.models import AccountReopening, AddressChange, Invitation, Session
from rse.identity.services.invitations import InvitationOver, invite_people, issue, open_invitation, redeem
from rse.identity.services.reopenings import LINK_LIVES, WAITS, agree_to_reopening, ask_reopening
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.core import PASSWORD, put_under
from tests.guards import HouseClient
from tests.races import answers_of

from .doors import give_second_factor, person_of, type_password
from .files_of_hr import forgot, import_file, mails_to, row

pytestmark = pytest.mark.django_db

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


def test_l107_a_file_with_another_address_opens_no_account(signed_in, administrator, driss):
    browser = signed_in(administrator)
    import_file(browser, row(driss, at_work=EVIL))

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
    import_file(browser, row(driss, at_work=EVIL))
    batch = import_file(browser, row(driss, at_work=EVIL).replace("Fondeuse", "Fondeuse en chef"))

    assert AddressChange.objects.count() == 1
    assert len(mails_to("driss@company.example")) == 1
    assert "email" not in {part[0] for change in batch.examples for part in change["fields"]}


def test_l107_a_home_address_that_would_be_written_to_waits_as_well(signed_in, administrator):
    person = PersonFactory(expected=True, employee_number="E8", private_email="awa@home.example")
    browser = signed_in(administrator)
    day = person.hired_on.strftime("%d/%m/%Y")
    import_file(browser, row(person, at_work="", home=EVIL, day=day))

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
    text = row(driss, at_work="driss.haddad@company.example") + row(newcomer, at_work="driss@company.example")
    text += row(other, at_work="awa@home.example", home="driss@company.example")
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
    import_file(signed_in(administrator), row(person, at_work="new@company.example"))

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
    browser.post(reverse("identity:invitations_chosen"), {"person": [driss.pk]})
    assert invite_people(person_ids=[driss.pk]) == 0
    assert not Invitation.objects.exists()
    assert forgot(driss.email) == []
    driss.refresh_from_db()
    assert driss.state == PersonState.LEFT


def test_l108_rehired_by_a_file_is_not_invited_by_one_person(signed_in, administrator, driss):
    browser = signed_in(administrator)
    import_file(browser, row(driss))
    browser.post(reverse("identity:deactivate", args=[driss.handle]))
    day = (clock.today().replace(year=clock.today().year + 1)).strftime("%d/%m/%Y")
    import_file(browser, row(driss, at_work=EVIL, day=day))

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


@pytest.mark.django_db(transaction=True)
def test_l108_second_yes_in_eight_windows_makes_one_link(administrator, driss):
    asked = ask_reopening(actor=administrator, person=shut(driss), reason="back")
    second = PersonFactory(role=Role.HR)
    given, raised = answers_of(8, lambda n: agree_to_reopening(actor=second, reopening=asked))

    assert len(given) == 1
    assert set(raised) <= {"NoLongerAsked", "OperationalError"}
    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_l108_one_person_in_eight_windows_opens_nothing(administrator, driss):
    asked = ask_reopening(actor=administrator, person=shut(driss), reason="back")
    given, raised = answers_of(8, lambda n: agree_to_reopening(actor=administrator, reopening=asked))

    assert (given, set(raised) <= {"PermissionDenied", "OperationalError"}) == ([], True)
    assert not Invitation.objects.exists()


def test_l108_the_database_knows_that_it_takes_two(administrator, driss):
    alone, of_oneself = {"asked_by": administrator, "agreed_by": administrator}, {"asked_by": administrator, "agreed_by": driss}
    for columns in (alone, of_oneself, {"asked_by": driss}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountReopening.objects.create(person=driss, reason="back", **columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=driss.pk).update(has_account=False)


def test_l108_request_of_a_week_ago_is_asked_anew(signed_in, administrator, driss):
    address = reverse("identity:reopen", args=[shut(driss).handle])
    ask_reopening(actor=administrator, person=driss, reason="back")
    with clock.moved_to(clock.now() + WAITS):
        second = signed_in(PersonFactory(role=Role.HR))
        assert second.post(address, {"do": "agree"}).status_code == 409
        assert second.post(address, {"do": "ask"}).status_code == 422
        assert second.post(address, {"do": "ask", "reason": "back"}).status_code == 302
    assert AccountReopening.objects.filter(closed_at=None).count() == 1


def test_l108_link_of_two_people_dies_within_a_day_and_with_the_next_cut(administrator, driss):
    second, tokens = PersonFactory(role=Role.HR), []
    for _time in range(2):
        asked = ask_reopening(actor=administrator, person=shut(driss), reason="lost")
        tokens.append(agree_to_reopening(actor=second, reopening=asked))
    assert [open_invitation(token) is not None for token in tokens] == [False, True]
    with clock.moved_to(clock.now() + LINK_LIVES):
        assert open_invitation(tokens[1]) is None
    deactivate_person(actor=administrator, subject=driss)
    Person.objects.filter(pk=driss.pk).update(state=PersonState.ACTIVE, is_cut=False)
    assert open_invitation(tokens[1]) is None


def test_l108_refused_reopening_stays_shut(signed_in, administrator, driss):
    address = reverse("identity:reopen", args=[shut(driss).handle])
    ask_reopening(actor=administrator, person=driss, reason="back")
    second = signed_in(PersonFactory(role=Role.HR))
    second.post(address, {"do": "refuse"})
    assert second.post(address, {"do": "agree"}).status_code == 409
    assert not Invitation.objects.exists()


def test_server_prints_no_link_to_an_account_that_was_shut(capsys):
    person = PersonFactory(role=Role.ADMINISTRATOR)
    describe(company="Usine")
    shut(person)
    call_command("bootstrap")
    assert "/welcome/" not in capsys.readouterr().out
    assert not Invitation.objects.exists()


def test_second_factor_forgotten_from_the_server_closes_what_is_sealed_and_tells_every_address(driss):
    Person.objects.filter(pk=driss.pk).update(private_email="driss@home.example")
    give_second_factor(driss)
    closed = []
    reopening._hooks["of this test"] = closed.extend
    try:
        call_command("forget_second_factor", driss.email)
    finally:
        del reopening._hooks["of this test"]
    assert closed == [driss.pk]
    assert len(mails_to("driss@company.example")) == len(mails_to("driss@home.example")) == 1
