"""Pages that show a community hear that it changed; whoever may no longer read it hears nothing more."""

import pytest
from asgiref.sync import sync_to_async

from communities.services import change_kind, change_role, delete_community, join, leave, remove_member
from rse.feed.services import publish_comment, publish_post
from rse.notify import hub, live
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import joined
from tests.notify.conftest import _own_layer, _transaction_of_the_test_stays_open, session_of  # noqa: F401 - fixtures of sockets
from tests.notify.tabs import Tab, commit, plays, tab_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def member():
    return PersonFactory()


@pytest.fixture
def closed(owner, member):
    return CommunityFactory(closed=True, owners=[owner], members=[member])


@plays
async def test_l12_outsider_watches_neither_closed_nor_secret(closed, session_of):  # noqa: F811
    secret = await sync_to_async(CommunityFactory)(secret=True)
    outsider = await sync_to_async(PersonFactory)()
    tab = Tab(await sync_to_async(session_of)(outsider))
    await tab.open()

    answer = await tab.watch(f"community.{closed.public_id}", f"community.{secret.public_id}", "community.999999")

    assert answer["watching"] == []
    assert set(answer["refused"].values()) == {hub.UNREADABLE}
    await tab.leave()


@plays
async def test_new_member_is_heard_of(member, session_of):  # noqa: F811
    community = await sync_to_async(CommunityFactory)(members=[member])
    newcomer = await sync_to_async(PersonFactory)()
    async with tab_of(await sync_to_async(session_of)(member), f"community.{community.public_id}") as tab:
        await commit(join, person=newcomer, community=community)

        assert (await tab.hear(within=2))["topic"] == f"community.{community.public_id}"


@plays
async def test_t01_member_who_is_taken_out_is_closed_within_two_seconds(owner, member, closed, session_of):  # noqa: F811
    async with tab_of(
        await sync_to_async(session_of)(member), f"community.{closed.public_id}", f"audience.{closed.audience.public_id}"
    ) as tab:
        await commit(remove_member, actor=owner, community=closed, person=member)

        assert await tab.closed(within=2) == hub.ENDED


@plays
async def test_t01_member_who_leaves_is_closed_within_two_seconds(member, closed, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(member), f"community.{closed.public_id}") as tab:
        await commit(leave, person=member, community=closed)

        assert await tab.closed(within=2) == hub.ENDED


@plays
async def test_t04_host_who_is_lowered_is_closed_and_who_is_raised_is_not(owner, member, closed, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(member), f"community.{closed.public_id}") as tab:
        await commit(change_role, actor=owner, community=closed, person=member, role="host")
        assert (await tab.hear(within=2))["topic"] == f"community.{closed.public_id}"

        await commit(change_role, actor=owner, community=closed, person=member, role="member")
        assert await tab.closed(within=2) == hub.ENDED


@plays
async def test_t06_narrowing_takes_the_outsiders_off_and_leaves_the_members(owner, session_of):  # noqa: F811
    community = await sync_to_async(CommunityFactory)(owners=[owner])
    outsider = await sync_to_async(PersonFactory)()
    names = [f"community.{community.public_id}", f"audience.{community.audience.public_id}"]
    async with (
        tab_of(await sync_to_async(session_of)(outsider), *names) as out,
        tab_of(await sync_to_async(session_of)(owner), *names) as inside,
    ):
        await commit(change_kind, actor=owner, community=community, kind="closed")

        refused = {}
        while set(refused) != set(names):
            refused |= (await out.hear(within=2)).get("refused", {})
        assert set(refused.values()) == {hub.UNREADABLE}
        assert (await inside.hear(within=2))["topic"] == names[0]


@plays
async def test_deletion_closes_the_sockets_of_its_members(owner, member, closed, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(member), f"community.{closed.public_id}") as tab:
        await commit(delete_community, actor=owner, community=closed)

        while (frame := await tab.wire.receive_output(2))["type"] != "websocket.close":
            assert "refused" in frame["text"]
        assert frame["code"] == hub.ENDED


@plays
async def test_l105_frames_of_a_feed_hold_public_ids_and_versions_of_one_row(owner, session_of):  # noqa: F811
    """What is new in a space is said without a number: the key of a post counts those of every other space."""
    community = await sync_to_async(CommunityFactory)(owners=[owner])
    writer = await sync_to_async(PersonFactory)()
    await sync_to_async(joined)(community.audience, writer)
    feed = f"audience.{community.audience.public_id}"
    async with tab_of(await sync_to_async(session_of)(owner), feed) as tab:
        post = await commit(publish_post, author=writer, audience=community.audience, body="Bonjour")
        assert await tab.hear(within=2) == {"topic": feed, "id": community.audience.public_id, "version": ""}

        await tab.watch(f"post.{post.public_id}")
        await commit(publish_comment, author=writer, post=post, body="Oui")
        assert await tab.hear(within=2) == {
            "topic": f"post.{post.public_id}",
            "id": post.public_id,
            "version": live.shown_version("post", post.public_id, 2),
        }
        assert (await tab.watch(f"post.{post.pk}"))["watching"] == []
