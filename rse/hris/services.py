"""Files of HR on their way in, from the screen: kept apart, compared in the background, written after a yes."""

from __future__ import annotations

import datetime
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet

from rse.core import clock
from rse.core.events import lanes, tasks
from rse.core.events.leases import LEASE, renewed
from rse.core.ops import locks

from .files import storage
from .files.application import BadRows, Outcome, Progress, RightsEnd, TooManyDepartures, preview
from .files.application import apply as write_file
from .files.columns import ColumnMapping
from .files.formats import Layout, Table
from .files.problems import FileRefused
from .models import ImportBatch
from .rules import can_import_people, can_name_holders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from rse.core.models import Person

State = ImportBatch.State
log = structlog.get_logger(__name__)

TAKEN_UP_WITHIN = datetime.timedelta(seconds=60)
ARRIVES_WITHIN = datetime.timedelta(hours=1)
NOTHING_SHOWN: dict[str, Any] = {"examples": [], "problems": [], "counts": {}, "allowed_holders": [], "mapping": {}}
# Refusals after which the same file may still be written: with other columns, a yes more, or later.
MENDED = frozenset(
    {
        "missing_columns",
        "unknown_headers",
        "header_used_twice",
        "bad_rows",
        "too_many_departures",
        "rights_end",
        "import_running",
        "interrupted",
        "failed",
    }
)


class LeaseLost(Exception):
    """The work on a file was taken for dead, or begun anew, while it went on: nothing of it is kept."""


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
    batch = ImportBatch(file_name=Path(upload.name or "file").name[:200], kind=kind, uploaded_by=actor)
    path = storage.folder() / batch.public_id
    try:
        batch.mapping = storage.store(upload, path, layout).as_json()
        batch.stored_path = str(path)
        batch.save()
    except BaseException:  # no file without a row
        path.unlink(missing_ok=True)
        raise
    return batch


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
    is_remembered: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Write a file of HR that stands on the server, whole or not at all, with its report; nothing where it says what is known already.

    Whoever has the server asks no rule. ``is_remembered`` keeps ``mapping`` for files with the same headers.

    Raises:
        FileRefused: the file cannot be written as it is.

    """
    kind = ImportBatch.Kind.FULL if is_full else ImportBatch.Kind.DELTA
    batch = ImportBatch.objects.create(
        file_name=file_name[:200],
        kind=kind,
        mapping=mapping.as_json(),
        skips_bad_rows=skips_bad_rows,
        allows_departures=allows_departures,
        allowed_holders=list(allowed_holders),
    )
    outcome = _write(batch, table, progress=progress)
    if outcome.is_empty:
        transaction.set_rollback(True)
        return outcome
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=clock.now(), **_kept_of(outcome))
    if is_remembered:
        storage.remember(table, mapping, kind)
    return outcome


def table_of(batch: ImportBatch) -> Table:
    """Read the headers of the file again.

    Raises:
        FileRefused: the file is gone or damaged.

    """
    return storage.opened(batch.stored_path)


@transaction.atomic
def choose_columns(*, actor: Person, batch: ImportBatch, said: Mapping[str, Any], skips_bad_rows: bool) -> None:
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
    storage.remember(table, mapping, batch.kind)
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.UPLOADED, State.PREVIEWED]).update(
        state=State.UPLOADED, compared_by=actor, mapping=mapping.as_json(), skips_bad_rows=skips_bad_rows, refusal="", **_queued()
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
        **_queued(),
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
    transaction.on_commit(partial(_erase, batch.stored_path))


def _queued() -> dict[str, Any]:
    """What says that work on the file is about to begin: where no worker takes it up, it ends as interrupted."""
    return {"progress_done": 0, "progress_total": 100, "leased_until": clock.now() + TAKEN_UP_WITHIN}


def _may_move(actor: Person, batch: ImportBatch, *states: str) -> None:
    if not can_import_people(actor):
        raise PermissionDenied
    if batch.state not in states:
        raise NotNow


@tasks.job()
def compare(batch_id: int) -> None:
    """Compare the file with the company, and keep what a preview shows, in a lane of its own."""
    lanes.start(f"import {batch_id}", partial(_work_on, batch_id, State.UPLOADED, _compare), group="imports")


@tasks.job()
def apply(batch_id: int) -> None:
    """Write the file, whole or not at all, and keep the report of it, in a lane of its own."""
    lanes.start(f"import {batch_id}", partial(_work_on, batch_id, State.RUNNING, _apply), group="imports")


def _work_on(batch_id: int, state: str, act: Callable[[ImportBatch], None]) -> None:
    """Do ``act`` under a lease; whatever becomes of it, the file does not stay where it seems to be worked on."""
    moving = ImportBatch.objects.moving().filter(pk=batch_id, state=state)
    if not moving.update(attempts=F("attempts") + 1, leased_until=clock.now() + LEASE):
        return
    batch = ImportBatch.objects.get(pk=batch_id)
    try:
        with renewed(_held_by(batch)):
            act(batch)
    except LeaseLost:
        log.warning("import taken over", batch=batch_id)
    except FileRefused as refused:
        _refuse(batch, refused)
    except Exception as error:
        log.exception("import failed", batch=batch_id)
        _refuse(batch, FileRefused("interrupted" if locks.was_ended(error) else "failed"))


def _held_by(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """The row as long as it is this attempt that works on it."""
    return ImportBatch.objects.moving().filter(pk=batch.pk, attempts=batch.attempts)


def _compare(batch: ImportBatch) -> None:
    mapping = ColumnMapping.from_json(batch.mapping)
    outcome = preview(table_of(batch), mapping, is_full=batch.is_full, progress=_progress_of(batch))
    _end(batch, state=State.PREVIEWED, **_kept_of(outcome))


def _apply(batch: ImportBatch) -> None:
    """Write the file and say so in one transaction: whoever is killed in it has written nothing, and nothing says otherwise."""
    with transaction.atomic():
        outcome = _write(batch, table_of(batch))
        _end(batch, state=State.APPLIED, applied_at=clock.now(), **_kept_of(outcome))


def _write(batch: ImportBatch, table: Table, *, progress: Progress | None = None) -> Outcome:
    return write_file(
        table,
        ColumnMapping.from_json(batch.mapping),
        is_full=batch.is_full,
        batch_id=batch.pk,
        skip_bad_rows=batch.skips_bad_rows,
        allow_departures=batch.allows_departures,
        allow_holders=frozenset(batch.allowed_holders),
        progress=progress,
    )


def _end(batch: ImportBatch, **values: Any) -> None:
    """Write what became of the work, unless another took it over; a file that is not needed any more is erased after the commit."""
    if values["state"] in (State.APPLIED, State.REFUSED):
        values["stored_path"] = ""
        transaction.on_commit(partial(_erase, batch.stored_path))
    if not _held_by(batch).update(leased_until=None, **values):
        raise LeaseLost


def sweep_imports() -> int:
    """End what a dead worker was at: nothing was written, and the file waits where it stood; return how many."""
    lost = ImportBatch.objects.moving().filter(Q(leased_until__lt=clock.now()) | Q(leased_until=None))
    values: dict[str, Any] = {"refusal": "interrupted", "refusal_params": {}, "leased_until": None, "progress_done": 0, "progress_total": 0}
    running = lost.filter(state=State.RUNNING).update(state=State.PREVIEWED, **values)
    return running + lost.filter(state=State.UPLOADED).update(**values)


def refuse_old(keys: Sequence[int]) -> None:
    """Refuse these imports, which waited too long, in the caller's transaction; their files are erased after it."""
    old = ImportBatch.objects.filter(pk__in=keys)
    for path in old.order_by("pk").values_list("stored_path", flat=True):
        transaction.on_commit(partial(_erase, path))
    old.update(state=State.REFUSED, refusal="too_old", refusal_params={}, stored_path="", leased_until=None)


