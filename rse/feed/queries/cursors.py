"""Places in feeds, as browsers carry them: sealed for one reader and one list, since they hold keys of rows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rse.core.web.sealing import seal, unseal

if TYPE_CHECKING:
    from rse.core.models import Person


@dataclass(frozen=True)
class Cursor:
    """Where a page of a feed, or of the answers under a post, ends."""

    published_at: datetime.datetime
    post_id: int

    def sealed(self, reader: Person, place: str) -> str:
        """Return this cursor for the addresses of ``reader`` in the list that ``place`` names."""
        return seal([self.published_at.isoformat(), self.post_id], reader=reader, place=f"cursor {place}")

    @classmethod
    def unsealed(cls, text: str | None, reader: Person, place: str) -> Cursor | None:
        """Return the cursor that was sealed for ``reader`` in ``place``, or None."""
        said = unseal(text or "", reader=reader, place=f"cursor {place}")
        return cls(datetime.datetime.fromisoformat(said[0]), said[1]) if said else None


@dataclass(frozen=True)
class Mark:
    """When a feed was read, and the posts of the last minute that were known then: one that comes late is not among them."""

    at: datetime.datetime
    known: tuple[int, ...]

    def sealed(self, reader: Person, place: str) -> str:
        """Return this mark for the addresses of ``reader`` in the list that ``place`` names."""
        return seal([self.at.isoformat(), *self.known], reader=reader, place=f"mark {place}")

    @classmethod
    def unsealed(cls, text: str | None, reader: Person, place: str) -> Mark | None:
        """Return the mark that was sealed for ``reader`` in ``place``, or None."""
        said = unseal(text or "", reader=reader, place=f"mark {place}")
        return cls(datetime.datetime.fromisoformat(said[0]), tuple(said[1:])) if said else None
