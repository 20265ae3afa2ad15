"""Records become rows, one at a time; what a record gets wrong by itself is said here."""

from collections.abc import Callable, Iterator
from typing import Any

from .cells import DAYS, LONGEST, PARSERS, BadCell, day, text
from .columns import REQUIRED, ColumnMapping
from .formats import Record, Table
from .problems import WARNINGS, Problems
from .rows import Row

REMEMBERED = 20_000  # values of one column whose reading is kept, so that equal cells are one object and read once
OF_VACANT = ("position", "position_title", "unit")
NAMES = {"first_name", "last_name"}
OF_PERSON = tuple(name for name in REQUIRED if name != "employee_number")


def read_rows(table: Table, mapping: ColumnMapping, problems: Problems, seen: Callable[[int], None] | None = None) -> Iterator[Row]:
    """Iterate over the rows of the file, bad ones too: of these, what cannot be read is empty, and the line is in ``problems.bad_lines``.

    Raises:
        FileRefused: a required column is missing, or the file turns out to be damaged.

    """
    places = mapping.places(table.headers)
    read = [(name, place, _reader(name, table)) for name, place in places.items()]
    for record in table.records(seen):
        yield _row(record, read, len(table.headers), problems)


def _reader(name: str, table: Table) -> Callable[[Any], Any]:
    """Return the parser of one column, which remembers what it read."""
    if name in DAYS:

        def parse(cell: Any) -> Any:
            return day(cell, table.epoch)
    else:
        parser, limit = PARSERS.get(name, text), LONGEST[name]

        def parse(cell: Any) -> Any:
            return parser(cell, limit)

    remembered: dict[Any, Any] = {}

    def read(cell: Any) -> Any:
        # A spreadsheet's 1, 1.0 and True are equal keys and different cells: only texts are remembered.
        if type(cell) is not str:
            return parse(cell)
        if cell in remembered:
            return remembered[cell]
        value = parse(cell)
        if len(remembered) < REMEMBERED:
            remembered[cell] = value
        return value

    return read


def _row(record: Record, read: list[tuple[str, int, Callable[[Any], Any]]], columns: int, problems: Problems) -> Row:
    line, cells = record
    row = Row(line)
    found = len(cells)
    unread = []
    for name, place, reader in read:
        if place >= found:
            continue
        try:
            value = reader(cells[place])
        except BadCell as bad:
            problems.add(line, name, bad.code, **bad.params)
            if bad.code not in WARNINGS:
                unread.append(name)
            continue
        if value is not None and value != "":
            setattr(row, name, value)
    if found > columns and any(str(cell).strip() for cell in cells[columns:] if cell is not None):
        problems.add(line, "", "too_many_cells", cells=found, columns=columns)
    _complete(row, unread, problems)
    return row


def _complete(row: Row, unread: list[str], problems: Problems) -> None:
    """Add a problem for each required cell that is empty, and for dates that do not follow each other."""
    is_nobody = not (row.employee_number or row.first_name or row.last_name)
    row.is_vacant = is_nobody and all(getattr(row, name) for name in OF_VACANT) and "employee_number" not in unread
    if row.is_vacant:
        return
    if not row.employee_number and "employee_number" not in unread:
        problems.add(row.line, "employee_number", "missing")
    empty = {name for name in OF_PERSON if not getattr(row, name)}
    if not empty >= NAMES:  # some people have one name
        empty -= NAMES
    elif "last_name" in empty:
        empty.discard("first_name")
    for name in OF_PERSON:
        if name in empty and name not in unread:
            problems.add(row.line, name, "missing")
    hired = row.hired_on
    if hired and row.leaves_on and row.leaves_on < hired:
        problems.add(row.line, "leaves_on", "hire_after_leave", hired=hired.isoformat(), leaves=row.leaves_on.isoformat())
    if hired and row.trial_ends_on and row.trial_ends_on < hired:
        problems.add(row.line, "trial_ends_on", "trial_before_hire", hired=hired.isoformat(), trial=row.trial_ends_on.isoformat())
