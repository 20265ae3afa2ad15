"""A photo is chosen, cut, kept and removed in a browser, with the keyboard alone as with a finger."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from rse.core.models import Person
from rse.core.people.services.photos import file_of
from tests.factories import PersonFactory
from tests.factories.photos import photo_of
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def banner(kind="JPEG"):
    """Three squares side by side, red, green and blue."""
    picture = Image.new("RGB", (1800, 600), (0, 128, 0))
    picture.paste((255, 0, 0), (0, 0, 600, 600))
    picture.paste((0, 0, 255), (1200, 0, 1800, 600))
    stream = io.BytesIO()
    picture.save(stream, kind, quality=95)
    return {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def colour_kept(person):
    with default_storage.open(file_of(Person.objects.get(pk=person.pk).photo, 256)) as file:
        return strongest(Image.open(io.BytesIO(file.read())).convert("RGB").getpixel((128, 128)))


def strongest(colour):
    return ("red", "green", "blue")[max(range(3), key=lambda band: colour[band])]


def colour_drawn(page):
    """What the middle of the canvas shows, which is read from a picture of the page: nothing is asked of the script."""
    shot = Image.open(io.BytesIO(page.locator("canvas").screenshot())).convert("RGB")
    return strongest(shot.getpixel((shot.width // 2, shot.height // 2)))


def shown(page, number):
    """How many photos stand in the place of one's initials, once they have arrived."""
    page.wait_for_function("number => document.querySelectorAll('img.avatar').length === number", arg=number)
    page.wait_for_function("() => [...document.querySelectorAll('img.avatar')].every(one => one.complete && one.naturalWidth)")
    return True


@pytest.mark.parametrize("width", [1340, 390])
def test_photo_is_chosen_cut_kept_and_removed_by_keyboard(visitors, width):
    person = PersonFactory(language="en", first_name="Odile", last_name="Wolfeschlegelsteinhausenbergerdorffe")
    with visitors(width=width) as visitor:
        page = signed(visitor, person).go("/people/me/photo/").look().page
        assert page.locator("[data-crop-box]").is_hidden()
        page.get_by_label("Picture", exact=True).set_input_files(banner())
        page.locator("canvas").wait_for()
        assert colour_drawn(page) == "green"
        page.get_by_label("Picture", exact=True).focus()
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.name") == "zoom"
        for _press in range(3):
            page.keyboard.press("PageUp")
        page.keyboard.press("Tab")
        page.keyboard.press("End")
        assert colour_drawn(page) == "blue"
        visitor.look()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#toasts", has_text="Your photo is kept").wait_for()
        assert page.evaluate("() => document.activeElement.id") == "photo"
        assert shown(page, 3)  # the rail, the top of the page and the page itself, without another page having come
        assert colour_kept(person) == "blue"
        visitor.look()
        page.get_by_role("button", name="Remove my photo").press("Enter")
        page.locator("#toasts", has_text="Your photo is removed").wait_for()
        assert page.evaluate("() => document.activeElement.id") == "photo"
        assert shown(page, 0)
        visitor.look()
    assert Person.objects.get(pk=person.pk).photo is None


def test_picture_is_dragged_to_what_is_kept(visitors):
    person = PersonFactory(language="en")
    with visitors(width=390) as visitor:
        page = signed(visitor, person).go("/people/me/photo/").page
        page.get_by_label("Picture", exact=True).set_input_files(banner())
        canvas = page.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 20 + box["width"] * 1.1, box["y"] + box["height"] / 2, steps=4)
        page.mouse.up()
        assert colour_drawn(page) == "red"
        page.get_by_role("button", name="Keep this photo").click()
        page.locator("#toasts", has_text="Your photo is kept").wait_for()
    assert colour_kept(person) == "red"


def test_picture_that_is_refused_is_said_and_the_photo_stays(visitors):
    person = PersonFactory(language="en")
    photo = photo_of(person)
    with visitors() as visitor:
        page = signed(visitor, person).go("/people/me/photo/").page
        page.get_by_label("Picture", exact=True).set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": b"no picture"})
        page.get_by_text("This browser cannot show this picture").wait_for()
        page.get_by_role("button", name="Keep this photo").click()
        page.locator("[data-error-summary]", has_text="This file is not a picture").wait_for()
        assert shown(page, 3)
        visitor.complaints.clear()  # the browser says of a 422 what it is
        visitor.look()
    assert Person.objects.get(pk=person.pk).photo == photo


def test_browser_asks_for_a_photo_once_and_again_for_somebody_else(visitors):
    person, other = PersonFactory(language="en"), PersonFactory(language="en")
    photo_of(person)
    sizes = (
        "() => performance.getEntriesByType('resource').filter(one => one.name.includes('/people/photos/')).map(one => one.transferSize)"
    )

    def asked(page, address):
        page.goto(f"{visitor.base_url}{address}")
        page.wait_for_function("() => [...document.querySelectorAll('img.avatar')].every(one => one.complete && one.naturalWidth)")
        found = page.evaluate(sizes)
        assert found
        return sum(found) > 0

    with visitors() as visitor:
        page = signed(visitor, person).page
        assert [asked(page, address) for address in ("/people/", "/people/?q=", "/people/")] == [True, False, False]
        signed(visitor, other)
        assert asked(page, "/people/")
