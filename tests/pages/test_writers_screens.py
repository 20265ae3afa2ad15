"""What those who write the handbook find in its screens: the colours and the name of the site, and nothing that leads nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.factories import PersonFactory
from tests.factories.pages import editor_of, handbook, make_page, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
TOKEN = re.compile(r"(--[a-z-]+): (light-dark\([^;]+\));")
SCRIPTED = ("/static/", "/cms/bulk/")  # a script adds the pages that are chosen
LINK = re.compile(r'(?:href="|"url": ")(/[^"#]*)')


def sheet(name):
    return dict(TOKEN.findall(Path(finders.find(f"css/{name}")).read_text(encoding="utf-8")))


def test_screens_have_the_colours_of_the_site():
    ours, theirs = sheet("cms.css"), sheet("maillage.css")

    assert len(ours) > 10
    assert {name: theirs.get(name) for name in ours} == ours


@pytest.mark.parametrize("language", ["fr", "en"])
def test_screens_carry_the_mark_and_the_name_of_the_company(language, signed_in):
    section = make_section()
    browser = signed_in(editor_of(section, person=PersonFactory(language=language)))

    for address in (f"/cms/pages/{section.pk}/", f"/cms/pages/{section.pk}/edit/"):
        text = browser.get(address).text
        title = text.partition("<title>")[2].partition("</title>")[0]
        assert f'<html lang="{language}"' in text
        assert title.strip().endswith(f"- {settings.COMPANY_NAME}")
        assert "Wagtail" not in title
        assert f'<span class="cms-brand-name">{settings.COMPANY_NAME}</span>' in text
        assert 'rel="icon" href="/static/img/favicon.svg"' in text
        assert "favicon.ico" not in text
        assert text.index("css/core.css") < text.index("css/cms.css")


def test_every_link_of_the_screens_leads_somewhere(signed_in):
    section = make_section()
    page = make_page(section)
    page.save_revision()
    browser = signed_in(editor_of(section, make_section()))
    nowhere, seen = {}, set()

    screens = [f"/cms/pages/{one.pk}/{end}" for one in (handbook(), section, page) for end in ("", "edit/", "history/")]
    for screen in [*screens, f"/cms/pages/add/pages/handbookpage/{section.pk}/"]:
        for link in set(LINK.findall(browser.get(screen).text.replace("&quot;", '"').replace("&amp;", "&"))):
            seen.add(link)
            if not link.startswith(SCRIPTED) and browser.get(link).status_code == 404:
                nowhere.setdefault(link, screen)

    assert "/handbook/" in seen
    assert not nowhere, "\n".join(sorted(nowhere))
