"""The feed in a real browser: nothing that was typed runs, and what is pressed changes in place."""

import pytest
from django.conf import settings
from django.test import Client

from rse.feed import services
from rse.feed.models import Post, UsefulMark
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory, joined, picture_file

from .test_cards import PAYLOADS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def signed(visitor, person):
    """The same visitor, signed in as ``person``; whatever would open a dialog is a complaint."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.base_url}])
    visitor.page.on("dialog", lambda dialog: visitor.complaints.append(f"a dialog opened: {dialog.message}"))
    # Without a socket the pages poll: the server of this test has none.
    visitor.page.add_init_script("delete window.WebSocket")
    return visitor


def test_l77_nothing_that_was_typed_runs(visitors):
    reader = PersonFactory(language="en")
    audience = AudienceFactory(members=[reader])
    author = joined(audience, PersonFactory(first_name="<img src=x onerror=alert(1)>"))
    for payload in PAYLOADS:
        services.publish_post(author=author, audience=audience, title=payload.replace("\n", " ")[:100], body=payload)
    question = services.publish_post(author=author, audience=audience, kind="question", title=PAYLOADS[0], body=PAYLOADS[1])
    for payload in PAYLOADS:
        services.publish_comment(author=author, post=question, body=payload)

    with visitors() as visitor:
        for address in ("/", "/feed/", f"/posts/{question.public_id}/"):
            signed(visitor, reader).go(address).look(ignore=("heading-order",))


def test_publishing_and_marking_change_the_page_in_place(visitors):
    reader = PersonFactory(language="en")
    audience = AudienceFactory(members=[reader], label="Atelier")
    post = PostFactory(audience=audience, body="Le quai est libre.")

    with visitors(width=390) as visitor:
        page = signed(visitor, reader).go("/").page
        page.locator("#composer textarea").fill("Je passe à midi.")
        page.locator("#composer").get_by_role("button", name="Publish").click()
        page.locator("article", has_text="Je passe à midi.").wait_for()
        page.locator(f"#useful-post-{post.public_id} button").click()
        page.locator(f"#useful-post-{post.public_id} button[aria-pressed=true]").wait_for()
        visitor.look()

    assert Post.objects.filter(author=reader).count() == UsefulMark.objects.filter(person=reader, post=post).count() == 1


def test_a_picture_is_added_taken_off_and_published_in_both_composers(visitors):
    reader = PersonFactory(language="en")
    audience = AudienceFactory(members=[reader], label="Atelier")
    post = PostFactory(audience=audience, body="Le quai est libre.")
    composers = (("/", "#composer", "Publish"), (f"/posts/{post.public_id}/", "#answer", "Answer"))

    for address, composer, publish in composers:
        with visitors(width=390) as visitor:
            page = signed(visitor, reader).go(address).page
            form = page.locator(composer).first
            form.locator("textarea").fill("Voici la vue du quai.")
            for _again in range(2):
                form.locator("input[type=file]").set_input_files(
                    {"name": "quai.png", "mimeType": "image/png", "buffer": picture_file().read()}
                )
                form.locator(".attached img").wait_for()
                form.get_by_role("button", name="Take picture 1 off").click()
                form.locator(".attached").wait_for(state="detached")
                assert page.locator(composer).count() == 1
                assert form.locator("textarea").input_value() == "Voici la vue du quai."
            form.locator("input[type=file]").set_input_files({"name": "quai.png", "mimeType": "image/png", "buffer": picture_file().read()})
            form.locator(".attached img").wait_for()
            form.locator(".attached input[maxlength]").fill("Le quai à midi")
            form.get_by_role("button", name=publish).click()
            page.get_by_role("img", name="Le quai à midi").wait_for()
            assert form.locator(".attached").count() == 0
            page.locator("[aria-busy=true], .htmx-request").first.wait_for(state="detached")
            visitor.look()
