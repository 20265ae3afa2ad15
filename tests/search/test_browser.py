"""The search box in a real browser: it suggests while one types, answers to the keyboard, and is a round on a phone."""

import pytest

from search import services
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import PostFactory
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def reader():
    reader = PersonFactory(language="en")
    PersonFactory(first_name="Yann", last_name="Soudan", title="Contrôle")
    CommunityFactory(name="Soudure & <b>métal</b>", secret=True, members=[reader])
    PostFactory(audience=AudienceFactory(open=True), title="Soudure <img src=x onerror=alert(1)> & inox", body="La soudure tient.")
    services.rebuild()
    return reader


def test_the_box_suggests_and_answers_to_the_keyboard(visitors, reader):
    with visitors() as visitor:
        page = signed(visitor, reader).go("/people/").page
        box = page.get_by_role("combobox", name="Search")
        box.press_sequentially("soud")
        page.locator("#search-suggestions").get_by_role("option", name="Yann Soudan").wait_for()
        visitor.look()
        assert box.get_attribute("aria-expanded") == "true"
        assert page.locator("[data-combobox-said]").inner_text() == "3 suggestions"

        box.press("ArrowDown")
        assert page.locator("#search-suggestions").get_by_role("option", selected=True).inner_text().endswith("Yann Soudan Contrôle")
        box.press("ArrowUp")
        assert page.locator("#search-suggestions").get_by_role("option", selected=True).count() == 0
        box.press("ArrowUp")
        assert page.locator("#search-suggestions").get_by_role("option", selected=True).inner_text().strip() == "All results for “soud”"
        box.press("Escape")
        assert page.locator("#search-suggestions").get_by_role("option").count() == 0
        assert box.input_value() == "soud"
        assert box.get_attribute("aria-expanded") == "false"

        box.press("ArrowDown")
        box.press("Enter")
        page.wait_for_url("**/people/*/")
        visitor.look()


def test_enter_looks_for_what_was_typed_and_a_click_beside_closes(visitors, reader):
    with visitors() as visitor:
        page = signed(visitor, reader).go("/people/").page
        box = page.get_by_role("combobox", name="Search")
        box.press_sequentially("soudure")
        page.locator("#search-suggestions").get_by_role("option").first.wait_for()
        page.get_by_role("heading", level=1).click()
        assert page.locator("#search-suggestions").get_by_role("option").count() == 0
        box.focus()
        assert page.locator("#search-suggestions").get_by_role("option").count() > 0
        box.press("Enter")
        page.wait_for_url("**/search/?q=soudure")
        assert page.locator("mark").count() >= 2
        visitor.look()


@pytest.mark.parametrize(
    "address", ["/search/", "/search/?q=soud", "/search/?q=mammouth", f"/search/?q={'x' * 201}", "/search/?q=soud&kind=person"]
)
def test_results_on_a_phone(visitors, reader, address):
    with visitors(width=390) as visitor:
        signed(visitor, reader)
        visitor.page.goto(f"{visitor.base_url}{address}")
        visitor.complaints = [one for one in visitor.complaints if "422" not in one]
        visitor.look()


def test_the_round_of_a_phone_opens_and_suggests(visitors, reader):
    with visitors(width=390) as visitor:
        page = signed(visitor, reader).go("/people/").page
        box = page.get_by_role("combobox", name="Search")
        assert box.bounding_box()["width"] < 50
        box.focus()
        page.wait_for_timeout(300)
        assert box.bounding_box()["width"] > 300
        box.press_sequentially("soud")
        option = page.locator("#search-suggestions").get_by_role("option", name="Yann Soudan")
        option.wait_for()
        visitor.look()
        option.click()
        page.wait_for_url("**/people/*/")
