"""Files of HR on their way in, from the screen: kept apart, compared in the background, written after a yes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.events import tasks

from ..files import storage
from ..files.columns import ColumnMapping
from ..files.formats import Layout, Table
from ..files.problems import FileRefused
from ..models import ImportBatch
from ..rules import can_import_people, can_name_holders
from .application import Outcome, Progress
from .background import apply, compare, erase, kept_of, queued, refuse_older, table_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from rse.core.models import Person

State = ImportBatch.State


class NotNow(Exception):
    """The file is not at the step where this can be done: another window did it, or it is running."""


def receive_file(*, actor: Person, upload: UploadedFile, kind: str, layout: Layout | None = None) -> ImportBatch:
    """Keep the table of a file of HR aside, readable by the product only, without what is never read; propose what its columns mean.

    ``layout`` says where the table is, as far as a person does.

    Raises:
        PermissionDenied: this person imports nobody.
        FileRefused: the file cannot be read at all; nothing of it is kept.

    """
    if not can_import_people(actor):
        raise PermissionDenied
    batch, arrival = ImportBatch(file_name=_short(upload.name), kind=kind, uploaded_by=actor), storage.Arrival()
    path = storage.folder() / batch.public_id
    try:
        storage.store(upload, path, layout, arrival=arrival)
        batch.mapping, batch.counts = arrival.mapping.as_json(), {"left_out": arrival.left_out}
        batch.stored_path, batch.digest, batch.dated_on = str(path), arrival.digest, arrival.dated_on
        batch.save()
    except FileRefused as refused:
        record_refusal(refused=refused, file_name=upload.name or "", kind=kind, digest=arrival.digest, actor=actor)
        raise
    except BaseException:  # no file without a row
        path.unlink(missing_ok=True)
        raise
    return batch


@transaction.atomic
def record_refusal(*, refused: FileRefused, file_name: str, kind: str, digest: str = "", actor: Person | None = None) -> None:
    """Keep that a file was sent and could not be taken, and why; nothing of the file itself."""
    said = {"refusal": refused.code, "refusal_params": refused.params}
    ImportBatch.objects.create(file_name=_short(file_name), kind=kind, uploaded_by=actor, digest=digest, state=State.REFUSED, **said)


def described(table: Table, file_name: str, *, allows_older: bool) -> ImportBatch:
    """Return a row, not saved yet, for a file that stands on the server, with its digest and the day of which it speaks."""
    arrival = storage.arrival_of(table.path, table)
    return ImportBatch(file_name=_short(file_name), digest=arrival.digest, dated_on=arrival.dated_on, allows_older=allows_older)


def _short(name: str | None) -> str:
    return Path(name or "file").name[:200]


@transaction.atomic
def import_from_server(
    *,
    table: Table,
    mapping: ColumnMapping,
    file_name: str,
    is_full: bool,
    skips_bad_rows: bool = False,
    allows_departures: bool = False,
    allowed_holders: Sequence[str] = (),
    allows_older: bool = False,
    is_remembered: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Write a file of HR that stands on the server, whole or not at all, with its report; nothing where it says what is known already.

    Whoever has the server asks no rule. ``is_remembered`` keeps ``mapping`` for files with the same headers.

    Raises:
        FileRefused: the file cannot be written as it is.

    """
    kind = ImportBatch.Kind.FULL if is_full else ImportBatch.Kind.DELTA
    batch = described(table, file_name, allows_older=allows_older)
    batch.kind, batch.mapping = kind, mapping.as_json()
    batch.skips_bad_rows, batch.allows_departures, batch.allowed_holders = skips_bad_rows, allows_departures, list(allowed_holders)
    batch.save()
    refuse_older(batch)
    outcome = write(batch, table, progress=progress)
    if outcome.is_empty:
        transaction.set_rollback(True)
        return outcome
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=clock.now(), **kept_of(outcome, batch))
    if is_remembered:
        storage.remember(table, mapping, kind)
    return outcome


@transaction.atomic
def choose_columns(*, actor: Person, batch: ImportBatch, said: Mapping[str, Any], skips_bad_rows: bool, allows_older: bool = False) -> None:
    """Store what the columns mean, as ``ColumnMapping.as_json`` writes it, and compare the file with the company in the background.

    Raises:
        PermissionDenied: this person imports nobody.
        FileRefused: a required column has no header, or one header stands for two.
        NotNow: the file runs, was applied or thrown away.

    """
    _may_move(actor, batch, State.UPLOADED, State.PREVIEWED)
    table = table_of(batch)
    mapping = ColumnMapping.from_json(said)
    mapping.places(table.headers)
    profile = storage.remember(table, mapping, batch.kind)
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.UPLOADED, State.PREVIEWED]).update(
        state=State.UPLOADED,
        compared_by=actor,
        profile=profile,
        mapping=mapping.as_json(),
        skips_bad_rows=skips_bad_rows,
        allows_older=allows_older,
        refusal="",
        **queued(),
    )
    if not moved:
        raise NotNow
    tasks.enqueue(compare, batch_id=batch.pk)


@transaction.atomic
def write_changes(*, actor: Person, batch: ImportBatch, allows_departures: bool, allowed_holders: Sequence[str] = ()) -> None:
    """Write what was compared, in the background: once, whatever number of windows say yes.

    ``allowed_holders`` are the handles of those whose rights take two and who may leave by this file.

    Raises:
        PermissionDenied: this person imports nobody, or names holders of rights alone.
        NotNow: the file was not compared yet, or somebody said yes before.

    """
    _may_move(actor, batch, State.PREVIEWED)
    if allowed_holders and not can_name_holders(actor, batch):
        raise PermissionDenied
    moved = ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEWED, compared_by=batch.compared_by_id).update(
        state=State.RUNNING,
        allows_departures=allows_departures,
        allowed_holders=list(allowed_holders),
        refusal="",
        **queued(),
    )
    if not moved:
        raise NotNow
    tasks.enqueue(apply, batch_id=batch.pk)


@transaction.atomic
def throw_away(*, actor: Person, batch: ImportBatch) -> None:
    """Forget the file; what it would have changed stays as it is.

    Raises:
        PermissionDenied: this person imports nobody.
        NotNow: it runs, or was applied.

    """
    _may_move(actor, batch, State.UPLOADED, State.PREVIEWED)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=[State.UPLOADED, State.PREVIEWED]).update(state=State.REFUSED, stored_path=""):
        raise NotNow
    transaction.on_commit(partial(erase, batch.stored_path))


def _may_move(actor: Person, batch: ImportBatch, *states: str) -> None:
    if not can_import_people(actor):
        raise PermissionDenied
    if batch.state not in states:
        raise NotNow
