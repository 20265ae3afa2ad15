"""What leaves by mail once a file is written: rooms say when they invite a newcomer, and whoever confirms the file reads it before."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom a file brings, as far as an invitation depends on it; the site by whether there is one."""

    state: str
    hired_on: datetime.date | None
    has_site: bool
    has_address: bool


When = Callable[[Newcomer], datetime.date | None]
_invites: dict[str, When] = {}


def register(name: str, when: When) -> None:
    """Ask ``when`` on which day a newcomer is invited without anybody doing anything; None: they are not."""
    if name in _invites:
        raise ValueError(f"two rooms invite as {name}")
    _invites[name] = when


@dataclass
class Sending:
    """Counts what leaves: invitations by day, newcomers who would get one and have no address, people asked about another address."""

    invitations: Counter[datetime.date] = field(default_factory=Counter)
    without_address: int = 0
    addresses: int = 0

    def count(self, newcomer: Newcomer) -> None:
        """Count the invitation that a newcomer gets, or lacks an address for."""
        days = [day for when in _invites.values() if (day := when(newcomer)) is not None]
        if days and newcomer.has_address:
            self.invitations[min(days)] += 1
        elif days:
            self.without_address += 1

    def as_json(self) -> dict[str, Any]:
        invitations = {day.isoformat(): count for day, count in sorted(self.invitations.items())}
        return {"invitations": invitations, "without_address": self.without_address, "addresses": self.addresses}
