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
