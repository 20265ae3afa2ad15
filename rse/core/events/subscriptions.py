"""Who is told of which events: one registry, filled while the apps get ready and read whenever an event is recorded or delivered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models import RecordedEvent

WITHIN = 30.0  # seconds that a subscriber has for one event, unless it declared more


@dataclass(frozen=True)
class Subscription:
    key: str
    handle: Callable[[RecordedEvent], None]
    names: frozenset[str]
    facet: str
    catch_up: Callable[[], object] | None = None
    within: float = WITHIN
    is_outward: bool = False

    def wants(self, name: str, facets: dict[str, Any], *, is_confidential: bool = False) -> bool:
        """Return whether the event is delivered here. A confidential one makes the same rows whether it names somebody or nobody."""
        is_carried = bool(facets.get(self.facet)) or (is_confidential and self.facet == "recipient_ids")
        return name in self.names or bool(self.facet and is_carried)


SUBSCRIPTIONS: dict[str, Subscription] = {}


def add(subscription: Subscription) -> None:
    """Register the subscription.

    Raises:
        ValueError: another one has its key.

    """
    if subscription.key in SUBSCRIPTIONS:
        raise ValueError(f"two subscribers are called {subscription.key}")
    SUBSCRIPTIONS[subscription.key] = subscription
