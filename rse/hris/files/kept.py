"""The copy of a file that waits for somebody's yes: its table alone, without what is never read.

One JSON value a line: what is said of the file, then each record with the line on which it began; days as ``{"d": "2026-12-31"}``.
"""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

from .cells import said
from .formats import Book, Layout, Limits, Table
from .layout import is_blank
from .problems import FileRefused

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import IO

BEYOND = "…"
BEGINNING = b'{"table": 1'


def keep(table: Table, target: IO[bytes], *, without: Collection[str] = ()) -> None:
    """Write the records of ``table`` into ``target``: emptied the columns ``without`` and those without a name, which nobody reads.

    Of the cells beyond the last column is kept that they are there.

    Raises:
        FileRefused: the file has more rows than its limits allow, or turns out to be damaged.

    """
    emptied = [place for place, header in enumerate(table.headers) if not header or header in without]
    width = len(table.headers)
    with closing(table.records()) as records:
        head = {
            "table": 1,
            "kind": table.kind,
            "headers": list(table.headers),
            "header_line": table.header_line,
            "epoch": table.epoch.isoformat(),
            "layout": table.layout.as_json(),
            "book": vars(table.book),
            "private": [header for header in table.headers if header in without],
        }
        _write(target, head)
        for line, cells in records:
            kept = [_as_json(cell) for cell in cells[:width]] + [None if is_blank(cell) else BEYOND for cell in cells[width:]]
            for place in emptied:
                if place < len(kept):
                    kept[place] = None
            _write(target, [line, kept])


def is_kept(path: Path) -> bool:
    """Return whether the file was written by ``keep``."""
    with path.open("rb") as file:
        return file.read(len(BEGINNING)) == BEGINNING


def open_kept(path: Path, limits: Limits) -> Table:
    """Open what ``keep`` wrote.

    Raises:
        FileRefused: the file is damaged.

    """
    head = _head(path)
    return Table(
        path,
        "kept",
        tuple(head["headers"]),
        head["header_line"],
        epoch=datetime.datetime.fromisoformat(head["epoch"]),
        limits=limits,
        layout=Layout.from_json(head["layout"]),
        book=_book(head["book"]),
    )


def _book(kept: dict[str, Any]) -> Book:
    return Book(tuple(kept["sheets"]), kept["above"], tuple(kept["empty"]), tuple(kept["nameless"]))


def private_in(path: Path) -> tuple[str, ...]:
    """Return the headers of the columns that were emptied; none where the copy is gone."""
    return tuple(_head(path)["private"]) if path.is_file() and is_kept(path) else ()


def _head(path: Path) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as file:
            head: dict[str, Any] = json.loads(file.readline())
    except (OSError, ValueError) as error:
        raise FileRefused("damaged") from error
    return head


def _write(target: IO[bytes], value: Any) -> None:
    target.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _as_json(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    return cell if cell is None or isinstance(cell, str | bool | int | float) else said(cell)
