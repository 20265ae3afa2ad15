"""Pictures of pages: added by who writes the page, read by who reads it, gone with it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.pages import services
from rse.pages.models import HandbookPage, PagePicture
from rse.pages.prose import text_of
from rse.pages.services import pictures
from tests.access.people import World
from tests.factories import PersonFactory
from tests.factories.feed import picture_file
from tests.factories.pages import editor_of, make_charter_page, make_page, make_section, page_picture, publish

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def add(browser, page, file=None):
    return browser.post(f"/cms/pages/{page.pk}/pictures/", {"file": file or picture_file(size=(3200, 1600))})


def form(page, **values):
    fields = ("title", "summary_fr", "body_fr", "title_en", "summary_en", "body_en")
    return {name: getattr(page, name) for name in fields} | values


def files():
    """The names of every file of pictures of pages that is kept now."""
    return set(pictures.stray_pictures(older_than=-pictures.STRAY_AFTER)) | set(PagePicture.objects.values_list("stored", flat=True))


def test_editor_of_the_section_adds_a_picture_which_is_drawn_anew(signed_in):
    section = make_section()
    page = make_page(section)

    answer = add(signed_in(editor_of(section)), page)

    picture = PagePicture.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"url": f"/handbook/pictures/{picture.public_id}/"})
    assert (picture.handbook_page, picture.width, picture.height) == (page, 1600, 800)
    served = signed_in(PersonFactory()).get(picture.get_absolute_url())
    assert served["Content-Type"] == "image/webp"
    assert b"".join(served.streaming_content)[8:12] == b"WEBP"


def test_nobody_else_adds_one(signed_in):
    page, others = make_page(make_section()), make_section()

    for person in (PersonFactory(), editor_of(others), editor_of(), PersonFactory(role=Role.ADMINISTRATOR)):
        assert add(signed_in(person), page).status_code == 404
        with pytest.raises(PermissionDenied):
            services.add_picture(actor=person, page=page, file=picture_file())

    assert not PagePicture.objects.exists()


def test_charter_takes_none(signed_in):
    charter, head = make_charter_page(), PersonFactory(role=Role.HR_HEAD)

    assert add(signed_in(head), charter).status_code == 404
    assert add(signed_in(head), make_section()).status_code == 201
    with pytest.raises(PermissionDenied):
        services.add_picture(actor=head, page=HandbookPage.objects.get(pk=charter.pk), file=picture_file())
    assert "data-picture" not in signed_in(head).get(f"/cms/pages/{charter.pk}/edit/").text


def test_form_offers_pictures_once_the_page_is_saved(signed_in):
    section = make_section()
    browser = signed_in(editor_of(section))

    written = browser.get(f"/cms/pages/{section.pk}/edit/").text
    begun = browser.get(f"/cms/pages/add/pages/handbookpage/{section.pk}/").text

    assert written.count(f'data-go-to="/cms/pages/{section.pk}/pictures/"') == 2  # one for each language
    assert begun.count("<template data-picture-dialog>") == 2
    assert "data-go-to" not in begun
    assert "Save the draft once" in begun


def test_what_is_no_picture_is_refused_in_a_sentence(signed_in):
    section = make_section()
    browser = signed_in(editor_of(section))

    answer = add(browser, section, SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", content_type="image/png"))
    nothing = browser.post(f"/cms/pages/{section.pk}/pictures/", {})

    assert (answer.status_code, nothing.status_code) == (422, 422)
    assert answer.json() == {"error": "This file is not a picture that can be shown here: JPEG, PNG, WebP, GIF or HEIC."}
    assert nothing.json() == {"error": "Choose a picture."}
    assert not PagePicture.objects.exists()


def test_page_takes_so_many_and_no_more(signed_in, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PICTURES", 2)
    section = make_section()
    browser, before = signed_in(editor_of(section)), files()
    page_picture(make_page(section))  # counts for its own page

    answers = [add(browser, section) for _number in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert "This page has 2 pictures" in answers[2].json()["error"]
    assert len(files() - before) == 3


def test_picture_added_by_two_at_once_leaves_no_file_beyond_the_last_that_is_taken(monkeypatch):
    """The number is asked again once the picture is drawn."""
    section, before = make_section(), files()
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    draw = pictures.draw_anew

    def drawn_while_another_came(file, targets):
        page_picture(section)
        return draw(file, targets)

    monkeypatch.setattr(pictures, "draw_anew", drawn_while_another_came)
    with pytest.raises(services.TooManyPictures):
        services.add_picture(actor=editor_of(section), page=section, file=picture_file())

    assert len(files() - before) == PagePicture.objects.count() == 1


def test_writer_who_adds_too_fast_is_told_when_to_go_on(signed_in, monkeypatch):
    section = make_section()
    browser = signed_in(editor_of(section))
    drawn = {"width": 1, "height": 1, "stored": "x"}
    monkeypatch.setattr(services, "add_picture", lambda *, actor, page, file: PagePicture(handbook_page=page, **drawn))

    answers = [add(browser, section, picture_file()) for _number in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {201}
    assert answers[30].status_code == 429
    assert "Try again in" in answers[30].json()["error"]


def test_l08_picture_is_read_by_who_reads_its_page_now(signed_in):
    section, world = make_section(), World()
    page = make_page(section, live=False)
    picture = page_picture(page)
    writer, colleague, expected = editor_of(section), world.principal("EM"), world.principal("EX")
    everybody = [writer, colleague, expected, editor_of(make_section())]

    def readers():
        answers = [signed_in(person).get(picture.get_absolute_url()).status_code for person in everybody]
        assert set(answers) <= {200, 404}
        return {person for person, answer in zip(everybody, answers, strict=True) if answer == 200}

    assert readers() == {writer} == set(readers_of(picture))
    page = publish(page, writer)
    assert readers() == set(everybody)
    assert set(everybody) <= set(readers_of(picture))
    page.unpublish()
    assert readers() == {writer}


def test_picture_goes_with_its_page_and_its_file(signed_in, django_capture_on_commit_callbacks):
    section = make_section()
    page, kept = make_page(section), page_picture(make_section())
    picture, browser = page_picture(page), signed_in(editor_of(section))

    with django_capture_on_commit_callbacks(execute=True):
        browser.get(f"/cms/pages/{page.pk}/delete/")
    assert default_storage.exists(picture.stored)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/cms/pages/{page.pk}/delete/")

    assert list(PagePicture.objects.all()) == [kept]
    assert not default_storage.exists(picture.stored)
    assert default_storage.exists(kept.stored)
    assert signed_in(PersonFactory()).get(picture.get_absolute_url()).status_code == 404


def test_pictures_of_several_pages_that_are_deleted_at_once_go_with_them(signed_in, django_capture_on_commit_callbacks):
    section = make_section()
    pages = [make_page(section), make_page(section)]
    gone, browser = [page_picture(page) for page in pages], signed_in(editor_of(section))

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/cms/bulk/wagtailcore/page/delete/?id={pages[0].pk}&id={pages[1].pk}")

    assert not PagePicture.objects.exists()
    assert [default_storage.exists(picture.stored) for picture in gone] == [False, False]


def test_file_stays_where_the_page_was_not_deleted_after_all(django_capture_on_commit_callbacks):
    section = make_section()
    picture = page_picture(section)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        services.drop_pictures([section])

    assert default_storage.exists(picture.stored)


def test_picture_without_words_is_refused_with_everything_that_was_typed(signed_in):
    section = make_section()
    page, browser = make_page(section, body_fr="Avant"), signed_in(editor_of(section))
    address = page_picture(page).get_absolute_url()
    typed = f"Le plan :\n\n![ ]({address})\n\nMerci."

    for action in ({"action-publish": "1"}, {}):
        answer = browser.post(f"/cms/pages/{page.pk}/edit/", form(page, body_fr=typed, summary_fr="Résumé à garder") | action)
        assert f"![what the picture shows]({address})" in answer.text
        assert typed.replace("\n", "\r\n") in answer.text.replace("\r\n", "\n").replace("\n", "\r\n")
        assert "Résumé à garder" in answer.text
        assert HandbookPage.objects.get(pk=page.pk).body_fr == "Avant"
    seen = browser.post(f"/cms/pages/{page.pk}/edit/preview/?language=fr", form(page, body_fr=typed))
    assert f'src="{address}"' in seen.text

    said = browser.post(f"/cms/pages/{page.pk}/edit/", form(page, body_fr=typed.replace("[ ]", "[Plan]"), **{"action-publish": "1"}))
    assert said.status_code == 302
    assert "![Plan]" in HandbookPage.objects.get(pk=page.pk).body_fr


def test_text_shows_pictures_of_pages_and_no_others():
    ours = f"/handbook/pictures/{'a' * 22}/"
    others = (
        f"{ours}x",
        f"/handbook/pictures/{'a' * 21}/",
        f"/pictures/{'a' * 22}/",
        f"https://x.example{ours}",
        f"{ours}?x=1",
        f"/..{ours}",
    )

    shown = text_of(f"![Un plan \\[du\\] hall & co]({ours})").html
    assert shown == f'<p><img src="{ours}" alt="Un plan [du] hall &amp; co" loading="lazy"></p>\n'
    assert [re.findall("<img", text_of(f"![Un plan]({other})").html) for other in others] == [[]] * len(others)


def test_charter_shows_none_even_where_one_is_written(signed_in):
    address = page_picture(make_section()).get_absolute_url()
    charter = make_charter_page(body_fr=f"![Un plan]({address})")

    text = signed_in(PersonFactory(language="fr")).get(charter.get_absolute_url()).text

    assert f'<a href="{address}" rel="noopener noreferrer nofollow">Un plan</a>' in text


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_the_number_of_its_pictures(count, signed_in, django_assert_num_queries):
    page, browser = make_page(make_section()), signed_in(PersonFactory(language="fr"))
    addresses = [page_picture(page).get_absolute_url() for _number in range(count)]
    HandbookPage.objects.filter(pk=page.pk).update(body_fr="\n\n".join(f"![Un plan]({address})" for address in addresses))
    browser.get(page.get_absolute_url())

    with django_assert_num_queries(8):
        text = browser.get(page.get_absolute_url()).text

    assert [f'<img width="40" height="30" src="{address}" alt="Un plan" loading="lazy">' in text for address in addresses] == [True] * count


def test_picture_of_a_page_that_its_reader_does_not_read_shows_its_words_alone(signed_in):
    hidden = page_picture(make_page(make_section(), live=False))
    page = make_page(make_section(), body_fr=f"![Un plan]({hidden.get_absolute_url()})")

    text = signed_in(PersonFactory(language="fr")).get(page.get_absolute_url()).text

    assert f'<img src="{hidden.get_absolute_url()}" alt="Un plan" loading="lazy">' in text
