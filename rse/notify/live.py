"""Say that something changed. Callable from services, subscribers and any thread; effective on commit; never fails or delays its caller.

Nothing true travels here: a poke that is lost costs a page nothing but the wait for its slow polling.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Iterable
from functools import partial
from typing import Any

import structlog
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction
from django.utils.crypto import salted_hmac

from . import hub, socket_sessions, topics

log = structlog.get_logger(__name__)

LIMIT = 0.5  # seconds that the layer has for one message
MOST_FAILURES = 5  # in a row, before it is left alone
LEFT_ALONE = 10.0  # seconds
SHOWN = 16  # characters of a version on a page
MOST_PENDING = 1000  # messages on their way out of this process


def poke(topic: str, row_id: Any = None, version: int = 0) -> None:
    """Tell, on commit, the pages that watch ``topic.row_id`` that it changed.

    ``version``, of that row alone, lets a page that shows that version already stay still.
    """
    _on_commit({"type": "live.poke", "topic": topics.name_of(topic, row_id), "version": shown_version(topic, row_id, version)})


def shown_version(topic: str, row_id: Any, version: int) -> str:
    """Return ``version`` of a row as pages and sockets carry it: a keyed hash, the same for all its readers; empty for 0.

    It is compared and counts nothing: how often a row was saved would tell of acts that its reader may not know of.
    """
    if not version:
        return ""
    return salted_hmac("maillage live", f"{topics.name_of(topic, row_id)} {version}", algorithm="sha256").hexdigest()[:SHOWN]


def recheck(topic: str, row_id: Any = None) -> None:
    """Take, on commit, the topic ``topic.row_id`` from the pages of those who may no longer read it: a member left, a room was closed."""
    _on_commit({"type": "live.recheck", "topic": topics.name_of(topic, row_id)})


def end_people(person_ids: Iterable[int]) -> None:
    """Close, on commit, every socket of these people; a page whose person may stay comes back with what they may read now."""
    _on_commit({"type": "live.end", "people": list(person_ids)})


def end_sessions(session_keys: Iterable[str]) -> None:
    """Close, on commit, the sockets of these sessions; the keys themselves stay in this process."""
    _on_commit({"type": "live.end", "sessions": [socket_sessions.fingerprint(key) for key in session_keys]})


def when_signed_out(sender: Any, request: Any, **_signal: Any) -> None:
    """Close the sockets of the session that signs out; a receiver of Django's signal."""
    if session_key := request.session.session_key:
        end_sessions([session_key])


def _on_commit(message: dict[str, Any]) -> None:
    transaction.on_commit(partial(_hand_over, message), robust=True)


class Outlet:
    """The way from this process to the channel layer, from one loop: counted, limited in time, paused while the layer does not answer."""

    def __init__(self) -> None:
        self.pending = 0
        self.failures = 0
        self.closed_until = 0.0

    async def send(self, message: dict[str, Any]) -> None:
        """Send within the limit, or not at all."""
        now = asyncio.get_running_loop().time
        try:
            if now() < self.closed_until:
                return
            async with asyncio.timeout(LIMIT):
                await get_channel_layer().group_send(hub.GROUP, message)
            self.failures = 0
        except Exception as error:  # noqa: BLE001 - however the layer fails, whoever poked goes on
            self.failures += 1
            if self.failures >= MOST_FAILURES:
                self.closed_until, self.failures = now() + LEFT_ALONE, 0
            log.warning("poke not sent", error=type(error).__name__)
        finally:
            self.pending -= 1


_outlet = Outlet()
_lock = threading.Lock()
_own: dict[int, asyncio.AbstractEventLoop] = {}  # by process: a forked one has the loop and not its thread


def _hand_over(message: dict[str, Any]) -> None:
    """Give ``message`` to the loop that sends: a layer is not safe to be used from another thread."""
    loop = _loop()
    if loop is None or _outlet.pending >= MOST_PENDING:
        return
    _outlet.pending += 1
    asyncio.run_coroutine_threadsafe(_outlet.send(message), loop)


def _loop() -> asyncio.AbstractEventLoop | None:
    """The loop of this process's sockets; without sockets one of our own, unless the layer does not leave this process anyway."""
    if found := hub.running():
        return found.loop
    if isinstance(get_channel_layer(), InMemoryChannelLayer):
        return None
    return _own_loop()


def _own_loop() -> asyncio.AbstractEventLoop:
    with _lock:
        process = os.getpid()
        if process not in _own:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="live", daemon=True).start()
            _own.clear()
            _own[process] = loop
            _outlet.pending = 0
            atexit.register(_flush, loop)
        return _own[process]


def _flush(loop: asyncio.AbstractEventLoop) -> None:
    """Let what a short-lived process said still leave it."""

    async def drained() -> None:
        while _outlet.pending:  # noqa: ASYNC110 - counted from many threads
            await asyncio.sleep(0.01)

    try:
        asyncio.run_coroutine_threadsafe(drained(), loop).result(LIMIT)
    except Exception as error:  # noqa: BLE001 - the process ends either way
        log.info("pokes not flushed", error=type(error).__name__)
