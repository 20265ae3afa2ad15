"""What an engine of search does. A new one keeps this contract; the rest of the room does not change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from ..analysis import Query


@dataclass(frozen=True)
class Indexed:
    """A document as words: folded, separated by one space. ``seal`` changes when anything of it does."""

    title: str
    body: str
    language: str
    moment: int | None
    seal: str


@dataclass(frozen=True)
class Hit:
    """A row that was found: ``title`` in folded words, to rank it by."""

    object_id: int
    title: str
    moment: int
    seal: str


class Engine(Protocol):
    def seals(self, kind: str, ids: Sequence[int]) -> dict[int, str]:
        """Return the seals that are kept of these rows, by id: until the end of the transaction nobody else changes them."""

    def index(self, kind: str, documents: Mapping[int, Indexed]) -> None:
        """Store these documents, in the place of what was kept of their rows."""

    def forget(self, kind: str, ids: Sequence[int]) -> None:
        """Delete what is kept of these rows."""

    def known(self, kind: str, *, after: int, most: int) -> list[int]:
        """Return the ids of the next rows of ``kind`` that something is kept of, in order, after the id ``after``."""

    def kinds(self) -> set[str]:
        """Return the kinds that something is kept of."""

    def find(self, kind: str, query: Query, allowed: QuerySet[Any], *, most: int, in_title: bool = False) -> list[Hit]:
        """Return the newest rows of ``allowed`` whose document holds every word of ``query``, in French or in English; at most ``most``.

        No row outside ``allowed`` is found, however old what is kept: an engine that cannot ask both at once asks ``allowed`` afterwards.
        """
