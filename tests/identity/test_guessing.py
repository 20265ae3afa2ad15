import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.identity.backends import PersonBackend
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .doors import person_of, type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached(monkeypatch):
    """The attempts that reached the hasher."""
    attempts = []
    original = PersonBackend.authenticate

    def noted(self, request, email=None, password=None, **credentials):
        attempts.append(email)
        return original(self, request, email=email, password=password)

    monkeypatch.setattr(PersonBackend, "authenticate", noted)
    return attempts


def guess(login, **extra):
    return type_password(HouseClient(), login, "wrong horse battery staple", **extra)


def test_a01_five_failures_then_a_wait(reached):
    person = PersonFactory()
    answers = [guess(person.email).status_code for _attempt in range(8)]
    assert answers == [422] * 5 + [429] * 3
    assert len(reached) == 5
    assert type_password(HouseClient(), person.email).status_code == 429


def test_a01_absent_account_is_counted_alike():
    assert [guess("absent@company.example").status_code for _attempt in range(7)] == [422] * 5 + [429] * 2


def test_a01_another_address_still_gets_in():
    person = PersonFactory()
    for _attempt in range(6):
        guess(person.email)
    client = HouseClient()
    assert type_password(client, person.email, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert person_of(client) == str(person.pk)


def test_a01_twenty_failures_an_hour_per_address(reached):
    for number in range(30):
        guess(f"nobody{number}@company.example")
    assert len(reached) == 20


def test_a01_success_is_not_counted():
    person = PersonFactory()
    for _time in range(12):
        assert type_password(HouseClient(), person.email).status_code == 302


@pytest.mark.parametrize(
    "spellings",
    [
        ["zoe@company.example", "ZOE@company.example", "Zoe@Company.Example", " zoe@company.example ", "zOe@company.example"],
        ["zoé@company.example", "zoe\u0301@company.example", "ZOÉ@company.example", "zoe@company.example"],
    ],
)
def test_l93_spellings_of_one_login_are_counted_together(reached, spellings):
    PersonFactory(email="zoe@company.example")
    for number in range(40):
        guess(spellings[number % len(spellings)])
    assert len(reached) <= 5


def test_l93_forged_forwarding_headers_change_nothing(reached):
    person = PersonFactory()
    for number in range(30):
        guess(
            person.email,
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
            HTTP_X_REAL_IP=f"198.51.100.{number}",
            HTTP_FORWARDED=f"for=198.51.100.{number}",
        )
    assert len(reached) == 5


def test_l93_forged_entries_before_a_trusted_proxy_change_nothing(reached, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    person = PersonFactory()
    for number in range(30):
        guess(person.email, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.9")
    assert len(reached) == 5


def test_l93_addresses_of_one_ipv6_network_are_one(reached):
    person = PersonFactory()
    for number in range(15):
        guess(person.email, REMOTE_ADDR=f"2001:db8:0:1::{number:x}")
        guess(person.email, REMOTE_ADDR=f"2001:db8::1:{number:x}:0:0:1")
    assert len(reached) == 5


def test_a01_wait_ends(reached, monkeypatch):
    person = PersonFactory()
    for _attempt in range(6):
        guess(person.email)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: clock.now().timestamp() + 301)
    assert type_password(HouseClient(), person.email).status_code == 302


def test_sixty_forms_a_minute_from_one_address_then_a_page_that_says_so():
    with clock.moved_to(datetime.datetime(2026, 11, 2, 9, 0, 1, tzinfo=datetime.UTC)):
        client = HouseClient()
        answers = [client.post(reverse("account_login"), {}).status_code for _form in range(61)]
    assert answers == [422] * 60 + [429]


def test_guessing_the_current_password_of_a_stolen_session_is_limited(signed_in):
    client = signed_in(PersonFactory())
    with clock.moved_to(datetime.datetime.now(datetime.UTC).replace(second=1)):
        form = {"oldpassword": "guess", "password1": "", "password2": ""}
        answers = [client.post(reverse("account_change_password"), form).status_code for _attempt in range(7)]
    assert answers == [422] * 5 + [429] * 2
