"""A zip with one file of people in it: unpacked, within bounds, into a file without a name that is gone when nobody reads it."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from .packages import MOST_ENTRIES, MOST_RATIO, SMALL, stumbling
from .problems import FileRefused

MIB = 1024 * 1024
MOST_UNPACKED = 300 * MIB
PIECE = 256 * 1024
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
TEXTS = frozenset({".txt", ".tab", ".asc", ".dat"})
BESIDE = frozenset({"thumbs.db", "desktop.ini"})  # what systems leave in folders; so is what begins with a full stop
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
NAMED, LONGEST_NAME = 5, 80


def file_inside(path: Path) -> str:
    """Return the name of the one file of people in a zip.

    Raises:
        FileRefused: there is none, or several, or the zip is damaged.

    """
    with stumbling(), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("zip_too_packed")
    names = [entry.filename for entry in entries if not entry.is_dir() and not _is_beside(entry.filename)]
    for kinds in (TABLES, TEXTS):
        if found := [name for name in names if PurePosixPath(name.lower()).suffix in kinds]:
            return _only(found)
    if not names:
        raise FileRefused("zip_empty")
    return _only(names)


def _only(names: list[str]) -> str:
    if len(names) > 1:
        said = [PurePosixPath(name).name[:LONGEST_NAME] for name in names[:NAMED]]
        raise FileRefused("zip_several", files=[*said, "…"] if len(names) > NAMED else said)
    return names[0]


def _is_beside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".") or parts[-1].lower() in BESIDE


@contextmanager
def unpacked(path: Path, name: str, limit: int | None = None) -> Iterator[Path]:
    """Give a path by which the file of this name can be read until the end of the block, and by nobody else.

    Raises:
        FileRefused: it is larger than ``limit`` bytes, unpacks to too much, needs a password or is damaged.

    """
    with tempfile.TemporaryFile(prefix="people-") as file:  # without a name: whatever happens, nothing of it stays
        with stumbling(), zipfile.ZipFile(path) as archive:
            entry = archive.getinfo(name)
            if entry.flag_bits & 0x1:
                raise FileRefused("zip_with_password")
            if entry.compress_type not in METHODS:
                raise FileRefused("zip_method")
            most = min(MOST_UNPACKED, max(SMALL, MOST_RATIO * max(entry.compress_size, 1)))
            done = 0
            with archive.open(entry) as stream:
                while piece := stream.read(PIECE):
                    done += len(piece)
                    if limit is not None and done > limit:
                        raise FileRefused("too_large", limit=limit // MIB)
                    if done > most:
                        raise FileRefused("zip_too_packed")
                    file.write(piece)
        file.flush()
        yield Path(f"/proc/self/fd/{file.fileno()}")
