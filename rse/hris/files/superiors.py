"""Superiors as files name them: by number, by address, by the name of an account, by their name in either order, or by a word for none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rse.core.folding import fold

from .headers import folded
from .names import ASIDE, NUMBER_BESIDE, name_of_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .company import Company, Said

NOBODY = frozenset(
    """no manager|nomanager|none|no|null|nil|na|n a|aucun|aucune|neant|sans|sans responsable|nobody|keine|keiner|kein vorgesetzter|top|0
    |false|vide|self|lui meme""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


@dataclass(frozen=True)
class Found:
    """Whom a cell means: their number, nothing for the top; ``is_known`` is false where nobody is found, or several are.

    Whom only the database knows is not named to whoever sends a file: ``is_between_known`` says that they are no choice to be shown.
    """

    number: str = ""
    is_known: bool = True
    between: tuple[str, ...] = ()  # numbers of those who share the name
    is_between_known: bool = False


NOBODY_FOUND = Found(is_known=False)


class Superiors:
    """Finds whom the column of superiors means, each distinct cell once."""

    def __init__(self, company: Company):
        self.company = company
        self.found: dict[str, Found] = {}
        self._bare: dict[str, list[str]] | None = None

    def of(self, said: Said) -> Found:
        """Return whom the row means: whoever names themselves stands at the top."""
        found = self.found.get(said.manager)
        if found is None:
            found = self.found[said.manager] = self._find(said.manager)
        if found.number == said.number or said.number in found.between:
            others = tuple(number for number in found.between if number != said.number)
            return Found(others[0]) if len(others) == 1 else replace(found, between=others) if others else Found()
        return found

    def _find(self, cell: str) -> Found:
        if folded(cell) in NOBODY or not re.search(r"\w", cell):
            return Found()
        tried = [cell, *(match[1] for match in NUMBER_BESIDE.finditer(cell)), ASIDE.sub(" ", cell).strip()]
        for one in tried:
            if (number := self._by_key(one)) is not None:
                return Found(number)
        found = self._by_name(cell)
        answer = self.company.mapping.superiors.get(fold(cell), "")  # of an earlier file perhaps: one of them may have left since
        return Found(answer) if answer in found.between else found

    def _by_key(self, cell: str) -> str | None:
        company = self.company
        if cell in company.people or (not company.is_full and cell in company.known.place_of):
            return cell
        if (said := company.emails.get(cell.lower())) is not None:
            return said.number
        if (number := company.logins.get(fold(cell))) is not None:
            return number
        if "@" in cell:
            return company.known.numbers_of_addresses().get(cell.lower()) if not company.is_full else None
        bare = self._by_bare_number().get(cell.lstrip("0"), []) if cell.isdigit() else []
        return bare[0] if len(bare) == 1 else None

    def _by_bare_number(self) -> Mapping[str, Sequence[str]]:
        """Numbers without the zeros at their beginning, which one column of a file may have lost."""
        if self._bare is None:
            self._bare = {}
            for number in self.company.people:
                if number.isdigit():
                    self._bare.setdefault(number.lstrip("0"), []).append(number)
        return self._bare

    def _by_name(self, cell: str) -> Found:
        key = name_of_all(cell)
        said = self.company.names.get(key)
        numbers = said or (self.company.known.numbers_of_names().get(key, []) if not self.company.is_full else [])
        here = [number for number in numbers if not self._is_left(number)]
        numbers = list(dict.fromkeys(here or numbers))
        if len(numbers) == 1:
            return Found(numbers[0])
        return Found(is_known=False, between=tuple(numbers), is_between_known=not said) if numbers else NOBODY_FOUND

    def _is_left(self, number: str) -> bool:
        said = self.company.people.get(number)
        return said is not None and said.is_left
