"""Files on a slow line, in every form that has a field for them: how far they are, stopped, or at a standstill."""

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.web.stepup import prove
from rse.feed.models import Comment, Picture, Post
from rse.hris.models import ImportBatch
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory

from .test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

MBIT = 1_000_000 / 8
WORDS = "Voici la vue du quai."


def heavy_picture():
    """A picture of four megabytes: noise does not shrink."""
    stream = io.BytesIO()
    Image.effect_noise((2400, 1900), 90).save(stream, "PNG")
    assert 4_000_000 < stream.tell() < 5_000_000
    return {"name": "quai.png", "mimeType": "image/png", "buffer": stream.getvalue()}


def line_of(visitor):
    """Sets the speed of the line of a visitor, in bytes a second; none is as fast as it can be."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    return lambda speed=-1: session.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": 0, "downloadThroughput": speed, "uploadThroughput": speed}
    )


def look_after_an_end(visitor):
    """Look at a page on which a request was ended: htmx says so in the console, and nothing else is there."""
    assert {one.split(", ")[0] for one in visitor.complaints} == {"error: htmx:afterRequest", "error: htmx:sendAbort"}
    visitor.complaints.clear()
    visitor.look()


@pytest.fixture
def reader():
    return PersonFactory(language="en")


@pytest.fixture
def post(reader):
    return PostFactory(audience=AudienceFactory(members=[reader], label="Atelier"), author=reader, body="Le quai est libre.")


def opened(visitor, reader, address, form):
    page = signed(visitor, reader).go(address).page
    page.locator(f"{form} textarea").fill(WORDS)
    return page, page.locator(form)


def forms_of(post):
    thread = f"/posts/{post.public_id}/"
    return {"composer": ("/", "#composer"), "answer": (thread, "#answer"), "edit": (f"{thread}edit/", "form.card.form")}


FORMS = ["composer", "answer", "edit"]


def test_four_megabytes_arrive_on_a_line_of_one_megabit(visitors, reader, post):
    address, form = forms_of(post)["composer"]
    with visitors(width=390) as visitor:
        page, form = opened(visitor, reader, address, form)
        line_of(visitor)(MBIT)
        form.locator("input[type=file]").set_input_files(heavy_picture())
        form.locator("progress").wait_for()
        form.get_by_role("status").filter(has_text="Sending… 25%").wait_for(timeout=20_000)
        visitor.look()
        form.locator("textarea").press_sequentially(" À midi.")
        form.get_by_role("button", name="Publish").click()
        page.locator("#toasts", has_text="A file is still on its way.").wait_for()
        form.locator("textarea").focus()
        form.locator(".attached img").wait_for(timeout=60_000)
        assert form.locator("progress").count() == 0
        assert form.locator("textarea").input_value() == f"{WORDS} À midi."
        assert page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"  # the keyboard was not taken away
        page.reload()
        assert form.locator("textarea").input_value() == f"{WORDS} À midi."
        visitor.look()
    assert Picture.objects.filter(owner=reader).count() == 1


@pytest.mark.parametrize("name", FORMS)
def test_sending_is_stopped_and_all_that_was_typed_stays(visitors, reader, post, name):
    address, form = forms_of(post)[name]
    with visitors() as visitor:
        page, form = opened(visitor, reader, address, form)
        at_speed = line_of(visitor)
        at_speed(MBIT)
        form.locator("input[type=file]").set_input_files(heavy_picture())
        form.get_by_role("button", name="Stop sending").press("Enter")
        page.locator("#toasts", has_text="Sending was stopped.").wait_for()
        assert page.evaluate("() => document.activeElement.type") == "file"
        assert [one.body for one in (*Post.objects.all(), *Comment.objects.all())] == ["Le quai est libre."]
        assert form.locator("progress").count() == 0
        assert form.locator("textarea").input_value() == WORDS
        assert form.locator("input[type=file]").evaluate("input => input.files.length") == 0
        at_speed()
        form.get_by_role("button", name=re.compile("^(Publish|Answer|Save)$")).click()
        page.locator("#content p", has_text=WORDS).first.wait_for()
        if name != "edit":  # where another page has come meanwhile
            look_after_an_end(visitor)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_what_stands_still_ends_and_can_be_sent_again(visitors, reader, post, name):
    address, form = forms_of(post)[name]
    with visitors(width=390) as visitor:
        visitor.page.clock.install()
        page, form = opened(visitor, reader, address, form)
        at_speed = line_of(visitor)
        at_speed(1)
        form.locator("input[type=file]").set_input_files(heavy_picture())
        page.clock.run_for(20_500)  # where every request ended before
        form.locator("progress").wait_for()
        page.clock.run_for(10_000)
        form.get_by_role("button", name="Send again").wait_for()
        assert page.locator("#toasts", has_text="The network does not answer.").count() == 1
        look_after_an_end(visitor)
        assert form.locator("textarea").input_value() == WORDS
        at_speed()
        form.get_by_role("button", name="Send again").click()
        form.locator(".attached img").wait_for()
        assert form.locator("textarea").input_value() == WORDS
    assert Picture.objects.count() == 1


def test_file_of_hr_is_sent_and_stopped_in_the_same_way(visitors):
    hr = PersonFactory(language="en", role=Role.HR)
    lines = b"employee_number;first_name;last_name\n" + b"1;Ada;Lovelace\n" * 250_000
    with visitors() as visitor:
        client = Client()
        client.force_login(hr)
        session = client.session
        prove(session, hr)
        session.save()
        visitor.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": visitor.base_url}])
        visitor.page.add_init_script("delete window.WebSocket")
        page = visitor.go("/imports/").page
        form = page.locator("#import-upload")
        at_speed = line_of(visitor)
        at_speed(MBIT)
        form.locator("input[type=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": lines})
        form.get_by_role("button", name="Send the file").click()
        form.get_by_role("button", name="Stop sending").click()
        page.locator("#toasts", has_text="Sending was stopped.").wait_for()
        assert form.locator("input[type=file]").evaluate("input => input.files.length") == 1  # it shows, and may be sent again
        at_speed()
        form.get_by_role("button", name="Send the file").click()
        page.wait_for_url(re.compile(r"/imports/.+/"))
        assert page.get_by_role("heading", level=1).count() == 1
    assert ImportBatch.objects.count() == 1


def test_photo_is_sent_and_stopped_in_the_same_way(visitors, reader):
    with visitors(width=390) as visitor:
        page = signed(visitor, reader).go("/people/me/photo/").page
        form = page.locator("form[enctype]")
        at_speed = line_of(visitor)
        form.locator("input[type=file]").set_input_files(heavy_picture())
        form.locator("canvas").wait_for()
        at_speed(MBIT)
        form.get_by_role("button", name="Keep this photo").click()
        form.get_by_role("status").filter(has_text="Sending… 25%").wait_for(timeout=20_000)
        form.get_by_role("button", name="Stop sending").press("Enter")
        page.locator("#toasts", has_text="Sending was stopped.").wait_for()
        look_after_an_end(visitor)
        assert form.locator("canvas").is_visible()  # what was chosen shows, and may be sent again
        at_speed()
        form.get_by_role("button", name="Keep this photo").click()
        page.locator("#toasts", has_text="Your photo is kept").wait_for()
        visitor.look()
    assert Person.objects.get(pk=reader.pk).photo


def test_every_form_with_files_is_tried():
    with_files = {template.name for template in Tree().templates if "multipart/form-data" in template.spoken}
    tried = {"feed/_composer.html", "feed/_answer.html", "feed/edit.html", "hris/list.html", "core/photo.html"}
    small = {"core/company.html", "hris/roles.html"}  # a logo, and lines of roles: sent as any other form
    assert with_files == tried | small
