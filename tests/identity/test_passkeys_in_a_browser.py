from contextlib import contextmanager

import pytest

from rse.core import clock
from rse.core.enums import Role
from rse.core.web import stepup
from rse.identity import passkeys
from rse.identity.models import Session
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOW = "form[data-passkey=show] button"


@pytest.fixture
def visitors(visitors, live_server, settings):
    """The same visitors, on a device with passkeys, and on a server without sockets, which pages do without."""
    settings.SITE_URL = settings.SITE_ORIGIN = live_server.url

    @contextmanager
    def visit(*, answers=True, verified=True, **options):
        with visitors(**options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            visitor.device = visitor.context.new_cdp_session(visitor.page)
            visitor.device.send("WebAuthn.enable", {"enableUI": False})
            device = {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verified,
                "automaticPresenceSimulation": answers,
            }
            visitor.device_id = visitor.device.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
            yield visitor

    return visit


def presence(visitor, answers):
    visitor.device.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": visitor.device_id, "enabled": answers})


def sign_in_by_password(visitor, person):
    page = visitor.go("/account/login/").page
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form:not([data-passkey]) button[type=submit]")


def add(visitor, name):
    page = visitor.page
    page.get_by_role("link", name="Add a passkey").click()
    visitor.look()
    page.fill("[name=its_name]", name)
    page.get_by_role("button", name="Add a passkey").click()


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1340, True)])
def test_passkey_is_added_signs_in_steps_up_and_is_removed(visitors, width, dark):
    person = PersonFactory(role=Role.HR)
    with visitors(width=width, dark=dark, language="en") as visitor:
        page = visitor.page
        presence(visitor, False)
        sign_in_by_password(visitor, person)
        page.wait_for_url("**/account/second-factor/set-up/**")
        presence(visitor, True)
        add(visitor, "My phone")
        page.wait_for_url("**/account/recovery-codes/")
        assert page.locator("#codes li").count() == 10
        visitor.go("/account/security/").look()
        page.get_by_text("My phone").first.wait_for()

        presence(visitor, False)
        page.get_by_role("button", name="Sign out").last.click()
        page.wait_for_url("**/account/login/**")
        page.locator(SHOW).wait_for()
        visitor.look()
        first = page.locator("main form").first
        assert (first.get_attribute("data-passkey") == "show") == (width == 390)
        presence(visitor, True)
        page.click(SHOW)
        page.wait_for_url(f"{visitor.base_url}/")
        assert Session.objects.filter(person=person).count() == 1

        (row,) = Session.objects.filter(person=person)
        store = Session.get_session_store_class()(row.session_key)
        store[stepup.KEY] |= {"at": int(clock.now().timestamp()) - 3600}
        store.save()
        (kept,) = passkeys.passkeys_of(person)
        visitor.go(f"/account/passkeys/{kept.public_id}/remove/")
        page.wait_for_url("**/account/code/again/**")
        visitor.look()
        page.click(SHOW)
        page.wait_for_url("**/remove/")
        visitor.look()
        page.get_by_role("button", name="Remove it").click()
        page.wait_for_url("**/account/second-factor/set-up/**")
        assert passkeys.passkeys_of(person) == []
        assert not visitor.complaints


def test_a_device_that_gives_no_answer_is_told_and_the_password_is_still_there(visitors):
    person = PersonFactory()
    with visitors(width=390, language="en", verified=False) as visitor:
        sign_in_by_password(visitor, person)
        page = visitor.page
        page.wait_for_url(f"{visitor.base_url}/")
        visitor.go("/account/security/")
        add(visitor, "My phone")
        page.get_by_text("The device gave no answer").wait_for()
        visitor.look()
        assert passkeys.passkeys_of(person) == []


def test_without_scripts_nobody_is_offered_a_passkey(chromium, live_server):
    context = chromium.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}/account/login/")
    assert page.locator(SHOW).count() == 1
    assert not page.locator(SHOW).is_visible()
    context.close()
