import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.demo.phone import code_now
from rse.identity import rules, second_factor, shared_terminals
from rse.identity.models import AddressChange, RecoveryCode, Session
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD
from tests.factories.photos import photo_of
from tests.guards import HouseClient

from .authenticator import add_passkey
from .doors import come_in, give_second_factor, person_of, type_code, type_password, who_may
from .papers import codes_shown

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2027, 1, 4, 12, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
PAGE, DOOR = "/shared-terminal/", "/account/login/"


@pytest.fixture
def terminal(client):
    """A browser that an administrator made a shared terminal, and signed out of."""
    administrator = PersonFactory(role=Role.ADMINISTRATOR)
    give_second_factor(administrator)
    come_in(client, administrator)
    assert client.post(PAGE, {"do": "share"})["Location"] == PAGE
    client.post(reverse("account_logout"))
    client.get(DOOR)
    return client


def is_in(client, at, **extra):
    with clock.moved_to(at):
        return client.get("/people/", **extra).status_code == 200


def cookies_that_stay(response):
    return {name for name, cookie in response.cookies.items() if cookie["max-age"] not in ("", 0)}


def test_administrators_and_hr_share_terminals():
    people, _subject = who_may()
    assert {who for who, person in people.items() if rules.can_share_terminal(person)} == {
        *("administrator", "HR of the company", "HR of the unit", "HR of another unit"),
    }


