"""Every composer to its end: with pictures, with an error, from a later page, by keyboard alone, and where its place is gone meanwhile."""

import re

import pytest

from rse.core.models import AudienceMember
from rse.feed import services
from rse.feed.models import Comment, Picture, Post
from rse.feed.queries import threads
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, picture_file

from .test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

WORDS = "Voici la vue du quai."
SEND = re.compile("^(Publish|Answer|Save)$")


def picture(name="quai.png"):
    return {"name": name, "mimeType": "image/png", "buffer": picture_file().read()}


@pytest.fixture
def reader():
    return PersonFactory(language="en")


@pytest.fixture
def place(reader):
    return CommunityFactory(members=[reader], name="Atelier")


@pytest.fixture
def post(reader, place):
    return PostFactory(audience=place.audience, author=reader, body="Le quai est libre.")


def composers(post):
    """Where each text is written: its page, and its form there."""
    answer = CommentFactory(post=post, author=post.author, body="Une réponse.")
    thread = f"/posts/{post.public_id}/"
    return {
        "home": ("/", "#composer"),
        "community": (post.audience.address, "#composer"),
        "alone": ("/posts/new/", "#composer"),
        "answer": (thread, "#answer"),
        "edit": (f"{thread}edit/", "form.card.form"),
        "edit of an answer": (f"/comments/{answer.public_id}/edit/", "form.card.form"),
    }


COMPOSERS = ["home", "community", "alone", "answer", "edit", "edit of an answer"]
WITHOUT_A_POST = {"home", "community", "alone"}  # they write a new one: none can be deleted under them


def settled(page):
    """Wait until a swap is through and the keyboard stands where pictures are added."""
    page.wait_for_function("() => !document.querySelector('[class*=htmx-]') && document.activeElement.type === 'file'")


def written():
    return {one.body for one in (*Post.objects.all(), *Comment.objects.all())}


@pytest.mark.parametrize("name", COMPOSERS)
def test_two_pictures_one_taken_off_and_an_error(visitors, reader, post, name):
    address, form = composers(post)[name]
    with visitors(width=390) as visitor:
        page = signed(visitor, reader).go(address).page
        form = page.locator(form)
        form.locator("textarea").fill(WORDS)
        form.locator("input[type=file]").set_input_files([picture("un.png"), picture("deux.png")])
        form.locator(".attached li").nth(1).wait_for()
        form.locator(".attached input[maxlength]").nth(0).fill("Le premier")
        form.locator(".attached input[maxlength]").nth(1).fill("Le second")
        form.get_by_role("button", name="Take picture 1 off").click()
        page.wait_for_function("() => document.querySelectorAll('.attached li').length === 1")
        settled(page)
        assert form.locator(".attached input[maxlength]").input_value() == "Le second"

        form.locator("textarea").fill("")
        form.evaluate("form => (form.noValidate = true)")
        form.get_by_role("button", name=SEND).click()
        form.locator("[data-error-summary]").wait_for()
        assert form.locator(".attached input[maxlength]").input_value() == "Le second"
        visitor.complaints[:] = [one for one in visitor.complaints if "422" not in one]
        visitor.look()

        form.locator("textarea").fill(WORDS)
        form.get_by_role("button", name=SEND).click()
        page.get_by_role("img", name="Le second").wait_for()
        assert page.get_by_role("img", name="Le premier").count() == 0
        visitor.look()
    assert WORDS in written()
    assert [one.alt for one in Picture.objects.exclude(audience=None)] == ["Le second"]


@pytest.mark.parametrize("name", COMPOSERS)
def test_keyboard_alone_writes_adds_takes_off_and_sends(visitors, reader, post, name):
    address, form = composers(post)[name]
    with visitors() as visitor:
        page = signed(visitor, reader).go(address).page
        form = page.locator(form)
        keys = page.keyboard
        page.on("filechooser", lambda chooser: None)  # the browser hands them over from here on, not from the first one on

        def tab_to(selector):
            for _key in range(40):
                if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                    return
                keys.press("Tab")
            pytest.fail(f"the keyboard does not reach {selector}")

        form.locator("textarea").focus()
        keys.press("Control+a")
        keys.type(WORDS)
        tab_to("input[type=file]")
        for _time in range(2):
            with page.expect_file_chooser() as chooser:
                keys.press("Enter")
            number = form.locator(".attached li").count()
            chooser.value.set_files(picture())
            form.locator(".attached li").nth(number).wait_for()
            settled(page)
        form.locator("textarea").focus()
        tab_to("button[name=without]")
        keys.press("Enter")
        page.wait_for_function("() => document.querySelectorAll('.attached li').length === 1")
        settled(page)
        form.locator("textarea").focus()
        tab_to("button[type=submit].button:not([name])")
        keys.press("Enter")
        page.locator("#content .pictures img").first.wait_for()
        visitor.look()
    assert WORDS in written()
    assert Picture.objects.exclude(audience=None).count() == 1


