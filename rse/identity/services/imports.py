"""Files of HR on their way in, from the screen: kept apart, compared in the background, written after a yes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock, rules, tasks

from ..hris.application import Outcome, Progress, preview
from ..hris.application import apply as write_file
from ..hris.columns import COLUMNS, ColumnMapping, signature
from ..hris.formats import ON_SCREEN, Table, open_table
from ..hris.problems import FileRefused
from ..models import ImportBatch, ImportMapping

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from rse.core.models import Person

State = ImportBatch.State


class NotNow(Exception):
    """The file is not at the step where this can be done: another window did it, or it is running."""


def receive_file(*, actor: Person, upload: UploadedFile, kind: str) -> ImportBatch:
    """Keep the file of HR aside, readable by the product only, and guess what its columns mean.

    Raises:
        PermissionDenied: this person imports nobody.
        FileRefused: the file cannot be read at all; nothing of it is kept.

    """
    if not rules.can_import_people(actor):
        raise PermissionDenied
    batch = ImportBatch(file_name=Path(upload.name or "file").name[:200], kind=kind, uploaded_by=actor)
    path = _folder() / batch.public_id
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for piece in upload.chunks():
            kept.write(piece)
    try:
        table = open_table(path, ON_SCREEN)
    except FileRefused:
        path.unlink()
        raise
    remembered = ImportMapping.objects.filter(signature=signature(table.headers)).first()
    mapping = ColumnMapping.from_json(remembered.columns) if remembered else ColumnMapping.guess(table.headers)
    batch.stored_path, batch.mapping = str(path), mapping.as_json()
    batch.save()
    return batch


def table_of(batch: ImportBatch) -> Table:
    """The headers of the file, read again.

    Raises:
        FileRefused: the file is gone or damaged.

    """
    if not batch.stored_path or not Path(batch.stored_path).exists():
        raise FileRefused("damaged")
    return open_table(batch.stored_path, ON_SCREEN)


@transaction.atomic
def choose_columns(*, actor: Person, batch: ImportBatch, columns: Mapping[str, str], skips_bad_rows: bool) -> None:
    """Remember what the columns mean, and compare the file with the company in the background.

    Raises:
        PermissionDenied: this person imports nobody.
        FileRefused: a required column has no header, or one header stands for two.
        NotNow: the file runs, was applied or thrown away.

    """
    _may_move(actor, batch, State.UPLOADED, State.PREVIEWED)
    table = table_of(batch)
    mapping = ColumnMapping.from_json({name: header for name, header in columns.items() if name in COLUMNS})
    mapping.places(table.headers)
    ImportMapping.objects.update_or_create(
        signature=signature(table.headers), defaults={"columns": mapping.as_json(), "kind": batch.kind, "used_at": clock.now()}
    )
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.UPLOADED, State.PREVIEWED]).update(
        state=State.UPLOADED, mapping=mapping.as_json(), skips_bad_rows=skips_bad_rows, progress_done=0, progress_total=100, refusal=""
    )
    if not moved:
        raise NotNow
    tasks.enqueue(compare, batch_id=batch.pk)


@transaction.atomic
def write_changes(*, actor: Person, batch: ImportBatch, allows_departures: bool, allowed_holders: Sequence[str] = ()) -> None:
    """Write what was compared, in the background: once, whatever number of windows say yes.

    ``allowed_holders`` are the employee numbers of those whose rights take two and who may leave by this file.

    Raises:
        PermissionDenied: this person imports nobody.
        NotNow: the file was not compared yet, or somebody said yes before.

    """
    _may_move(actor, batch, State.PREVIEWED)
    moved = ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEWED).update(
        state=State.RUNNING,
        allows_departures=allows_departures,
        allowed_holders=list(allowed_holders),
        progress_done=0,
        progress_total=100,
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
    path = batch.stored_path
    if path:
        transaction.on_commit(lambda: Path(path).unlink(missing_ok=True))


def _may_move(actor: Person, batch: ImportBatch, *states: str) -> None:
    if not rules.can_import_people(actor):
        raise PermissionDenied
    if batch.state not in states:
        raise NotNow


def _folder() -> Path:
    folder = settings.DATA_DIR / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@tasks.job()
def compare(batch_id: int) -> None:
    """Compare the file with the company, and keep what a preview shows."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != State.UPLOADED:
        return
    try:
        mapping = ColumnMapping.from_json(batch.mapping)
        outcome = preview(table_of(batch), mapping, is_full=batch.is_full, progress=_progress_of(batch))
    except FileRefused as refused:
        _refuse(batch, refused)
        return
    _keep_outcome(batch, outcome)
    batch.state = State.PREVIEWED
    batch.save()


@tasks.job()
def apply(batch_id: int) -> None:
    """Write the file, whole or not at all, and keep the report of it."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != State.RUNNING:
        return
    try:
        outcome = write_file(
            table_of(batch),
            ColumnMapping.from_json(batch.mapping),
            is_full=batch.is_full,
            batch_id=batch.pk,
            skip_bad_rows=batch.skips_bad_rows,
            allow_departures=batch.allows_departures,
            allow_holders=frozenset(batch.allowed_holders),
        )
    except FileRefused as refused:
        _refuse(batch, refused)
        return
    _keep_outcome(batch, outcome)
    batch.state, batch.applied_at = State.APPLIED, clock.now()
    Path(batch.stored_path).unlink(missing_ok=True)
    batch.stored_path = ""
    batch.save()


def _progress_of(batch: ImportBatch) -> Progress:
    shown = [0]

    def move(percent: int) -> None:
        if percent >= shown[0] + 5:
            shown[0] = percent
            ImportBatch.objects.filter(pk=batch.pk).update(progress_done=min(percent, 100), progress_total=100)

    return move


def _keep_outcome(batch: ImportBatch, outcome: Outcome) -> None:
    batch.counts = outcome.counts_as_json()
    batch.examples = [change.as_json() for change in outcome.examples]
    batch.problems = outcome.problems.as_json()
    batch.problem_count = outcome.problems.errors + outcome.problems.warnings
    batch.progress_done = batch.progress_total = 100
    batch.refusal, batch.refusal_params = "", {}


def _refuse(batch: ImportBatch, refused: FileRefused) -> None:
    """Nothing was written: the file goes back to where its columns are chosen, with the reason."""
    problems = getattr(refused, "problems", None)
    if problems is not None:
        batch.problems = problems.as_json()
        batch.problem_count = problems.errors + problems.warnings
    batch.refusal, batch.refusal_params = refused.code, refused.params
    batch.state = State.PREVIEWED if batch.state == State.RUNNING else State.UPLOADED
    batch.progress_done = batch.progress_total = 0
    batch.save()
