"""What stood before a file was written, kept while it is written, so that the whole of it can be undone."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from rse.core.enums import PersonState
from rse.core.models import Holding, Person, Position, Site, Unit
from rse.core.people.services.absences import days_of
from rse.core.people.services.staffing import pieces

from ..models import BeforeImport, UnlistedPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PIECE = 2000
PLACE = ("pk", "person_id", "position_id", "starts_on", "ends_on", "is_interim", "seat")
MODELS: dict[str, Any] = {"units": Unit, "places": Position, "sites": Site}


class Trace:
    """Keeps what stood before, a row of ``BeforeImport`` for each piece of each sort.

    ``added`` are keys of people; ``people`` their columns before and after; ``addresses`` likewise; ``left`` their state and last day;
    ``arrived`` keys; ``begun`` keys of places; ``ended`` and ``dropped`` places as they were; ``listed`` questions that
    were closed; ``corrections`` keys of those that were closed;
    ``units``, ``places`` and ``sites`` columns before and after.
    """

    def __init__(self, batch_id: int):
        self.batch_id = batch_id

    def keep(self, what: str, rows: Iterable[Any]) -> None:
        """Write ``rows``, values of JSON, under ``what``."""
        for piece in pieces(list(rows), PIECE):
            BeforeImport.objects.create(batch_id=self.batch_id, what=what, rows=piece)

    def people(self, rows: Sequence[tuple[int, dict[str, Any]]], what: str = "people") -> None:
        """Keep the columns of people that ``rows`` are about to change, with what they become."""
        self._columns(what, Person, rows)

    def organisation(self, what: str, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
        """Keep the columns of units, positions or sites that ``rows`` are about to change."""
        self._columns(what, MODELS[what], rows)

    def _columns(self, what: str, model: Any, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
        for piece in pieces(list(rows), PIECE):
            names = sorted({name for _pk, values in piece for name in values})
            before = {row["pk"]: row for row in model.objects.filter(pk__in=[pk for pk, _values in piece]).values("pk", *names)}
            self.keep(what, ([pk, _json({n: before[pk][n] for n in values}), _json(values)] for pk, values in piece if pk in before))

    def leavers(self, keys: Sequence[int]) -> None:
        """Keep the state, the last day and the places of people who are about to leave."""
        for piece in pieces(keys, PIECE):
            here = Person.objects.filter(pk__in=piece).exclude(state=PersonState.LEFT, unlisted_on=None)
            self.keep("left", (list(map(plain, row)) for row in here.values_list("pk", "state", "leaves_on", "unlisted_on")))
            self.places("ended", Holding.objects.filter(person__in=piece, ends_on=None).values_list("pk", flat=True))

    def places(self, what: str, keys: Iterable[int]) -> None:
        """Keep places held as they are before they end, move or go."""
        for piece in pieces(sorted(set(keys)), PIECE):
            self.keep(what, (list(map(plain, row)) for row in Holding.objects.filter(pk__in=piece).values_list(*PLACE)))

    def absences(self, keys: Sequence[int]) -> None:
        """Keep the absences, not over, of people to whom the file gives others."""
        for piece in pieces(keys, PIECE):
            known = days_of(piece)
            self.keep("absences", ([pk, *map(plain, known.get(pk, (None, None)))] for pk in piece))

    def listed(self, keys: Sequence[int]) -> None:
        """Keep the questions about people whom the file names again, with the day on which silence had shut them out."""
        for piece in pieces(keys, PIECE):
            rows = UnlistedPerson.objects.open().filter(person__in=piece).values_list("pk", "person", "person__unlisted_on")
            self.keep("listed", (list(map(plain, row)) for row in rows))


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days as ISO texts."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}
