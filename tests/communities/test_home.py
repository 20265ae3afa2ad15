"""What this room puts on the home page, and the questions that wait in a community."""

import pytest
from django.urls import reverse

from communities import queries, slot_blocks
from rse.feed.services import accept_answer
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, JoinRequestFactory
from tests.factories.feed import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


def address(name, community):
    return reverse(f"communities:{name}", args=[community.slug])


def test_unanswered_page_and_home_block_show_what_waits(signed_in):
    reader = PersonFactory()
    community = CommunityFactory(members=[reader])
    waits = PostFactory(question=True, audience=community.audience)
    mine = PostFactory(question=True, audience=community.audience, author=reader)
    answered_by_me = CommentFactory(post=PostFactory(question=True, audience=community.audience), author=reader).post
    settled = CommentFactory(post=PostFactory(question=True, audience=community.audience))
    accept_answer(actor=settled.post.author, comment=settled)
    PostFactory(question=True, audience=CommunityFactory().audience)

    page = signed_in(reader).get(address("unanswered", community))

    assert list(page.context["page"].rows) == [waits, mine, answered_by_me]
    assert queries.unanswered_for(reader) == [waits]
    assert slot_blocks.unanswered(PersonFactory(), {}) is None
    assert waits.title in signed_in(reader).get("/").text


def test_home_lists_what_waits_for_a_host(signed_in):
    host = PersonFactory()
    community = CommunityFactory(closed=True, owners=[host])
    JoinRequestFactory(community=community)

    assert address("waiting", community) in signed_in(host).get("/").text
