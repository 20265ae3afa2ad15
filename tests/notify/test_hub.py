import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from rse.core.models import Audience
from rse.notify import hub, live, topics
from rse.notify.socket_sessions import Visitor
from tests.factories import AudienceFactory, PersonFactory

from .tabs import commit, plays, settle, tab_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thing():
    """A topic that everyone may watch."""
    topics.register("thing", readable=lambda person, ids: ids, readers=lambda row_id, people: people)


class Page:
    """The server's end of a tab that takes what it is given."""

    def __init__(self, number=1):
        self.heard, self.codes = [], []
        self.socket = hub.Socket(Visitor(number, f"session-{number}", ""), self.send)

    async def send(self, message):
        (self.codes if message["type"] == "websocket.close" else self.heard).append(message.get("text", message.get("code")))


class StuckPage(Page):
    async def send(self, message):
        if message["type"] == "websocket.close":
            self.codes.append(message["code"])
        else:
            await asyncio.sleep(3600)


def crowd_of(*pages, name="thing.1"):
    crowd = hub.here()
    for page in pages:
        crowd.join(page.socket)
        crowd.watch(page.socket, name)
    return crowd


@plays
async def test_pokes_of_one_topic_come_at_once_then_once_a_second_and_the_last_one_wins(monkeypatch):
    monkeypatch.setattr(hub, "BETWEEN_POKES", 0.3)
    page = Page()
    crowd = crowd_of(page)

    for version in range(1, 51):
        crowd._hear({"type": "live.poke", "topic": "thing.1", "version": version})
        if version == 1:
            await settle()
    assert [json.loads(text)["version"] for text in page.heard] == [1]
    await asyncio.sleep(0.5)

    assert [json.loads(text)["version"] for text in page.heard] == [1, 50]


@plays
async def test_one_frame_is_built_for_all(monkeypatch):
    built = []
    original = hub._text
    monkeypatch.setattr(hub, "_text", lambda frame: built.append(frame) or original(frame))
    pages = [Page(number) for number in range(500)]

    await crowd_of(*pages)._deliver("thing.1", {"version": 1})

    assert len(built) == 1
    assert [len(page.heard) for page in pages] == [1] * 500


@pytest.mark.parametrize("watchers", [1, 3])
def test_rights_of_all_watchers_cost_the_same_few_queries(watchers, django_assert_num_queries):
    topics.register_rows("room", Audience)
    people = PersonFactory.create_batch(3)
    room = AudienceFactory(members=people[:watchers])
    visitors = [Visitor(person.pk, "", "") for person in people]

    with django_assert_num_queries(2):  # the row, who among the watchers reads it
        readers, allowed = async_to_sync(hub._read_readers)(f"room.{room.public_id}", visitors)

    assert readers == {person.pk for person in people[:watchers]}
    assert allowed is None


@plays
async def test_others_get_their_turn_between_slices():
    order = []
    pages = [Page(number) for number in range(hub.SLICE * 3)]
    crowd = crowd_of(*pages)

    async def other():
        while len(order) < 3:
            order.append(sum(bool(page.heard) for page in pages))
            await asyncio.sleep(0)

    await asyncio.gather(crowd.write([page.socket for page in pages], {"type": "websocket.send", "text": "x"}), other())

    assert order == [hub.SLICE, hub.SLICE * 2, hub.SLICE * 3]


@plays
async def test_f20_page_that_does_not_read_is_closed_and_the_others_are_served():
    before, stuck, after = Page(1), StuckPage(2), Page(3)
    crowd = crowd_of(before, stuck, after)
    started = asyncio.get_running_loop().time()

    await crowd._deliver("thing.1", {"version": 1})
    await settle()

    assert asyncio.get_running_loop().time() - started < 1
    assert stuck.codes == [hub.SLOW]
    assert len(before.heard) == len(after.heard) == 1
    assert stuck.socket not in crowd.sockets


@plays
async def test_f20_page_that_says_nothing_is_asked_and_then_closed(monkeypatch):
    monkeypatch.setattr(hub, "SESSIONS_EVERY", 0.05)
    monkeypatch.setattr(hub, "ANSWER_WITHIN", 0.2)
    monkeypatch.setattr(hub.socket_sessions, "over", lambda visitors: set())
    page = Page()
    crowd = crowd_of(page)

    await crowd.write([page.socket] * hub.UNHEARD, {"type": "websocket.send", "text": "x"})
    await settle()
    assert page.heard[-1] == '{"ping":1}'
    await asyncio.sleep(0.5)

    assert page.codes == [hub.SLOW]


