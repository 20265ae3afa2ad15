"""How a page will stand before its readers, seen from its form by those who edit it, and by nobody else."""

import pytest
from wagtail.admin.models import FormState

from rse.core.enums import Role
from rse.pages.models import HandbookPage
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, handbook, make_charter_page, make_page, make_section
from tests.pages.test_publishing import form

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def preview(page, language="fr"):
    return f"/cms/pages/{page.pk}/edit/preview/?language={language}"


def preview_of_new(parent, kind="pages/handbookpage", language="fr"):
    return f"/cms/pages/add/{kind}/{parent.pk}/preview/?language={language}"


@pytest.fixture
def draft():
    page = make_page(make_section(), live=False, title="Titre", body_fr="Texte d’avant", title_en="Title", body_en="Text before")
    page.body_fr = "Texte du **brouillon**"
    page.save_revision()
    return page


def test_draft_is_seen_in_the_shell_of_the_site_in_both_languages(draft, signed_in):
    browser = signed_in(editor_of(draft.get_parent(), person=PersonFactory(language="en")))

    typed = form(draft)

    french, english = (browser.post(preview(draft, language), typed).text for language in ("fr", "en"))

    assert '<html lang="fr"' in french
    assert "Texte du <strong>brouillon</strong>" in french
    assert '<html lang="en"' in english
    assert "Text before" in english
    for text in (french, english):
        assert 'class="rail' in text
        assert '<base target="_blank">' in text
        assert "/cms/pages/" not in text.partition("<main")[2].partition("</main>")[0]
    assert 'href="/handbook/" aria-current="true"' in english


def test_what_is_typed_is_seen_and_kept_nowhere(draft, signed_in):
    browser = signed_in(editor_of(draft.get_parent()))
    revisions = draft.revisions.count()

    text = browser.post(preview(draft), form(draft, title="Autre titre", body_fr="## Tapé")).text

    assert "Autre titre" in text
    assert '<h2 id="part-1">Tapé</h2>' in text
    page = HandbookPage.objects.get(pk=draft.pk)
    assert (page.title, page.revisions.count()) == ("Titre", revisions)
    assert not FormState.objects.exists()


def test_form_that_cannot_be_saved_is_seen_all_the_same(draft, signed_in):
    text = signed_in(editor_of(draft.get_parent())).post(preview(draft), form(draft, title="@ines-bachiri", body_fr="Tapé")).text

    assert "Tapé" in text
    assert "Titre" in text


def test_new_page_is_seen_before_it_is_made(signed_in):
    section = make_section()
    browser = signed_in(editor_of(section))

    text = browser.post(preview_of_new(section), {"title": "Neuve", "body_fr": "Tapé"}).text

    assert (
        f"/cms/pages/add/pages/handbookpage/{section.pk}/preview/" in browser.get(f"/cms/pages/add/pages/handbookpage/{section.pk}/").text
    )
    assert "Neuve" in text
    assert "Tapé" in text
    assert not HandbookPage.objects.filter(title="Neuve").exists()


def test_charter_is_seen_before_it_has_both_languages(signed_in):
    charter = make_charter_page(live=False)

    browser = signed_in(editor_of(charter))

    assert "data-page-preview" in browser.get(f"/cms/pages/{charter.pk}/edit/").text
    assert "Engagement" in browser.post(preview(charter), form(charter, body_fr="Engagement", body_en="")).text


def test_only_those_who_edit_the_page_see_its_preview(draft, signed_in):
    other = make_section()
    editor = editor_of(draft.get_parent())

    for person in (PersonFactory(), editor_of(other), PersonFactory(role=Role.ADMINISTRATOR)):
        browser = signed_in(person)
        answers = [browser.post(preview(draft), form(draft)), browser.post(preview_of_new(draft.get_parent()), {})]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert not [answer for answer in answers if "brouillon" in answer.text]
    assert "brouillon" in signed_in(editor).post(preview(draft), form(draft)).text


def test_preview_is_of_pages_of_the_handbook_where_they_may_stand(draft, signed_in):
    browser = signed_in(PersonFactory(role=Role.HR_HEAD))
    section = draft.get_parent()

    assert browser.post(preview(handbook()), {"title": "x"}).status_code == 404
    assert browser.post(preview(draft, "de"), form(draft)).status_code == 404
    for parent, kind in (
        (draft, "pages/handbookpage"),
        (section, "core/person"),
        (section, "wagtailcore/page"),
        (section, "pages/charterpage"),
    ):
        assert browser.post(preview_of_new(parent, kind), {"title": "x"}).status_code == 404


def test_preview_is_framed_by_this_site_only_and_has_its_policy(draft, signed_in):
    browser = signed_in(editor_of(draft.get_parent()))

    framed, screen = browser.post(preview(draft), form(draft)), browser.get(f"/cms/pages/{draft.pk}/edit/")

    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "unsafe-inline" not in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in screen["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in screen["Content-Security-Policy"]
    assert screen["X-Frame-Options"] == "DENY"
    assert "frame-src" not in browser.get("/handbook/")["Content-Security-Policy"]
