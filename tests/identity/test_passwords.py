import datetime
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rse.core import clock
from rse.core.events import deliveries
from rse.core.models import Delivery, Person, RecordedEvent
from rse.core.people.services import staffing
from rse.identity.enums import Way
from rse.identity.models import Session
from rse.identity.services.invitations import issue, redeem
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD
from tests.guards import HouseClient

from .doors import give_second_factor, person_of, type_code, type_password

pytestmark = pytest.mark.django_db

ANOTHER = "seven quiet lighthouses hum"
NINE = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def ask(login, client=None, **extra):
    return (client or HouseClient()).post(reverse("account_reset_password"), {"email": login}, **extra)


def link_in(message):
    return re.search(r"https?://\S+", message.body)[0]


def follow(client, link):
    """Open the link of a mail as far as the form; the address that the form posts to."""
    page = client.get(link.removeprefix("http://localhost:8000"))
    return page["Location"]


def choose(client, address, password=ANOTHER):
    return client.post(address, {"password1": password, "password2": password})


def test_reset_ends_every_session_and_signs_in(client, signed_in):
    person = PersonFactory(email="lea@company.example")
    elsewhere = signed_in(person)
    assert ask("lea@company.example")["Location"] == reverse("account_reset_password_done")
    [message] = mail.outbox
    assert message.to == ["lea@company.example"]
    response = choose(client, follow(client, link_in(message)))
    assert (response.status_code, response["Location"]) == (302, "/")
    assert person_of(client) == str(person.pk)
    assert elsewhere.get("/")["Location"] == "/account/login/?next=/"
    assert Session.objects.filter(person=person).count() == 1
    assert type_password(HouseClient(), person.email, ANOTHER).status_code == 302


def test_reset_link_works_although_the_name_changed_meanwhile(client):
    person = PersonFactory(first_name="Lea", last_name="Morel", handle="lea-morel")
    ask(person.email)
    staffing.change_people(rows=[(person.pk, {"last_name": "Morvan"})])
    assert Person.objects.get(pk=person.pk).handle.startswith("lea-morvan-")
    assert choose(client, follow(client, link_in(mail.outbox[0])))["Location"] == "/"
    assert person_of(client) == str(person.pk)


def test_reset_link_works_once(client):
    ask(PersonFactory().email)
    link = link_in(mail.outbox[0])
    choose(client, follow(client, link))
    again = HouseClient().get(link.removeprefix("http://localhost:8000"))
    assert again.status_code == 404
    assert reverse("account_reset_password") in again.content.decode()


def test_reset_link_lives_a_quarter_of_an_hour(client, monkeypatch):
    ask(PersonFactory().email)
    later = datetime.datetime.now() + datetime.timedelta(minutes=15, seconds=2)  # noqa: DTZ005 - the token counts in the time of the machine
    monkeypatch.setattr("rse.identity.tokens.ResetTokens._now", lambda self: later)
    assert client.get(link_in(mail.outbox[0]).removeprefix("http://localhost:8000")).status_code == 404


@pytest.mark.parametrize("change", [{"state": "left"}, {"email": "other@company.example"}, {"private_email": "new@home.example"}])
def test_reset_link_dies_with_the_state_or_the_address(client, change):
    person = PersonFactory()
    ask(person.email)
    Person.objects.filter(pk=person.pk).update(**change)
    assert client.get(link_in(mail.outbox[0]).removeprefix("http://localhost:8000")).status_code == 404


def test_reset_still_asks_for_the_second_factor(client):
    person = PersonFactory()
    give_second_factor(person)
    ask(person.email)
    response = choose(client, follow(client, link_in(mail.outbox[0])))
    assert response["Location"] == reverse("mfa_authenticate")
    assert person_of(client) is None
    assert type_code(client, "000000").status_code == 422


def test_reset_refuses_a_weak_password_and_keeps_the_link(client):
    ask(PersonFactory().email)
    address = follow(client, link_in(mail.outbox[0]))
    assert choose(client, address, "short").status_code == 422
    assert choose(client, address).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_HOST": "127.0.0.1:9999"},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_SERVER": "evil.example"},
        {"HTTP_FORWARDED": "host=evil.example"},
    ],
)
def test_l30_link_and_subject_come_from_the_settings(headers):
    ask(PersonFactory().email, **headers)
    [message] = mail.outbox
    assert link_in(message).startswith("http://localhost:8000/account/password/reset/key/")
    everything = message.subject + message.body + message.alternatives[0][0]
    assert "evil" not in everything
    assert "9999" not in everything


def test_l30_unknown_host_is_refused_outright():
    assert ask(PersonFactory().email, HTTP_HOST="evil.example").status_code == 400
    assert mail.outbox == []


