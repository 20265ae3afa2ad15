"""Where a backup is unpacked, beside what it replaces, and how it takes its place: by names that change, which the next call finishes."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.signals import setting_changed
from django.db import connection
from django.utils.translation import gettext as _

from .. import serving
from .problems import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Moves = Sequence[tuple[Path, Path]]


def beside(path: Path) -> Path:
    """Return where what is to stand at ``path`` is made ready, on the disk of ``path``."""
    return path.with_name(f"{path.name}.restoring")


def media() -> Path:
    """Return the folder of uploads itself, which a link may lead to."""
    return Path(settings.MEDIA_ROOT).resolve()


def is_mounted(folder: Path) -> bool:
    """Return whether ``folder`` is where a disk begins: nothing beside it is on that disk."""
    return folder.is_dir() and folder.stat().st_dev != folder.parent.stat().st_dev


def _marker() -> Path:
    return Path(settings.DATA_DIR) / "restore.json"


def unfinished() -> dict[str, Any] | None:
    """Return what is known of a restore that began to replace something and did not end."""
    try:
        found: dict[str, Any] = json.loads(_marker().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {"backup": "", "moves": []}
    return found


def begin(backup: str, moves: Moves = ()) -> None:
    """Write that the backup with this id takes its place from here on: ``moves`` is what is left to do where its files are ready."""
    draft = _marker().with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"backup": backup, "moves": [[str(one) for one in move] for move in moves]}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_marker())
    _sync(_marker().parent)


def end() -> None:
    """Write that nothing is left to do."""
    _marker().unlink(missing_ok=True)


def move(moves: Moves) -> None:
    """Give each made file or folder the name of what it replaces, which goes; done again, it finishes what was cut off."""
    for made, place in moves:
        before = place.with_name(f"{place.name}.replaced")
        if made.exists():
            if place.is_dir():
                _remove(before)
                place.rename(before)
            made.replace(place)
            _sync(place.parent)
        _remove(before)


def clear(*paths: Path) -> None:
    """Remove what an earlier attempt left at ``paths``."""
    for path in paths:
        _remove(path)
        clear_logs(path)


def clear_logs(database: Path) -> None:
    """Remove the logs beside a database of SQLite that is about to be another: they say what to write into the one before."""
    for log in ("-wal", "-shm", "-journal"):
        Path(f"{database}{log}").unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold this installation for one restore, while nothing else works on it from this machine.

    Raises:
        BackupRefused: something does.

    """
    try:
        with serving.alone():
            yield
    except serving.Occupied as error:
        raise BackupRefused(_("Something works on the database: stop every process of the product first.")) from error


@contextmanager
def working_on(database: Path, uploads: Path) -> Iterator[None]:
    """Let the product read and write this file of SQLite and this folder within the block, and no other."""
    name, folder = connection.settings_dict["NAME"], settings.MEDIA_ROOT
    _point(str(database), uploads)
    try:
        yield
    finally:
        _point(name, folder)


def _point(database: Any, uploads: Path) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = database
    settings.MEDIA_ROOT = uploads
    setting_changed.send(sender=None, setting="MEDIA_ROOT", value=uploads, enter=True)  # storages ask the settings again


def check_finished(app_configs: object, **options: object) -> list[checks.CheckMessage]:
    """Refuse to start on what a restore left half replaced."""
    if unfinished() is None:
        return []
    return [checks.Critical(_("A restore did not end: run `manage.py restore` again, with the same backup."), id="core.E001")]
