"""First steps: seen by the product, said by hand where nothing can be seen, told to administrators alone."""

import datetime
import json
import re
import smtplib

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from communities.enums import CommunityKind
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Installation, KeptCount, RecordedEvent, StepTaken
from rse.core.ops import first_steps, mail_test
from rse.core.ops.checks import mailing
from rse.core.ops.first_steps import State, Step, UnknownStep
from rse.core.ops.installation import describe
from rse.core.ops.mail_test import NoAddress, NotSent, WrongCode, confirm_test_mail, send_test_mail
from rse.core.people.services.roles import ask_role
from rse.governance import gates
from rse.hris.models import ImportBatch
from rse.identity.enums import Way
from rse.identity.services.cards import print_card
from rse.identity.services.invitations import issue
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.governance import CharterFactory, FeatureSwitchFactory
from tests.factories.photos import logo_of_the_company
from tests.factories.talent import SkillFactory
from tests.identity.papers import worker
from tests.services.mail_server import MailServer

pytestmark = pytest.mark.django_db
PAGE = "/first-steps/"


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.DATA_DIR = tmp_path
    settings.STORAGES = dict(settings.STORAGES)


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR, language="en", email="chef@fonderies.fr")


def line_of(name, reader=None):
    return next(line for line in first_steps.lines(reader) if line.step.name == name)


def is_done(name):
    return line_of(name).is_done


def code_in(message):
    return re.search(r"^[A-Z2-9]{6}$", message.body, re.MULTILINE)[0]


# What each room sees


def test_address_is_done_by_https(settings):
    assert not is_done("address")
    settings.SITE_URL, settings.TRUSTED_PROXY_COUNT = "https://maillage.fonderies.fr", 1
    settings.ALLOWED_HOSTS = ["maillage.fonderies.fr"]
    assert is_done("address")


def test_company_is_done_by_a_name_and_a_logo():
    describe(company="Fonderies")
    cache.clear()
    assert not is_done("company")
    logo_of_the_company()
    assert is_done("company")


def test_people_are_done_by_a_file_that_was_applied():
    batch = ImportBatch.objects.create(file_name="a.csv", kind="full", state=ImportBatch.State.PREVIEWED)
    assert not is_done("people")
    applied = {"state": ImportBatch.State.APPLIED, "applied_at": clock.now()}
    ImportBatch.objects.create(kind="delta", is_by_hand=True, **applied)
    assert not is_done("people")
    ImportBatch.objects.filter(pk=batch.pk).update(**applied)
    assert is_done("people")


def test_roles_are_done_once_each_is_held():
    for role in (Role.HR, Role.HR_HEAD, Role.DPO):
        RoleGrantFactory(role=role)
    found = line_of("roles")
    assert (found.is_done, found.state.said) == (False, "Nobody holds: Handler of reports.")
    RoleGrantFactory(role=Role.HANDLER)
    assert is_done("roles")


def test_roles_that_wait_say_for_whose_yes_and_name_nobody(administrator):
    person = PersonFactory(first_name="Zoé", last_name="Unique")
    ask_role(asker=administrator, person=person, role=Role.HR, unit=None, starts_at=clock.now(), ends_at=None)
    waits = line_of("roles", administrator).state.waits
    assert waits == ("HR waits for 1 yes: Head of HR (nobody who may say it holds this role).",)
    RoleGrantFactory(role=Role.HR_HEAD)
    assert line_of("roles", administrator).state.waits == ("HR waits for 1 yes: Head of HR.",)
    assert line_of("roles", person).state.waits == ()  # nobody learns of their own request


def test_charter_is_done_once_it_is_published():
    assert not is_done("charter")
    CharterFactory()
    assert is_done("charter")


def test_features_say_what_each_waits_for(monkeypatch, administrator):
    monkeypatch.setattr(gates, "_gates", {})
    gates.declare("lamp", label="Lamp")
    assert line_of("features").state.waits == ("Lamp: an administrator fills in its conditions",)
    switch = FeatureSwitchFactory(name="lamp", on_since=None, confirmed_by=None, asked_by=administrator)
    assert line_of("features").state.waits == ("Lamp: it waits for the yes of the head of HR, and nobody who may say it holds this role",)
    RoleGrantFactory(person=administrator, role=Role.HR_HEAD)  # nobody says yes to what they wrote
    assert "nobody who may" in line_of("features").state.waits[0]
    RoleGrantFactory(role=Role.HR_HEAD)
    assert line_of("features").state.waits == ("Lamp: it waits for the yes of the head of HR",)
    type(switch).objects.filter(pk=switch.pk).update(notice_fr="")
    assert line_of("features").state.waits == ("Lamp: conditions are missing: an administrator fills them in",)
    assert not is_done("features")
    switch.delete()
    FeatureSwitchFactory(name="lamp", on=True)
    assert is_done("features")


def test_skills_are_done_by_one():
    assert not is_done("skills")
    SkillFactory()
    assert is_done("skills")


