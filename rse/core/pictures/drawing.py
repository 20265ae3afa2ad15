"""Uploaded pictures drawn anew and kept as files, which no server shows by itself: rows name them, and views serve them."""

from __future__ import annotations

import datetime
import errno
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy

from .. import clock
from . import decoding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django.core.files.uploadedfile import UploadedFile

MIB = 1024 * 1024
LARGEST = 25 * MIB
TYPES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif"  # what a field for pictures lets choose
PATIENCE = 10  # seconds, on the clock of the wall
SENTENCES = {
    "unknown": gettext_lazy("This file is not a picture that can be shown here: JPEG, PNG, WebP, GIF or HEIC."),
    "broken": gettext_lazy("This picture is damaged and could not be read."),
    "pixels": gettext_lazy("This picture has too many points: 40 million at most, 26 million in HEIC, 14 million in WebP."),
    "frames": gettext_lazy("This picture has too many frames: 300 at most."),
    "large": gettext_lazy("This picture is too heavy: 25 MB at most."),
    "empty": gettext_lazy("This file is empty."),
}


class BadPicture(Exception):
    """The file is no picture that is kept; ``sentence`` says why, to whoever sent it."""

    def __init__(self, reason: str):
        self.reason = reason
        self.sentence = SENTENCES[reason]
        super().__init__(reason)


@dataclass(frozen=True)
class Square:
    """A square of a picture, in percent: its shorter side divided by ``zoom``, at ``across`` and ``down`` of what that leaves over."""

    zoom: int = 100
    across: int = 50
    down: int = 50


def check_weight(file: UploadedFile) -> int:
    """Return how many bytes ``file`` says it has.

    Raises:
        BadPicture: none, or more than are taken.

    """
    size = file.size or 0
    if size > LARGEST:
        raise BadPicture("large")
    if not size:
        raise BadPicture("empty")
    return size


def name_in(folder: str, name: str) -> str:
    """Return where the storage keeps the picture called ``name`` in ``folder``."""
    return f"{folder}/{name[:2]}/{name}.webp"


def draw_anew(file: UploadedFile, targets: Mapping[str, int], *, square: Square | None = None) -> list[tuple[int, int]]:
    """Keep ``file``, or a square of it, under each name of ``targets``, no longer than its side; return the width and height of each.

    The first side is the longest. The names are kept all or none: where a disk is full, what was begun is erased.

    Raises:
        BadPicture: no picture, too large, damaged.

    """
    check_weight(file)
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        paths = {name: Path(folder) / str(number) for number, name in enumerate(targets)}
        wanted = [word for name, side in targets.items() for word in (str(side), str(paths[name]))]
        part = f"{square.zoom},{square.across},{square.down}" if square else "whole"
        sizes = _decoded(file, Path(folder), part, wanted)
        _keep_all(paths)
    return list(zip(sizes[::2], sizes[1::2], strict=True))


def _decoded(file: UploadedFile, folder: Path, part: str, wanted: list[str]) -> list[int]:
    source = folder / "source"
    written = 0
    with source.open("wb") as target:
        for chunk in file.chunks():
            written += len(chunk)
            if written > LARGEST:  # whatever the request said of its length
                raise BadPicture("large")
            target.write(chunk)
    command = [sys.executable, "-I", decoding.__file__, str(source), part, *wanted]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, with paths that we made
            command, capture_output=True, text=True, timeout=PATIENCE, cwd=folder, env={}, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise BadPicture("pixels") from slow
    words = done.stdout.split()
    if done.returncode == 0 and len(words) == len(wanted):
        return [int(word) for word in words]
    if shutil.disk_usage(folder).free < written:  # it was not the picture that was at fault
        raise OSError(errno.ENOSPC, "no room to draw a picture")
    reason = words[0] if words and words[0] in SENTENCES else "pixels" if done.returncode < 0 else "broken"
    raise BadPicture(reason)


def _keep_all(paths: Mapping[str, Path]) -> None:
    try:
        for name, path in paths.items():
            with path.open("rb") as source:
                default_storage.save(name, File(source))
    except BaseException:
        erase(paths)
        raise


def erase(names: Iterable[str]) -> None:
    """Erase these files; those that are gone already change nothing."""
    for name in names:
        default_storage.delete(name)


def missing(names: Iterable[str]) -> int:
    """Return how many of these files are not there."""
    return sum(not default_storage.exists(name) for name in names)


def stray_files(folder: str, known: Callable[[Collection[str]], Collection[str]], *, older_than: datetime.timedelta) -> list[str]:
    """Return the names of the files of ``folder`` that are none of ``known(names)``.

    A process was killed between a file and its row, or between a row and its file: what is younger may still get its row.
    """
    before, found = clock.now() - older_than, list[str]()
    with suppress(FileNotFoundError):  # nobody has sent a picture yet
        for part in sorted(default_storage.listdir(folder)[0]):
            names = [f"{folder}/{part}/{name}" for name in sorted(default_storage.listdir(f"{folder}/{part}")[1])]
            kept = known(names)
            found += [name for name in names if name not in kept and default_storage.get_modified_time(name) < before]
    return found
