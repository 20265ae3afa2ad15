"""What a writer typed into a page comes back after their session ended, to them alone, and never over what somebody else saved."""

import pytest
from django.conf import settings

from rse.pages.models import HandbookPage
from tests.core.test_drafts_in_a_browser import sign_in as sign_in_again
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, make_page, make_section

from .test_in_a_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]
TYPED = "Deux heures de relecture.\nEt une table."


@pytest.fixture
def section():
    return make_section()


def typed_into(visitor, editor, page):
    """The form of ``page``, in which ``editor`` typed before their session ended, sent, and the page of signing in that came."""
    sign_in(visitor, editor)
    form = visitor.go(f"/cms/pages/{page.pk}/edit/").page
    form.locator("[name=body_fr]").fill(TYPED)
    visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form.evaluate("() => document.querySelector('[name=body_fr]').form.requestSubmit()")
    form.wait_for_url("**/account/login/**")
    return form


def test_text_of_a_page_comes_back_once_its_writer_has_signed_in_again(visitors, section):
    page = make_page(section, title="Le hall")
    editor = editor_of(section, person=PersonFactory(language="fr"))
    with visitors() as visitor:
        form = typed_into(visitor, editor, page)
        assert form.locator("[data-unsent]").is_visible()
        sign_in_again(visitor, editor)
        visitor.go(f"/cms/pages/{page.pk}/edit/")
        assert form.locator("[name=body_fr]").input_value() == TYPED
        assert "Ce que vous aviez saisi" in form.locator("[role=status].page-draft").inner_text()

        with form.expect_navigation():
            form.locator("[name=body_fr]").evaluate("(text) => text.form.requestSubmit()")
        visitor.go(f"/cms/pages/{page.pk}/edit/")
        assert form.locator(".page-draft").count() == 0
        assert form.locator("[name=body_fr]").input_value().replace("\r\n", "\n") == TYPED


def test_another_version_that_came_meanwhile_is_not_written_over(visitors, section):
    page = make_page(section, title="Le hall")
    editor = editor_of(section, person=PersonFactory(language="fr"))
    with visitors() as visitor:
        form = typed_into(visitor, editor, page)
        row = HandbookPage.objects.get(pk=page.pk)
        row.body_fr = "Ce qu'une autre a écrit."
        row.save_revision().publish()
        sign_in_again(visitor, editor)
        visitor.go(f"/cms/pages/{page.pk}/edit/")
        assert form.locator("[name=body_fr]").input_value() == "Ce qu'une autre a écrit."
        assert form.locator("[name=body_fr] ~ textarea[readonly]").input_value() == TYPED


def test_whoever_signs_in_next_finds_nothing(visitors, section):
    page = make_page(section, title="Le hall")
    editor = editor_of(section, person=PersonFactory(language="fr"))
    with visitors() as visitor:
        form = typed_into(visitor, editor, page)
        sign_in_again(visitor, editor_of(section, person=PersonFactory(language="fr")))
        visitor.go(f"/cms/pages/{page.pk}/edit/")
        assert form.locator("[name=body_fr]").input_value() != TYPED
        kept = form.evaluate("() => Object.keys(sessionStorage).filter((key) => key.startsWith('maillage.draft:'))")
        assert kept == []
