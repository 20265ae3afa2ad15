"""A believable industrial company, made of a seed, a size and a date: its people, and the HR files of eighteen months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from .cast import CAST, PERSONAS, Persona
from .catalogue import COMPANY_NAME, MAIL_DOMAIN
from .hr_file import COLUMNS, FRENCH_HEADERS, Row, rows_of, write_csv
from .timeline import Timeline
from .workforce import Change

__all__ = ["COLUMNS", "COMPANY_NAME", "FRENCH_HEADERS", "MAIL_DOMAIN", "Change", "Company", "Persona", "Row", "Snapshot", "write_csv"]

SMALLEST = 200


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The full HR file of the first day of a month."""

    on: date
    rows: list[Row]


class Company:
    """The same seed, size and date always give the same people and the same files."""

    def __init__(self, seed: int = 1, size: int = 300, today: date | None = None) -> None:
        if today is None:
            raise ValueError("Give today's date: the company has no clock of its own.")
        if size < SMALLEST:
            raise ValueError(f"A believable company needs at least {SMALLEST} people.")
        self.seed, self.size, self.today = seed, size, today
        self.name = COMPANY_NAME

    def snapshots(self) -> Iterator[Snapshot]:
        """Yield the nineteen monthly files in order, up to the first day of this month; each call plays all, one in memory at a time."""
        timeline = Timeline(self.seed, self.size, self.today)
        for on in timeline.play():
            yield Snapshot(on, list(rows_of(timeline.organisation, timeline.holders, partial(timeline.lead_of, on=on), on)))

    @cached_property
    def _played(self) -> Timeline:
        timeline = Timeline(self.seed, self.size, self.today)
        for _ in timeline.play():
            pass
        return timeline

    @cached_property
    def cast(self) -> dict[str, str]:
        """The employee number of every named person, by key (« ines », « malik » …)."""
        return {part.key: self._played.cast[part.key] for part in CAST}

    def personas(self) -> list[Persona]:
        """Return the people offered on the sign-in page, in its order."""
        names = {part.key: f"{part.first_name} {part.last_name}" for part in CAST}
        return [Persona(self.cast[key], role, french, english, names[key]) for key, role, french, english in PERSONAS]

    def changes(self) -> list[Change]:
        """Return the changes that happened after the first file, in order."""
        return list(self._played.changes)
