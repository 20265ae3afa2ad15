"""In a real browser: a notice is read by opening what it tells, and a swap that was refused says how long to wait."""

import datetime
import re

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.web import limits
from rse.feed.services import comments
from rse.notify import queries
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_following_a_notice_makes_it_read(visitors):
    author, reader = PersonFactory(), PersonFactory(language="en")
    post = PostFactory(author=reader, audience=AudienceFactory(members=[author, reader]))
    comments.publish_comment(author=author, post=post, body="Oui.")

    with visitors(width=390) as visitor:
        page = signed(visitor, reader).go(reverse("notices:list")).page
        page.get_by_role("link", name="Notices, 1 new").wait_for()
        with page.expect_response(lambda answer: answer.url.endswith(reverse("notices:opened"))):
            page.locator("#notices a").first.click()
        page.get_by_role("link", name="Notices", exact=True).wait_for()
        visitor.look()
        visitor.go(reverse("notices:list")).look()
        assert page.locator("#notices .chip").count() == 0

    assert queries.unseen_count(reader) == 0


@pytest.mark.parametrize(("language", "words"), [("fr", r"Réessayez dans \d+ secondes?\."), ("en", r"Try again in \d+ seconds?\.")])
def test_swap_that_was_refused_says_how_long_to_wait(visitors, language, words):
    reader = PersonFactory(language=language)
    post = PostFactory(audience=AudienceFactory(members=[reader]))
    for minute in range(2):  # this one and the next
        with clock.moved_to(clock.now() + datetime.timedelta(minutes=minute)):
            for _mark in range(60):
                limits.count("mark", reader.pk, per_minute=60)

    with visitors() as visitor:
        page = signed(visitor, reader).go(post.get_absolute_url()).page
        page.locator(f"#useful-post-{post.public_id} button").click()
        page.locator("#toasts").get_by_text(re.compile(words)).wait_for()
