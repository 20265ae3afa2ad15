"""A card from the printer to the worker's phone: printed, handed over, typed, a password, codes to write down, and in again by number."""

from contextlib import contextmanager

import pytest

from rse.core.enums import Role
from rse.demo.phone import code_now
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

from .doors import give_second_factor
from .papers import WORDS, worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visitors(visitors):
    """The same visitors, on a server without sockets, which pages do without."""

    @contextmanager
    def visit(**options):
        with visitors(**options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            yield visitor

    return visit


def sign_in(visitor, login, password):
    page = visitor.go("/account/login/").page
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")
    return page


def type_and_choose(visitor, number, code, password):
    """Both steps of coming in by a code on paper, each looked at."""
    page = visitor.look().page
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("main form button[type=submit]")
    page.wait_for_selector("[name=password1]")
    visitor.look()
    page.fill("[name=password1]", password)
    page.fill("[name=password2]", password)
    page.click("main form button[type=submit]")


def sign_out(visitor):
    page = visitor.go("/account/logout/").page
    page.click("main form button[type=submit]")
    page.wait_for_url("**/account/login/")


def print_and_hand(visitor, hr, person):
    """What HR does on a phone; the code that the card shows."""
    page = sign_in(visitor, hr.email, PASSWORD)
    page.fill("[name=code]", code_now(hr))
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{visitor.base_url}/")
    for path in ("/cards/", "/cards/print/", f"/people/{person.handle}/card/"):
        visitor.go(path).look()
    page.click("main form button[type=submit]")
    page.wait_for_selector(".paper-card")
    visitor.look()
    assert person.employee_number in page.inner_text(".paper-card")
    code = page.inner_text(".paper-card .code")
    visitor.go("/cards/").look()
    page.click("button[name=only]")
    page.get_by_text("1 card works from now on, for 24 hours at most.").wait_for()
    visitor.look()
    return code


def test_worker_without_an_email_comes_in_by_a_card_and_back_by_a_code(visitors):
    hr, awa = PersonFactory(role=Role.HR), worker("00042", first_name="Awa", last_name="Diallo")
    give_second_factor(hr)
    with visitors(width=390, language="en") as visitor:
        code = print_and_hand(visitor, hr, awa)
    with visitors(width=390, language="en", dark=True) as visitor:
        page = visitor.go("/account/login/").look().page
        page.get_by_text("You were given a card?").click()
        page.wait_for_url("**/card/")
        type_and_choose(visitor, "42", code.lower(), WORDS)
        page.wait_for_selector("#codes")
        visitor.look()
        codes = page.locator("#codes code").all_inner_texts()
        assert len(codes) == 10
        visitor.go("/account/security/").look()
        sign_out(visitor)
        sign_in(visitor, "42", WORDS)
        page.wait_for_url(f"{visitor.base_url}/")
        sign_out(visitor)
        page.get_by_text("Forgotten password").click()
        page.get_by_text("Use one of your recovery codes").click()
        page.wait_for_url("**/password/code/")
        type_and_choose(visitor, "42", codes[0], f"{WORDS} again")
        page.wait_for_url(f"{visitor.base_url}/")


def test_card_that_does_not_work_is_told_in_both_widths(visitors):
    for width in (390, 1340):
        with visitors(width=width) as visitor:
            visitor.go("/card/never-was/")
            visitor.complaints.clear()  # Chromium reports the 404
            visitor.look()
