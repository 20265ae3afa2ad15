"""Work beside other work: each kind runs in a lane of its own, a thread, and what never ends is left behind and holds up nobody else.

In a worker the lanes are open. Where they never were (a view, a command, a test) what is started runs where it is started; once they are
closed nothing is started any more. The lanes of one group have a most, so that the connections they take are never those of the views.
"""

from __future__ import annotations

import ctypes
import re
import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from enum import Enum
from typing import TYPE_CHECKING, Any

import structlog
from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

MOST_STUCK = 3  # threads of one lane that may be left behind before it is closed, until one of them ends
# Lanes of a group that run at once, each with a connection (see BACKGROUND_CONNECTIONS); the others wait for their turn.
MOST_AT_ONCE = {"deliveries": 6, "jobs": 3, "mails": 1, "imports": 2}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|BEGIN IMMEDIATE)", re.IGNORECASE)


class State(Enum):
    NEVER_OPENED = "never opened"
    OPEN = "open"
    CLOSED = "closed"


_guard = threading.Lock()
_lanes: dict[str, Lane] = {}
_waiting: dict[str, Lane] = {}
_left: list[Lane] = []
_slow: set[str] = set()  # lanes whose last work was left behind: together they have a part of their group only
_state = State.NEVER_OPENED


def _nothing() -> None:
    """Do nothing."""


class OverTime(BaseException):
    """Ends a thread that was left behind, as soon as it runs Python again."""


