"""Reads an XLS or ODS file in a process of its own that may be killed.

It is ``python unrolling.py sample rows columns`` or ``python unrolling.py sheet name columns``, the name as JSON.

The file comes in as standard input. The answer goes out a line of JSON each: the names of the visible sheets; then for each sheet, or for
the one that was asked for, its name, and its rows that are not blank as their number and their cells. A cell is null, a text, a number,
true or false, or a list of what it is (date, time, span) and its text. It exits with 2 and a word if it cannot. It imports nothing of this
house, so that it starts at once and holds no secret.
"""

import datetime
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

MEMORY = 600 * 1024 * 1024
SECONDS = 30
LARGEST = 512 * 1024 * 1024  # of the answer
MOST_SHEETS = 30


class NotThis(Exception):
    """The spreadsheet cannot be read; the word says why."""


def limit() -> None:
    """Limit this process to the memory, time and files that one spreadsheet takes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_of(value: Any) -> Any:
    """Return what JSON can hold of a cell."""
    if value == "" or value is None:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value if abs(value) < 1e300 else None
    if isinstance(value, datetime.datetime | datetime.date):
        return ["date", value.isoformat()]
    if isinstance(value, datetime.time):
        return ["time", value.isoformat()]
    if isinstance(value, datetime.timedelta):
        return ["span", str(value.total_seconds())]
    return value


def rows_of(sheet: calamine.CalamineSheet, width: int) -> Iterator[list[Any]]:
    """Yield the rows that are not blank."""
    if sheet.start is None:
        return
    before = [None] * sheet.start[1]  # the rows above the first cell are told, the columns before it are not
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [*before, *map(cell_of, row)][:width]
        if any(cell is not None for cell in cells):
            yield [number, cells]


def main(what: str, asked: str, columns: str) -> None:
    try:
        book = calamine.CalamineWorkbook.from_filelike(sys.stdin.buffer)
        visible = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
        say(visible)
        for name in visible[:MOST_SHEETS] if what == "sample" else [one for one in visible if one == json.loads(asked)][:1]:
            say(name)
            for count, row in enumerate(rows_of(book.get_sheet_by_name(name), int(columns)), 1):
                say(row)
                if what == "sample" and count >= int(asked):
                    break
        sys.stdout.flush()
    except calamine.PasswordError as error:
        raise NotThis("with_password") from error
    except MemoryError as error:
        raise NotThis("too_heavy") from error
    except OSError as error:
        raise NotThis("no_room") from error
    except BaseException as error:  # what its library raises in a panic is no Exception
        raise NotThis("damaged") from error


def say(what: Any) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    limit()
    try:
        main(*sys.argv[1:])
    except NotThis as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.stderr.flush()
        os._exit(2)  # what waits to be written is not
