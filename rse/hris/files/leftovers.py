"""Lines below the headers that are nobody: totals, headers once more at the top of a printed page, and what stands around a page."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .columns import folded
from .known import is_of_person
from .layout import SAMPLE, WIDE, Headers, Line, is_blank, is_date, is_mail, is_number, words

TOTAL = re.compile(
    r"(?:(?:grand|sous|sub|s) ?)?tota(?:l|ls|le|les|ux|al|alen)\b.*"
    r"|(?:gesamt|zwischen|end)?summe\b.*|gesamt(?:zahl|anzahl|ergebnis)?\b.*|insgesamt\b.*|anzahl(?: \w+)?(?: \d+)?"
    r"|(?:somme|suma|count|head ?count)(?: totale?| generale?)?(?: \d+)?"
    r"|(?:nombre|nb|nbre)(?: total)?(?: de| d)? \w+.*|effectifs?(?: total| global| present| au .*| a la .*)?"
    r"|number of \w+.*"
    r"|\d+ (?:salaries?|employes?|collaborateurs?|personnes?|agents?|lignes?|enregistrements?)"
    r"|\d+ (?:employees?|people|persons|rows|records|zeilen)"
)
NOTE = re.compile(
    r"(?:page|seite|pagina) \d+(?: \w+)?(?: \d+)?"
    r"|(?:edite|imprime|exporte|genere|extrait)e? (?:le|par|du)\b.*|(?:printed|exported|generated) (?:on|by)\b.*"
    r"|(?:erstellt|gedruckt) (?:am|von)\b.*"
    r"|fin (?:de|du|des) .*|end of \w+.*"
)
LONGEST = 80
FEW = 2  # cells of a note
SAME = 0.8  # of the cells of a line, and it is the headers again


@dataclass
class LeftOut:
    """How many lines were left out by the reading that is running, or by the last one."""

    totals: int = 0
    headers: int = 0
    notes: int = 0

    @property
    def lines(self) -> int:
        return self.totals + self.headers + self.notes

    def count(self, what: str) -> None:
        """Count a line, by what a sieve said of it."""
        self.totals += what == "totals"
        self.headers += what == "headers"
        self.notes += what == "notes"

    def forget(self) -> None:
        """Count from nothing again."""
        self.totals = self.headers = self.notes = 0


@dataclass(frozen=True)
class Sieve:
    """Tells the lines that are nobody from people, by what the first records are like.

    Whoever reads many lines asks only of those that have no more than ``sparse`` cells, or one of ``firsts`` at ``place``, as headers have.
    """

    headers: tuple[tuple[str, ...], ...] = ()
    above: frozenset[tuple[str, ...]] = frozenset()
    sparse: float = 0
    of_person: tuple[int, ...] = ()
    place: int = 0
    firsts: frozenset[Any] = frozenset()

    @classmethod
    def of(cls, found: Headers, names: Sequence[str]) -> "Sieve":
        """Return the sieve for the lines below these headers, whose columns have these names."""
        usual = statistics.median([line.width for line in found.below[:SAMPLE]] or [0])
        headers = tuple(tuple(line.names) for line in found.lines)
        place = min((place for line in headers for place, name in enumerate(line) if name), default=0)
        return cls(
            headers=headers,
            above=frozenset(tuple(map(words, line.filled)) for line in found.above),
            sparse=max(WIDE * usual, FEW if usual > FEW else 1),
            of_person=tuple(place for place, name in enumerate(names) if is_of_person(name)),
            place=place,
            firsts=frozenset(first for line in found.lines for first in _first(line, place)),
        )

    @property
    def texts(self) -> list[str]:
        """What stands above the headers, cell by cell."""
        return [text for line in sorted(self.above) for text in line]

    def what(self, cells: Sequence[Any]) -> str:
        """Return "totals", "headers", "notes" or "blank" for a line that is nobody, and "" for all others."""
        said = [cell for cell in cells if not is_blank(cell)]
        if not said:
            return "blank"
        if self._are_headers(cells):
            return "headers"
        if len(said) > self.sparse:
            return ""
        texts = [words(cell) for cell in said]
        if tuple(texts) in self.above or (len(said) <= FEW and len(texts[0]) <= LONGEST and NOTE.fullmatch(folded(texts[0]))):
            return "notes"
        return "totals" if self._is_total(cells, texts) else ""

    def _are_headers(self, cells: Sequence[Any]) -> bool:
        if len(cells) <= self.place or cells[self.place] not in self.firsts:
            return False
        for names in self.headers:
            there = [words(cell) == name for cell, name in zip(cells, names, strict=False) if cell or name]
            if sum(there) >= max(SAME * len(there), FEW):
                return True
        return False

    def _is_total(self, cells: Sequence[Any], texts: list[str]) -> bool:
        """Its first words are those of a total, beside numbers and at most one name: that of a group."""
        said = [text for text in texts if not is_number(text)]
        if not said or len(said[0]) > LONGEST or not TOTAL.fullmatch(folded(said[0])):
            return False
        if len(said) > FEW or any(is_mail(text) or is_date(text) for text in said):
            return False
        return sum(not is_blank(cells[place]) for place in self.of_person if place < len(cells)) <= FEW


def _first(line: Line, place: int) -> tuple[Any, ...]:
    """What stands in a line at this place; nothing is written in two ways."""
    return (line.cells[place],) if any(line.names[place : place + 1]) else ("", None)
