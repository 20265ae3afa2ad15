"""Things that happened: recorded with the change they report, then delivered to whoever subscribed.

An event holds ids and facets only, never words:

    recipient_ids  people named by it (mentioned, answered, asked), never a whole audience
    activity       a reference for a timeline
    contribution   a fact for the ledger (``Contribution``)
    document       a reference to index, with the id 0 where many rows of that kind changed

Subscribers read facets, load rows when they run, ask the readers again, and never import who emitted.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction

from ..models import Delivery, RecordedEvent
from . import acts, deliveries, subscriptions
from .subscriptions import Subscription


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """A fact about what one person did for others, as ids: a line of their ledger may be made of it.

    ``act`` is the reference that the line stands on; ``helped_ids`` are people, ``skills`` the ids of skills. One that ``is_proposed``
    waits until its person keeps it.
    """

    person_id: int
    kind: str
    act: tuple[str, int]
    audience_id: int
    on: datetime.date
    helped_ids: tuple[int, ...] = ()
    skills: tuple[int, ...] = ()
    is_proposed: bool = False

    def as_facet(self) -> dict[str, Any]:
        """Return the dict of JSON that a recorded event keeps."""
        return dataclasses.asdict(self) | {"act": list(self.act), "on": self.on.isoformat()}

    @classmethod
    def from_facet(cls, facet: dict[str, Any]) -> Contribution:
        """Return the contribution that ``as_facet`` wrote, whatever release wrote it.

        Raises:
            KeyError: the facet does not say who, what, on which act, for which audience and when.
            TypeError: the facet says something that no contribution has.

        """
        kind, row_id = facet["act"]
        lists = {name: tuple(facet.get(name, ())) for name in ("helped_ids", "skills")}
        return cls(**facet | lists | {"act": (kind, int(row_id)), "on": datetime.date.fromisoformat(facet["on"])})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event; its name is ``<app>.<snake_case class>``."""

    is_confidential: ClassVar[bool] = False
    may_be_secret: ClassVar[bool] = False  # it also happens where others must not know that anything does

    actor_id: int | None = None
    subject: tuple[str, int] | None = None
    recipient_ids: tuple[int, ...] = ()
    activity: tuple[str, int] | None = None
    contribution: Contribution | None = None
    document: tuple[str, int] | None = None

    @classmethod
    def event_name(cls) -> str:
        app = cls.__module__.removesuffix(".happenings").split(".")[-2]
        words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).lstrip("_")
        return f"{app}.{words}"

    def facets(self) -> dict[str, Any]:
        """Return the fields of the event as JSON values, without the empty ones."""
        said = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        if self.contribution is not None:
            said["contribution"] = self.contribution.as_facet()
        return {key: value for key, value in said.items() if value not in (None, (), [], {})}


def subscribe(
    key: str,
    handle: Callable[[RecordedEvent], None],
    *,
    to: tuple[str, ...] = (),
    facet: str = "",
    catch_up: Callable[[], object] | None = None,
    within: float = subscriptions.WITHIN,
    is_outward: bool = False,
) -> None:
    """Call ``handle(recorded_event)`` for the events named in ``to`` and for those that carry ``facet``.

    ``handle`` runs in a transaction that also marks the delivery done: what it writes is written once. A subscriber that can come up to
    date without its events says how in ``catch_up``. One that takes longer than ``within`` seconds is left behind, and tried again.
    One that reaches outside (``is_outward``: it sends a mail) runs before that transaction, and again when its process died meanwhile.
    """
    subscriptions.add(Subscription(key, handle, frozenset(to), facet, catch_up, within, is_outward))


def publish(event: Event) -> RecordedEvent:
    """Record ``event`` and queue its deliveries, in the transaction of the change it reports.

    Raises:
        RuntimeError: called outside a transaction.

    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() belongs in the transaction of the change it reports")
    name, facets = event.event_name(), event.facets()
    is_hidden = event.is_confidential or event.may_be_secret
    act = acts.present()
    if act and act.first_id:
        facets[acts.ACT] = act.first_id
    recorded = RecordedEvent.objects.create(name=name, facets=facets, is_confidential=is_hidden)
    if act and not act.first_id:
        act.first_id = recorded.pk
    for key, subscription in subscriptions.SUBSCRIPTIONS.items():
        if subscription.wants(name, facets, is_confidential=event.is_confidential) and not (
            subscription.catch_up and deliveries.are_gathered()
        ):
            deliveries.queue(Delivery.objects.create(event=recorded, subscriber=key))
    return recorded
