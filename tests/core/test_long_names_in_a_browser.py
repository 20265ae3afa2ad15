"""A name of one long word takes no more room than a phone has, wherever it stands."""

import pytest

from rse.core.enums import Role
from tests.factories import PersonFactory, PositionFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory
from tests.factories.mobility import OpeningFactory
from tests.feed.test_browser import signed
from tests.mobility.test_browser import signed as signed_with_proof
from tests.talent.succession.plans import name, open_gate, plan_for

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


@pytest.mark.parametrize("width", [390, 768, 1340])
def test_long_names_leave_lists_and_plans_readable(visitors, width):
    """A column that others push together until it is a few letters wide is as bad as one that leaves the screen."""
    open_gate()
    hr = PersonFactory(role=Role.HR, last_name="Simon", language="fr")
    RoleGrantFactory(person=hr, role=Role.HR_SUCCESSION)
    person = PersonFactory(first_name="", last_name=LONG, title="Responsable des équipes de fonderie", password=False)
    plan = plan_for(PositionFactory(title=LONG), owner=hr, holder=person)
    name(plan, PersonFactory(first_name="", last_name=f"{LONG}n"))
    opening = OpeningFactory(title=LONG, author=hr, team=[hr])
    with visitors(width=width) as visitor:
        signed_with_proof(visitor, hr)
        for address in (
            "/invitations/",
            "/succession/",
            plan.get_absolute_url(),
            "/openings/",
            opening.get_absolute_url(),
            "/recruitment/",
        ):
            visitor.go(address).look()
            assert LONG in visitor.page.content(), address
