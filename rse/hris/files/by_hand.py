"""A file of one line that HR writes by hand about one person: read, checked and written as any other."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

from .columns import ColumnMapping
from .formats import Table
from .layout import Record


@dataclass(frozen=True)
class OneLine(Table):
    """A table whose only record stands in memory."""

    cells: tuple[str, ...] = field(default=())

    def records(self, seen: Callable[[int], None] | None = None) -> Generator[Record]:
        """Iterate over the one record."""
        yield 1, list(self.cells)


def one_line(said: dict[str, str]) -> tuple[Table, ColumnMapping]:
    """Return a table with one record, ``said`` by the names of our columns, and its mapping; days are ISO texts."""
    table = OneLine(Path("by hand"), "csv", tuple(said), 0, cells=tuple(said.values()))
    return table, ColumnMapping({name: name for name in said})