def refuse_lost_files() -> None:
    """Refuse the imports whose file waited when a backup was made: no backup holds it."""
    values: dict[str, Any] = {"refusal": "restored", "refusal_params": {}, "stored_path": "", "leased_until": None}
    ImportBatch.objects.with_file().update(state=State.REFUSED, **values)


def erase_files() -> int:
    """Erase each file of HR that no row needs: written, thrown away, too old, or left without a row; return how many."""
    now = clock.now()
    needed = set(ImportBatch.objects.with_file().values_list("stored_path", flat=True))
    waits = now - ARRIVES_WITHIN  # a file is there some time before its row
    gone = [
        path
        for path in [*storage.folder().iterdir(), *Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()]
        if str(path) not in needed and path.stat().st_mtime < waits.timestamp()
    ]
    for path in gone:
        _erase(str(path))
    return len(gone)


def _erase(path: str) -> None:
    if path:
        Path(path).unlink(missing_ok=True)


def _progress_of(batch: ImportBatch) -> Progress:
    shown = [0]

    def move(percent: int) -> None:
        if percent >= shown[0] + 5:
            shown[0] = percent
            ImportBatch.objects.filter(pk=batch.pk).update(progress_done=min(percent, 100), progress_total=100)

    return move


def _kept_of(outcome: Outcome) -> dict[str, Any]:
    """What a report keeps."""
    return {
        "counts": outcome.counts_as_json(),
        "examples": [change.as_json() for change in outcome.examples],
        "problems": outcome.problems.as_json(),
        "problem_count": outcome.problems.errors + outcome.problems.warnings,
        "progress_done": 100,
        "progress_total": 100,
        "refusal": "",
        "refusal_params": {},
    }


def _refuse(batch: ImportBatch, refused: FileRefused) -> None:
    """Nothing was written: the file goes back to where its columns are chosen, with the reason, or away if nothing can mend it."""
    values: dict[str, Any] = {"refusal": refused.code, "refusal_params": refused.params, "progress_done": 0, "progress_total": 0}
    if isinstance(refused, BadRows | TooManyDepartures | RightsEnd):
        problems = refused.problems
        values |= {"problems": problems.as_json(), "problem_count": problems.errors + problems.warnings}
    if refused.code not in MENDED:
        values["state"] = State.REFUSED
    else:
        values["state"] = State.PREVIEWED if batch.state == State.RUNNING else State.UPLOADED
    with suppress(LeaseLost):
        _end(batch, **values)
