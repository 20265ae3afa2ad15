"""Work beside other work: each kind runs in a lane of its own, a thread, and what never ends is left behind and holds up nobody else.

In a worker the lanes are open. Elsewhere (a view, a command, a test) there are none, and what is started runs where it is started.
"""

from __future__ import annotations

import ctypes
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import structlog
from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

MOST_STUCK = 3  # threads of one lane that may be left behind before it is closed, until one of them ends

_guard = threading.Lock()
_lanes: dict[str, Lane] = {}
_left: list[Lane] = []
_open = threading.Event()


class OverTime(BaseException):
    """Ends a thread that was left behind, as soon as it runs Python again."""


class Lane(threading.Thread):
    def __init__(self, name: str, work: Callable[[], object]):
        super().__init__(name=name, daemon=True)
        self.work = work
        self.again = self.is_left = False
        self.ends_at: float | None = None
        self.on_left: Callable[[], object] = lambda: None
        self.connection: Any = None

    def run(self) -> None:
        self.connection = connections["default"]
        try:
            while self._is_wanted():
                self.work()
        except OverTime:
            pass
        except Exception as error:  # whatever broke, the next start begins afresh
            log.exception("work broke off", lane=self.name, error=type(error).__name__)
        finally:
            with _guard:
                if _lanes.get(self.name) is self:
                    del _lanes[self.name]
            with suppress(Exception):  # of a thread that was left behind, the connection was ended already
                connections.close_all()

    def _is_wanted(self) -> bool:
        """Whether the work is to be done, or done again because it was asked for meanwhile; after a no, the lane is free."""
        with _guard:
            wanted, self.again = self.again and not self.is_left, False
            if not wanted and _lanes.get(self.name) is self:
                del _lanes[self.name]
            return wanted


def open_lanes() -> None:
    """From now on, what is started in this process runs in lanes; ``watch`` has to be called several times a second."""
    _open.set()


def are_open() -> bool:
    return _open.is_set()


def close_lanes(*, within: float) -> None:
    """Start nothing more, and wait ``within`` seconds for what runs: whatever does not end rolls back, and is leased."""
    _open.clear()
    until = time.monotonic() + within
    with _guard:
        running = list(_lanes.values())
    for lane in running:
        lane.join(max(until - time.monotonic(), 0))


def start(name: str, work: Callable[[], object]) -> bool:
    """Run ``work`` in the lane ``name``, once more afterwards if it runs already; false where that lane is closed because it is stuck."""
    if not are_open():
        work()
        return True
    if is_stuck(name):
        return False
    with _guard:
        lane = _lanes.get(name)
        if lane is not None:
            lane.again = True
            return True
        lane = _lanes[name] = Lane(name, work)
        lane.again = True
        lane.start()
    return True


def is_busy(name: str) -> bool:
    with _guard:
        return name in _lanes


def is_stuck(name: str) -> bool:
    """Whether too many threads of this lane were left behind and have not ended."""
    with _guard:
        return sum(lane.name == name and lane.is_alive() for lane in _left) >= MOST_STUCK


@contextmanager
def limited(seconds: float, on_left: Callable[[], object] = lambda: None):
    """Inside, this lane has ``seconds``; then it is left behind, ``on_left`` is called elsewhere, and nothing of it is kept.

    Raises:
        OverTime: it ended after all, and was left behind before.

    """
    lane = threading.current_thread()
    if not isinstance(lane, Lane):
        yield
        return
    with _guard:
        lane.on_left, lane.ends_at = on_left, time.monotonic() + seconds
    try:
        yield
    finally:
        with _guard:
            lane.ends_at = None
        if lane.is_left:
            raise OverTime


def watch() -> None:
    """Leave behind each lane whose time is over: its transaction ends, and the lane is free for others."""
    now = time.monotonic()
    with _guard:
        _left[:] = [lane for lane in _left if lane.is_alive()]
        over = [lane for lane in _lanes.values() if lane.ends_at is not None and lane.ends_at < now]
        for lane in over:
            lane.is_left = True
            del _lanes[lane.name]
            _left.append(lane)
        count = len(_left)
    for lane in over:
        log.error("work left behind", lane=lane.name, left_behind=count)
        _end_transaction(lane)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(lane.ident or 0), ctypes.py_object(OverTime))
        lane.on_left()


def _end_transaction(lane: Lane) -> None:
    """Roll back what a thread that was left behind has written, and let go of what it locked."""
    raw = lane.connection and lane.connection.connection
    if raw is None:
        return
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])
            if pool := getattr(raw, "_pool", None):
                pool.putconn(raw)
        else:
            raw.interrupt()
            lane.join(0.2)  # a statement that was interrupted ends its thread the ordinary way
            if lane.is_alive():
                raw.close()
    except Exception as error:  # noqa: BLE001 - its connection may have ended by itself meanwhile
        log.warning("transaction not ended", lane=lane.name, error=type(error).__name__)
