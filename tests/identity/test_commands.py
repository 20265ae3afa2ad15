import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from rse.core.enums import Role
from rse.core.models import Audience, Person, RecordedEvent, RoleGrant
from rse.core.ops.installation import installation
from rse.feed.models import Post
from rse.identity.services.invitations import redeem
from tests.factories import PersonFactory, UnitFactory
from tests.feed.pages import publishing

from .doors import give_second_factor, has_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


SAID = {"company": "Fonderies", "email": "Chef@Fonderies.example", "first_name": "Élodie", "last_name": "Roussel", "language": "fr"}


def link_in(text):
    return re.search(r"http://localhost:8000/welcome/([\w-]+)/", text)[1]


def test_bootstrap_makes_a_company_and_its_first_administrator(capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("bootstrap", **SAID)
    person = Person.objects.get()
    assert (person.email, person.is_present, person.has_usable_password()) == ("chef@fonderies.example", True, False)
    assert person.handle.startswith("elodie-roussel-")
    assert person.holds(Role.ADMINISTRATOR)
    assert (installation().company, installation().is_demo) == ("Fonderies", False)
    assert redeem(token=link_in(capsys.readouterr().out), password="seven quiet lighthouses hum") == person


def test_bootstrap_makes_the_audience_of_everyone_where_the_first_words_are_read_by_all(capsys, signed_in):
    call_command("bootstrap", **SAID)
    administrator = redeem(token=link_in(capsys.readouterr().out), password="seven quiet lighthouses hum")
    everyone = Audience.objects.get()
    assert (everyone.kind, everyone.label, everyone.is_open) == ("everyone", "Everyone", True)

    author = signed_in(PersonFactory())
    assert author.post(reverse("feed:publish"), publishing(everyone, body="Premiers mots.")).status_code == 302
    for reader in (PersonFactory(), administrator):
        assert [post.body for post in Post.objects.visible_to(reader)] == ["Premiers mots."]
    call_command("bootstrap", **SAID)
    assert Audience.objects.get() == everyone


def test_bootstrap_again_changes_nothing_and_prints_a_link_that_works(capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("bootstrap", **SAID)
    first = link_in(capsys.readouterr().out)
    call_command("bootstrap", **{**SAID, "company": "Other", "email": "other@fonderies.example"})
    second = link_in(capsys.readouterr().out)
    assert first != second
    assert Person.objects.count() == RoleGrant.objects.count() == 1
    assert installation().company == "Fonderies"
    redeem(token=second, password="seven quiet lighthouses hum")
    call_command("bootstrap")
    assert "/welcome/" not in capsys.readouterr().out


def test_bootstrap_asks_for_what_was_not_given(monkeypatch, capsys):
    answers = {
        "Name of the company: ": "Fonderies",
        "Work e-mail of the first administrator: ": "chef@f.example",
        "First name: ": "Élodie",
        "Last name: ": "R",
    }
    monkeypatch.setattr("builtins.input", answers.__getitem__)
    call_command("bootstrap")
    assert Person.objects.get().email == "chef@f.example"


@pytest.mark.parametrize(("name", "value"), [("email", "no e-mail"), ("company", "  "), ("first_name", "")])
def test_bootstrap_says_what_is_missing_and_leaves_nobody(monkeypatch, name, value):
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError):
        call_command("bootstrap", **{**SAID, name: value})
    assert not Person.objects.exists()


def test_bootstrap_names_somebody_who_was_imported(capsys):
    person = PersonFactory(email="chef@fonderies.example", password=False)
    call_command("bootstrap", company="Fonderies", email="chef@fonderies.example")
    assert person.holds(Role.ADMINISTRATOR)
    assert Person.objects.count() == 1


def name(role, person, **options):
    call_command("name_role", str(role), person.email, **options)


@pytest.mark.parametrize(("role", "number"), [(Role.ADMINISTRATOR, 1), (Role.HR_HEAD, 1), (Role.DPO, 1), (Role.HR_SUCCESSION, 2)])
def test_first_holders_come_from_the_server_and_no_more(role, number):
    for _holder in range(number):
        name(role, PersonFactory())
    with pytest.raises(CommandError, match="page of roles"):
        name(role, PersonFactory())
    assert RoleGrant.objects.filter(role=role).count() == number
    assert RecordedEvent.objects.filter(name__endswith="role_granted").count() == number


@pytest.mark.parametrize("role", [Role.HR, Role.RECRUITER, Role.HANDLER, Role.EDITOR])
def test_other_roles_are_named_on_the_screen(role):
    with pytest.raises(CommandError, match="page of roles"):
        name(role, PersonFactory())


def test_every_holder_of_a_role_is_told():
    administrator, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory()
    name(Role.HR_HEAD, person)
    assert RecordedEvent.objects.get(name__endswith="role_granted").facets["recipient_ids"] == sorted([administrator.pk, person.pk])


def test_a_role_may_be_over_a_unit():
    unit = UnitFactory(code="NANTES")
    name(Role.HR_HEAD, PersonFactory(), unit="NANTES")
    assert RoleGrant.objects.get().unit == unit


def test_name_role_says_what_is_wrong():
    holder = PersonFactory(role=Role.HR_SUCCESSION)
    for person, options, words in (
        (PersonFactory(left=True), {}, "not present"),
        (PersonFactory.build(email="absent@company.example"), {}, "Nobody signs in"),
        (PersonFactory(), {"unit": "NOWHERE"}, "no unit"),
        (holder, {}, "already"),
    ):
        with pytest.raises(CommandError, match=words):
            name(Role.HR_SUCCESSION, person, **options)


def test_lost_second_factor_is_forgotten_with_its_sessions(signed_in):
    person = PersonFactory()
    give_second_factor(person)
    client = signed_in(person)
    call_command("forget_second_factor", person.email)
    assert not has_second_factor(person)
    assert client.get("/people/").status_code == 302
    for login in (person.email, "absent@company.example"):
        with pytest.raises(CommandError):
            call_command("forget_second_factor", login)
