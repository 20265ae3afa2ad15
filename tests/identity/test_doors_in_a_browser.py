from contextlib import contextmanager

import pytest

from rse.core.enums import Role
from rse.demo.phone import code_now
from rse.identity.enums import Way
from rse.identity.services.invitations import issue
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

from .doors import give_second_factor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUMMARY = ".error-summary"


@pytest.fixture
def visitors(visitors):
    """The same visitors, on a server without sockets, which pages do without."""

    @contextmanager
    def visit(**options):
        with visitors(**options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            yield visitor

    return visit


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (390, True)])
def test_newcomer_chooses_a_password_and_comes_in(visitors, width, dark):
    person = PersonFactory(password=False, first_name="Awa")
    token = issue(person=person, way=Way.HAND)
    with visitors(width=width, dark=dark) as visitor:
        page = visitor.go(f"/welcome/{token}/").look().page
        page.fill("[name=password1]", "short")
        page.fill("[name=password2]", "short")
        page.click("main form button[type=submit]")
        page.wait_for_selector(SUMMARY)
        visitor.complaints.clear()  # Chromium reports the 422 that a refused form answers
        visitor.look()
        page.fill("[name=password1]", "seven quiet lighthouses hum")
        page.fill("[name=password2]", "seven quiet lighthouses hum")
        page.click("main form button[type=submit]")
        page.wait_for_url(f"{visitor.base_url}/")
        visitor.go("/welcome/never-was/")
        visitor.complaints.clear()
        visitor.look()


@pytest.mark.parametrize(("width", "dark"), [(1340, True), (390, False)])
def test_administrator_signs_in_with_a_code_and_looks_after_the_door(visitors, width, dark):
    person, colleague = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(password=False)
    give_second_factor(person)
    with visitors(width=width, dark=dark) as visitor:
        page = visitor.go("/account/login/").look().page
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url("**/account/code/")
        visitor.look()
        page.fill("[name=code]", code_now(person))
        page.click("main form button[type=submit]")
        page.wait_for_url(f"{visitor.base_url}/")
        for path in (
            *("/account/security/", "/account/password/change/", "/account/recovery-codes/", "/account/recovery-codes/new/"),
            *("/account/second-factor/give-up/", "/account/code/again/", "/account/logout/", "/invitations/"),
            *(f"/people/{colleague.handle}/", f"/people/{colleague.handle}/hand-over/", f"/people/{colleague.handle}/deactivate/"),
        ):
            visitor.go(path).look()


def test_invitations_are_narrowed_and_chosen_by_the_keyboard_and_the_way_back_keeps_both(visitors):
    person = PersonFactory(role=Role.ADMINISTRATOR)
    for name in ("Abel", "Ming", "Zola"):
        issue(person=PersonFactory(password=False, last_name=name), way=Way.WORK)
    give_second_factor(person)
    with visitors(language="en") as visitor:
        page = visitor.go("/account/login/").page
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.fill("[name=code]", code_now(person))
        page.click("main form button[type=submit]")
        page.wait_for_url(f"{visitor.base_url}/")
        visitor.go("/invitations/")
        chosen = page.locator("[name=chosen]:checked")

        page.focus("[data-choose-all]")
        page.keyboard.press("Space")
        assert chosen.count() == 3
        page.focus("[name=chosen] >> nth=1")
        page.keyboard.press("Space")
        assert (chosen.count(), page.is_checked("[data-choose-all]")) == (2, False)

        page.focus("main [name=q]")
        page.keyboard.type("zo")
        page.wait_for_url("**/invitations/?q=zo*")
        assert (page.locator("[name=chosen]").count(), page.evaluate("document.activeElement.name")) == (1, "q")
        visitor.look()
        page.focus("[name=chosen]")
        page.keyboard.press("Space")
        page.focus("button[value=withdraw]")
        page.keyboard.press("Enter")
        page.get_by_text("1 link works no longer.").wait_for()
        assert (page.input_value("main [name=q]"), "q=zo" in page.url) == ("zo", True)


def test_holder_of_a_role_sets_a_second_factor_up(visitors):
    person = PersonFactory(role=Role.HR)
    with visitors(width=390) as visitor:
        page = visitor.go("/account/login/").page
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url("**/account/second-factor/set-up/**")
        visitor.look()


@pytest.mark.parametrize("path", ["/account/password/reset/", "/account/password/reset/done/"])
def test_page_of_somebody_who_forgot(visitors, path):
    with visitors(width=390) as visitor:
        visitor.go(path).look()
