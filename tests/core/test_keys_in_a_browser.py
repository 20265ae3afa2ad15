"""Keys: to search, to list the keys, to send, to go from post to post; those of one letter may be turned off."""

import pytest

from rse.feed.models import Comment
from tests.core.test_drafts_in_a_browser import sign_in
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def focused(page):
    return page.evaluate("() => document.activeElement === document.body ? 'body' : document.activeElement.id")


def test_keys_search_list_go_and_send(visitors):
    person = PersonFactory(language="en")
    audience = AudienceFactory(members=[person])
    posts = [PostFactory(audience=audience) for _ in range(3)]
    names = [f"post-{post.public_id}" for post in reversed(posts)]
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go("/").page
        page.keyboard.press("j")
        assert focused(page) == names[0]
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert focused(page) == names[2]
        page.keyboard.press("k")
        assert focused(page) == names[1]
        page.keyboard.press("/")
        assert focused(page) == "search-box"
        page.keyboard.type("j/k?")
        assert page.locator("#search-box").input_value() == "j/k?"
        page.locator("#content").focus()
        page.keyboard.press("Control+k")
        assert focused(page) == "search-box"
        page.locator("#content").focus()
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        visitor.look()
        page.get_by_label("Keys of one letter work in this browser").press("Space")
        page.keyboard.press("Escape")
        page.locator("#content").focus()
        for key in ("?", "j", "/"):
            page.keyboard.press(key)
        assert (focused(page), page.locator("#keys").is_visible()) == ("content", False)
        page.keyboard.press("Control+k")
        assert focused(page) == "search-box"

        visitor.go(posts[0].get_absolute_url())
        page.locator("#answer textarea").fill("Oui, par le quai.")
        page.keyboard.press("Control+Enter")
        page.locator("#thread .comment").wait_for()
        assert Comment.objects.get().body == "Oui, par le quai."
        visitor.look()
