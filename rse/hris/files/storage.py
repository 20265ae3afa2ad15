"""Where files of HR wait, readable by the product only, and what was said of the columns of others like them."""

from __future__ import annotations

import datetime
import hashlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from rse.core import clock

from ..models import ImportMapping
from .columns import ColumnMapping, signature
from .file_days import day_of
from .formats import ON_SCREEN, Layout, Table, open_table
from .kept import is_kept, keep, open_kept
from .problems import FileRefused
from .proposal import Proposal, propose

if TYPE_CHECKING:
    from django.core.files import File


def folder() -> Path:
    """Return the folder of the files that wait, made where it is missing."""
    found = settings.DATA_DIR / "imports"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


@dataclass
class Arrival:
    """A file that was sent: its digest, and what is known of it once its table could be kept."""

    digest: str = ""
    dated_on: datetime.date | None = None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    left_out: int = 0  # lines of totals, headers that come again, and such


def store(upload: File[bytes], path: Path, layout: Layout | None = None, *, arrival: Arrival) -> None:
    """Write the table of ``upload`` to ``path`` without what is never read, and fill ``arrival``, its digest first of all.

    ``layout`` says where the table is, as far as a person does. What was sent is nowhere else, whatever happens.

    Raises:
        FileRefused: the file cannot be read at all.

    """
    sent = path.with_suffix(".sent")
    try:
        digest = hashlib.sha256()
        with _private_file(sent) as file:
            for piece in upload.chunks():
                digest.update(piece)
                file.write(piece)
        arrival.digest = digest.hexdigest()
        table = open_table(sent, ON_SCREEN, layout=layout)
        arrival.dated_on = day_of(above=table.sieve.texts, name=upload.name or "", path=sent)
        proposal = propose(table)
        with _private_file(path) as kept:
            keep(table, kept, without=proposal.private)
        arrival.left_out = table.left_out.lines
        arrival.mapping = _remembered(table, proposal)
    except BaseException:  # refused, or the disk is full
        path.unlink(missing_ok=True)
        raise
    finally:
        sent.unlink(missing_ok=True)


def _private_file(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def arrival_of(path: Path, table: Table) -> Arrival:
    """Return what is known of a file that stands on the server; where nothing in it says its day, the day on which it was written does."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    said = day_of(above=table.sieve.texts, name=path.name, path=path)
    return Arrival(digest, said or clock.date_of(datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)))


def opened(stored_path: str) -> Table:
    """Open a file that waits.

    Raises:
        FileRefused: it is gone or damaged.

    """
    path = Path(stored_path)
    if not stored_path or not path.exists():
        raise FileRefused("damaged")
    return open_kept(path, ON_SCREEN) if is_kept(path) else open_table(path, ON_SCREEN)


def mapping_of(table: Table) -> ColumnMapping:
    """Return what the columns of ``table`` mean: as it was remembered for these headers, or as its headers and values say."""
    return _remembered(table, propose(table))


def _remembered(table: Table, proposal: Proposal) -> ColumnMapping:
    """What a person said of the columns of files with these headers, but for those that are never read; else what is proposed."""
    found = ImportMapping.objects.filter(signature=signature(table.headers)).first()
    if found is None:
        return proposal.mapping
    said = ColumnMapping.from_json(found.columns)
    return said.with_(**{name: "" for name, header in said.columns.items() if header in proposal.private})


def remember(table: Table, mapping: ColumnMapping, kind: str) -> ImportMapping:
    """Store what the columns and their words mean for files with the same headers, and return it; nothing of what was said of people."""
    said = {
        "columns": replace(mapping, superiors={}, same={}, corrected={}).as_json(),
        "kind": kind,
        "used_at": clock.now(),
        "headers": list(table.headers),
    }
    return ImportMapping.objects.update_or_create(signature=signature(table.headers), defaults=said)[0]


def profile_of(table: Table) -> ImportMapping | None:
    """Return the profile of files with these headers, if a person said once what they mean."""
    return ImportMapping.objects.filter(signature=signature(table.headers)).first()