def test_terminal_is_made_after_a_fresh_second_factor_and_undone_as_well(client, signed_in):
    administrator = PersonFactory(role=Role.ADMINISTRATOR)
    give_second_factor(administrator)
    come_in(client, administrator)
    session = client.session
    session["proved"] |= {"at": 0}
    session.save()
    assert client.get(PAGE)["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(PAGE, {"do": "share"}).status_code == 403
    assert shared_terminals.COOKIE not in client.cookies
    client.post(reverse("mfa_reauthenticate"), {"code": code_now(administrator)})
    made = client.post(PAGE, {"do": "share"})
    assert made.cookies[shared_terminals.COOKIE]["max-age"] == 400 * 24 * 3600
    assert client.get(PAGE).context["is_shared"]
    assert client.session.get_expiry_age() == 120
    undone = client.post(PAGE, {"do": "end"})
    assert undone.cookies[shared_terminals.COOKIE]["max-age"] == 0
    assert not client.get(PAGE).context["is_shared"]
    assert client.session.get_expiry_age() == 7 * 24 * 3600


def test_somebody_else_makes_none(signed_in):
    client = signed_in(PersonFactory(role=Role.HR_HEAD))
    assert client.post(PAGE, {"do": "share"}).status_code == 403
    assert shared_terminals.COOKIE not in client.cookies


@pytest.mark.parametrize("value", ["1", "1:abc:def", "", "0"])
def test_a_cookie_that_nobody_signed_makes_no_terminal(client, value):
    client.cookies[shared_terminals.COOKIE] = value
    assert not client.get(DOOR).context["request"].is_shared_terminal


def test_session_forgets_after_two_minutes_without_a_touch(terminal):
    person = PersonFactory()
    with clock.moved_to(NOON):
        type_password(terminal, person.email)
    assert is_in(terminal, NOON + 119 * SECOND)
    assert is_in(terminal, NOON + 230 * SECOND)
    assert not is_in(terminal, NOON + 351 * SECOND)
    assert person_of(terminal) is None
    assert not Session.objects.filter(person=person).exists()


def test_how_long_is_a_setting(terminal, settings):
    settings.SHARED_TERMINAL_SECONDS = 45
    with clock.moved_to(NOON):
        type_password(terminal, PersonFactory().email)
    assert is_in(terminal, NOON + 44 * SECOND)
    assert not is_in(terminal, NOON + 90 * SECOND)


def test_pages_that_ask_by_themselves_are_no_touch_and_the_button_is(terminal):
    with clock.moved_to(NOON):
        type_password(terminal, PersonFactory().email)
    assert is_in(terminal, NOON + 100 * SECOND, HTTP_X_BACKGROUND="1")
    with clock.moved_to(NOON + 110 * SECOND):
        assert terminal.post(reverse("identity:still_here")).status_code == 204
    assert is_in(terminal, NOON + 220 * SECOND)
    assert not is_in(terminal, NOON + 341 * SECOND)


def test_row_of_the_session_ends_by_itself_so_that_sockets_end_with_it(terminal):
    person = PersonFactory()
    type_password(terminal, person.email)
    (row,) = Session.objects.filter(person=person)
    assert 110 < (row.expire_date - clock.now()).total_seconds() <= 120


def test_whoever_is_halfway_is_forgotten_as_soon(terminal):
    person = PersonFactory()
    give_second_factor(person)
    type_password(terminal, person.email)
    (row,) = Session.objects.filter(person=person)
    assert 110 < (row.expire_date - clock.now()).total_seconds() <= 120
    Session.objects.update(expire_date=clock.now() - SECOND)
    assert type_code(terminal, code_now(person))["Location"] == reverse("account_login")


def test_other_browsers_are_as_before(client, terminal):
    other = HouseClient()
    with clock.moved_to(NOON):
        type_password(other, PersonFactory().email)
    assert is_in(other, NOON + 3600 * SECOND)


def test_no_cookie_outlives_the_window_and_no_browser_is_known(terminal):
    person = PersonFactory()
    door = terminal.get(DOOR)
    assert cookies_that_stay(door) == {shared_terminals.COOKIE}
    response = type_password(terminal, person.email)
    assert "sessionid" in response.cookies
    assert "known_browser" not in {name for name, cookie in terminal.cookies.items() if cookie.value}
    assert cookies_that_stay(response) == {shared_terminals.COOKIE}
    assert cookies_that_stay(terminal.get("/people/")) == set()


@pytest.mark.parametrize("path", ["/", "/people/", "/account/login/", "/account/security/", "/account/password/reset/", "/no-such-page/"])
def test_nothing_is_kept_of_any_answer(terminal, path):
    type_password(terminal, PersonFactory().email)
    assert terminal.get(path)["Cache-Control"] == "no-store, private"


def test_pictures_are_kept_by_no_browser_either(terminal):
    person = PersonFactory()
    address = reverse("people:photo", args=[photo_of(person), 48])
    elsewhere = HouseClient()
    for browser in (terminal, elsewhere):
        type_password(browser, person.email)
    assert (terminal.get(address).status_code, terminal.get(address)["Cache-Control"]) == (200, "no-store, private")
    assert elsewhere.get(address)["Cache-Control"] != "no-store, private"


def test_every_page_says_what_it_is(terminal):
    door = terminal.get(DOOR).text
    assert "data-terminal " in door
    assert 'autocomplete="username"' not in door
    assert 'autocomplete="current-password"' not in door
    assert door.count('autocomplete="off"') == 2
    assert "data-unasked" not in door
    type_password(terminal, PersonFactory().email)
    for path in ("/", "/people/", "/account/security/", "/account/logout/", "/no-such-page/"):
        assert 'data-seconds="120" data-warning="20"' in terminal.get(path).text, path
    assert "data-terminal" not in HouseClient().get(DOOR).text


def test_nobody_is_led_to_where_somebody_else_was(terminal):
    with clock.moved_to(NOON):
        type_password(terminal, PersonFactory().email)
    with clock.moved_to(NOON + 130 * SECOND):
        assert terminal.get("/people/?q=secret")["Location"] == DOOR
    assert terminal.post("/people/invite/", {"text": "words that were typed and not sent"}).status_code in {302, 404}


def test_what_was_to_be_said_to_somebody_is_not_said_to_the_next(terminal):
    with clock.moved_to(NOON):
        type_password(terminal, PersonFactory().email)
        terminal.cookies["messages"] = "kept"
        terminal.cookies["drafts"] = terminal.cookies["drafts"].value
    with clock.moved_to(NOON + 130 * SECOND):
        terminal.get("/people/")
        assert {name: terminal.cookies[name].value for name in ("messages", "drafts")} == {"messages": "", "drafts": ""}


def test_no_passkey_is_made_on_a_terminal(terminal):
    person = PersonFactory()
    type_password(terminal, person.email)
    assert reverse("mfa_add_webauthn") not in terminal.get("/account/security/").text
    assert terminal.get(reverse("mfa_add_webauthn")).status_code == 403
    with pytest.raises(ValueError, match="application/json"):
        add_passkey(terminal)


def test_security_page_says_nowhere_where_somebody_is(terminal):
    person = PersonFactory()
    type_password(terminal, person.email)
    elsewhere = HouseClient()
    type_password(elsewhere, person.email)
    assert "data-terminal" not in elsewhere.get("/account/security/").text


ACTS = ("identity:way_back", "identity:ask_address", "mfa_activate_totp")


def made(person):
    return RecoveryCode.objects.exists(), AddressChange.objects.exists(), second_factor.is_set_up(person)


@pytest.mark.parametrize("act", ACTS)
def test_what_opens_an_account_for_good_asks_for_the_password_however_fresh_the_session_is(terminal, act):
    awa = PersonFactory(email=None, private_email="", employee_number="0042")
    type_password(terminal, "42")
    again = f"{reverse('account_reauthenticate')}?next="
    assert terminal.get(reverse(act))["Location"].startswith(again)
    form = {"kind": "private_email", "address": "thief@home.example"}
    assert terminal.post(reverse(act), form)["Location"].startswith(again)
    assert not any(made(awa))
    shown = terminal.post(reverse("account_reauthenticate"), {"password": "not the right one", "next": reverse(act)})
    assert shown.status_code == 422
    assert not any(made(awa))
    elsewhere = HouseClient()
    type_password(elsewhere, "42")
    assert elsewhere.get(reverse(act)).status_code == 200


def show_password(client, name):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse(name)})