def test_communities_are_counted_without_those_that_nobody_should_know_of():
    CommunityFactory(kind=CommunityKind.SECRET)
    assert (is_done("communities"), line_of("communities").state.said) == (False, "0 communities.")
    CommunityFactory()
    assert (is_done("communities"), line_of("communities").state.said) == (True, "1 community.")


def test_invitations_are_done_once_nobody_waits_for_one(administrator):
    assert not is_done("invitations")
    person = PersonFactory(password=False)
    assert line_of("invitations").state.said == "1 person came in. 1 was never invited."
    issue(person=person, way=Way.WORK)
    assert is_done("invitations")


def test_somebody_whose_door_is_shut_waits_for_no_invitation_yet(administrator):
    today = clock.today()
    for days in (30, None):
        PersonFactory(expected=True, password=False, hired_on=today + datetime.timedelta(days=days) if days else None)
    assert (is_done("invitations"), line_of("invitations").state.said) == (True, "1 person came in.")
    with clock.moved_to(clock.now() + datetime.timedelta(days=16)):
        assert line_of("invitations").state.said == "1 person came in. 1 was never invited."
    PersonFactory(expected=True, password=False)  # comes in ten days
    assert not is_done("invitations")


@pytest.mark.parametrize(("zone", "opens"), [("Pacific/Kiritimati", True), ("Pacific/Midway", False)])
def test_door_opens_by_the_calendar_of_the_site(administrator, zone, opens):
    with clock.moved_to(datetime.datetime(2026, 11, 2, 10, 30, tzinfo=datetime.UTC)):  # the 3rd at one site, the 1st at the other
        first_day = datetime.date(2026, 11, 3 if opens else 2) + datetime.timedelta(days=15)
        PersonFactory(expected=True, password=False, hired_on=first_day, site__name=zone, site__time_zone=zone)
        assert is_done("invitations") is not opens


def test_card_is_an_invitation_too(administrator):
    person = worker()
    assert not is_done("invitations")
    print_card(actor=PersonFactory(role=Role.HR), person=person)
    assert is_done("invitations")


def test_backup_is_done_by_the_file_it_leaves(settings):
    assert not is_done("backup")
    said = {"at": clock.now().isoformat(), "path": "/srv/1", "version": "0.1.0"}
    (settings.DATA_DIR / "last_backup.json").write_text(json.dumps(said))
    assert is_done("backup")


# By hand


def test_step_that_nobody_sees_is_said_by_an_administrator(administrator):
    first_steps.take_by_hand(by=administrator, name="keys")
    taken = StepTaken.objects.get()
    assert (taken.name, taken.by, is_done("keys")) == ("keys", administrator, True)
    assert RecordedEvent.objects.get().facets["actor_id"] == administrator.pk


def test_step_is_said_by_nobody_else_and_not_where_it_is_seen(administrator):
    with pytest.raises(PermissionDenied):
        first_steps.take_by_hand(by=PersonFactory(role=Role.HR_HEAD), name="keys")
    for name in ("mail", "address", "nothing"):
        with pytest.raises(UnknownStep):
            first_steps.take_by_hand(by=administrator, name=name)
    assert not StepTaken.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_two_steps_have_two_names():
    with pytest.raises(ValueError, match="two first steps"):
        first_steps.register(first_steps.step_called("keys"))


# What every page reads


@pytest.fixture
def two_steps(monkeypatch):
    monkeypatch.setattr(first_steps, "_steps", {})
    done = {"seen": False}
    first_steps.register(Step(name="seen", label="S", text="T", look=lambda reader: State(is_done=done["seen"]), order=1))
    first_steps.register(Step(name="said", label="S", text="T", look=lambda reader: State(is_done=False), order=2, by_hand="Yes"))
    return done


def test_what_is_left_is_written_down_when_it_changes(two_steps, administrator, django_capture_on_commit_callbacks):
    assert first_steps.are_left(administrator)
    two_steps["seen"] = True
    with django_capture_on_commit_callbacks(execute=True):
        first_steps.take_by_hand(by=administrator, name="said")
    assert not first_steps.are_left(administrator)
    two_steps["seen"] = False
    with django_capture_on_commit_callbacks(execute=True):
        first_steps.note()
    assert first_steps.are_left(administrator)
    assert not first_steps.are_left(PersonFactory(role=Role.HR_HEAD))


def test_navigation_and_home_lead_there_as_long_as_something_is_left(signed_in, administrator):
    browser = signed_in(administrator)
    assert browser.get("/").text.count(f'href="{PAGE}"') == 2
    assert f'href="{PAGE}"' not in signed_in(PersonFactory(role=Role.HR)).get("/").text
    Installation.objects.update_or_create(pk=1, defaults={"is_set_up": True})
    cache.clear()
    assert f'href="{PAGE}"' not in browser.get("/").text


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_cost_does_not_grow(signed_in, administrator, django_assert_num_queries, item_count):
    for number in range(item_count):
        ask_role(asker=administrator, person=PersonFactory(), role=Role.HR, unit=None, starts_at=clock.now(), ends_at=None)
        first_steps.take_by_hand(by=administrator, name=["keys", "company", "features"][number])
    browser = signed_in(administrator)
    browser.get(PAGE)
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(PAGE)


