"""Work on files of HR in the background: compared, written and undone under a lease, in lanes of their own."""

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

from ..files import storage
from ..files.columns import ColumnMapping
from ..files.problems import FileRefused
from ..models import ImportBatch
from ..rules import can_undo_import
from .application import BadRows, Outcome, Progress, RightsEnd, TooManyDepartures, giving_way, preview
from .application import apply as write_file
from .undoing import is_last, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rse.core.models import Person

    from ..files.formats import Table

State = ImportBatch.State
log = structlog.get_logger(__name__)

TAKEN_UP_WITHIN = datetime.timedelta(seconds=60)
NOTHING_SHOWN: dict[str, Any] = {"examples": [], "problems": [], "counts": {}, "allowed_holders": [], "mapping": {}}
ARRIVES_WITHIN = datetime.timedelta(hours=1)
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
        "older_file",
        "sent_before",
        "interrupted",
        "failed",
    }
)


class LeaseLost(Exception):
    """The work on a file was taken for dead, or begun anew, while it went on: nothing of it is kept."""


class NotTheLast(Exception):
    """Another file was written since, this one was undone already, or it is longer ago than seven days."""


def table_of(batch: ImportBatch) -> Table:
    """Read the headers of the file again.

    Raises:
        FileRefused: the file is gone or damaged.

    """
    return storage.opened(batch.stored_path)


def queued() -> dict[str, Any]:
    """Return the columns that say that work on the file is about to begin: where no worker takes it up, it ends as interrupted."""
    return {"progress_done": 0, "progress_total": 100, "leased_until": clock.now() + TAKEN_UP_WITHIN}


@transaction.atomic
def undo_import(*, actor: Person, batch: ImportBatch) -> None:
    """Undo the last import in the background, once, whatever number of windows ask for it.

    Raises:
        PermissionDenied: this person undoes no import.
        NotTheLast: it cannot be undone any more.

    """
    if not can_undo_import(actor):
        raise PermissionDenied
    asked = {"state": State.UNDOING, "undone_by": actor, "refusal": "", "refusal_params": {}}
    if not is_last(batch) or not ImportBatch.objects.written().filter(pk=batch.pk).update(**asked, **queued()):
        raise NotTheLast
    tasks.enqueue(take_out, batch_id=batch.pk)


@tasks.job()
def compare(batch_id: int) -> None:
    """Compare the file with the company, and keep what a preview shows, in a lane of its own."""
    lanes.start(f"import {batch_id}", partial(_work_on, batch_id, State.UPLOADED, _compare), group="imports")


@tasks.job()
def apply(batch_id: int) -> None:
    """Write the file, whole or not at all, and keep the report of it, in a lane of its own."""
    lanes.start(f"import {batch_id}", partial(_work_on, batch_id, State.RUNNING, _apply), group="imports")


@tasks.job()
def take_out(batch_id: int) -> None:
    """Undo the import, whole or not at all, in a lane of its own."""
    lanes.start(f"import {batch_id}", partial(_work_on, batch_id, State.UNDOING, _undo), group="imports")


def compare_now(batch: ImportBatch) -> None:
    """Compare the file here, in the caller's thread, under the same lease."""
    ImportBatch.objects.filter(pk=batch.pk, state=State.UPLOADED).update(**queued())
    _work_on(batch.pk, State.UPLOADED, _compare)


def write_now(batch: ImportBatch) -> None:
    """Write a file that was compared here, in the caller's thread, under the same lease."""
    ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEWED).update(state=State.RUNNING, **queued())
    _work_on(batch.pk, State.RUNNING, _apply)


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
    """Return the row as long as it is this attempt that works on it."""
    return ImportBatch.objects.moving().filter(pk=batch.pk, attempts=batch.attempts)


def _compare(batch: ImportBatch) -> None:
    refuse_older(batch)
    mapping = ColumnMapping.from_json(batch.mapping)
    outcome = preview(table_of(batch), mapping, is_full=batch.is_full, progress=_progress_of(batch))
    _end(batch, state=State.PREVIEWED, **kept_of(outcome, batch))


def _apply(batch: ImportBatch) -> None:
    """Write the file and say so in one transaction: whoever is killed in it has written nothing, and nothing says otherwise."""
    with transaction.atomic():
        refuse_older(batch)
        outcome = write(batch, table_of(batch))
        _end(batch, state=State.APPLIED, applied_at=clock.now(), **kept_of(outcome, batch))


