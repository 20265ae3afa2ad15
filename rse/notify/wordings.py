"""How notices are worded: a template named after the event, filled with what the reader may read at that moment.

The emitter ships ``notices/<event name>.html``: one sentence, with no more than inline marks in it. Where the subject is of a registered
kind it is given ``thing``, ``title`` and ``address``. Where it is not, the emitter registers how the subject is found and who is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rse.core.access import kinds

if TYPE_CHECKING:
    from rse.core.models import Person

Told = Mapping[int, dict[str, Any]]
PLAIN = "notices/plain.html"


@dataclass(frozen=True)
class Wording:
    """How the notices of one event are worded.

    ``told(ids, person)`` gives, for each subject that this person may be told of now, what the template is filled with.
    """

    event: str
    told: Callable[[Iterable[int], Person], Told] | None = None
    is_mailed: bool = False

    def fill(self, kind: str, ids: set[int], person: Person) -> Told:
        """Return the context of the template for the subjects among ``ids`` that ``person`` may be told of.

        A constant number of queries.
        """
        return self.told(ids, person) if self.told else _of_kind(kind, ids, person)


def _of_kind(name: str, ids: set[int], person: Person) -> Told:
    kind = kinds.get(name)
    found = kinds.resolve([(name, row_id) for row_id in ids], person)
    return {
        row_id: {"thing": thing, "title": kind.title(thing), "address": kind.address(thing), "label": kind.label}
        for (_name, row_id), thing in found.items()
        if kind
    }


_wordings: dict[str, Wording] = {}


def register(event: str, *, told: Callable[[Iterable[int], Person], Told] | None = None, is_mailed: bool = False) -> None:
    """Register how notices of ``event`` find their subject (none: by its kind), and whether they are mailed at once: for security only.

    Raises:
        ValueError: the event has its wording already.

    """
    if event in _wordings:
        raise ValueError(f"{event} is worded twice")
    _wordings[event] = Wording(event, told, is_mailed)


def get(event: str) -> Wording:
    """Return the wording of ``event``; one that registered nothing is worded by its subject's kind."""
    return _wordings.get(event) or Wording(event)


def templates_of(event: str) -> list[str]:
    """Return the names of the templates where the sentence is looked for, best first."""
    return [f"notices/{event}.html", PLAIN]
