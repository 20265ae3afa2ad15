"""Opening what a notice tells makes it read, wherever the way led from."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from rse.core.access import kinds
from rse.core.web.sealing import seal
from rse.feed.services import comments
from rse.notify import queries, slot_blocks
from rse.notify.models import Notification
from rse.notify.views import NEWEST
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory

pytestmark = pytest.mark.django_db

OPENED = re.compile(r'name="opened" value="([^"]+)"')


def test_opening_what_a_notice_tells_makes_it_read_and_no_other(signed_in):
    author, reader = PersonFactory(), PersonFactory(language="en")
    audience = AudienceFactory(members=[author, reader])
    mine, other = PostFactory.create_batch(2, author=reader, audience=audience)
    for post in (mine, other, mine):
        comments.publish_comment(author=author, post=post, body="Oui.")
    browser = signed_in(reader)
    elsewhere = browser.get(reverse("people:list")).text
    assert 'aria-label="Notices, 3 new"' in elsewhere
    assert not OPENED.search(elsewhere)

    page = browser.get(mine.get_absolute_url()).text
    assert 'aria-label="Notices, 1 new"' in page  # at once, and without a word written
    assert queries.unseen_count(reader) == 3
    comments.publish_comment(author=author, post=mine, body="Et encore.")
    bell = browser.post(reverse("notices:opened"), {"opened": OPENED.search(page)[1]})

    assert 'aria-label="Notices, 2 new"' in bell.text
    assert [line.is_new for line in browser.get(reverse("notices:list")).context["lines"]] == [True, False, True, False]
    browser.get(mine.get_absolute_url())
    assert not OPENED.search(signed_in(author).get(mine.get_absolute_url()).text)


def test_only_ones_own_notices_are_opened(signed_in):
    member, other = PersonFactory.create_batch(2)
    post = PostFactory(author=other, audience=AudienceFactory(members=[member, other]))
    comments.publish_comment(author=member, post=post, body="Oui.")
    theirs = Notification.objects.get(recipient=other).pk
    browser = signed_in(member)
    foreign = seal([theirs], reader=other, place=slot_blocks.OPENED)
    sealed = [foreign, seal([theirs], reader=member, place=slot_blocks.OPENED), seal([theirs], reader=member, place=NEWEST)]
    for nothing in ("", str(theirs), *sealed):
        assert browser.post(reverse("notices:opened"), {"opened": nothing}).status_code == 200
    assert not Notification.objects.filter(is_opened=True).exists()


def test_home_opens_nothing_by_being_passed_through(signed_in, monkeypatch):
    author, member = PersonFactory(), PersonFactory(language="en")
    monkeypatch.setitem(kinds._kinds, "comment", replace(kinds._kinds["comment"], address=lambda comment: "/"))
    post = PostFactory(author=member, audience=AudienceFactory(members=[member, author]))
    comments.publish_comment(author=author, post=post, body="Oui.")

    page = signed_in(member).get("/").text

    assert 'aria-label="Notices, 1 new"' in page
    assert not OPENED.search(page)