def _end(batch: ImportBatch, **values: Any) -> None:
    """Write what became of the work, unless another took it over; a file that is not needed any more is erased after the commit."""
    if values["state"] in (State.APPLIED, State.REFUSED):
        values["stored_path"] = ""
        transaction.on_commit(partial(erase, batch.stored_path))
    if not _held_by(batch).update(leased_until=None, **values):
        raise LeaseLost


def sweep_imports() -> int:
    """End what a dead worker was at: nothing was written, and the file waits where it stood; return how many."""
    lost = ImportBatch.objects.moving().filter(Q(leased_until__lt=clock.now()) | Q(leased_until=None))
    values: dict[str, Any] = {"refusal": "interrupted", "refusal_params": {}, "leased_until": None, "progress_done": 0, "progress_total": 0}
    running = lost.filter(state=State.RUNNING).update(state=State.PREVIEWED, **values)
    running += lost.filter(state=State.UNDOING).update(state=State.APPLIED, **values)
    return running + lost.filter(state=State.UPLOADED).update(**values)


def refuse_old(keys: Sequence[int]) -> None:
    """Refuse these imports, which waited too long, in the caller's transaction; their files are erased after it."""
    old = ImportBatch.objects.filter(pk__in=keys)
    for path in old.order_by("pk").values_list("stored_path", flat=True):
        transaction.on_commit(partial(erase, path))
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
        erase(str(path))
    return len(gone)


def _progress_of(batch: ImportBatch) -> Progress:
    shown = [0]

    def move(percent: int) -> None:
        if percent >= shown[0] + 5:
            shown[0] = percent
            ImportBatch.objects.filter(pk=batch.pk).update(progress_done=min(percent, 100), progress_total=100)

    return move


def _refuse(batch: ImportBatch, refused: FileRefused) -> None:
    """Send a file of which nothing was written back to where its columns are chosen, with the reason, or away if nothing can mend it."""
    values: dict[str, Any] = {"refusal": refused.code, "refusal_params": refused.params, "progress_done": 0, "progress_total": 0}
    if isinstance(refused, BadRows | TooManyDepartures | RightsEnd):
        problems = refused.problems
        values |= {"problems": problems.as_json(), "problem_count": problems.errors + problems.warnings}
    if batch.state == State.UNDOING:
        values["state"] = State.APPLIED
    elif refused.code not in MENDED:
        values["state"] = State.REFUSED
    else:
        values["state"] = State.PREVIEWED if batch.state == State.RUNNING else State.UPLOADED
    with suppress(LeaseLost):
        _end(batch, **values)


def _undo(batch: ImportBatch) -> None:
    """Undo the import and say so in one transaction, unless another file was written since somebody asked for it.

    Raises:
        FileRefused: another was written, or is being written, or the cut of an access ended this.

    """
    with transaction.atomic(), giving_way():
        if not is_last(batch):
            raise FileRefused("not_the_last")
        undo(batch)
        _end(batch, state=State.APPLIED, undone_at=clock.now(), progress_done=100, progress_total=100)


def write(batch: ImportBatch, table: Table, *, progress: Progress | None = None) -> Outcome:
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


def kept_of(outcome: Outcome, batch: ImportBatch) -> dict[str, Any]:
    """Return the columns of a batch that a report fills."""
    return {
        "counts": outcome.counts_as_json() | {name: batch.counts[name] for name in ("left_out",) if batch.counts.get(name)},
        "examples": [change.as_json() for change in outcome.examples],
        "problems": outcome.problems.as_json(),
        "problem_count": outcome.problems.errors + outcome.problems.warnings,
        "progress_done": 100,
        "progress_total": 100,
        "refusal": "",
        "refusal_params": {},
    }


def refuse_older(batch: ImportBatch) -> None:
    """Refuse a file that speaks of an earlier day than the last one that was written, unless somebody insists on it.

    Raises:
        FileRefused: it is older, or it was written before the last one.

    """
    if batch.allows_older:
        return
    digest, dated_on = batch.digest, batch.dated_on
    written = ImportBatch.objects.written().filter(is_by_hand=False).exclude(pk=batch.pk).order_by("-applied_at", "-pk")
    last = written.first()
    if last is None or (digest and last.digest == digest):
        return
    same = written.filter(digest=digest).first() if digest else None
    if same is not None and same.applied_at:
        raise FileRefused("sent_before", day=clock.date_of(same.applied_at).isoformat())
    dated = written.exclude(dated_on=None).first()
    if dated_on and dated is not None and dated.dated_on and dated_on < dated.dated_on:
        raise FileRefused("older_file", day=dated_on.isoformat(), last_day=dated.dated_on.isoformat())


def erase(path: str) -> None:
    if path:
        Path(path).unlink(missing_ok=True)
