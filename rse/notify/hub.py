"""The sockets of one process and the one subscription that feeds them.

A channel layer message per process, then one frame built once and written to each socket in turn: one message per socket does not scale
and loses some. The layer may lose anything: every page also polls slowly, and what ends a session is looked for in the database as well.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from . import socket_sessions, topics

log = structlog.get_logger(__name__)

GROUP = "live"
SLICE = 50  # sockets written to before others get their turn: a request needs many turns
PATIENCE = 0.25  # seconds that one slice may take before the socket it waits for counts as stuck
MOST_SOCKETS = 10  # of one person in one process
UNHEARD = 100  # frames written to a page that says nothing before it is asked whether it reads
ANSWER_WITHIN = 15  # seconds it has to answer
BETWEEN_POKES = 1.0  # seconds between two pokes of one topic
SESSIONS_EVERY = 1.4  # seconds between two looks at the sessions
LOOKED_AT_ONCE = 500  # sockets whose sessions are looked at in one go
RENEWED_EVERY = 20  # looks at the sessions between two subscriptions to the layer
MOST_TRIES = 30

ENDED, UNREADABLE, SLOW, POLL, TOO_FAST, MALFORMED, TOO_BIG, RESTART = 4401, 4404, 4408, 4409, 4429, 4400, 1009, 1012
STEP_UP = 4403

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Socket:
    """One tab: who opened it, what it watches, and how to write to it."""

    __slots__ = ("asked_at", "is_open", "names", "send", "unheard", "visitor")

    def __init__(self, visitor: socket_sessions.Visitor, send: Send):
        self.visitor, self.send = visitor, send
        self.names: set[str] = set()
        self.is_open = True
        self.unheard = 0
        self.asked_at: float | None = None

    async def say(self, **frame: Any) -> None:
        await self.send(_text(frame))


def _text(frame: dict[str, Any]) -> dict[str, Any]:
    return {"type": "websocket.send", "text": json.dumps(frame, separators=(",", ":"))}


class Hub:
    """All sockets of the process that runs ``loop``."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.is_subscribed = asyncio.Event()
        self.sockets: set[Socket] = set()
        self.watching: dict[str, dict[Socket, None]] = defaultdict(dict)
        self.of_person: dict[int, dict[Socket, None]] = defaultdict(dict)
        self._waiting: dict[str, dict[str, Any]] = {}
        self._delivering: set[str] = set()
        self._renew: Callable[[], Awaitable[None]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._keep(self._listen())
        self._keep(self._look_after())

    def _keep(self, work: Any) -> None:
        """Run ``work`` and hold on to it: the loop itself does not."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Sockets come and go

    def join(self, socket: Socket) -> None:
        """Take a socket in; beyond ten of one person, the oldest is told to poll."""
        self.sockets.add(socket)
        own = self.of_person[socket.visitor.person_id]
        own[socket] = None
        if len(own) > MOST_SOCKETS:
            self.close(next(iter(own)), POLL)

    def leave(self, socket: Socket) -> None:
        """Forget a socket; nothing is written to it any more."""
        socket.is_open = False
        self.sockets.discard(socket)
        for name in list(socket.names):
            self.unwatch(socket, name)
        own = self.of_person.get(socket.visitor.person_id)
        if own is not None:
            own.pop(socket, None)
            if not own:
                del self.of_person[socket.visitor.person_id]

    def watch(self, socket: Socket, name: str) -> None:
        socket.names.add(name)
        self.watching[name][socket] = None

    def unwatch(self, socket: Socket, name: str) -> None:
        socket.names.discard(name)
        watchers = self.watching.get(name)
        if watchers is not None:
            watchers.pop(socket, None)
            if not watchers:
                del self.watching[name]

    def close(self, socket: Socket, code: int) -> None:
        """End a socket: from here on it gets nothing but the close."""
        if socket.is_open:
            self.leave(socket)
            self._keep(self._write_close(socket, code))

    async def _write_close(self, socket: Socket, code: int) -> None:
        try:
            async with asyncio.timeout(5):
                await write_close(socket.send, code)
        except Exception as error:  # noqa: BLE001 - a socket that cannot even be closed is the server's to reap
            log.info("socket not closed", error=type(error).__name__, code=code)

    # What the layer brings

    async def _listen(self) -> None:
        while True:
            try:
                layer = get_channel_layer()
                channel = await layer.new_channel("live")
                await layer.group_add(GROUP, channel)
                self._renew = partial(layer.group_add, GROUP, channel)
                self.is_subscribed.set()
                while True:
                    self._hear(await layer.receive(channel))
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 - without the layer pages poll; it is asked again until it answers
                log.warning("channel layer lost", error=type(error).__name__)
                self.is_subscribed.clear()
                await asyncio.sleep(2)

    def _hear(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "live.poke":
                self._poke(message)
            case "live.recheck":
                self._keep(self._recheck(message["topic"]))
            case "live.end":
                self._end(set(message.get("people", ())), set(message.get("sessions", ())))

    def _end(self, people: set[int], fingerprints: set[str]) -> None:
        for person_id in people:
            for socket in list(self.of_person.get(person_id, ())):
                self.close(socket, ENDED)
        if fingerprints:
            for socket in list(self.sockets):
                if socket_sessions.fingerprint(socket.visitor.session_key) in fingerprints:
                    self.close(socket, ENDED)

    # Pokes

    def _poke(self, message: dict[str, Any]) -> None:
        name = message["topic"]
        if name in self.watching:
            self._waiting[name] = message
            if name not in self._delivering:
                self._delivering.add(name)
                self._keep(self._deliver_while_poked(name))

    async def _deliver_while_poked(self, name: str) -> None:
        """At once, then at most once a second: of several pokes the last one wins, and is always delivered."""
        tries = 0
        try:
            while name in self._waiting:
                message = self._waiting.pop(name)
                try:
                    await self._deliver(name, message)
                    tries = 0
                except Exception as error:  # noqa: BLE001 - rights that cannot be read are no rights: nothing is sent, and it is tried again
                    tries += 1
                    log.warning("poke not delivered", error=type(error).__name__, tries=tries)
                    if tries < MOST_TRIES:
                        self._waiting.setdefault(name, message)
                await asyncio.sleep(BETWEEN_POKES)
        finally:
            self._delivering.discard(name)

    async def _deliver(self, name: str, message: dict[str, Any]) -> None:
        readers = await self._readers(name)
        if readers:
            shown = topics.shown_name(name)
            frame = {"topic": shown, "id": shown.partition(".")[2] or None, "version": message["version"]}
            await self.write(readers, _text(frame))

    async def _recheck(self, name: str) -> None:
        try:
            await self._readers(name)
        except Exception as error:  # noqa: BLE001 - each delivery asks again, so nothing leaks meanwhile
            log.warning("rights not read", error=type(error).__name__)

    async def _readers(self, name: str) -> list[Socket]:
        """The sockets that may still watch ``name``; the others leave the topic and are told so."""
        watchers = list(self.watching.get(name, ()))
        people, allowed = await _read_readers(name, [socket.visitor for socket in watchers])
        still: list[Any] = []
        lost: list[Any] = []
        for socket in watchers:
            visitor = socket.visitor
            (still if visitor.person_id in people and (allowed is None or visitor.session_key in allowed) else lost).append(socket)
        for socket in lost:
            self.unwatch(socket, name)
        if lost:
            await self.write(lost, _text({"refused": {topics.shown_name(name): UNREADABLE}}))
        return still

    async def write(self, sockets: list[Socket], message: dict[str, Any]) -> None:
        """Write one frame to each of ``sockets``, in slices; one that does not take it in time is closed and the others go on."""
        for start in range(0, len(sockets), SLICE):
            rest = iter(sockets[start : start + SLICE])
            while not await self._write_slice(rest, message):
                pass
            await asyncio.sleep(0)

    async def _write_slice(self, rest: Iterable[Socket], message: dict[str, Any]) -> bool:
        """Write until the end, which is true, or until a socket is stuck."""
        socket = None
        try:
            async with asyncio.timeout(PATIENCE):
                for socket in rest:
                    if not socket.is_open:
                        continue
                    try:
                        await socket.send(message)
                    except Exception:  # noqa: BLE001 - however a server says that this one is gone
                        self.leave(socket)
                    else:
                        socket.unheard += 1
                        if socket.unheard == UNHEARD:
                            socket.asked_at = self.loop.time()
                            self._keep(self._ask(socket))
        except TimeoutError:
            if socket is not None:
                self.close(socket, SLOW)
            return False
        return True

    async def _ask(self, socket: Socket) -> None:
        """Ask a silent page whether it reads: a server that buffers without end does not say."""
        await self.write([socket], _text({"ping": 1}))

    # What nobody told us

    async def _look_after(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(SESSIONS_EVERY)
            rounds += 1
            self._close_silent()
            if not self.sockets:
                continue
            try:
                await self._close_over()
                if rounds % RENEWED_EVERY == 0 and self._renew:
                    await self._renew()  # the layer forgets, or lost it
            except Exception as error:  # noqa: BLE001 - the next round looks again
                log.warning("round of the sockets not done", error=type(error).__name__)

    def _close_silent(self) -> None:
        now = self.loop.time()
        for socket in [one for one in self.sockets if one.asked_at is not None and now - one.asked_at > ANSWER_WITHIN]:
            self.close(socket, SLOW)

    async def _close_over(self) -> None:
        sockets = list(self.sockets)
        for start in range(0, len(sockets), LOOKED_AT_ONCE):
            some = sockets[start : start + LOOKED_AT_ONCE]
            over = await database_sync_to_async(socket_sessions.over)({socket.visitor for socket in some})
            for socket in some:
                if socket.visitor in over:
                    self.close(socket, ENDED)
            await asyncio.sleep(0.01)  # requests go first


@database_sync_to_async
def _read_readers(name: str, visitors: list[socket_sessions.Visitor]) -> tuple[set[int], set[str] | None]:
    people = topics.readers_among(name, {one.person_id for one in visitors})
    rule = topics.session_rule(name)
    allowed = None
    if rule is not None:
        allowed = {key for key, data in socket_sessions.data_of({one.session_key for one in visitors}).items() if rule(data)}
    return people, allowed


async def write_close(send: Send, code: int) -> None:
    """Close with ``code``; a server that keeps the codes under 3000 to itself closes with the same one from 4000 on."""
    try:
        await send({"type": "websocket.close", "code": code})
    except Exception:
        if code >= 3000:
            raise
        await send({"type": "websocket.close", "code": code + 3000})


_started: list[Hub] = []  # the one of this process; in tests, the last of many loops


def here() -> Hub:
    """Return the hub of the running loop, started by the first socket."""
    loop = asyncio.get_running_loop()
    if not _started or _started[0].loop is not loop:
        _started[:] = [Hub(loop)]
    return _started[0]


def running() -> Hub | None:
    """Return the hub of this process, if its loop runs."""
    return next((one for one in _started if one.loop.is_running()), None)
