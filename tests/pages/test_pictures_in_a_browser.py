"""A writer puts a picture in a page with the keyboard alone, and a colleague sees it with the words that say what it shows."""

import io

import pytest
from PIL import Image

from rse.pages.models import HandbookPage, PagePicture
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, make_page, make_section

from .test_in_a_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]
SHOWS = "Plan du hall [entrée] : l’accueil est à gauche"


@pytest.fixture
def png(tmp_path):
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((1800, 900)).convert("RGB").save(stream, "PNG")
    path = tmp_path / "plan.png"
    path.write_bytes(stream.getvalue())
    return path


def opened(visitor, section, page, *, text):
    """The form of ``page`` before its writer, who has opened the dialog with the keyboard, with the caret at the end of the first line."""
    sign_in(visitor, editor_of(section, person=PersonFactory(language="fr")))
    form = visitor.go(f"/cms/pages/{page.pk}/edit/").page
    form.on("filechooser", lambda chooser: None)  # the browser hands them over from here on, not from the first one on
    form.locator("[name=body_fr]").fill(text)
    form.locator("[name=body_fr]").evaluate("(text) => text.setSelectionRange(text.value.indexOf('\\n'), text.value.indexOf('\\n'))")
    form.get_by_role("toolbar").first.get_by_role("button", name="Gras").focus()
    form.keyboard.press("End")
    form.keyboard.press("Enter")
    return form


def choose(form, path):
    form.wait_for_function("() => document.activeElement.type === 'file'")
    with form.expect_file_chooser() as chooser:
        form.keyboard.press("Enter")
    chooser.value.set_files(path)


def test_picture_is_added_with_the_keyboard_published_and_seen(visitors, png):
    section = make_section()
    page = make_page(section, title="Le hall")

    with visitors() as visitor:
        form = opened(visitor, section, page, text="Bienvenue.\nLa suite.")
        dialog = form.get_by_role("dialog", name="Ajouter une image")
        visitor.look()
        choose(form, png)
        form.keyboard.press("Tab")
        form.keyboard.type(SHOWS)
        form.keyboard.press("Enter")
        dialog.wait_for(state="hidden")
        address = PagePicture.objects.get().get_absolute_url()
        mark = f"![Plan du hall \\[entrée\\] : l’accueil est à gauche]({address})"
        text = form.locator("[name=body_fr]")
        assert text.input_value() == f"Bienvenue.\n\n{mark}\n\nLa suite."
        form.keyboard.type("!")  # the caret stands behind it
        assert text.input_value() == f"Bienvenue.\n\n{mark}!\n\nLa suite."
        form.keyboard.press("Backspace")

        form.locator("[data-side-panel-toggle=as-read]").click()
        seen = form.frame_locator("[name=page-preview]").get_by_role("img", name=SHOWS)
        seen.wait_for()
        form.locator("[data-side-panel-toggle=as-read]").click()
        form.locator("footer [data-w-dropdown-target=toggle]").first.click()
        form.locator("button[name=action-publish]").click()
        form.wait_for_url(f"**/cms/pages/{section.pk}/")
        assert visitor.complaints == []

    assert mark in HandbookPage.objects.get(pk=page.pk).body_fr
    for width in (1340, 390):
        with visitors(width=width) as visitor:
            sign_in(visitor, PersonFactory(language="fr"))
            read = visitor.go(page.get_absolute_url()).page
            picture = read.get_by_role("img", name=SHOWS)
            picture.scroll_into_view_if_needed()
            read.wait_for_function("document.querySelector('.prose img').complete")
            assert picture.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [1600, 800]
            box = picture.bounding_box()
            assert box["width"] <= read.locator(".prose").bounding_box()["width"]
            assert abs(box["width"] - 2 * box["height"]) < 4
            visitor.look()


def test_what_is_refused_is_said_in_the_dialog_and_nothing_typed_is_lost(visitors, png, tmp_path):
    section = make_section()
    page = make_page(section)
    wrong = tmp_path / "plan.txt.png"
    wrong.write_text("not a picture")

    with visitors(width=390) as visitor:
        form = opened(visitor, section, page, text="Bienvenue.\nLa suite.")
        dialog = form.get_by_role("dialog", name="Ajouter une image")
        file, shows = dialog.get_by_label("Image", exact=True), dialog.get_by_label("Ce que montre l’image")
        form.get_by_role("button", name="Ajouter", exact=True).click()
        assert dialog.get_by_role("alert").all_inner_texts() == ["Choisissez une image.", "Dites ce que montre l’image."]
        assert file.evaluate("one => one === document.activeElement")
        visitor.look()

        choose(form, wrong)
        shows.fill(SHOWS)
        shows.press("Enter")
        dialog.get_by_text("Ce fichier n’est pas une image").wait_for()
        assert shows.input_value() == SHOWS
        assert file.get_attribute("aria-invalid") == "true"
        assert visitor.complaints.pop().count("422") == 1  # what the browser says of any refusal

        form.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert form.get_by_role("toolbar").first.get_by_role("button", name="Image").evaluate("one => one === document.activeElement")
        form.keyboard.press("Enter")
        assert shows.input_value() == SHOWS
        visitor.context.set_offline(True)
        file.set_input_files(png)
        shows.press("Enter")
        dialog.get_by_text("L’image n’est pas arrivée").wait_for()
        visitor.context.set_offline(False)
        visitor.complaints.clear()  # that the connection was gone
        form.get_by_role("button", name="Ajouter", exact=True).click()
        dialog.wait_for(state="hidden")
        assert form.locator("[name=body_fr]").input_value().startswith("Bienvenue.\n\n![Plan du hall")
        assert visitor.complaints == []

    assert PagePicture.objects.count() == 1


def test_page_that_is_not_saved_yet_says_so(visitors):
    section = make_section()

    with visitors() as visitor:
        sign_in(visitor, editor_of(section, person=PersonFactory(language="fr")))
        form = visitor.go(f"/cms/pages/add/pages/handbookpage/{section.pk}/").page
        form.get_by_role("toolbar").first.get_by_role("button", name="Image").click()
        dialog = form.get_by_role("dialog", name="Ajouter une image")
        dialog.get_by_text("Enregistrez d’abord le brouillon").wait_for()
        visitor.look()
        dialog.get_by_role("button", name="Fermer").click()
        assert not dialog.is_visible()
        assert visitor.complaints == []
