"""Making a backup while the product runs: the database first, as it is at one instant, then the uploads that stand beside it."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from ... import clock
from ...public_ids import random_id
from .. import erasures, restoring
from ..installation import installation
from . import archive, keys, postgres, sqlite
from .problems import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = re.compile(r"maillage-\d{8}T\d{6}Z\.tar\.gz")
DRAFT = re.compile(r"\.maillage-[\w-]+\.partial")
MARGIN = 16 * 1024 * 1024
NOT_INSIDE = (
    *("SECRET_KEY", "NOTES_KEY", "the journal of erasures"),
    *("sessions", "documents of the search", "caches", "files of HR that wait for a yes", "mail that waits in a folder", "static files"),
)


@dataclass(frozen=True)
class Made:
    """A backup that was written, and how many older ones went."""

    path: Path
    size: int
    files: int
    forgotten: int


def engine() -> Any:
    """Return the module that dumps the database that we are connected to."""
    return sqlite if connection.vendor == "sqlite" else postgres


def make_backup(*, target: Path, keep: int | None = None) -> Made:
    """Write a backup into the folder ``target``, or to the file of that name, whole or not at all.

    With ``keep``, all but the newest so many of the folder go once it stands.

    Raises:
        BackupRefused: there is no room, no program for it, a file of that name, or no database of ours.

    """
    journal, at = erasures.name(), clock.now()
    if "core_installation" not in connection.introspection.table_names():
        raise BackupRefused(_("This database is empty: there is nothing to make a backup of."))
    is_file = target.name.endswith((".gz", ".tgz")) and not target.is_dir()
    path = (target if is_file else target / f"maillage-{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}.tar.gz").absolute()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        raise BackupRefused(_("There is a file called %(path)s: it is left as it is.") % {"path": path})
    _sweep(path.parent)
    _require_room(path.parent)
    with _draft(path.parent) as draft:
        with os.fdopen(os.dup(draft.file), "wb") as target_file:
            files = _write(archive.Writer(target_file), path.parent, {"at": at.isoformat(), "journal": journal})
            target_file.flush()
            os.fsync(target_file.fileno())
        draft.path.rename(path)
    _sync(path.parent)
    forgotten = _forget_old(path.parent, keep) if keep else 0
    _tell({"at": at.isoformat(), "path": str(path), "version": settings.VERSION})
    return Made(path, path.stat().st_size, files, forgotten)


@dataclass(frozen=True)
class _Draft:
    path: Path
    file: int


@contextmanager
def _draft(folder: Path) -> Iterator[_Draft]:
    """Open a file for us alone, which is gone after the block unless it has another name by then."""
    path = folder / f".maillage-{random_id()}.partial"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield _Draft(path, file)
    finally:
        path.unlink(missing_ok=True)
        os.close(file)


def _sweep(folder: Path) -> None:
    """Remove what a backup left that was killed; whatever is being written is held by its process."""
    for path in folder.iterdir():
        if DRAFT.fullmatch(path.name):
            with path.open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                path.unlink(missing_ok=True)


def _require_room(folder: Path) -> None:
    database = engine().size()
    needed = 2 * database + sum(_size_of(entry) for _name, entry in uploads(without=folder)) + MARGIN
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            _("The disk has no room for a backup: about %(needed)d MB are needed in %(folder)s, and %(free)d MB are free.")
            % {"needed": needed // 1_000_000, "free": free // 1_000_000, "folder": folder}
        )


def _size_of(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except FileNotFoundError:  # somebody erased it meanwhile
        return 0


def uploads(*, without: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files of the folder of uploads, each with its name there, in order; links, and the folder ``without``, are passed over."""
    folders = [str(settings.MEDIA_ROOT)]
    root = Path(folders[0])
    while folders:
        folder = folders.pop()
        if not Path(folder).is_dir():
            continue
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if Path(entry.path).resolve() != without.resolve():
                    folders.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path).relative_to(root).as_posix(), entry


def _write(writer: archive.Writer, folder: Path, said: dict[str, str]) -> int:
    """Write database, uploads and manifest; return how many uploads there are."""
    files = 0
    with _draft(folder) as dumped:
        about = engine().dump(dumped.path, [name for name in restoring.left_out() if name in connection.introspection.table_names()])
        with dumped.path.open("rb") as source:  # pg_dump may have put another file in the place of ours
            writer.add(engine().MEMBER, source, size=os.fstat(source.fileno()).st_size)
    for name, entry in uploads(without=folder):
        if not archive.is_allowed(archive.MEDIA + name):
            continue
        try:
            source = Path(entry.path).open("rb")  # noqa: SIM115 - closed below; what is gone by now is passed over
        except FileNotFoundError:  # somebody erased it meanwhile
            continue
        with source:
            known = os.fstat(source.fileno())
            writer.add(archive.MEDIA + name, source, size=known.st_size, mode=known.st_mode & 0o777, mtime=known.st_mtime)
        files += 1
    writer.finish(said | _manifest(about))
    return files


def _manifest(about: dict[str, Any]) -> dict[str, Any]:
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return {
        "format": archive.FORMAT,
        "product": "maillage",
        "version": settings.VERSION,
        "id": random_id(),
        "company": installation().company,
        "database": {
            "vendor": connection.vendor,
            "server": engine().server_version(),
            "tool": about["tool"],
            "migrations": applied,
            "rows": about["rows"],
        },
        "keys": keys.fingerprints(),
        "not_inside": list(NOT_INSIDE),
    }


def _forget_old(folder: Path, keep: int) -> int:
    """Delete all but the newest ``keep`` of the archives that this command gave their name; return how many went."""
    ours = sorted((path for path in folder.iterdir() if NAMED.fullmatch(path.name) and archive.is_ours(path)), key=lambda path: path.name)
    for path in ours[:-keep]:
        path.unlink(missing_ok=True)
    return len(ours[:-keep])


def _tell(said: dict[str, str]) -> None:
    """Write where the last backup is, for whoever asks how this installation is."""
    path = settings.DATA_DIR / "last_backup.json"
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
