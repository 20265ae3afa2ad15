"""What whoever uses no eyes hears after a swap, and where their keyboard is."""

import pytest

from tests.core.test_drafts_in_a_browser import sign_in
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory
from tests.factories.mobility import OpeningFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def heard(page, sentence):
    """Wait for ``sentence`` in the live region, and return the id of what has the focus then."""
    page.locator("#toasts[role=status]", has_text=sentence).wait_for()
    return page.evaluate("() => document.activeElement === document.body ? 'body' : document.activeElement.id")


def test_focus_is_on_what_changed_and_a_sentence_says_it(visitors):
    person = PersonFactory(language="en")
    place, other = CommunityFactory(members=[person]), CommunityFactory(members=[PersonFactory()])
    question = PostFactory(audience=AudienceFactory(members=[person]), author=person, question=True)
    comment, opening = CommentFactory(post=question), OpeningFactory()
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go(f"/communities/{place.slug}/").page
        page.locator("#composer textarea").fill("Bonjour à tous.")
        page.locator("#composer").get_by_role("button", name="Publish").click()
        assert heard(page, "Your post is published.") == page.locator("#posts > article").first.get_attribute("id")
        visitor.look()

        visitor.go(question.get_absolute_url())
        page.locator(f"#mark-comment-{comment.public_id}").press("Enter")
        assert heard(page, "You found it useful.") == f"mark-comment-{comment.public_id}"
        page.keyboard.press("Enter")
        assert heard(page, "Your mark is gone.") == f"mark-comment-{comment.public_id}"
        page.get_by_role("button", name="Accept this answer").press("Enter")
        assert heard(page, "The answer is accepted.") == f"comment-{comment.public_id}"

        visitor.go("/communities/?show=open")
        page.locator(f"#community-{other.public_id}").get_by_role("button").press("Enter")
        assert heard(page, "You are a member now.") == f"community-{other.public_id}"

        visitor.go(opening.get_absolute_url())
        page.locator("#keep-button").press("Enter")
        assert heard(page, "It is kept for later.") == "keep-button"
        visitor.look()


def test_part_that_is_drawn_anew_by_itself_keeps_the_focus_in_it(visitors):
    person = PersonFactory(language="en")
    post = PostFactory(audience=AudienceFactory(members=[person]))
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go(post.get_absolute_url()).page
        page.locator("#thread a").first.focus()
        CommentFactory(post=post)
        type(post).objects.filter(pk=post.pk).update(version=post.version + 1)
        with page.expect_response(lambda answer: "version=" in answer.url):
            page.locator("#thread").dispatch_event("live")
        page.locator("#thread .comment").wait_for()
        page.wait_for_function("() => document.activeElement.closest('#thread')")
