"""A name of one long word takes no more room than a phone has, wherever it stands."""

import pytest

from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LONG = "Wolfeschlegelsteinhausenbergerdorffe"


def test_long_name_never_makes_a_page_scroll_sideways(visitors):
    assert len(LONG) == 36
    reader = PersonFactory(first_name="Odile", last_name=LONG)
    other = PersonFactory(
        first_name="", last_name=LONG, email=f"{LONG.lower()}@company.example", work_phone="+33 2 61 91 00 77", manager=reader
    )
    community = CommunityFactory(owners=[reader], members=[other], name=LONG)
    post = PostFactory(audience=community.audience, author=other, body=f"Merci @{reader.handle}")
    CommentFactory(post=post, author=other, body=f"Avec @{reader.handle} et @{other.handle}")
    with visitors(width=390) as visitor:
        signed(visitor, reader)
        for address in (
            "/",
            "/people/",
            other.get_absolute_url(),
            f"/posts/{post.public_id}/",
            "/communities/",
            community.get_absolute_url(),
            f"{community.get_absolute_url()}?at=members",
            "/mentoring/",
        ):
            visitor.go(address).look()
            assert LONG in visitor.page.content()
