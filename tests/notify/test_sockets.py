import json

import pytest
from asgiref.sync import sync_to_async

from rse.core.enums import Role
from rse.core.models import Audience, AudienceMember, RecordedEvent
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.core.web import stepup
from rse.notify import hub, live, sockets, topics
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory

from .tabs import Tab, commit, plays, settle, tab_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def user():
    return "user"


@plays
async def test_poke_is_a_pointer_and_nothing_else(person, user, session_of):
    async with tab_of(await sync_to_async(session_of)(person), user) as tab:
        await commit(live.poke, "user", person.pk, 7)
        frame = await tab.hear()

    assert frame == {"topic": "user", "id": None, "version": live.shown_version("user", person.pk, 7)}


@plays
async def test_l11_anonymous_and_who_left_are_refused_the_handshake(session_of):
    gone = await sync_to_async(PersonFactory)(left=True)

    assert await Tab().open() is None
    assert await Tab(await sync_to_async(session_of)(gone)).open() is None


@plays
async def test_l13_expected_person_watches_themselves_and_not_the_company(session_of):
    hire = await sync_to_async(PersonFactory)(expected=True)
    tab = Tab(await sync_to_async(session_of)(hire))
    await tab.open()

    answer = await tab.watch("user", "system")

    assert answer["watching"] == ["user"]
    assert answer["refused"] == {"system": 4404}
    await tab.leave()


@plays
async def test_l11_hidden_absent_malformed_and_unknown_topics_are_refused_alike(person, session_of):
    topics.register_rows("room", Audience)
    room = await sync_to_async(AudienceFactory)(secret=True)
    own = f"user.{person.pk}"
    absent = [
        "room.999999",
        "room.01",
        "room.",
        "room",
        "room.1.2",
        "room.x",
        "nothing.1",
        own,
        "user.",
        "user.1 ",
        "",
        "système",
        "system.",
    ]
    names = [f"room.{room.public_id}", *absent]
    tab = Tab(await sync_to_async(session_of)(person))
    await tab.open()

    answers = [await tab.watch(name) for name in names]

    for name, answer in zip(names, answers, strict=True):
        assert answer == {"watching": [], "refused": {name: 4404}}
    await commit(live.poke, "room", room.public_id, 1)
    assert await tab.is_silent()
    await tab.leave()


@plays
async def test_l12_member_who_was_removed_hears_nothing_more_and_is_told(session_of):
    topics.register_rows("room", Audience)
    member, other = await sync_to_async(PersonFactory.create_batch)(2)
    room = await sync_to_async(AudienceFactory)(members=[member, other])
    name = f"room.{room.public_id}"
    async with tab_of(await sync_to_async(session_of)(member), name) as tab, tab_of(await sync_to_async(session_of)(other), name) as stays:

        def remove():
            AudienceMember.objects.filter(person=member).delete()
            live.recheck("room", room.public_id)

        await commit(remove)
        assert await tab.hear() == {"refused": {name: 4404}}
        await commit(live.poke, "room", room.public_id, 3)

        assert (await stays.hear())["version"] == live.shown_version("room", room.public_id, 3)
        assert await tab.is_silent()


@plays
async def test_l12_right_that_ended_without_a_word_is_found_at_the_delivery(session_of):
    topics.register_rows("room", Audience)
    member = await sync_to_async(PersonFactory)()
    room = await sync_to_async(AudienceFactory)(members=[member])
    async with tab_of(await sync_to_async(session_of)(member), f"room.{room.public_id}") as tab:
        await sync_to_async(AudienceMember.objects.all().delete)()
        await commit(live.poke, "room", room.public_id, 3)

        assert await tab.hear() == {"refused": {f"room.{room.public_id}": 4404}}
        assert await tab.is_silent()


@plays
async def test_l12_deactivated_person_is_closed_and_hears_nothing(person, user, session_of):
    async with tab_of(await sync_to_async(session_of)(person), user) as tab:
        await commit(deactivate, person_ids=[person.pk])
        await commit(live.poke, "user", person.pk, 1)

        assert await tab.closed(within=2) == hub.ENDED
        assert await tab.is_silent()


@plays
async def test_l12_role_that_ends_closes_the_sockets(person, user, session_of):
    admin = await sync_to_async(PersonFactory)(role=Role.ADMINISTRATOR)
    grant = await sync_to_async(RoleGrantFactory)(person=person, role=Role.EDITOR)
    async with tab_of(await sync_to_async(session_of)(person), user) as tab:
        await commit(end_role, ender=admin, grant=grant)

        assert await tab.closed(within=2) == hub.ENDED


