"""An editor writes a page in a real browser, and somebody reads it; the screens break nothing of the policy they are given."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import PersonFactory
from tests.factories.pages import editor_of, make_page, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


def sign_in(visitor, person):
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.base_url}])
    visitor.page.route_web_socket("**/ws/", lambda socket: None)  # the server of this test has none


def test_page_is_written_published_and_read(visitors):
    section = make_section(title="Accueil", slug="accueil")
    make_page(section, title="Plan du site", slug="plan", body_fr="## Un\n\n## Deux\n\n## Trois\n\n| a | b |\n| - | - |\n| c | d |")
    editor, reader = editor_of(section, person=PersonFactory(language="fr")), PersonFactory(language="fr")

    with visitors() as visitor:
        sign_in(visitor, editor)
        page = visitor.go(f"/cms/pages/add/pages/handbookpage/{section.pk}/").page
        page.locator("[name=title]").fill("La cantine")
        page.locator("[name=body_fr]").fill("## Horaires\n\nElle ouvre à **11 h 30**.")
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        page.locator("button[name=action-publish]").click()
        page.wait_for_url(f"**/cms/pages/{section.pk}/")
        page.get_by_role("link", name="La cantine", exact=True).first.click()
        page.wait_for_url("**/edit/")
        page.locator("a[href='/handbook/']").first.wait_for()
        assert visitor.complaints == []

    for width in (1340, 390):
        with visitors(width=width) as visitor:
            sign_in(visitor, reader)
            visitor.go("/handbook/").look()
            page = visitor.page
            page.get_by_role("link", name="La cantine").click()
            assert page.locator("h1").inner_text() == "La cantine"
            assert page.locator(".prose strong").inner_text() == "11 h 30"
            visitor.look()
            visitor.go("/handbook/plan/").look()
            assert page.get_by_role("link", name="Modifier").count() == 0


def test_text_is_laid_out_by_button_and_by_key_and_seen_before_it_is_saved(visitors):
    section = make_section(body_fr="Bonjour\nmonde", live=False)

    with visitors() as visitor:
        sign_in(visitor, editor_of(section, person=PersonFactory(language="fr")))
        page = visitor.go(f"/cms/pages/{section.pk}/edit/").page
        text = page.locator("[name=body_fr]")
        toolbar = page.get_by_role("toolbar").first

        text.evaluate("text => text.setSelectionRange(0, 7)")
        toolbar.get_by_role("button", name="Gras").click()
        assert text.input_value() == "**Bonjour**\nmonde"
        text.press("Control+i")
        assert text.input_value() == "***Bonjour***\nmonde"
        text.press("Control+i")
        text.press("Control+b")
        assert text.input_value() == "Bonjour\nmonde"
        text.press("Control+z")
        assert text.input_value() == "**Bonjour**\nmonde"

        text.press("Control+End")
        toolbar.get_by_role("button", name="Gras").focus()
        for _step in range(2):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert text.input_value() == "**Bonjour**\n## monde"
        toolbar.get_by_role("button", name="Liste").click()
        toolbar.get_by_role("button", name="Liste").click()
        text.press("Control+End")
        text.press("Control+k")
        page.keyboard.type("ici")
        assert text.input_value() == "**Bonjour**\n## monde[ici](https://)"

        page.locator("[data-side-panel-toggle=as-read]").click()
        seen = page.frame_locator("[name=page-preview]")
        assert seen.locator(".prose strong").inner_text() == "Bonjour"
        page.get_by_role("button", name="English").click()
        seen.locator("html[lang=en]").wait_for()
        assert visitor.complaints == []
