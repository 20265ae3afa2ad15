"""The folder that is watched: each file is taken from there, compared, and written by itself where it asks nothing and changes little."""

from __future__ import annotations

import datetime
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events.bus import publish
from rse.core.models import Person, RoleGrant

from ..events import ImportWaits
from ..files import storage
from ..files.comparison import KINDS
from ..files.problems import FileRefused
from ..models import ImportBatch
from .background import compare_now, write_now

if TYPE_CHECKING:
    from collections.abc import Iterator

State = ImportBatch.State
SETTLED_FOR = 60.0  # seconds that nothing was written into a file: whoever writes it is done
ONE_IN = 10  # of those who are here: more who change, come or go, and the file waits
log = structlog.get_logger(__name__)


def look_into_folder() -> int:
    """Take in every file that lies in the folder and is complete; return how many. One that is refused stops no other."""
    taken = 0
    for path in _files():
        try:
            _take(path)
            taken += 1
        except Exception:
            log.exception("file of the folder failed")
    return taken


def _files() -> Iterator[Path]:
    """Return the complete files of the folder, the oldest first; nothing that begins with a dot, no folder, no link."""
    folder = settings.IMPORT_DIR
    if folder is None or not folder.is_dir():
        return
    found = [path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file() and not path.is_symlink()]
    for path in sorted(found, key=lambda one: (one.stat().st_mtime, one.name)):
        if clock.now().timestamp() - path.stat().st_mtime >= SETTLED_FOR:
            yield path


def _take(path: Path) -> None:
    """Take one file in, unless it was taken in before and could not be taken away."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    seen = path.stat()
    written_at = datetime.datetime.fromtimestamp(seen.st_mtime, datetime.UTC)
    taken = ImportBatch.objects.filter(digest=digest, file_name=_name_of(path), is_from_folder=True, uploaded_at__gte=written_at)
    if taken.exists():
        _take_away(path, seen)
        return
    batch = _received(path)
    _take_away(path, seen)
    if batch.state == State.UPLOADED and batch.profile_id is not None:
        compare_now(batch)
        batch.refresh_from_db()
        if may_write_itself(batch):
            write_now(batch)
            batch.refresh_from_db()
    if batch.state != State.APPLIED:
        tell(batch)


def _take_away(path: Path, seen: os.stat_result) -> None:
    """Delete the file that was ``seen``, and none that was laid under its name since."""
    try:
        now = path.stat()
        if (now.st_ino, now.st_mtime_ns) == (seen.st_ino, seen.st_mtime_ns):
            path.unlink()
    except FileNotFoundError:
        return
    except OSError:
        log.warning("file of the folder stays", reason="it cannot be deleted")


def _name_of(path: Path) -> str:
    return path.name[:200]


def _received(path: Path) -> ImportBatch:
    """Keep the table of a file aside as one that was sent, read by the profile of its headers; a refused one is on record."""
    batch, arrival = ImportBatch(file_name=_name_of(path), kind=ImportBatch.Kind.FULL, is_from_folder=True), storage.Arrival()
    kept = storage.folder() / batch.public_id
    try:
        with path.open("rb") as file:
            storage.store(File(file, name=path.name), kept, arrival=arrival)
        profile = storage.profile_of(storage.opened(str(kept)))
        batch.mapping, batch.counts, batch.stored_path = arrival.mapping.as_json(), {"left_out": arrival.left_out}, str(kept)
        batch.profile = profile
        batch.kind = profile.kind if profile else batch.kind
    except FileRefused as refused:
        batch.state, batch.refusal, batch.refusal_params = State.REFUSED, refused.code, refused.params
    batch.digest = arrival.digest
    batch.dated_on = arrival.dated_on or clock.date_of(datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC))
    batch.save()
    return batch


def may_write_itself(batch: ImportBatch) -> bool:
    """Return whether a compared file asks nothing but about absent people, and changes no more than one in ten of those who are here."""
    counts = batch.counts
    if batch.state != State.PREVIEWED or batch.refusal or counts.get("errors") or counts.get("holders"):
        return False
    asks = {"same_person", "manager_shared_name", "unknown_status", "address_waits"} & set(counts.get("codes", {}))
    changed, active = sum(counts.get(kind, 0) for kind in KINDS), counts.get("active", 0)
    return not asks and active > 0 and changed * ONE_IN <= active


@transaction.atomic
def tell(batch: ImportBatch) -> None:
    """Tell those who import people that a file waits for them, or was refused."""
    whole = RoleGrant.objects.current().filter(role=Role.HR, unit=None) | RoleGrant.objects.current().filter(role=Role.ADMINISTRATOR)
    people = Person.objects.filter(pk__in=whole.values("person"), state=PersonState.ACTIVE).order_by("pk").values_list("pk", flat=True)
    publish(ImportWaits(subject=("import_batch", batch.pk), recipient_ids=tuple(people)))