def test_answer_from_the_second_page_of_a_thread_is_shown_there(visitors, reader, post, monkeypatch):
    monkeypatch.setattr(threads, "SIZE", 3)
    for number in range(4):
        CommentFactory(post=post, body=f"Réponse {number}")
    with visitors() as visitor:
        page = signed(visitor, reader).go(f"/posts/{post.public_id}/").page
        page.get_by_role("link", name="More answers").click()
        page.locator("#answers", has_text="Réponse 3").wait_for()
        form = page.locator("#answer")
        form.locator("input[type=file]").set_input_files(picture())
        form.locator(".attached img").wait_for()
        assert page.locator("#answers", has_text="Réponse 3").count() == 1
        form.locator("textarea").fill(WORDS)
        form.get_by_role("button", name="Answer").click()
        page.locator("#answers", has_text=WORDS).wait_for()
        assert page.locator("#answers", has_text="Réponse 0").count() == 0
        written_now = Comment.objects.get(body=WORDS)
        page.wait_for_function("id => document.activeElement.id === id", arg=f"comment-{written_now.public_id}")

        # The part that asks itself again stays on its page, and the address of an answer leads to it.
        CommentFactory(post=post, body="Une de plus")
        services.edit_comment(editor=reader, comment=written_now, version=written_now.version, body=f"{WORDS} Mieux.")
        page.evaluate("() => htmx.trigger('#thread', 'live')")
        page.locator("#answers", has_text=f"{WORDS} Mieux.").wait_for()
        visitor.go(written_now.get_absolute_url())
        page.locator(f"#comment-{written_now.public_id}").wait_for()
        visitor.look()


def test_post_from_the_second_page_of_a_feed_is_shown_at_its_top(visitors, reader, post):
    for number in range(30):
        PostFactory(audience=post.audience, body=f"Message {number}")
    with visitors() as visitor:
        page = signed(visitor, reader).go("/").page
        page.get_by_role("link", name="Older posts").click()
        page.locator("article", has_text="Le quai est libre.").wait_for()
        page.locator("#composer textarea").fill(WORDS)
        page.locator("#composer input[type=file]").set_input_files(picture())
        page.locator("#composer .attached img").wait_for()
        assert page.locator("article", has_text="Le quai est libre.").count() == 1
        page.locator("#composer").get_by_role("button", name="Publish").click()
        page.locator("#posts > article", has_text=WORDS).wait_for()
        assert WORDS in page.locator("#posts > article").first.inner_text()
        visitor.look()


@pytest.mark.parametrize(
    ("name", "how"),
    [(name, how) for name in COMPOSERS for how in ("frozen", "left", "deleted") if how != "deleted" or name not in WITHOUT_A_POST],
)
def test_place_that_is_gone_meanwhile_takes_nothing_that_was_typed(visitors, reader, post, name, how):
    address, form = composers(post)[name]
    with visitors() as visitor:
        page = signed(visitor, reader).go(address).page
        form = page.locator(form)
        form.locator("textarea").fill(WORDS)
        form.locator("input[type=file]").set_input_files(picture())
        form.locator(".attached img").wait_for()
        if how == "frozen":
            type(post.audience).objects.update(is_frozen=True)
        elif how == "left":
            AudienceMember.objects.all().delete()
        else:
            services.delete_post(actor=reader, post=post)
        form.locator("input[type=file]").set_input_files(picture())
        form.get_by_role("button", name=SEND).click()
        page.locator("#toasts p, .error-summary", has_text="no longer").first.wait_for()
        page.wait_for_function("() => !document.querySelector('[class*=htmx-], [aria-busy]')")
        assert form.locator("textarea").input_value() == WORDS
        assert page.locator("#content").count() == 1
    assert WORDS not in written()
    assert not Picture.objects.exclude(audience=None).exists()