def test_l92_reset_answers_the_same_for_everybody():
    PersonFactory(email="left@company.example", left=True)
    PersonFactory(email="unset@company.example", password=False)
    logins = [PersonFactory().email, "absent@company.example", "left@company.example", "unset@company.example"]
    HouseClient().get(reverse("account_reset_password"))
    seen = []
    for login in logins:
        with deliveries.held(), CaptureQueriesContext(connection) as queries:
            response = ask(login)
        seen.append((response.status_code, response["Location"], response.content, sorted(response.headers), len(queries)))
    assert seen == [seen[0]] * len(logins)
    deliveries.drain()
    assert [message.to for message in mail.outbox] == [[logins[0]]]


def test_a02_three_mails_an_hour_and_the_same_answer_a_hundred_times():
    person = PersonFactory(email="lea@company.example", private_email="lea@home.example")
    spellings = ["lea@company.example", "LEA@company.example", " lea@company.example", "Lea@Company.Example"]
    with clock.moved_to(NINE):
        answers = {
            (response.status_code, response["Location"], response.content)
            for number in range(100)
            for response in [ask(spellings[number % 4], REMOTE_ADDR=f"198.51.100.{number}")]
        }
    assert len(answers) == 1
    assert [message.to for message in mail.outbox] == [[person.email]] * 3


def test_a02_hundred_an_hour_from_one_address():
    with clock.moved_to(NINE):
        answers = [ask(f"person{number}@company.example").status_code for number in range(102)]
    assert answers == [302] * 100 + [429] * 2


@pytest.mark.parametrize(
    "data",
    [
        {"email": ["lea@company.example", "evil@evil.example"]},
        {"email": "lea@company.example,evil@evil.example"},
        {"email": "lea@company.example evil@evil.example"},
        {"email": "lea@company.example\nevil@evil.example"},
        {"email": "lea@company.example%0Abcc:evil@evil.example"},
        {"email": "léa@company.example"},
        {"email": "ｌea@company.example"},
        {"email[]": "lea@company.example"},
    ],
)
def test_l91_mail_goes_to_the_address_in_the_file_or_nowhere(data):
    PersonFactory(email="lea@company.example")
    HouseClient().post(reverse("account_reset_password"), data)
    assert mail.outbox == []


def test_l91_spelling_in_capitals_reaches_the_address_in_the_file():
    PersonFactory(email="lea@company.example")
    ask("LEA@COMPANY.EXAMPLE")
    assert [message.to for message in mail.outbox] == [["lea@company.example"]]


def test_expected_person_who_came_in_from_home_is_written_to_there():
    person = PersonFactory(expected=True, password=False, email="awa@company.example", private_email="awa@home.example")
    redeem(token=issue(person=person, way=Way.PRIVATE), password=PASSWORD)
    ask("awa@company.example")
    assert [message.to for message in mail.outbox] == [["awa@home.example"]]


def test_no_token_is_ever_in_an_event():
    person = PersonFactory()
    ask(person.email)
    token = link_in(mail.outbox[0]).rstrip("/").partition("-")[2]
    facets = list(RecordedEvent.objects.values_list("facets", flat=True))
    assert facets == [{"subject": ["person", person.pk]}]
    assert token not in str(facets) + str(list(Delivery.objects.values()))


def test_t03_change_of_password_ends_the_other_sessions_only(signed_in):
    person, other = PersonFactory(), PersonFactory()
    here, elsewhere, colleague = signed_in(person), signed_in(person), signed_in(other)
    key = here.session.session_key
    response = here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER})
    assert response["Location"] == reverse("identity:security")
    assert here.get("/people/").status_code == 200
    assert here.session.session_key != key
    assert elsewhere.get("/people/").status_code == 302
    assert colleague.get("/people/").status_code == 200
    assert Session.objects.filter(person=person).count() == 1


def test_t03_change_of_password_ends_a_sign_in_that_waits_for_its_code(signed_in):
    person = PersonFactory()
    here, halfway = signed_in(person), HouseClient()
    give_second_factor(person)
    type_password(halfway, person.email)
    assert halfway.get(reverse("mfa_authenticate")).status_code == 200
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER})
    assert halfway.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({"oldpassword": "wrong", "password1": ANOTHER, "password2": ANOTHER}, "oldpassword"),
        ({"oldpassword": PASSWORD, "password1": "short", "password2": "short"}, "password1"),
        ({"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}, "password1"),
        ({"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER + "!"}, "password2"),
        ({"oldpassword": PASSWORD, "password1": "x" * 257, "password2": "x" * 257}, "password1"),
    ],
)
def test_refused_change_says_where_and_changes_nothing(signed_in, form, where):
    person = PersonFactory()
    client = signed_in(person)
    before = Person.objects.get(pk=person.pk).password
    response = client.post(reverse("account_change_password"), form)
    assert response.status_code == 422
    assert f'id="id_{where}_error"' in response.content.decode()
    assert Person.objects.get(pk=person.pk).password == before
    assert client.get("/people/").status_code == 200