def test_worker_makes_recovery_codes_on_a_terminal_by_the_password_which_counts_once(terminal):
    awa = PersonFactory(email=None, private_email="", employee_number="0042")
    type_password(terminal, "42")
    assert show_password(terminal, "identity:way_back")["Location"] == reverse("identity:way_back")
    assert terminal.get(reverse("identity:way_back")).status_code == 200
    assert len(codes_shown(terminal.post(reverse("identity:way_back")))) == 10
    assert Notification.objects.filter(recipient=awa, event="identity.recovery_codes_made").count() == 1
    assert terminal.get(reverse("identity:way_back")).status_code == 302
    assert terminal.get(reverse("identity:ask_address")).status_code == 302


def test_form_that_waited_for_the_password_is_sent_by_it_and_the_next_one_waits_again(terminal):
    PersonFactory(email=None, private_email="", employee_number="0042")
    type_password(terminal, "42")
    terminal.post(reverse("identity:ask_address"), {"kind": "private_email", "address": "awa@home.example"})
    assert show_password(terminal, "identity:ask_address")["Location"] == reverse("identity:security")
    assert AddressChange.objects.get().new_address == "awa@home.example"
    assert terminal.get(reverse("identity:way_back")).status_code == 302


def test_password_shown_again_counts_on_a_terminal_for_as_long_as_a_session_sleeps(terminal, settings):
    PersonFactory(email=None, private_email="", employee_number="0042")
    type_password(terminal, "42")
    show_password(terminal, "mfa_activate_totp")
    assert terminal.get(reverse("mfa_activate_totp")).status_code == 200
    session = terminal.session
    for proof in session[shared_terminals.PROOFS]:
        proof["at"] -= settings.SHARED_TERMINAL_SECONDS
    session.save()
    assert terminal.get(reverse("mfa_activate_totp")).status_code == 302
