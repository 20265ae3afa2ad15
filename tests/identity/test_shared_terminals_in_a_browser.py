from contextlib import contextmanager

import pytest
from django.core.signing import get_cookie_signer

from rse.core import clock
from rse.identity.models import Session
from rse.identity.shared_terminals import COOKIE, SALT
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "() => [localStorage.length, sessionStorage.length]"
DOOR = "**/account/login/"


@pytest.fixture
def terminals(visitors):
    """Browsers that are shared terminals, on a server without sockets, which pages do without."""

    @contextmanager
    def visit(**options):
        with visitors(**options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            made = get_cookie_signer(salt=COOKIE + SALT).sign("1")
            visitor.context.add_cookies([{"name": COOKIE, "value": made, "url": visitor.base_url}])
            yield visitor

    return visit


def sign_in(visitor, person, page=None):
    page = page or visitor.page
    page.goto(f"{visitor.base_url}/account/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form:not([data-passkey]) button[type=submit]")
    page.wait_for_url(f"{visitor.base_url}/")


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1340, False)])
def test_page_counts_down_stays_when_asked_and_goes_by_itself(terminals, settings, width, dark):
    settings.SHARED_TERMINAL_SECONDS = 10
    person = PersonFactory(language="en")
    with terminals(width=width, dark=dark, language="en") as visitor:
        page = visitor.page
        visitor.go("/account/login/").look()
        page.get_by_text("This is a shared terminal").wait_for()
        sign_in(visitor, person)
        visitor.look()
        page.get_by_text("Shared terminal", exact=True).first.wait_for()
        page.get_by_role("alertdialog").wait_for()
        visitor.look()
        page.get_by_role("button", name="Stay").click()
        page.get_by_role("alertdialog").wait_for(state="hidden")
        page.wait_for_timeout(4000)
        assert Session.objects.filter(person=person).exists()
        page.wait_for_url(DOOR, timeout=20_000)
        assert not Session.objects.filter(person=person, expire_date__gt=clock.now()).exists()
        page.go_back()
        page.wait_for_url(DOOR)
        assert person.name not in page.content()
        assert not visitor.complaints


def test_nothing_that_is_typed_is_kept_and_what_was_there_goes(terminals):
    person = PersonFactory(language="en")
    community = CommunityFactory(members=[person])
    with terminals(language="en") as visitor:
        page = visitor.page
        visitor.go("/account/password/reset/")
        page.evaluate(
            "() => Reflect.defineProperty(localStorage, 'before', { value: 'x', configurable: true, enumerable: true, writable: true })"
        )
        sign_in(visitor, person)
        assert page.evaluate(KEPT) == [0, 0]
        visitor.go(f"/communities/{community.slug}/")
        box = page.locator("#composer textarea")
        box.fill("Words that were typed and not sent")
        page.wait_for_timeout(300)
        assert page.evaluate(KEPT) == [0, 0]
        visitor.go(f"/communities/{community.slug}/")
        assert box.input_value() == ""
        visitor.go("/account/logout/")
        page.get_by_role("button", name="Sign out").last.click()
        page.wait_for_url(DOOR)
        for _step in range(2):
            page.go_back()
            page.wait_for_load_state()
            assert person.name not in page.content()
        assert page.evaluate(KEPT) == [0, 0]
        assert not visitor.complaints


def test_windows_of_one_terminal_stay_and_go_together(terminals, settings):
    settings.SHARED_TERMINAL_SECONDS = 12
    person = PersonFactory(language="en")
    with terminals(language="en") as visitor:
        sign_in(visitor, person)
        other = visitor.context.new_page()
        other.route_web_socket("**/ws/", lambda socket: None)
        other.goto(f"{visitor.base_url}/people/")
        for _step in range(8):
            other.keyboard.press("Shift")
            other.wait_for_timeout(2000)
        assert visitor.page.url == f"{visitor.base_url}/"
        assert Session.objects.filter(person=person).exists()
        other.goto(f"{visitor.base_url}/account/logout/")
        other.get_by_role("button", name="Sign out").last.click()
        other.wait_for_url(DOOR)
        visitor.page.wait_for_url(DOOR)
        assert not visitor.complaints
