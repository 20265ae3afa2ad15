"""XLS and ODS files, read by a process of its own (``unrolling``): what it read lies in a file without a name while one reads it."""

import datetime
import errno
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from . import unrolling
from .layout import LOOKED_AT, MOST_COLUMNS, Record
from .problems import FileRefused

PATIENCE = 60  # seconds, on the clock of the wall
WORDS = frozenset({"damaged", "too_heavy", "with_password"})


def samples(path: Path) -> dict[str, list[Record]]:
    """Return the first rows of the visible sheets, by their names.

    Raises:
        FileRefused: no visible sheet, a password, a damaged file, or one that takes too much to open.

    """
    with _unrolled(path, "sample", str(LOOKED_AT), str(MOST_COLUMNS + 1)) as lines:
        names = json.loads(next(lines))
        if not names:
            raise FileRefused("no_sheet")
        if any("\0" in name for name in names):  # which no database keeps
            raise FileRefused("damaged")
        found: dict[str, list[Record]] = {}
        for said in map(json.loads, lines):
            if isinstance(said, str):
                rows = found.setdefault(said, [])
            else:
                rows.append(_record(said))
        return found


def records(path: Path, name: str, width: int) -> Generator[Record]:
    """Iterate over the rows of a sheet that are not blank, each with its number and ``width`` cells at most.

    Raises:
        FileRefused: as ``samples``, or the sheet is not there.

    """
    with _unrolled(path, "sheet", json.dumps(name), str(width)) as lines:
        next(lines)
        if next(lines, None) is None:
            raise FileRefused("unknown_sheet", sheet=name)
        for line in lines:
            yield _record(json.loads(line))


def _record(said: Any) -> Record:
    number, cells = said
    return number, [_cell(cell) if isinstance(cell, list) else cell for cell in cells]


def _cell(said: list[str]) -> Any:
    kind, text = said
    if kind == "date":
        return datetime.datetime.fromisoformat(text)
    if kind == "time":
        return datetime.time.fromisoformat(text)
    return datetime.timedelta(seconds=float(text))


@contextmanager
def _unrolled(path: Path, *asked: str) -> Iterator[Iterator[bytes]]:
    """Run the process and give the lines of its answer."""
    command = [sys.executable, "-I", unrolling.__file__, *asked]
    with path.open("rb") as source, tempfile.TemporaryFile(prefix="people-") as answer:
        try:
            done = subprocess.run(  # noqa: S603 - our own file, and the name of a sheet as one word
                command, stdin=source, stdout=answer, stderr=subprocess.PIPE, timeout=PATIENCE, cwd="/", env={}, check=False
            )
        except subprocess.TimeoutExpired as slow:
            raise FileRefused("too_heavy") from slow
        if done.returncode:
            _refuse(done, answer)
        answer.seek(0)
        yield iter(answer)


def _refuse(done: "subprocess.CompletedProcess[bytes]", answer: IO[bytes]) -> None:
    said = done.stderr.split()[-1:] or [b""]
    word = said[0].decode("ascii", "replace")
    if word in WORDS:
        raise FileRefused(word)
    if shutil.disk_usage(tempfile.gettempdir()).free < answer.tell() + unrolling.LARGEST // 64:
        raise OSError(errno.ENOSPC, "no room to read a spreadsheet")
    raise FileRefused("too_heavy" if done.returncode < 0 or word == "no_room" else "damaged")