@plays
async def test_l12_signing_out_closes_the_sockets_of_that_session_only(person, user, signed_in, session_of):
    browser = await sync_to_async(signed_in)(person)
    async with tab_of(browser.session, user) as tab, tab_of(await sync_to_async(session_of)(person), user) as elsewhere:
        await sync_to_async(browser.post)("/account/logout/")

        assert await tab.closed(within=2) == hub.ENDED
        await commit(live.poke, "user", person.pk, 1)
        assert (await elsewhere.hear())["version"] == live.shown_version("user", person.pk, 1)


def _delete(session, person):
    session.delete()


def _change_password(session, person):
    person.set_password("another correct horse battery")
    person.save(update_fields=["password"])


def _leave_without_a_hook(session, person):
    type(person).objects.filter(pk=person.pk).update(state="left")


@pytest.mark.parametrize("end", [_delete, _change_password, _leave_without_a_hook])
def test_l12_session_that_ended_without_a_word_is_found_within_two_seconds(end, session_of, monkeypatch):
    person = PersonFactory()
    session = session_of(person)

    @plays
    async def scenario():
        async with tab_of(session, "user") as tab:
            await sync_to_async(end)(session, person)
            assert await tab.closed(within=2) == hub.ENDED

    scenario()


@plays
async def test_l16_topic_that_wants_a_second_step_answers_4403_and_is_asked_again_at_the_delivery(session_of):
    topics.register_rows("plan", Audience, session_allows=stepup.stepped_up)
    holder = await sync_to_async(PersonFactory)()
    room = await sync_to_async(AudienceFactory)(members=[holder])
    name = f"plan.{room.public_id}"
    plain = Tab(await sync_to_async(session_of)(holder))
    await plain.open()
    assert (await plain.watch(name, "plan.nothing"))["refused"] == {name: 4403, "plan.nothing": 4403}

    session = await sync_to_async(session_of)(holder)
    stepup.prove(session, holder)
    await sync_to_async(session.save)()
    async with tab_of(session, name) as tab:
        await commit(live.poke, "plan", room.public_id, 1)
        assert (await tab.hear())["version"] == live.shown_version("plan", room.public_id, 1)
        stepup.forget(session)
        await sync_to_async(session.save)()
        await commit(live.recheck, "plan", room.public_id)
        assert await tab.hear() == {"refused": {name: 4404}}
    await plain.leave()


ORIGINS = {
    "own": ("http://testserver", "testserver", True),
    "own_with_port": ("http://testserver:9000", "testserver:9000", True),
    "own_with_the_default_port": ("http://testserver", "testserver:80", True),
    "absent": (None, "testserver", False),
    "null": ("null", "testserver", False),
    "empty": ("", "testserver", False),
    "foreign": ("http://elsewhere.example", "testserver", False),
    "sub_domain": ("http://evil.testserver", "testserver", False),
    "above": ("http://server", "testserver", False),
    "suffix": ("http://testserver.example", "testserver", False),
    "https": ("https://testserver", "testserver", False),
    "other_port": ("http://testserver:8001", "testserver", False),
    "port_of_the_host_only": ("http://testserver", "testserver:9000", False),
    "user_part": ("http://testserver@elsewhere.example", "testserver", False),
    "path": ("http://testserver/", "testserver", False),
    "two": ("http://testserver, http://elsewhere.example", "testserver", False),
    "host_not_ours": ("http://elsewhere.example", "elsewhere.example", False),
}


@pytest.mark.parametrize(("origin", "host", "is_let_in"), ORIGINS.values(), ids=ORIGINS)
def test_l17_only_pages_of_this_site_open_sockets(origin, host, is_let_in, session_of, settings):
    settings.SITE_URL = "http://net.example"
    session = session_of(PersonFactory())

    @plays
    async def scenario():
        tab = Tab(session, origin=origin, host=host)
        assert (await tab.open() is not None) is is_let_in
        await tab.leave()

    scenario()


def test_l17_site_on_https_wants_https(session_of, settings):
    settings.SITE_URL = "https://net.example"
    settings.ALLOWED_HOSTS = ["net.example"]
    session = session_of(PersonFactory())

    @plays
    async def scenario():
        for origin, is_let_in in {"https://net.example": True, "http://net.example": False, "https://net.example:8443": False}.items():
            tab = Tab(session, origin=origin, host="net.example")
            assert (await tab.open() is not None) is is_let_in
            await tab.leave()

    scenario()


@plays
async def test_l17_two_origin_headers_are_nobodys(person, session_of):
    session = await sync_to_async(session_of)(person)

    assert await Tab(session, headers=[(b"origin", b"http://testserver")]).open() is None


