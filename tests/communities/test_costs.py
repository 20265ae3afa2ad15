"""A page asks the database as often for three things as for one."""

import pytest
from django.urls import reverse

from communities import slot_blocks
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, CreationRequestFactory, JoinRequestFactory
from tests.factories.feed import PostFactory

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true"}


def address(name, community):
    return reverse(f"communities:{name}", args=[community.slug])


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("show", ["mine", "open", "closed"])
def test_list_cost_does_not_grow(signed_in, django_assert_num_queries, item_count, show):
    person = PersonFactory()
    for _item in range(item_count):
        traits = {"mine": {"members": [person]}, "open": {}, "closed": {"closed": True}}[show]
        CommunityFactory(owners=[PersonFactory()], **traits)
    browser = signed_in(person)
    browser.get("/communities/")

    with django_assert_num_queries(LIST_QUERIES[show]):
        page = browser.get(f"/communities/?show={show}", headers=PIECE)

    assert len(page.context["cards"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_member_page_cost_does_not_grow(signed_in, django_assert_num_queries, item_count):
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner], members=PersonFactory.create_batch(item_count))
    browser = signed_in(owner)
    browser.get(address("members", community))

    with django_assert_num_queries(MEMBER_QUERIES):
        page = browser.get(address("members", community), headers=PIECE)

    assert len(page.context["lines"]) == item_count + 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_host_page_cost_does_not_grow(signed_in, django_assert_num_queries, item_count):
    owner = PersonFactory()
    community = CommunityFactory(closed=True, owners=[owner])
    for _item in range(item_count):
        JoinRequestFactory(community=community)
        CommunityInvitationFactory(community=community, invited_by=owner)
    browser = signed_in(owner)
    browser.get(address("waiting", community))

    with django_assert_num_queries(WAITING_QUERIES):
        page = browser.get(address("waiting", community))

    assert len(page.context["requests"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_community_page_cost_does_not_grow(signed_in, django_assert_num_queries, item_count):
    member = PersonFactory()
    community = CommunityFactory(owners=[PersonFactory()], members=[member])
    for _item in range(item_count):
        PostFactory(question=True, audience=community.audience)
    browser = signed_in(member)
    browser.get(community.get_absolute_url())

    with django_assert_num_queries(DETAIL_QUERIES):
        browser.get(community.get_absolute_url())


@pytest.mark.parametrize("item_count", [1, 3])
def test_home_blocks_cost_does_not_grow(django_assert_num_queries, item_count):
    reader = PersonFactory(role="hr")
    for _item in range(item_count):
        community = CommunityFactory(closed=True, owners=[reader])
        JoinRequestFactory(community=community)
        PostFactory(question=True, audience=community.audience)
        CommunityInvitationFactory(person=reader)
        CreationRequestFactory()
    reader.current_grants  # noqa: B018 - read by the shell before

    with django_assert_num_queries(5):
        found = slot_blocks.todo(reader, {})
    with django_assert_num_queries(2):  # the questions, and whom their titles name
        questions = slot_blocks.unanswered(reader, {})["questions"]

    counts = {name: len(rows) for name, rows in found.items()}
    assert counts == dict.fromkeys(("invitations", "hosted", "creations"), item_count) | {"announced": 0, "without_owner": 0}
    assert len(questions) == item_count


# session, person, grants, communities, which of them are read, owners, requests; sizes where they are read; what is new in mine
LIST_QUERIES = {"closed": 8, "open": 9, "mine": 10}
# session, person, grants, community, whether it is read, members
MEMBER_QUERIES = 7
# the same five, owners, number of members, number of requests, requests, invitations, and two of the bell
WAITING_QUERIES = 12
# the same five, owners, number of members, where one may write, how many read it, posts, what one marked there, two of the bell
DETAIL_QUERIES = 13
