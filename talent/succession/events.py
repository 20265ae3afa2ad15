"""What happens to plans. Ids only; nobody is told, least of all those who are named."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class PlanStarted(Event):
    """A key position has a plan: the first, or the next cycle."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class NamesChanged(Event):
    """A name entered a plan, left it, or is said to be ready at another time."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PlanDecided(Event):
    """A plan is decided, and frozen."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PlanDeleted(Event):
    """A plan is gone: one person asked for it, another said yes."""

    is_confidential: ClassVar[bool] = True