# session, person, grants, two of the bell, counts kept, what was said; then of the steps two or three each, of the findings seven
PAGE_QUERIES = 34 if settings.IS_SQLITE else 33  # SQLite is asked how many people it carries


def test_page_shows_steps_and_what_is_not_well(signed_in, administrator):
    page = signed_in(administrator).get(PAGE)
    assert [one["taken_as"].step.name for one in page.context["steps"]] == [
        *("address", "mail", "company", "people", "roles", "charter", "skills", "communities", "features", "invitations", "backup", "keys")
    ]
    assert page.context["left"] == 12
    assert "SITE_URL is http://localhost:8000" in page.text
    skills = next(one for one in page.context["steps"] if one["taken_as"].step.name == "skills")
    assert not skills["may_go"]  # HR does it


# Mail


def test_mail_carries_a_code_that_proves_that_it_arrives(administrator):
    send_test_mail(to=administrator)
    (message,) = mail.outbox
    assert message.to == ["chef@fonderies.fr"]
    assert not is_done("mail")
    confirm_test_mail(by=administrator, code=f" {code_in(message).lower()} ")
    assert is_done("mail")
    assert StepTaken.objects.get().by == administrator
    with pytest.raises(WrongCode):  # once
        confirm_test_mail(by=administrator, code=code_in(message))


def test_proof_ends_with_the_settings_it_was_given_for(administrator, settings):
    send_test_mail(to=administrator)
    confirm_test_mail(by=administrator, code=code_in(mail.outbox[0]))
    settings.DEFAULT_FROM_EMAIL = "rse@fonderies.fr"
    assert not is_done("mail")
    send_test_mail(to=administrator)
    settings.EMAIL_HOST = "mail.fonderies.fr"
    with pytest.raises(WrongCode):
        confirm_test_mail(by=administrator, code=code_in(mail.outbox[1]))


def test_code_is_kept_as_a_hash_for_an_hour_and_of_the_last_mail_alone(administrator):
    send_test_mail(to=administrator)
    first = code_in(mail.outbox[0])
    assert first not in KeptCount.objects.get().value
    send_test_mail(to=administrator)
    for person, code in ((administrator, first), (PersonFactory(role=Role.ADMINISTRATOR), code_in(mail.outbox[1])), (administrator, "")):
        with pytest.raises(WrongCode):
            confirm_test_mail(by=person, code=code)
    with clock.moved_to(clock.now() + datetime.timedelta(minutes=61)), pytest.raises(WrongCode):
        confirm_test_mail(by=administrator, code=code_in(mail.outbox[1]))
    assert not StepTaken.objects.exists()


def test_mail_is_sent_to_administrators_who_have_an_address():
    with pytest.raises(PermissionDenied):
        send_test_mail(to=PersonFactory(role=Role.HR))
    with pytest.raises(PermissionDenied):
        confirm_test_mail(by=PersonFactory(role=Role.HR), code="ABCDEF")
    with pytest.raises(NoAddress):
        send_test_mail(to=PersonFactory(role=Role.ADMINISTRATOR, email=None, private_email="a@home.example"))
    assert mail.outbox == []


def test_server_that_refuses_is_told_in_our_words_and_leaves_no_code(administrator, settings):
    settings.EMAIL_BACKEND = mailing.SMTP
    with MailServer(refuses={"RCPT": "550 words of the server"}) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        with pytest.raises(NotSent) as refused:
            send_test_mail(to=administrator)
    assert refused.value.sentence == f"127.0.0.1:{server.port} refuses the recipient."
    assert isinstance(refused.value.__cause__, smtplib.SMTPRecipientsRefused)
    assert not mail_test.waits_for_code(administrator)


def test_mail_reaches_a_real_server(administrator, settings):
    settings.EMAIL_BACKEND = mailing.SMTP
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        send_test_mail(to=administrator)
    assert "Subject: Mail arrives" in server.kept[0]


def test_pages_of_the_mail(signed_in, administrator):
    browser = signed_in(administrator)
    assert "mail/confirm" not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}mail/send/").status_code == 302
    wrong = browser.post(f"{PAGE}mail/confirm/", {"code": "AAAAAA"})
    assert (wrong.status_code, "This is not the code of the last mail" in wrong.text, 'value="AAAAAA"' in wrong.text) == (422, True, True)
    done = browser.post(f"{PAGE}mail/confirm/", {"code": code_in(mail.outbox[0])}, follow=True)
    assert "Mail arrives." in done.text
    for _ in range(9):
        browser.post(f"{PAGE}mail/confirm/", {"code": "AAAAAA"})
    assert browser.post(f"{PAGE}mail/confirm/", {"code": "AAAAAA"}).status_code == 429
