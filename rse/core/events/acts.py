"""What one person did, however many events tell of it: what follows from one of them, or is published within ``one_act``, is of one act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from ..models import RecordedEvent

ACT = "act"  # the facet: the id of the first event


@dataclass
class Act:
    """The act that events published now belong to; ``first_id`` is that of its first event, 0 until there is one."""

    first_id: int = 0


_present: ContextVar[Act | None] = ContextVar("act", default=None)


def present() -> Act | None:
    """Return the act that is being done, if any was begun."""
    return _present.get()


@contextmanager
def one_act() -> Iterator[None]:
    """Let the events published within the block belong to one act: the one that is being done, or a new one."""
    token = _present.set(_present.get() or Act())
    try:
        yield
    finally:
        _present.reset(token)


@contextmanager
def following(event: RecordedEvent) -> Iterator[None]:
    """Let what a subscriber of ``event`` publishes within the block belong to its act, if a person acted.

    What a job or a file did to many is no act of anybody.
    """
    is_ones = ACT in event.facets or "actor_id" in event.facets
    token = _present.set(Act(act_of(event)) if is_ones else None)
    try:
        yield
    finally:
        _present.reset(token)


def act_of(event: RecordedEvent) -> int:
    """Return the id of the first event of the act that ``event`` belongs to: its own, where it stands alone."""
    return event.facets.get(ACT, event.pk)
