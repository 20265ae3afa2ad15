"""A browser's tab as the server sees it: a handshake with headers, frames, a close."""

import asyncio
import inspect
import json
from contextlib import asynccontextmanager

from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import transaction
from django.test import TestCase

from rse.asgi import application

HOST = "testserver"


class Tab:
    """One socket. ``await open()`` tells whether it was let in; then ``hear`` frames, or ``closed`` for the code."""

    def __init__(self, session=None, *, origin=f"http://{HOST}", host=HOST, path="/ws/", headers=()):
        cookie = [(b"cookie", f"sessionid={session.session_key}".encode())] if session else []
        origins = [(b"origin", origin.encode())] if origin is not None else []
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", host.encode()), *origins, *cookie, *headers],
            "subprotocols": [],
            "client": ["127.0.0.1", 50000],
        }
        self.wire = ApplicationCommunicator(application, scope)

    async def open(self):
        await self.wire.send_input({"type": "websocket.connect"})
        answer = await self.wire.receive_output(timeout=3)
        if answer["type"] == "websocket.close":
            await self.wire.wait()
            return None
        return await self.hear()

    async def hear(self, within=3):
        message = await self.wire.receive_output(within)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def say(self, frame):
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def watch(self, *names, after=None):
        await self.say({"watch": list(names)} | ({} if after is None else {"after": after}))
        return await self.hear()

    async def closed(self, within=3):
        message = await self.wire.receive_output(within)
        assert message["type"] == "websocket.close", message
        return message["code"]

    async def is_silent(self, seconds=0.15):
        return await self.wire.receive_nothing(seconds)

    async def leave(self):
        if not self.wire.future.done():
            await self.wire.send_input({"type": "websocket.disconnect", "code": 1001})
            await self.wire.wait()


@asynccontextmanager
async def tab_of(session, *names, **options):
    """An open tab that watches ``names``."""
    tab = Tab(session, **options)
    assert (await tab.open())["hello"] is True
    if names:
        assert (await tab.watch(*names))["watching"] == list(names)
    try:
        yield tab
    finally:
        await tab.leave()


def plays(scenario):
    """Run an async test in a loop of its own, its database in the test's own thread and transaction."""

    def test(**fixtures):
        async_to_sync(scenario)(**fixtures)

    test.__name__, test.__doc__ = scenario.__name__, scenario.__doc__
    test.__signature__ = inspect.signature(scenario)
    return test


@sync_to_async
def commit(act, *args, **kwargs):
    """Do ``act`` as a request would, and what its commit would do."""
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        return act(*args, **kwargs)


async def settle():
    """Let what was handed to the loop be done."""
    for _ in range(20):
        await asyncio.sleep(0.005)
