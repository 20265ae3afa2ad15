"""What the values of each column look like over the first records of a file: what confirms a header, and proposes where it says nothing."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from .cells import said
from .dates import Evidence
from .formats import Table
from .private import is_private_by_name, is_private_by_values

LOOKED_AT = 2000  # records
SAMPLES = 3
LONGEST = 400  # characters of a value that are looked at: shapes take their time with what is endless
EXCERPT = 40  # characters of a value that a page shows
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"[A-Za-z]{0,6}[-_ ]?\d{1,12}[A-Za-z]?")
NAME = re.compile(r"[^\W\d_][^\d_@/;:<>|()]*")


@dataclass
class ColumnSeen:
    """One column over the records looked at. Values are texts, as people read them there."""

    header: str
    place: int
    records: int = 0
    values: Counter[str] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)
    days: Evidence = field(default_factory=Evidence)

    def see(self, cell: Any) -> None:
        self.records += 1
        value = _text(cell)
        if not value:
            return
        self.values[value] += 1
        if len(self.samples) < SAMPLES and value not in self.samples:
            self.samples.append(value)
        self.days.see(value if isinstance(cell, str) else cell)

    @property
    def filled(self) -> int:
        return sum(self.values.values())

    def share(self, shape: re.Pattern[str]) -> float:
        """Return the share of the values, each as often as it stands, that have this shape; 0 for an empty column."""
        filled = self.filled
        return sum(times for value, times in self.values.items() if shape.fullmatch(value)) / filled if filled else 0.0

    @property
    def is_empty(self) -> bool:
        return not self.values

    @property
    def is_private(self) -> bool:
        """Whether the column is never read: its header says so, or its values do."""
        return is_private_by_name(self.header) or is_private_by_values(self.values)

    @property
    def is_of_addresses(self) -> bool:
        return self.share(MAIL) >= 0.6

    @property
    def is_unique(self) -> bool:
        return bool(self.values) and len(self.values) >= 0.97 * self.filled

    def main_domain(self) -> tuple[str, float]:
        """Return the domain that most addresses of the column share, and the share of them that do."""
        domains = Counter(value.rpartition("@")[2].lower() for value in self.values if "@" in value)
        (domain, times), *_others = domains.most_common(1) or [("", 0)]
        return domain, times / max(sum(domains.values()), 1)

    def shown(self) -> list[str]:
        """Return three of its values, each cut to what a page has room for."""
        return [value if len(value) <= EXCERPT else f"{value[:EXCERPT]}…" for value in self.samples]


@dataclass
class Survey:
    """The columns of a file by header, in its order."""

    columns: dict[str, ColumnSeen]
    records: list[list[str]]

    @classmethod
    def of(cls, table: Table, most: int = LOOKED_AT) -> "Survey":
        """Return what the first ``most`` records of ``table`` look like, column by column.

        Raises:
            FileRefused: the file turns out to be damaged.

        """
        columns = [ColumnSeen(header, place) for place, header in enumerate(table.headers)]
        looked_at = []
        with closing(table.records()) as records:
            for _line, cells in itertools.islice(records, most):
                looked_at.append([_text(cell) for cell in cells])
                for column in columns:
                    column.see(cells[column.place] if column.place < len(cells) else None)
        return cls({column.header: column for column in columns if column.header}, looked_at)

    def texts(self, *headers: str) -> Iterator[str]:
        """Iterate over what these columns say in each record, joined by blanks."""
        places = [self.columns[header].place for header in headers]
        for cells in self.records:
            yield " ".join(cells[place] for place in places if place < len(cells))


def _text(cell: Any) -> str:
    return said(cell)[:LONGEST].strip()
