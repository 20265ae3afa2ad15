"""The page of a pair hears of its two people, and of nobody else; a pair that ended or was frozen is heard no more."""

import pytest
from asgiref.sync import sync_to_async

from mentoring.models import MentoringPair
from mentoring.services.pairs import end_pair, settle_lines
from rse.notify import hub, live
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mentoring import goal_in, note_in, pair_of
from tests.notify.conftest import _own_layer, _transaction_of_the_test_stays_open, session_of  # noqa: F401 - fixtures of sockets
from tests.notify.tabs import Tab, commit, plays, tab_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return MentoringPair.objects.select_related("mentor", "mentee").get(pk=pair_of().pk)


def topic(pair):
    return f"pair.{pair.public_id}"


@plays
async def test_l12_nobody_else_watches_a_pair(pair, session_of):  # noqa: F811
    colleague = await sync_to_async(PersonFactory)(is_superuser=True)
    tab = Tab(await sync_to_async(session_of)(colleague))
    await tab.open()

    answer = await tab.watch(topic(pair), "pair.nothing", f"pair.{pair.pk}")

    assert (answer["watching"], set(answer["refused"].values())) == ([], {hub.UNREADABLE})
    await tab.leave()


@plays
async def test_other_half_hears_of_a_goal_and_of_a_shared_note_and_not_of_a_private_one(pair, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(pair.mentor), topic(pair)) as tab:
        await commit(note_in, pair, pair.mentee, "mine")
        assert await tab.is_silent(0.4)

        await commit(goal_in, pair, pair.mentee)
        frame = await tab.hear(within=2)

    assert (frame["topic"], frame["version"]) == (topic(pair), live.shown_version("pair", pair.public_id, 2))
    assert "canari" not in str(frame)


async def refused(tab, name):
    """The frame that takes ``name`` from the tab; other topics of the page may speak before it."""
    for _frame in range(5):
        frame = await tab.hear(within=2)
        if name in frame.get("refused", {}):
            return frame["refused"][name]
    return None


@plays
async def test_l12_ended_pair_is_taken_from_both(pair, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(pair.mentor), topic(pair)) as tab:
        await commit(end_pair, actor=pair.mentee, pair=pair)

        assert await refused(tab, topic(pair)) == hub.UNREADABLE


@plays
async def test_l12_frozen_pair_is_taken_from_both(pair, session_of):  # noqa: F811
    async with tab_of(await sync_to_async(session_of)(pair.mentee), topic(pair)) as tab:
        await sync_to_async(put_under)(pair.mentee, pair.mentor)
        await commit(settle_lines)

        assert await refused(tab, topic(pair)) == hub.UNREADABLE