class Lane(threading.Thread):
    def __init__(self, name: str, work: Callable[[], object], group: str, on_dropped: Callable[[], object]):
        super().__init__(name=name, daemon=True)
        self.work, self.group, self.on_dropped = work, group, on_dropped
        self.again = True
        self.is_left = False
        self.ends_at: float | None = None
        self.holds: float | None = None
        self.wrote_at: float | None = None
        self.on_left: Callable[[], object] = _nothing
        self.connection: Any = None

    def run(self) -> None:
        self.connection = connections["default"]
        watched = self.connection.execute_wrapper(self._note_writes) if connection.vendor == "sqlite" else nullcontext()
        try:
            with watched:
                while self._is_wanted():
                    self.work()
        except OverTime:
            pass
        except Exception as error:  # whatever broke, the next start begins afresh
            log.exception("work broke off", lane=self.name, error=type(error).__name__)
        finally:
            with suppress(Exception):  # of a thread that was left behind, the connection was ended already
                connections.close_all()
            with _guard:
                if _lanes.get(self.name) is self:
                    del _lanes[self.name]
                if not self.is_left:
                    _slow.discard(self.name)
            _begin_waiting()

    def _is_wanted(self) -> bool:
        """Whether the work is to be done, or done again because it was asked for meanwhile; after a no, the lane is free."""
        with _guard:
            wanted, self.again = self.again and not self.is_left, False
            if not wanted and _lanes.get(self.name) is self:
                del _lanes[self.name]
            return wanted

    def _note_writes(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        """Note since when this thread holds the only writer of SQLite: what it waits for that lock does not count."""
        result = execute(sql, params, many, context)
        if sql.startswith("BEGIN") or not self._is_in_transaction():
            self.wrote_at = None
        if self.wrote_at is None and WRITES.match(sql):
            self.wrote_at = time.monotonic()
        return result

    def _is_in_transaction(self) -> bool:
        raw = self.connection and self.connection.connection
        return bool(raw is not None and raw.in_transaction)

    def is_over(self, now: float) -> bool:
        """Return whether the time of the lane is over, or it has kept the only writer of SQLite for longer than it may.

        ``now`` is in seconds of the monotonic clock.
        """
        if self.ends_at is None:
            return False
        if self.ends_at < now:
            return True
        wrote_at, holds = self.wrote_at, self.holds
        return wrote_at is not None and holds is not None and wrote_at + holds < now and self._is_in_transaction()


def open_lanes() -> None:
    """Run what is started in this process in lanes from now on; ``watch`` has to be called several times a second."""
    _become(State.OPEN)


def are_open() -> bool:
    return _state is State.OPEN


def were_never_open() -> bool:
    return _state is State.NEVER_OPENED


def _become(state: State) -> None:
    global _state  # noqa: PLW0603 - one state for the threads of this process
    _state = state


def close_lanes(*, within: float) -> None:
    """Start nothing more, and wait ``within`` seconds for what runs: whatever does not end rolls back, and is dropped as what waits is."""
    _become(State.CLOSED)
    until = time.monotonic() + within
    with _guard:
        running, waiting = list(_lanes.values()), list(_waiting.values())
        _waiting.clear()
    for lane in running:
        lane.join(max(until - time.monotonic(), 0))
    with _guard:
        unfinished = [lane for lane in running if lane.is_alive() and not lane.is_left]
        for lane in unfinished:
            lane.is_left = True
    for lane in unfinished:
        _end_transaction(lane)
    for lane in [*waiting, *unfinished]:
        _drop(lane.name, lane.on_dropped)


def _drop(name: str, on_dropped: Callable[[], object]) -> None:
    log.warning("work dropped", lane=name)
    try:
        on_dropped()
    except Exception as error:  # noqa: BLE001 - the process ends: the rows of the work still say that it was not done
        log.warning("work dropped without a word", lane=name, error=type(error).__name__)


def start(name: str, work: Callable[[], object], *, group: str, on_dropped: Callable[[], object] = _nothing) -> bool:
    """Run ``work`` in the lane ``name``, once more afterwards if it runs already; return False where that lane is closed as stuck.

    Where ``group`` has its most, it waits for its turn. Once the lanes of this process were closed, ``on_dropped`` is called instead.
    """
    if were_never_open():
        work()
        return True
    if not are_open():
        _drop(name, on_dropped)
        return True
    if is_stuck(name):
        return False
    with _guard:
        lane = _lanes.get(name) or _waiting.get(name)
        if lane is None:
            _waiting[name] = Lane(name, work, group, on_dropped)
        else:
            lane.again = True
    _begin_waiting()
    return True


def _begin_waiting() -> None:
    """Begin those that waited longest and have room."""
    with _guard:
        for lane in list(_waiting.values()) if are_open() else ():
            if _has_room(lane):
                del _waiting[lane.name]
                _lanes[lane.name] = lane
                lane.start()


def _has_room(lane: Lane) -> bool:
    running = [one.name for one in _lanes.values() if one.group == lane.group]
    most = MOST_AT_ONCE[lane.group]
    most_slow = 1 if connection.vendor == "sqlite" else max(most // 2, 1)  # where there is one writer, they would take turns at keeping it
    return len(running) < most and (lane.name not in _slow or len(_slow.intersection(running)) < most_slow)


def is_busy(name: str) -> bool:
    """Return whether the lane runs, or waits for its turn."""
    with _guard:
        return name in _lanes or name in _waiting


def do_others_wait(group: str) -> bool:
    """Return whether a lane of ``group`` waits for one that runs: what can stop and resume later should."""
    with _guard:
        return any(lane.group == group for lane in _waiting.values())


def is_stuck(name: str) -> bool:
    """Return whether too many threads of this lane were left behind and have not ended."""
    with _guard:
        return sum(lane.name == name and lane.is_alive() for lane in _left) >= MOST_STUCK


@contextmanager
def limited(seconds: float, on_left: Callable[[], object] = _nothing, *, holds: float | None = None):
    """Give this lane ``seconds`` within the block; past them it is left behind, ``on_left`` is called elsewhere, and nothing is kept.

    The lane is also left behind as soon as one of its transactions has kept the only writer of SQLite for ``holds`` seconds.

    Raises:
        OverTime: the block ended after all, and was left behind before.

    """
    lane = threading.current_thread()
    if not isinstance(lane, Lane):
        yield
        return
    with _guard:
        lane.on_left, lane.holds, lane.wrote_at = on_left, holds, None
        lane.ends_at = time.monotonic() + seconds
    try:
        yield
    finally:
        with _guard:
            lane.ends_at = None
        if lane.is_left:
            raise OverTime


def watch() -> None:
    """Leave behind each lane whose time is over: its transaction ends, and the lane is free for others. It waits for no lock."""
    now = time.monotonic()
    with _guard:
        _left[:] = [lane for lane in _left if lane.is_alive()]
        over = [lane for lane in _lanes.values() if lane.is_over(now)]
        for lane in over:
            lane.is_left = True
            del _lanes[lane.name]
            _slow.add(lane.name)
            _left.append(lane)
        count = len(_left)
    for lane in over:
        log.error("work left behind", lane=lane.name, left_behind=count)
        _end_transaction(lane)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(lane.ident or 0), ctypes.py_object(OverTime))
        threading.Thread(target=_tell_left, args=(lane,), name=f"{lane.name}, left behind", daemon=True).start()
    if over:
        _begin_waiting()


def _tell_left(lane: Lane) -> None:
    """Write what became of it, in a thread that may wait for whoever holds the writer by now."""
    try:
        lane.on_left()
    except Exception as error:  # what its row says runs out
        log.exception("work left behind was not counted", lane=lane.name, error=type(error).__name__)
    finally:
        connections.close_all()


def _end_transaction(lane: Lane) -> None:
    """Roll back what a thread that was left behind has written, and let go of what it locked."""
    raw = lane.connection and lane.connection.connection
    if raw is None:
        return
    try:
        if connection.vendor == "postgresql":
            _end_session(raw)
        else:
            raw.interrupt()
            lane.join(0.2)  # a statement that was interrupted ends its thread the ordinary way
            if lane.is_alive():
                raw.close()
    except Exception as error:  # noqa: BLE001 - its connection may have ended by itself meanwhile
        log.warning("transaction not ended", lane=lane.name, error=type(error).__name__)


def _end_session(raw: Any) -> None:
    """End a session of PostgreSQL, and take its connection from the pool, which would hand it to others as long as it looks alive."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])
    if raw.lock.acquire(timeout=1):  # the thread is in no statement any more: closed under one, the library would crash
        try:
            raw.close()
        finally:
            raw.lock.release()
    if pool := getattr(raw, "_pool", None):
        pool.putconn(raw)
