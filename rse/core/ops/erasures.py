"""What was erased on somebody's word, in a file beside the database: whoever puts an older backup back erases it again.

A line holds an instant, a kind and keys, and nothing of what was erased. Each room registers the kinds that it notes, and how each is
erased again; what goes by itself when its time is over needs no line, because retention runs again.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import transaction

from .. import clock
from ..public_ids import random_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

log = structlog.get_logger(__name__)

KEPT_FOR = datetime.timedelta(days=42)  # backups are kept for thirty-five days, and a week more does no harm

_replays: dict[str, Callable[[Sequence[Any]], object]] = {}
_is_replaying: ContextVar[bool] = ContextVar("erasures replayed", default=False)


class NoJournal(Exception):
    """The file is no journal of erasures, or is damaged."""


@dataclass(frozen=True)
class Entry:
    """One erasure: when it was committed, which registered kind, and the keys of its rows, as JSON has them."""

    at: datetime.datetime
    kind: str
    keys: list[Any]


@dataclass(frozen=True)
class Journal:
    """A journal with the instant from which it is complete; ``name`` is the same as long as it is the file of one installation."""

    name: str
    since: datetime.datetime
    entries: list[Entry]


def register(kind: str, erase: Callable[[Sequence[Any]], object]) -> None:
    """Register how rows of ``kind`` are erased again: ``erase(keys)`` leaves alone what is not there or was erased before."""
    if kind in _replays:
        raise ValueError(f"two kinds of erasures are called {kind}")
    _replays[kind] = erase


def kinds() -> list[str]:
    """Return the names of the kinds that rooms registered, in order."""
    return sorted(_replays)


def note(kind: str, keys: Sequence[Any]) -> None:
    """Write once the caller's transaction commits that these rows were erased. ``keys`` hold random ids where the rows have them.

    Raises:
        ValueError: nobody registered ``kind``.

    """
    if kind not in _replays:
        raise ValueError(f"no kind of erasures is called {kind}")
    if keys and not _is_replaying.get():
        # What is erased stays so, and is answered, whatever becomes of the file.
        transaction.on_commit(partial(_append, kind, list(keys)), robust=True)


def _append(kind: str, keys: list[Any]) -> None:
    """Write a line at the instant of the commit: a backup that began before it may hold what was erased, however early that was noted."""
    try:
        with _held(settings.ERASURES_JOURNAL) as file:
            _write(file, {"at": clock.now().isoformat(), "kind": kind, "keys": keys})
    except OSError as error:
        log.exception("erasure not noted", kind=kind, error=type(error).__name__)
        raise


def name() -> str:
    """Return the name of the journal of this installation, begun where there is none."""
    with _held(settings.ERASURES_JOURNAL) as file:
        os.lseek(file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(file), "rb") as lines:
            return str(json.loads(lines.readline())["journal"])


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """Open the journal at ``path`` for this process alone, with its first line and a whole last one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_ino == os.fstat(file).st_ino:  # nobody pruned it before we held it
                size = os.fstat(file).st_size
                if size == 0:
                    _write(file, _first_line(random_id(), clock.now()))
                elif os.pread(file, 1, size - 1) != b"\n":  # the machine stopped within a line
                    os.write(file, b"\n")
                yield file
                return
        finally:
            os.close(file)


def _first_line(name: str, since: datetime.datetime) -> dict[str, str]:
    return {"journal": name, "since": since.isoformat()}


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _write(file: int, said: dict[str, Any]) -> None:
    os.write(file, _line(said))
    os.fsync(file)


def read(path: Path) -> Journal:
    """Read the journal at ``path``; a line that was cut off says nothing.

    Raises:
        NoJournal: it is none.
        FileNotFoundError: there is no such file.

    """
    entries = []
    with path.open("rb") as lines:
        try:
            first = json.loads(lines.readline())
            journal, since = str(first["journal"]), datetime.datetime.fromisoformat(first["since"])
        except (ValueError, KeyError, TypeError) as error:
            raise NoJournal from error
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                continue
            try:
                entries.append(Entry(datetime.datetime.fromisoformat(said["at"]), str(said["kind"]), list(said["keys"])))
            except (ValueError, KeyError, TypeError) as error:
                raise NoJournal from error
    return Journal(journal, since, entries)


def replay(entries: Sequence[Entry]) -> tuple[int, list[str]]:
    """Erase again what ``entries`` say, each in a transaction at its own instant; return how many, and the kinds of which one failed."""
    done, failed = 0, []
    token = _is_replaying.set(True)
    try:
        for entry in sorted(entries, key=lambda one: one.at):
            try:
                with clock.moved_to(entry.at), transaction.atomic():
                    _replays[entry.kind](entry.keys)
                done += 1
            except Exception as error:
                log.exception("not erased again", kind=entry.kind, error=type(error).__name__)
                failed.append(entry.kind)
    finally:
        _is_replaying.reset(token)
    return done, failed


def keep(journal: Journal) -> Path | None:
    """Add the entries of another installation's journal to our own, which is then complete from where that one is.

    Returns:
        Where our own file was put aside, if it is damaged.

    """
    path, aside, own = settings.ERASURES_JOURNAL, None, list[Entry]()
    try:
        own = read(path).entries
    except FileNotFoundError:
        pass
    except NoJournal:
        aside = path.with_name(f"{path.name}.damaged")
        path.replace(aside)
    added = {_line(_said(entry)): entry for entry in [*journal.entries, *own]}
    _rewrite(Journal(journal.name, journal.since, sorted(added.values(), key=lambda one: one.at)))
    return aside


def prune() -> int:
    """Leave out of the journal what is older than any backup that is kept; return how many lines went."""
    if not settings.ERASURES_JOURNAL.exists():
        return 0
    with _held(settings.ERASURES_JOURNAL):
        journal, limit = read(settings.ERASURES_JOURNAL), clock.now() - KEPT_FOR
        young = [entry for entry in journal.entries if entry.at >= limit]
        if gone := len(journal.entries) - len(young):
            _rewrite(Journal(journal.name, max(journal.since, limit), young))
        return gone


def _said(entry: Entry) -> dict[str, Any]:
    return {"at": entry.at.isoformat(), "kind": entry.kind, "keys": entry.keys}


def _rewrite(journal: Journal) -> None:
    """Put a journal with these lines in the place of the file, whole or not at all."""
    path = settings.ERASURES_JOURNAL
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_line(_first_line(journal.name, journal.since)))
        file.writelines(_line(_said(entry)) for entry in journal.entries)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
