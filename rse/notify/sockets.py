"""The socket of a tab, at ``/ws/``: it says that something changed, and pages ask what over HTTP.

    to the page     {"hello": true}
                    {"watching": [names], "refused": {name: code}}
                    {"topic": name, "id": public id, "version": text}   compared with what the page shows; may be empty
                    {"refused": {name: 4404}}      a right that has ended
                    {"ping": 1}                    is anybody reading
    from the page   {"watch": [names]} {"unwatch": [names]} {"pong": 1}

No frame holds a number that people share: how far the company has come would tell each what the others did. A page that comes back asks its
ordinary views again instead.

Closed with 4401 signed out, 4408 does not read, 4409 too many tabs (poll, do not come back), 4429 too fast, 4400 not what is spoken here,
1009 too big, 1012 the server restarts. Plain ASGI: any server may carry it.
"""

from __future__ import annotations

import asyncio
import json
from http.cookies import CookieError
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.http import parse_cookie

from rse.core.web.limits import TooOften, count

from . import hub, socket_sessions, topics
from .origins import is_ours

PATH = "/ws/"
MOST_BYTES = 64 * 1024
MOST_FRAMES = 20  # a second
MOST_TOPICS = 200  # of one socket
LONGEST_NAME = 120  # no topic is longer
HANDSHAKES = 10  # a minute and person
LAYER_WITHIN = 2.0  # seconds to wait for the subscription of this process


class Refused(Exception):
    """The socket closes with ``code``."""

    def __init__(self, code: int):
        self.code = code
        super().__init__(code)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve one socket from its handshake to its end; an ASGI application."""
    if (await receive())["type"] != "websocket.connect":
        return
    is_hasty = False
    try:
        visitor = await _admit(_session_key(scope)) if scope["path"] == PATH and is_ours(scope) else None
    except TooOften:
        visitor, is_hasty = None, True
    if visitor is None and not is_hasty:
        await send({"type": "websocket.close", "code": 4403})
        return
    await send({"type": "websocket.accept"})
    if visitor is None:  # a refused handshake would be an error in the browser; a close with a reason is a word to its script
        await hub.write_close(send, hub.TOO_FAST)
        return
    crowd = hub.here()
    socket = hub.Socket(visitor, send)
    crowd.join(socket)
    try:
        await _converse(crowd, socket, receive)
    except Refused as refusal:
        if socket.is_open:
            crowd.leave(socket)
            await hub.write_close(send, refusal.code)
    except asyncio.CancelledError:
        if socket.is_open:
            crowd.leave(socket)
            await hub.write_close(send, hub.RESTART)
            await asyncio.sleep(0.05)  # so that it leaves before the server does
        raise
    finally:
        crowd.leave(socket)


def _session_key(scope: dict[str, Any]) -> str | None:
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    try:
        return parse_cookie(b"; ".join(cookies).decode("latin1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None


@database_sync_to_async
def _admit(session_key: str | None) -> socket_sessions.Visitor | None:
    """Whoever may open a socket now.

    Raises:
        TooOften: signed in, and opening one after the other.

    """
    visitor = socket_sessions.visitor_of(session_key)
    if visitor is not None:
        count("sockets", visitor.person_id, per_minute=HANDSHAKES)
    return visitor


async def _converse(crowd: hub.Hub, socket: hub.Socket, receive: Any) -> None:
    try:
        async with asyncio.timeout(LAYER_WITHIN):
            await crowd.is_subscribed.wait()
    except TimeoutError:
        pass  # the page polls until the layer is back
    await socket.say(hello=True)
    second, frames = 0, 0
    while (message := await receive())["type"] != "websocket.disconnect":
        now = int(crowd.loop.time())
        second, frames = (second, frames + 1) if now == second else (now, 1)
        if frames > MOST_FRAMES:
            raise Refused(hub.TOO_FAST)
        if socket.is_open:
            socket.unheard, socket.asked_at = 0, None
            await _answer(crowd, socket, _read(message))


def _read(message: dict[str, Any]) -> dict[str, Any]:
    """What a frame says.

    Raises:
        Refused: it is too long, or is not an object of ours.

    """
    text = message.get("text")
    if len(text.encode() if text is not None else message.get("bytes") or b"") > MOST_BYTES:
        raise Refused(hub.TOO_BIG)
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError) as error:
        raise Refused(hub.MALFORMED) from error
    if not isinstance(said, dict):
        raise Refused(hub.MALFORMED)
    return said


async def _answer(crowd: hub.Hub, socket: hub.Socket, said: dict[str, Any]) -> None:
    person_id = socket.visitor.person_id
    for name in _names(said.get("unwatch", [])):
        crowd.unwatch(socket, topics.kept_name(name, person_id))
    if "watch" in said:
        await _watch(crowd, socket, {topics.kept_name(name, person_id): name for name in _names(said["watch"])})


def _names(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in given):
        raise Refused(hub.MALFORMED)
    return list(dict.fromkeys(given))


async def _watch(crowd: hub.Hub, socket: hub.Socket, names: dict[str, str]) -> None:
    """Watch first, read the rights next, take back what is refused: so no event falls between. ``names`` says how the page calls each."""
    new = [name for name in names if name not in socket.names]
    room = max(MOST_TOPICS - len(socket.names), 0)
    tried, over = new[:room], new[room:]
    for name in tried:
        crowd.watch(socket, name)
    try:
        readable, forbidden = await _rights(socket.visitor, list(names))
    except BaseException:
        for name in tried:
            crowd.unwatch(socket, name)
        raise
    refused = dict.fromkeys((names[name] for name in over), hub.TOO_FAST)
    for name, said in names.items():
        if name in forbidden or name not in readable:
            crowd.unwatch(socket, name)
            refused.setdefault(said, hub.STEP_UP if name in forbidden else hub.UNREADABLE)
    if socket.is_open:
        await socket.say(watching=[said for name, said in names.items() if name in socket.names], refused=refused)


@database_sync_to_async
def _rights(visitor: socket_sessions.Visitor, names: list[str]) -> tuple[set[str], set[str]]:
    """Which of ``names`` may be watched, and which want a second factor first."""
    data = socket_sessions.data_of({visitor.session_key}).get(visitor.session_key, {})
    person = socket_sessions.person_of(data)
    if person is None or person.pk != visitor.person_id:
        return set(), set()
    forbidden = {name for name in names if (rule := topics.session_rule(name)) and not rule(data)}
    readable = topics.readable_names(person, [name for name in names if name not in forbidden])
    return readable, forbidden
