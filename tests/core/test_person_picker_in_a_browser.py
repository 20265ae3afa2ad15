"""Somebody is named by keyboard alone, and without a script."""

import pytest

from communities.models import CommunityInvitation
from tests.factories import PersonFactory, SiteFactory, UnitFactory
from tests.factories.communities import CommunityFactory
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def scene():
    host = PersonFactory(language="en", first_name="Odile", last_name="Host")
    community = CommunityFactory(owners=[host])
    site = SiteFactory(name="Nantes")
    for unit in ("Achats", "Fonderie"):
        PersonFactory(first_name="Anne-Laure", last_name="N’Diaye", title="Fondeuse", unit=UnitFactory(name=unit), site=site)
    return host, f"/communities/{community.slug}/waiting/"


def test_person_is_named_by_keyboard_alone(visitors, scene):
    host, address = scene
    with visitors() as visitor:
        page = signed(visitor, host).go(address).page
        box, options = page.get_by_role("combobox", name="Person"), page.locator(".picker").get_by_role("option")
        said = page.locator(".picker [data-combobox-said]")
        box.focus()
        page.keyboard.type("zzz")
        page.locator(".picker").get_by_text("Nobody is found here by this name.").first.wait_for()
        assert (box.get_attribute("aria-expanded"), options.count()) == ("false", 0)
        for _letter in "zzz":
            page.keyboard.press("Backspace")
        page.keyboard.type("anne laure ndi")
        options.first.wait_for()
        visitor.look()
        assert (box.get_attribute("aria-expanded"), said.inner_text()) == ("true", "2 suggestions")
        assert [one.inner_text().split("\n")[-1] for one in options.all()] == [
            "Anne-Laure N’Diaye Fondeuse · Achats · Nantes",
            "Anne-Laure N’Diaye Fondeuse · Fonderie · Nantes",
        ]

        page.keyboard.press("Escape")
        assert (box.get_attribute("aria-expanded"), options.count(), box.input_value()) == ("false", 0, "anne laure ndi")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        chosen = page.locator(".picker").get_by_role("option", selected=True)
        assert (chosen.get_attribute("id"), "Fonderie" in chosen.inner_text()) == (box.get_attribute("aria-activedescendant"), True)
        page.keyboard.press("Enter")
        assert (box.input_value(), box.get_attribute("aria-expanded")) == ("Anne-Laure N’Diaye", "false")
        assert page.url.endswith(address)

        page.keyboard.press("Enter")
        page.get_by_role("heading", name="The link").or_(page.locator("body", has_text="invitations/link/")).first.wait_for()
        visitor.look()
    assert CommunityInvitation.objects.get().person.unit.name == "Fonderie"


def test_person_is_picked_among_those_who_have_the_name_without_a_script(visitors, scene):
    host, address = scene
    with visitors() as visitor:
        signed(visitor, host)
        visitor.page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page = visitor.go(address).page
        page.get_by_label("Person", exact=True).fill("anne laure ndiaye")
        page.keyboard.press("Enter")
        page.get_by_role("radio", name="Fonderie").check()
        visitor.complaints = [one for one in visitor.complaints if "422" not in one]
        visitor.look()
        page.get_by_label("Person", exact=True).press("Enter")
        page.locator("body", has_text="invitations/link/").wait_for()
    assert CommunityInvitation.objects.get().person.unit.name == "Fonderie"
