"""What follows from a page that is published, taken down, moved or deleted in Wagtail's screens."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Page

from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.governance.charter import charter_due
from rse.governance.models import Charter
from rse.governance.services.charter import TextMissing, accept_charter
from rse.pages.models import CharterPage, HandbookPage
from rse.pages.services import put_charter_in_force
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, handbook, make_charter_page, make_page, make_section, publish

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def told(page):
    """The events about ``page``, in the order in which they were published, with what search is told."""
    events = RecordedEvent.objects.filter(name__startswith="pages.page").order_by("pk")
    return [event.name for event in events if event.facets["document"] == ["page", page.pk] == event.facets["subject"]]


def form(page, **values):
    """The fields of the form that writes ``page``, as the browser sends them."""
    fields = ("title", "summary_fr", "body_fr", "title_en", "summary_en", "body_en")
    return {name: getattr(page, name) for name in fields} | values


def edit(page):
    return f"/cms/pages/{page.pk}/edit/"


def test_page_is_added_published_and_found(signed_in):
    section = make_section()
    person = editor_of(section)

    answer = signed_in(person).post(
        f"/cms/pages/add/pages/handbookpage/{section.pk}/",
        {
            "title": "Café du jeudi",
            "body_fr": "Venez.",
            "summary_fr": "",
            "title_en": "",
            "summary_en": "",
            "body_en": "",
            "action-publish": "1",
        },
    )

    page = HandbookPage.objects.get(title="Café du jeudi")
    assert answer.status_code == 302
    assert (page.slug, page.live, page.owner) == ("cafe-du-jeudi", True, person)
    assert told(page) == ["pages.page_published"]
    assert RecordedEvent.objects.get(name="pages.page_published").facets["actor_id"] == person.pk
    assert "Venez." in signed_in(PersonFactory(language="fr")).get("/handbook/cafe-du-jeudi/").text


@pytest.mark.parametrize("name", ["title", "title_en"])
def test_title_that_names_somebody_by_their_handle_is_refused(name, signed_in):
    section = make_section()
    page = make_page(section, title="Before", title_en="Before")
    said = form(page, **{name: "Demandez à @ines-bachiri", "action-publish": "1"})

    assert "write it without an “@” in front of somebody" in signed_in(editor_of(section)).post(edit(page), said).text
    page = HandbookPage.objects.get(pk=page.pk)
    assert (page.title, page.title_en) == ("Before", "Before")


def test_draft_tells_nobody_and_the_address_stays(signed_in):
    section = make_section()
    page = make_page(section, slug="kept", title="Before")
    browser = signed_in(editor_of(section))

    browser.post(edit(page), form(page, title="After"))
    assert told(page) == []
    assert HandbookPage.objects.get(pk=page.pk).title == "Before"
    browser.post(edit(page), form(page, title="After", **{"action-publish": "1"}))

    page = HandbookPage.objects.get(pk=page.pk)
    assert (page.title, page.slug) == ("After", "kept")
    assert told(page) == ["pages.page_published"]


def test_one_address_in_the_whole_handbook(signed_in):
    first, second = make_section(), make_section()
    make_page(first, title="Congés", slug="conges")

    signed_in(editor_of(second)).post(
        f"/cms/pages/add/pages/handbookpage/{second.pk}/",
        {"title": "Congés", "body_fr": "Autre texte", "summary_fr": "", "title_en": "", "summary_en": "", "body_en": ""},
    )

    assert HandbookPage.objects.get(body_fr="Autre texte").slug == "conges-2"


def test_taking_down_moving_and_deleting_are_told(signed_in):
    first, second = make_section(), make_section()
    page = make_page(first)
    browser = signed_in(editor_of(first, second))

    browser.post(f"/cms/pages/{page.pk}/move/{second.pk}/confirm/", {})
    assert HandbookPage.objects.get(pk=page.pk).path.startswith(HandbookPage.objects.get(pk=second.pk).path)
    browser.post(f"/cms/pages/{page.pk}/unpublish/", {})
    assert not HandbookPage.objects.get(pk=page.pk).live
    publish(HandbookPage.objects.get(pk=page.pk), PersonFactory(role=Role.HR_HEAD))
    browser.post(f"/cms/pages/{page.pk}/delete/", {})

    assert not HandbookPage.objects.filter(pk=page.pk).exists()
    assert told(page) == ["pages.page_moved", "pages.page_unpublished", "pages.page_published", "pages.page_unpublished"]


def test_page_goes_nowhere_outside_the_sections_of_its_editor(signed_in):
    mine, theirs = make_section(), make_section()
    page = make_page(mine)

    answer = signed_in(editor_of(mine)).post(f"/cms/pages/{page.pk}/move/{theirs.pk}/confirm/", {})

    assert answer.status_code == 404
    assert HandbookPage.objects.get(pk=page.pk).path.startswith(mine.path)


def test_the_handbook_itself_stays(signed_in):
    index = handbook()
    head = signed_in(PersonFactory(role=Role.HR_HEAD))

    head.post(f"/cms/pages/{index.pk}/delete/", {})
    head.post(f"/cms/bulk/wagtailcore/page/delete/?id={index.pk}", {})

    assert Page.objects.filter(pk=index.pk).exists()


def test_tree_is_no_deeper_than_pages_of_a_section():
    section = make_section()
    page = make_page(section)

    assert HandbookPage.can_create_at(section)
    assert not HandbookPage.can_create_at(page)
    assert not make_section().can_move_to(page)


@pytest.fixture
def charter_page():
    return make_charter_page(live=False, body_fr="Un", body_en="One")


def test_charter_comes_into_force_with_its_page_and_everybody_is_asked_again(signed_in, charter_page):
    editor, reader = editor_of(charter_page), PersonFactory()
    browser = signed_in(editor)

    browser.post(edit(charter_page), form(charter_page, **{"action-publish": "1"}))
    first = Charter.objects.get()
    accept_charter(person=reader, version=1)
    browser.post(edit(charter_page), form(charter_page, body_fr="Deux", body_en="Two", **{"action-publish": "1"}))

    assert (first.version, first.body_fr, first.body_en, first.published_by) == (1, "Un", "One", editor)
    newest = Charter.objects.newest_first().first()
    assert (newest.version, newest.body_fr, newest.body_en) == (2, "Deux", "Two")
    assert charter_due(type(reader).objects.get(pk=reader.pk)) == newest


def test_charter_published_again_with_the_same_words_asks_nobody(signed_in, charter_page):
    browser = signed_in(editor_of(charter_page))

    for title in ("Charte", "Charte, autre titre", "Charte"):
        browser.post(edit(charter_page), form(charter_page, title=title, body_fr="Un\r\ndeux  \r\n", **{"action-publish": "1"}))
    publish(CharterPage.objects.get(), PersonFactory(role=Role.HR_HEAD))
    browser.post(f"/cms/pages/{charter_page.pk}/unpublish/", {})
    browser.post(edit(charter_page), form(charter_page, body_fr="Un\ndeux", **{"action-publish": "1"}))

    assert [one.body_fr for one in Charter.objects.all()] == ["Un\ndeux"]


def test_draft_of_the_charter_changes_nothing_in_force(signed_in, charter_page):
    browser = signed_in(editor_of(charter_page))
    browser.post(edit(charter_page), form(charter_page, **{"action-publish": "1"}))

    browser.post(edit(charter_page), form(charter_page, body_fr="Demain"))

    assert Charter.objects.get().body_fr == "Un"


@pytest.mark.parametrize("missing", ["body_fr", "body_en"])
def test_charter_in_one_language_is_a_draft_only(signed_in, charter_page, missing):
    browser = signed_in(editor_of(charter_page))

    refused = browser.post(edit(charter_page), form(charter_page, **{missing: "  ", "action-publish": "1"}))
    kept = browser.post(edit(charter_page), form(charter_page, **{missing: ""}))

    assert refused.status_code == 200
    assert "The charter is published in both languages" in refused.text
    assert kept.status_code == 302
    assert not Charter.objects.exists()
    assert not CharterPage.objects.get().live


def test_whoever_may_not_publish_a_charter_keeps_a_draft(signed_in, charter_page, monkeypatch):
    """Every editor may today: the second rule is asked all the same."""
    from rse.pages import permissions, rules

    for module in (rules, permissions):
        monkeypatch.setattr(module, "can_publish_charter", lambda person: False)
    browser = signed_in(editor_of(charter_page))

    browser.post(edit(charter_page), form(charter_page, body_fr="Trois", **{"action-publish": "1"}))

    page = CharterPage.objects.get()
    assert not page.live
    assert page.get_latest_revision_as_object().body_fr == "Trois"
    assert not Charter.objects.exists()


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.DPO, None])
def test_service_refuses_and_leaves_no_trace(charter_page, role):
    person = PersonFactory(role=role)

    for publisher in (person, None):
        with pytest.raises(PermissionDenied):
            put_charter_in_force(page=charter_page, publisher=publisher)
    assert not Charter.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_refused_charter_takes_the_publication_of_its_page_along(signed_in, charter_page):
    """Several pages at once go round the form: nothing is half done."""
    CharterPage.objects.update(body_en="")
    page = CharterPage.objects.get()
    page.save_revision()
    editor = editor_of(charter_page)
    browser = signed_in(editor)

    answer = browser.post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}", {})

    assert answer.status_code == 302
    assert not CharterPage.objects.get().live
    with pytest.raises(TextMissing), transaction.atomic():
        page.save_revision(user=editor).publish(user=editor)
    assert not CharterPage.objects.get().live


def test_l78_link_of_an_editor_leads_to_the_web_mail_or_this_site_only(signed_in):
    section = make_section(
        body_fr="[a](javascript:alert(1)) [b](JaVa&#x09;Script:alert(1)) [c](https://example.org) "
        "[d](//evil.example) <script>x()</script> <b onclick=x>e</b>"
    )

    text = (
        signed_in(PersonFactory(language="fr"))
        .get(section.get_absolute_url())
        .text.partition('class="prose"')[2]
        .partition("</section>")[0]
    )

    assert text.count("href=") == 1
    assert 'href="https://example.org"' in text
    assert "<script" not in text
    assert "<b " not in text


def test_r04_nobody_is_kept_as_sitting_before_a_page(signed_in):
    section = make_section()
    browser = signed_in(editor_of(section))

    browser.get(edit(section))
    browser.post(edit(section), form(section, title="Other"))
    browser.post(f"/cms/editing-sessions/ping/wagtailcore/page/{section.pk}/1/", {})

    assert not EditingSession.objects.exists()
    assert not FormState.objects.exists()


def test_who_saves_over_the_words_of_another_is_told_before(signed_in):
    section = make_section(title="Start")
    first, second = editor_of(section), editor_of(section)
    section.save_revision(user=first)
    seen = HandbookPage.objects.get(pk=section.pk).latest_revision
    loaded = {"loaded_revision_id": seen.pk, "loaded_revision_created_at": seen.created_at.isoformat()}

    signed_in(first).post(edit(section), form(section, title="Theirs", **loaded))
    answer = signed_in(second).post(edit(section), form(section, title="Mine", **{"action-publish": "1"}, **loaded))

    page = HandbookPage.objects.get(pk=section.pk)
    assert answer.status_code == 409
    assert f"{first.name} saved this page while you were writing." in answer.text
    assert 'value="Mine"' in answer.text
    assert (page.title, page.get_latest_revision_as_object().title) == ("Start", "Theirs")
    newest = page.latest_revision
    again = {"loaded_revision_id": newest.pk, "loaded_revision_created_at": newest.created_at.isoformat()}
    signed_in(second).post(edit(section), form(section, title="Mine", **{"action-publish": "1"}, **again))
    assert HandbookPage.objects.get(pk=section.pk).title == "Mine"
