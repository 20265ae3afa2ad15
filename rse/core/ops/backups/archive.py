"""The one file of a backup: a tar in gzip, the database first, the uploads after it, and the manifest that names them all as the last.

It is written and read as a stream: what is held in memory is one block, and one line of the manifest for each file.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
MEDIA = "media/"
MARK = b"maillage-backup"  # the name that gzip keeps of what it holds: it tells our files from others
LARGEST_MANIFEST = 512 * 1024 * 1024
BLOCK = 1024 * 1024


class Damaged(Exception):
    """The file is no backup, is cut off, or says something else than its manifest."""


@dataclass(frozen=True)
class Member:
    """One file of the archive, to be read until the next is asked for."""

    name: str
    size: int
    mode: int
    mtime: float
    file: IO[bytes]


class _Hashed(io.RawIOBase):
    """A file that is read once, with the digest of what was read."""

    def __init__(self, source: IO[bytes]):
        self.source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.digest.update(block)
        self.size += len(block)
        return block


class Writer:
    """Writes the archive into ``target`` and remembers size and digest of each file."""

    def __init__(self, target: IO[bytes]):
        self.members: dict[str, dict[str, Any]] = {}
        self._gzip = gzip.GzipFile(filename=MARK.decode(), mode="wb", compresslevel=3, fileobj=target, mtime=0)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by finish

    def add(self, name: str, source: IO[bytes], *, size: int, mode: int = 0o600, mtime: float = 0) -> None:
        """Add the first ``size`` bytes of ``source``.

        Raises:
            OSError: it has fewer, or the disk is full.

        """
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, mode, int(mtime)
        hashed = _Hashed(source)
        self._tar.addfile(info, hashed)  # type: ignore[arg-type]  # it asks for nothing but read
        self._tar.members.clear()  # the library would keep one object for each file
        self.members[name] = {"size": size, "sha256": hashed.digest.hexdigest()}

    def finish(self, manifest: dict[str, Any]) -> None:
        """Add the manifest with what was added before it, and its own digest, and end the file."""
        said = json.dumps(manifest | {"members": self.members}, indent=1).encode()
        for name, content in ((MANIFEST, said), (SEAL, hashlib.sha256(said).hexdigest().encode())):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o600
            self._tar.addfile(info, io.BytesIO(content))
        self._tar.close()
        self._gzip.close()


def is_ours(path: Path) -> bool:
    """Return whether the file at ``path`` begins as one of our archives does."""
    try:
        with path.open("rb") as file:
            head = file.read(10 + len(MARK) + 1)
    except OSError:
        return False
    return head[:4] == b"\x1f\x8b\x08\x08" and head[10:] == MARK + b"\0"


@contextmanager
def told_as_damaged() -> Iterator[None]:
    """Raise ``Damaged`` for what the libraries say of a file that is cut off or changed."""
    try:
        yield
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, UnicodeError) as error:
        raise Damaged(str(error)) from error


def members(path: Path) -> Iterator[Member]:
    """Yield each file of the archive in its order, the manifest and its digest included, and read it to its last byte.

    Raises:
        Damaged: it cannot be read, or holds something else than files with names of ours.
        OSError: the disk cannot be read.

    """
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as file, told_as_damaged():
        with closing(tarfile.open(fileobj=file, mode="r|")) as tar:
            while (info := tar.next()) is not None:
                if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or not is_allowed(info.name):
                    raise Damaged(info.name)
                content = tar.extractfile(info)
                if content is None:
                    raise Damaged(info.name)
                yield Member(info.name, info.size, info.mode & 0o777, info.mtime, content)
                tar.members.clear()
        while block := file.read(BLOCK):  # what the end of the file says of the whole of it is compared here
            if block.strip(b"\0"):
                raise Damaged("more after the end")


def is_allowed(name: str) -> bool:
    """Return whether a file of an archive may have this name: never one that leads out of the folder that it is written to."""
    if name in (MANIFEST, SEAL, "database.sqlite3", "database.dump"):
        return True
    parts = name.removeprefix(MEDIA).split("/")
    return name.startswith(MEDIA) and "\\" not in name and "\0" not in name and not any(part in ("", ".", "..") for part in parts)


def digest_of(member: Member, target: IO[bytes] | None = None) -> str:
    """Return the digest of ``member`` in hexadecimal digits, and write what it holds to ``target``.

    Raises:
        Damaged: it is shorter than it says.

    """
    digest, size = hashlib.sha256(), 0
    while block := member.file.read(BLOCK):
        digest.update(block)
        size += len(block)
        if target is not None:
            target.write(block)
    if size != member.size:
        raise Damaged(member.name)
    return digest.hexdigest()


@told_as_damaged()
def verify(path: Path) -> dict[str, Any]:
    """Read the whole archive and return its manifest, once every file in it is the one that the manifest names.

    Raises:
        Damaged: it is not.
        OSError: the disk cannot be read.

    """
    found: dict[str, dict[str, Any]] = {}
    said, seal = b"", ""
    for member in members(path):
        if seal or member.name in found or (said and member.name != SEAL) or (member.name == SEAL and not said):
            raise Damaged(member.name)
        if member.name == MANIFEST:
            if member.size > LARGEST_MANIFEST:
                raise Damaged(member.name)
            said = member.file.read()
        elif member.name == SEAL:
            seal = member.file.read(100).decode("ascii")
        else:
            found[member.name] = {"size": member.size, "sha256": digest_of(member)}
    if not said or hashlib.sha256(said).hexdigest() != seal:
        raise Damaged(MANIFEST)
    try:
        manifest: dict[str, Any] = json.loads(said)
        named = manifest["members"]
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(MANIFEST) from error
    if named != found:
        raise Damaged(next(iter({name for name in {*named, *found} if named.get(name) != found.get(name)})))
    return manifest
