"""Pages that show a journey hear that it changed; who may no longer read it hears nothing more."""

import pytest
from asgiref.sync import sync_to_async

from onboarding.models import Journey
from onboarding.services import buddies, cohorts, steps
from rse.notify import hub
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import JourneyFactory, step_of
from tests.notify.conftest import _own_layer, _transaction_of_the_test_stays_open, session_of  # noqa: F401 - fixtures of sockets
from tests.notify.tabs import Tab, commit, plays, tab_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey():
    newcomer = PersonFactory()
    put_under(newcomer, PersonFactory())
    return JourneyFactory(newcomer=newcomer, buddy=PersonFactory())


def topic(journey):
    return f"journey.{journey.public_id}"


@plays
async def test_outsider_watches_no_journey_and_learns_of_none(journey, session_of):  # noqa: F811
    outsider = await sync_to_async(PersonFactory)()
    tab = Tab(await sync_to_async(session_of)(outsider))
    await tab.open()

    answer = await tab.watch(topic(journey), "journey.nothing")

    assert answer["watching"] == []
    assert set(answer["refused"].values()) == {hub.UNREADABLE}
    await tab.leave()


@plays
async def test_buddy_hears_that_a_step_was_ticked(journey, session_of):  # noqa: F811
    step = await sync_to_async(step_of)(journey, "newcomer")
    async with tab_of(await sync_to_async(session_of)(journey.buddy), topic(journey)) as tab:
        await commit(steps.tick_step, actor=journey.newcomer, journey=journey, position=step.position, is_done=True)

        assert (await tab.hear(within=2))["topic"] == topic(journey)


@plays
async def test_x10_former_buddy_is_taken_off_within_two_seconds(journey, session_of):  # noqa: F811
    buddy = journey.buddy
    async with tab_of(await sync_to_async(session_of)(buddy), topic(journey)) as tab:
        await commit(buddies.end_buddy, actor=buddy, journey=journey)

        assert (await tab.hear(within=2))["refused"] == {topic(journey): hub.UNREADABLE}


@plays
async def test_t05_former_manager_is_taken_off_when_the_file_was_followed(journey, session_of):  # noqa: F811
    before = await sync_to_async(PersonFactory)()
    await sync_to_async(put_under)(journey.newcomer, before)
    async with tab_of(await sync_to_async(session_of)(before), topic(journey)) as tab:
        await sync_to_async(lambda: put_under(journey.newcomer, PersonFactory()))()
        await commit(cohorts.follow_organisation)

        assert (await tab.hear(within=2))["refused"] == {topic(journey): hub.UNREADABLE}
    assert await sync_to_async(Journey.objects.count)() == 1
