"""Records become rows, one at a time; what a record gets wrong by itself is said here."""

from collections.abc import Callable, Iterator
from typing import Any

from rse.core import clock

from .cells import DAYS, LONGEST, PARSERS, BadCell, day, text
from .columns import REQUIRED, ColumnMapping
from .contracts import contracts_of
from .decisions import Decisions, look_through
from .formats import Record, Table
from .names import split_name
from .problems import WARNINGS, Problems
from .rows import Row
from .statuses import GONE, HERE, meaning_of
from .units import LONGEST_CODE, Organisation, without_code

REMEMBERED = 20_000  # values of one column whose reading is kept, so that equal cells are one object and read once
OF_VACANT = ("position", "position_title", "unit")
OF_PERSON = tuple(name for name in REQUIRED if name != "employee_number")
NO_WORD = frozenset({"first_name", "last_name", "full_name", "birth_name", "preferred_name", "status", "position_shared", "manager_number"})
NOTHING = frozenset({"NULL", "null", "None", "N/A", "n/a"})  # what systems write in a cell that is empty; of a name it may be the name


def decide(table: Table, mapping: ColumnMapping, known: Organisation | None = None) -> Decisions:
    """Return what the values of the whole file decide; it is read once, and a second time where a number stands on several lines.

    ``known`` are the units that exist.

    Raises:
        FileRefused: a required column is missing, or the file turns out to be damaged.

    """
    decisions = look_through(table, mapping, known)
    if decisions.repeated:
        groups: dict[str, list[Row]] = {}
        for row in read_rows(table, mapping, Problems(limit=0), decisions=decisions):
            if row.employee_number in decisions.repeated:
                groups.setdefault(row.employee_number, []).append(row)
        decisions.contracts = contracts_of([group for group in groups.values() if len(group) > 1], clock.today())
    return decisions


def read_rows(
    table: Table,
    mapping: ColumnMapping,
    problems: Problems,
    seen: Callable[[int], None] | None = None,
    *,
    decisions: Decisions | None = None,
) -> Iterator[Row]:
    """Iterate over the rows of the file, bad ones too: of these, what cannot be read is empty, and the line is in ``problems.bad_lines``.

    Raises:
        FileRefused: a required column is missing, or the file turns out to be damaged.

    """
    places = mapping.places(table.headers)
    if decisions is None:
        decisions = decide(table, mapping)
    read = [(name, place, _reader(name, decisions)) for name, place in places.items()]
    understand = _Understanding(mapping, decisions, problems)
    for record in table.records(seen):
        yield _row(record, read, len(table.headers), problems, understand)


def _reader(name: str, decisions: Decisions) -> Callable[[Any], Any]:
    """Return the parser of one column, which remembers what it read."""
    if name in DAYS:
        days = decisions.day_reader(name)

        def parse(cell: Any) -> Any:
            return day(cell, days)
    else:
        parser, limit = PARSERS.get(name, text), LONGEST[name]
        nothing = frozenset() if name in NO_WORD else NOTHING | ({"False"} if decisions.has_false_for_nothing else set())

        def parse(cell: Any) -> Any:
            return "" if cell in nothing else parser(cell, limit)

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


def _row(
    record: Record,
    read: list[tuple[str, int, Callable[[Any], Any]]],
    columns: int,
    problems: Problems,
    understand: "_Understanding",
) -> Row:
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
    understand(row, unread)
    _complete(row, unread, problems)
    return row


class _Understanding:
    """Makes of what the cells of a row say what the row means."""

    def __init__(self, mapping: ColumnMapping, decisions: Decisions, problems: Problems):
        self.mapping, self.decisions, self.problems = mapping, decisions, problems
        self.today = clock.today()

    def __call__(self, row: Row, unread: list[str]) -> None:
        self._names(row)
        self._units(row)
        if self.decisions.sites_have_codes:
            row.site = without_code(row.site)
        if first_day := self.decisions.contracts.first_days.get(row.line):
            row.hired_on = first_day
        if row.status:
            self._presence(row)

    def _names(self, row: Row) -> None:
        if row.full_name and not (row.first_name or row.last_name):
            row.first_name, row.last_name = split_name(row.full_name, self.decisions.name_order)
        row.first_name = row.preferred_name or row.first_name
        row.last_name = row.last_name or row.birth_name

    def _units(self, row: Row) -> None:
        units = self.decisions.units
        if units is None:
            self._check_codes(row)
            return
        above = units.of(row.parent_unit).code if row.parent_unit else ""
        if row.unit:
            unit = units.of(row.unit)
            row.unit, row.unit_name, above = unit.code, unit.name, above or unit.parent
        row.parent_unit = above

    def _check_codes(self, row: Row) -> None:
        for column in ("unit", "parent_unit"):
            if len(getattr(row, column)) > LONGEST_CODE:
                self.problems.add(row.line, column, "too_long", limit=LONGEST_CODE)
                setattr(row, column, "")

    def _presence(self, row: Row) -> None:
        """Take the status for what it means. Who is said to be here has not left by a day of an earlier contract."""
        meaning = meaning_of(row.status, self.mapping.statuses)
        if meaning is None:
            self.problems.add(row.line, "status", "unknown_status", value=row.status)
        row.presence = meaning or ""
        if meaning == HERE and row.leaves_on and row.leaves_on < self.today:
            if not (row.hired_on and row.leaves_on < row.hired_on):
                self.problems.add(row.line, "leaves_on", "said_to_be_here", leaves=row.leaves_on.isoformat())
            row.leaves_on = None


def _complete(row: Row, unread: list[str], problems: Problems) -> None:
    """Add a problem for each required cell that is empty, and for dates that do not follow each other."""
    is_nobody = not (row.employee_number or row.first_name or row.last_name)
    row.is_vacant = is_nobody and all(getattr(row, name) for name in OF_VACANT) and "employee_number" not in unread
    if row.is_vacant:
        return
    if not row.employee_number and "employee_number" not in unread:
        problems.add(row.line, "employee_number", "missing")
    if not (row.first_name or row.last_name) and not {"first_name", "last_name", "full_name", "birth_name"} & set(unread):
        problems.add(row.line, "last_name", "missing")
    for name in OF_PERSON:
        if not getattr(row, name) and name not in unread:
            problems.add(row.line, name, "missing")
    hired = row.hired_on
    if hired and row.leaves_on and row.leaves_on < hired and row.presence != GONE:
        problems.add(row.line, "leaves_on", "hire_after_leave", hired=hired.isoformat(), leaves=row.leaves_on.isoformat())
    if hired and row.trial_ends_on and row.trial_ends_on < hired:
        problems.add(row.line, "trial_ends_on", "trial_before_hire", hired=hired.isoformat(), trial=row.trial_ends_on.isoformat())