@plays
async def test_page_that_answers_stays(session_of):
    person = await sync_to_async(PersonFactory)()
    async with tab_of(await sync_to_async(session_of)(person), "thing.1") as tab:
        socket = next(iter(hub.here().sockets))
        socket.unheard, socket.asked_at = hub.UNHEARD, 0.0
        await tab.say({"pong": 1})
        await settle()

        assert socket.asked_at is None
        assert socket.is_open


@plays
async def test_x11_rights_that_cannot_be_read_deliver_nothing_and_are_asked_again(monkeypatch):
    monkeypatch.setattr(hub, "BETWEEN_POKES", 0.1)
    tries = []

    def readers(row_id, people):
        tries.append(row_id)
        if len(tries) < 3:
            raise LookupError
        return people

    topics.register("shaky", readable=lambda person, ids: ids, readers=readers)
    page = Page()
    crowd_of(page, name="shaky.1")._hear({"type": "live.poke", "topic": "shaky.1", "version": 9})
    await settle()
    assert page.heard == []
    await asyncio.sleep(0.5)

    assert len(page.heard) == 1


@plays
async def test_socket_that_breaks_while_written_to_is_forgotten():
    class Broken(Page):
        async def send(self, message):
            raise ConnectionResetError

    broken, page = Broken(1), Page(2)
    crowd = crowd_of(broken, page)
    await crowd._deliver("thing.1", {"version": 1})

    assert crowd.sockets == {page.socket}


@plays
async def test_server_that_keeps_the_low_codes_closes_with_ours():
    codes = []

    async def send(message):
        if message["code"] < 3000:
            raise ValueError
        codes.append(message["code"])

    await hub.write_close(send, hub.RESTART)

    assert codes == [4012]


def test_poke_waits_for_the_commit_and_dies_with_a_rollback(django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr(live, "_hand_over", sent.append)

    with django_capture_on_commit_callbacks() as callbacks:
        live.poke("thing", 1, 2)
    assert sent == []
    for callback in callbacks:
        callback()

    assert sent == [{"type": "live.poke", "topic": "thing.1", "version": live.shown_version("thing", 1, 2)}]


@plays
async def test_layer_that_fails_costs_no_request_and_is_left_alone_for_a_while(monkeypatch):
    asked = []

    class Dead:
        async def group_send(self, group, message):
            asked.append(message)
            raise ConnectionError

    monkeypatch.setattr(live, "get_channel_layer", Dead)
    outlet = live.Outlet()
    for _ in range(20):
        outlet.pending += 1
        await outlet.send({"type": "live.poke"})

    assert len(asked) == live.MOST_FAILURES
    assert outlet.pending == 0


@plays
async def test_f02_layer_that_hangs_is_given_half_a_second(monkeypatch):
    class Frozen:
        async def group_send(self, group, message):
            await asyncio.sleep(3600)

    monkeypatch.setattr(live, "get_channel_layer", Frozen)
    monkeypatch.setattr(live, "LIMIT", 0.05)
    outlet = live.Outlet()
    outlet.pending += 1
    started = asyncio.get_running_loop().time()
    await outlet.send({"type": "live.poke"})

    assert asyncio.get_running_loop().time() - started < 0.4
    assert outlet.failures == 1


def test_process_without_sockets_says_nothing_to_a_layer_that_stays_in_it():
    assert live._loop() is None


@plays
async def test_poke_that_nobody_watches_reads_nothing(monkeypatch):
    asked = []
    monkeypatch.setattr(hub, "_read_readers", lambda *given: asked.append(given))
    crowd_of(Page())._hear({"type": "live.poke", "topic": "thing.2", "version": 1})
    await settle()

    assert asked == []


@plays
async def test_poke_from_a_thread_arrives(session_of):
    person = await sync_to_async(PersonFactory)()
    async with tab_of(await sync_to_async(session_of)(person), "thing.1") as tab:
        await asyncio.get_running_loop().run_in_executor(None, live._hand_over, {"type": "live.poke", "topic": "thing.1", "version": 4})

        assert (await tab.hear(within=0.5))["version"] == 4


@plays
async def test_l12_what_is_committed_after_the_end_of_a_session_is_not_heard(session_of):
    person = await sync_to_async(PersonFactory)()
    session = await sync_to_async(session_of)(person)
    async with tab_of(session, "thing.1") as tab:

        def end():
            live.end_sessions([session.session_key])
            live.poke("thing", 1, 1)

        await commit(end)

        assert await tab.closed() == hub.ENDED
        assert await tab.is_silent()


def test_version_on_a_page_is_compared_and_counts_nothing():
    shown = {live.shown_version(topic, row, version) for topic in ("thing", "room") for row in (1, 2) for version in (1, 2, 3)}

    assert len(shown) == 12
    assert {len(one) for one in shown} == {16}
    assert live.shown_version("thing", 1, 2) == live.shown_version("thing", 1, 2)
    assert live.shown_version("thing", 1, 0) == ""
