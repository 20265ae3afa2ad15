"""What the values of a whole file decide before its rows are read: the order of its days, its units, names, who has several contracts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .cells import DAYS, LONGEST, said
from .contracts import Contracts
from .dates import DayReader, Evidence, decide
from .names import FIRST_LAST, order_of
from .units import Organisation, Units, have_codes, units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .columns import ColumnMapping
    from .formats import Table

MOST_DISTINCT = 50_000  # values of one column that are told apart; what comes after decides nothing
NAMES_LOOKED_AT = 2000
LONGEST_TEXT = max(LONGEST.values())


@dataclass
class Decisions:
    """How the columns of one file are read."""

    days: Mapping[str, DayReader] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    units: Units | None = None  # None where codes and names have a column each
    sites_have_codes: bool = False
    name_order: str = FIRST_LAST
    has_false_for_nothing: bool = False
    repeated: frozenset[str] = frozenset()  # numbers that stand on several lines
    contracts: Contracts = field(default_factory=Contracts)

    def day_reader(self, column: str) -> DayReader:
        return self.days.get(column, DayReader())


class _Seen:
    """The distinct values of one column with how often they stand, as long as they are not too many."""

    def __init__(self) -> None:
        self.values: Counter[Any] = Counter()

    def see(self, cell: Any) -> None:
        if cell in self.values or len(self.values) < MOST_DISTINCT:
            self.values[cell] += 1

    def texts(self) -> list[str]:
        """Return the texts as rows say them; what is too long for any column is said there to be so."""
        texts = (" ".join(unicodedata.normalize("NFC", said(value)).split()) for value in self.values)
        return [text for text in texts if 0 < len(text) <= LONGEST_TEXT]


def look_through(table: Table, mapping: ColumnMapping, known: Organisation | None = None) -> Decisions:
    """Read the columns that decide something, once; ``known`` are the units that exist.

    Raises:
        FileRefused: a required column is missing, or the file turns out to be damaged.

    """
    places = mapping.places(table.headers)
    watched = {name: _Seen() for name in places if name in {*DAYS, "unit", "parent_unit", "site", "status", "work_phone", "manager_number"}}
    numbers: Counter[str] = Counter()
    names: dict[str, str] = {}
    with closing(table.records()) as records:
        for _line, cells in records:
            for name, column in watched.items():
                if places[name] < len(cells):
                    column.see(cells[places[name]])
            if number := _text_at(cells, places["employee_number"]):
                numbers[number] += 1
            if "full_name" in places and len(names) < NAMES_LOOKED_AT:
                names[_text_at(cells, places["full_name"])] = _text_at(cells, places["email"]) if "email" in places else ""
    evidence = {name: _evidence(watched[name]) for name in DAYS if name in watched}
    return Decisions(
        days={name: reader.ordered(mapping.days.get(name)) for name, reader in decide(evidence, table.epoch).items()},
        evidence=evidence,
        units=_units(watched, mapping, known),
        sites_have_codes="site" in watched and have_codes(watched["site"].texts()),
        name_order=order_of(names),
        has_false_for_nothing=any(_is_false_for_nothing(column) for name, column in watched.items() if name != "status"),
        repeated=frozenset(number for number, times in numbers.items() if times > 1),
    )


def _text_at(cells: Sequence[Any], place: int) -> str:
    return " ".join(said(cells[place]).split()) if place < len(cells) else ""


def _evidence(column: _Seen) -> Evidence:
    found = Evidence()
    for value, times in column.values.items():
        found.see(value, times)
    return found


def _units(watched: Mapping[str, _Seen], mapping: ColumnMapping, known: Organisation | None) -> Units | None:
    if mapping.says("unit") and mapping.says("unit_name"):
        return None
    values = watched["unit"].texts() if "unit" in watched else []
    above = watched["parent_unit"].texts() if "parent_unit" in watched else []
    return units_of([*values, *above], known=known)


def _is_false_for_nothing(column: _Seen) -> bool:
    """Whether a column of days, units, telephones or superiors holds the word "False": some systems write it for an empty cell."""
    return "False" in column.texts()
