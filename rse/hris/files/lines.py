"""Records of a kept copy, read one after the other."""

import datetime
import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from .layout import Record
from .problems import FileRefused


def kept_records(path: Path, seen: Callable[[int], None] | None = None) -> Generator[Record]:
    """Iterate over the records of a kept copy, each with the line of the file that was sent.

    Raises:
        FileRefused: the copy is damaged.

    """
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:
        file.readline()
        for number, text in enumerate(file):
            if seen is not None and number % 1000 == 999:
                seen(min(99, file.tell() * 100 // size))
            try:
                line, cells = json.loads(text)
            except ValueError as error:
                raise FileRefused("damaged") from error
            yield line, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> Any:
    return datetime.date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell
