"""What happens to skills, contributions and wishes. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class LineAdded(Event):
    """A fact stands in somebody's ledger; the recipient is that person, who may hide or comment it."""


@dataclass(frozen=True, kw_only=True)
class LineProposed(Event):
    """A fact waits for the recipient, its person, to keep it; nobody else sees it."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class HelpConfirmed(Event):
    """Somebody says that another helped them; it may become a line once that person keeps it."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SkillConfirmed(Event):
    """A colleague confirms a skill of the recipient."""


@dataclass(frozen=True, kw_only=True)
class SkillsDeclared(Event):
    """What the actor says they can do, or who sees it, is another."""


@dataclass(frozen=True, kw_only=True)
class SkillsMerged(Event):
    """One skill is another now: whoever keeps rows about ``source_id`` moves them to ``into_id``."""

    source_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class WishAgeing(Event):
    """A wish has not been touched for eleven months; the recipient is its person."""

    is_confidential: ClassVar[bool] = True