@plays
async def test_socket_lives_at_one_address(person, session_of):
    assert await Tab(await sync_to_async(session_of)(person), path="/ws/other").open() is None


@plays
async def test_l18_frame_of_64_kib_is_read_and_one_byte_more_closes(person, session_of):
    session = await sync_to_async(session_of)(person)
    async with tab_of(session) as tab:
        frame = json.dumps({"watch": [], "pad": ""})
        await tab.say(frame[:-2] + "x" * (sockets.MOST_BYTES - len(frame)) + frame[-2:])
        assert (await tab.hear())["watching"] == []

        await tab.say("x" * (sockets.MOST_BYTES + 1))
        assert await tab.closed() == hub.TOO_BIG


MALFORMED = [
    *("", "nonsense", "[]", "1", "[" * 30000),
    *('{"watch": "user"}', '{"watch": [1]}', '{"unwatch": {}}'),
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_frame_that_says_nothing_of_ours_closes(text, session_of):
    session = session_of(PersonFactory())

    @plays
    async def scenario():
        async with tab_of(session) as tab:
            await tab.say(text)
            assert await tab.closed() == hub.MALFORMED

    scenario()


@plays
async def test_a15_flood_of_frames_closes(person, session_of):
    async with tab_of(await sync_to_async(session_of)(person)) as tab:
        for _ in range(60):
            await tab.say({"pong": 1})

        assert await tab.closed() == hub.TOO_FAST


@plays
async def test_a15_eleventh_tab_tells_the_oldest_to_poll(person, user, session_of, monkeypatch):
    monkeypatch.setattr(sockets, "HANDSHAKES", 100)
    session = await sync_to_async(session_of)(person)
    tabs = [Tab(session) for _ in range(12)]
    for tab in tabs:
        await tab.open()

    assert [await tab.closed() for tab in tabs[:2]] == [hub.POLL, hub.POLL]
    assert (await tabs[2].watch(user))["watching"] == [user]
    for tab in tabs:
        await tab.leave()
    assert not hub.here().sockets
    assert not hub.here().watching
    assert not hub.here().of_person


@plays
async def test_a15_eleventh_handshake_of_a_minute_is_closed_without_a_word(person, session_of):
    session = await sync_to_async(session_of)(person)
    for _ in range(10):
        tab = Tab(session)
        assert (await tab.open())["hello"] is True
        await tab.leave()
    for _ in range(2):
        tab = Tab(session)
        await tab.wire.send_input({"type": "websocket.connect"})
        assert (await tab.wire.receive_output(3))["type"] == "websocket.accept"
        assert await tab.closed() == 4429
        await tab.wire.wait()


@plays
async def test_a15_two_hundred_topics_and_no_more(session_of):
    topics.register("thing", readable=lambda person, ids: ids, readers=lambda row_id, people: people)
    tab = Tab(await sync_to_async(session_of)(await sync_to_async(PersonFactory)()))
    await tab.open()

    answer = await tab.watch(*[f"thing.{number}" for number in range(1, 206)])

    assert len(answer["watching"]) == 200
    assert answer["refused"] == {f"thing.{number}": 4429 for number in range(201, 206)}
    await tab.say({"unwatch": ["thing.1"]})
    assert (await tab.watch("thing.201"))["watching"] == ["thing.201"]
    await tab.leave()


@plays
async def test_l105_no_frame_says_how_far_the_company_has_come(person, session_of):
    """Whoever comes back asks what they were looking at; what others did in between has no number here."""
    async with tab_of(await sync_to_async(session_of)(person)) as tab:
        await sync_to_async(RecordedEvent.objects.create)(name="something")

        assert await tab.watch("user", after=1) == {"watching": ["user"], "refused": {}}


@plays
async def test_l105_two_people_watch_themselves_by_the_same_name(person, session_of):
    other = await sync_to_async(PersonFactory)()
    async with (
        tab_of(await sync_to_async(session_of)(person), "user") as tab,
        tab_of(await sync_to_async(session_of)(other), "user") as apart,
    ):
        await commit(live.poke, "user", person.pk)

        assert await tab.hear() == {"topic": "user", "id": None, "version": ""}
        assert await apart.is_silent()


@plays
async def test_server_that_stops_says_so(person, session_of):
    tab = Tab(await sync_to_async(session_of)(person))
    await tab.open()
    tab.wire.future.cancel()

    assert (await tab.wire.output_queue.get()) == {"type": "websocket.close", "code": hub.RESTART}
    await settle()
