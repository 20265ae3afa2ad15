"""XLSX files, read row by row: the guard of ``packages`` has to have looked at them before.

Only values are read: the result of a formula that the spreadsheet last computed, never the formula.
"""

import datetime
import itertools
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from .layout import LOOKED_AT, MOST_COLUMNS, Record, is_blank
from .packages import DAMAGE, MOST_ROWS, stumbling
from .problems import FileRefused

MOST_SHEETS = 30  # that are looked at


def samples(path: Path, last: Mapping[str, int]) -> tuple[datetime.datetime, dict[str, list[Record]], dict[str, int]]:
    """Return the day from which days are counted and, by the names of the visible sheets, their first rows and the last row with a value.

    ``last`` is what the guard saw in each entry of the zip.

    Raises:
        FileRefused: no visible sheet has cells, or the file is damaged.

    """
    with _workbook(path) as workbook:
        found, ends = {}, {}
        for sheet in _visible(workbook)[:MOST_SHEETS]:
            with stumbling():
                ends[sheet.title] = last.get(str(sheet._worksheet_path).lstrip("/"), MOST_ROWS)  # noqa: SLF001 - its entry in the zip
            said = min(sheet.max_column or 1, MOST_COLUMNS + 1)
            with closing(_rows(sheet, MOST_COLUMNS + 1, ends[sheet.title])) as rows:
                filled = ((number, _cut(cells, said)) for number, cells in rows if not all(map(is_blank, cells)))
                found[sheet.title] = list(itertools.islice(filled, LOOKED_AT))
        return workbook.epoch, found, ends


def records(path: Path, name: str, width: int, last: int) -> Generator[Record]:
    """Iterate over the rows of a sheet down to the last, each with its number and ``width`` cells.

    Raises:
        FileRefused: the sheet is not there, there are more rows than a sheet may have, or the file is damaged.

    """
    with _workbook(path) as workbook:
        sheet = next((one for one in _visible(workbook) if one.title == name), None)
        if sheet is None:
            raise FileRefused("unknown_sheet", sheet=name)
        yield from _rows(sheet, width, last)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:  # by its name, openpyxl would judge it
        with stumbling(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (styles, rules, drawings) is not read here
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield workbook
        finally:
            workbook.close()


def _visible(workbook: Any) -> list[Any]:
    sheets = [one for one in workbook.worksheets if one.sheet_state == "visible" and hasattr(one, "reset_dimensions")]
    if not sheets:
        raise FileRefused("no_sheet")
    return sheets


def _cut(cells: Sequence[Any], width: int) -> Sequence[Any]:
    """The cells to the last that is filled, or to the last column that the sheet says it has: there the empty ones are told."""
    while width < len(cells) and any(cell is not None for cell in cells[width:]):
        width += 1
    return cells[:width]


def _rows(sheet: Any, width: int, last: int) -> Generator[Record]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong, or a trap
    with closing(sheet.iter_rows(max_col=width, values_only=True)) as rows:
        for number in itertools.count(1):
            if number > last and last < MOST_ROWS:
                return
            try:
                cells = next(rows, None)
            except DAMAGE as error:
                raise FileRefused("damaged") from error
            if cells is None:
                return
            if number > MOST_ROWS:
                raise FileRefused("too_many_rows", limit=MOST_ROWS)
            yield number, cells
