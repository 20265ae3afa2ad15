import datetime
import re

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.models import KeptCount
from rse.identity import known_browsers
from rse.identity.backends import PersonBackend
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .doors import give_second_factor, person_of, type_code, type_password

NOON = datetime.datetime(2026, 11, 2, 12, 0, tzinfo=datetime.UTC)

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


def test_a01_office_behind_one_address_goes_on_when_twenty_mistype():
    for mistyping in PersonFactory.create_batch(20):
        answers = [guess(mistyping.email).status_code for _attempt in range(7)]
        assert answers == [422] * 5 + [429] * 2
    colleague, client = PersonFactory(), HouseClient()
    assert guess(colleague.email).status_code == 422
    assert type_password(client, colleague.email).status_code == 302
    assert person_of(client) == str(colleague.pk)


def test_a01_two_hundred_failures_an_hour_per_address(reached):
    before = HouseClient()
    person = PersonFactory()
    with clock.moved_to(NOON):
        type_password(before, person.email)
        answers = [guess(f"nobody{number}@company.example").status_code for number in range(199)]
        assert answers == [422] * 199
    with clock.moved_to(NOON + datetime.timedelta(minutes=10)):
        assert [guess(f"somebody{number}@company.example").status_code for number in range(3)] == [422, 429, 429]
        assert len(reached) == 1 + 200
        assert type_password(HouseClient(), person.email).status_code == 429
        assert type_password(HouseClient(), person.email, REMOTE_ADDR="192.0.2.7").status_code == 302
        before.post(reverse("account_logout"))
        assert type_password(before, person.email).status_code == 302  # a browser that they came in with before
    with clock.moved_to(NOON + datetime.timedelta(minutes=60)):
        assert type_password(HouseClient(), person.email).status_code == 302


def besiege(person, guesses=40):
    """Guess at one account, once from each of many addresses."""
    return [guess(person.email, REMOTE_ADDR=f"198.51.100.{number}").status_code for number in range(guesses)]


def test_l93_one_account_guessed_at_from_many_addresses(reached):
    person = PersonFactory()
    with clock.moved_to(NOON):
        assert besiege(person) == [422] * 30 + [429] * 10
        assert besiege(PersonFactory()) == [422] * 30 + [429] * 10
        assert len(reached) == 60
    for hour in range(1, 24):
        with clock.moved_to(NOON + datetime.timedelta(hours=hour)):
            besiege(person)
    assert reached.count(person.email) == 100


@pytest.mark.parametrize("where", ["198.51.100.1", "192.0.2.7"])
def test_l93_strangers_keep_nobody_out_of_a_browser_they_came_in_with(where):
    person, own = PersonFactory(), HouseClient()
    with clock.moved_to(NOON):
        type_password(own, person.email)
        own.post(reverse("account_logout"))
        besiege(person)
        assert type_password(HouseClient(), person.email, REMOTE_ADDR=where).status_code == 429
        assert type_password(own, person.email, REMOTE_ADDR=where).status_code == 302
        assert person_of(own) == str(person.pk)


def test_l93_known_browser_guesses_no_more_than_another_and_knows_one_account_only(reached):
    owner, other, own = PersonFactory(), PersonFactory(), HouseClient()
    with clock.moved_to(NOON):
        type_password(own, owner.email)
        own.post(reverse("account_logout"))
        wrong = "wrong horse battery staple"
        answers = [type_password(own, owner.email, wrong, REMOTE_ADDR=f"198.51.100.{number}").status_code for number in range(7)]
        assert answers == [422] * 5 + [429] * 2
        besiege(other)
        assert type_password(own, other.email).status_code == 429
        forged = HouseClient()
        forged.cookies[known_browsers.COOKIE] = "x" * 43
        assert type_password(forged, other.email).status_code == 429
    assert not KeptCount.objects.filter(name__contains=own.cookies[known_browsers.COOKIE].value[:8]).exists()


def test_l93_owner_besieged_in_a_new_browser_comes_in_by_a_link(mailoutbox):
    person = PersonFactory()
    with clock.moved_to(NOON):
        besiege(person)
        new = HouseClient()
        new.post(reverse("account_reset_password"), {"email": person.email})
        link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
        page = new.get(link, follow=True)
        words = "seven quiet lanterns on the hill"
        answer = new.post(page.request["PATH_INFO"], {"password1": words, "password2": words})
    assert answer.status_code == 302
    assert person_of(new) == str(person.pk)


@pytest.mark.parametrize(("language", "sentence"), [("fr", "Réessayez dans 4 minutes."), ("en", "Try again in 4 minutes.")])
def test_a01_refusal_says_when_the_next_try_is_taken(language, sentence):
    person = PersonFactory(language=language)
    with clock.moved_to(NOON):
        for _attempt in range(5):
            guess(person.email)
    with clock.moved_to(NOON + datetime.timedelta(seconds=100)):
        refused = guess(person.email, HTTP_ACCEPT_LANGUAGE=language)
    assert refused["Retry-After"] == "200"
    assert sentence in refused.text
    with clock.moved_to(NOON + datetime.timedelta(seconds=299)):
        almost = guess(person.email, HTTP_ACCEPT_LANGUAGE="en")
    assert (almost.status_code, almost["Retry-After"]) == (429, "1")
    assert "Try again in 1 second." in almost.text
    with clock.moved_to(NOON + datetime.timedelta(seconds=300)):
        assert type_password(HouseClient(), person.email).status_code == 302


def test_a01_wait_is_that_of_the_last_window_to_end():
    person = PersonFactory()
    for minutes in (0, 6):
        with clock.moved_to(NOON + datetime.timedelta(minutes=minutes)):
            for _attempt in range(5):
                guess(person.email)
            refused = guess(person.email, HTTP_ACCEPT_LANGUAGE="en")
    assert refused["Retry-After"] == str(54 * 60)
    assert "Try again in 54 minutes." in refused.text


def test_wrong_codes_say_when_the_next_one_is_taken():
    person, client = PersonFactory(), HouseClient()
    give_second_factor(person)
    with clock.moved_to(NOON):
        type_password(client, person.email)
        for number in range(5):
            type_code(client, f"00000{number}")
    with clock.moved_to(NOON + datetime.timedelta(seconds=200)):
        refused = client.post(reverse("mfa_authenticate"), {"code": "000009"}, headers={"Accept-Language": "en"})
        assert (refused.status_code, refused["Retry-After"]) == (429, "100")
        assert "Try again in 100 seconds." in refused.text


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


def test_two_hundred_forms_a_minute_from_one_address_then_a_page_that_says_so():
    with clock.moved_to(NOON + datetime.timedelta(seconds=12)):
        client = HouseClient()
        answers = [client.post(reverse("account_login"), {}).status_code for _form in range(200)]
        refused = client.post(reverse("account_login"), {}, headers={"Accept-Language": "en"})
    assert answers == [422] * 200
    assert (refused.status_code, refused["Retry-After"]) == (429, "48")
    assert "Try again in 48 seconds." in refused.text


def test_guessing_the_current_password_of_a_stolen_session_is_limited(signed_in):
    client = signed_in(PersonFactory())
    with clock.moved_to(datetime.datetime.now(datetime.UTC).replace(second=1)):
        form = {"oldpassword": "guess", "password1": "", "password2": ""}
        answers = [client.post(reverse("account_change_password"), form).status_code for _attempt in range(7)]
    assert answers == [422] * 5 + [429] * 2
