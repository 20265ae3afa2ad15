"""Documents follow their rows: indexed when something happened to one, put right every night, made anew on demand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import structlog
from django.db import transaction

from rse.core.access import kinds
from rse.core.ops import invariants

from .documents import documents_of, indexed, searched_kinds
from .engines import engine

log = structlog.get_logger(__name__)

BATCH = 500

Move = Callable[[int, int], None]


@transaction.atomic
def index_rows(*, kind: str, ids: Sequence[int], anew: bool = False) -> Counter[str]:
    """Index these rows as they are now and remove those that are gone or hidden; count ``added``, ``changed`` and ``removed``.

    Done again, it changes nothing; ``anew`` writes each of them all the same, and counts it as added.
    """
    one, keeper, counts = kinds.get(kind), engine(), Counter[str]()
    kept = keeper.seals(kind, ids)
    documents = {}
    if one and one.document:
        rows = list(one.with_card(one.model.objects.filter(pk__in=ids).order_by("pk")))
        documents = {pk: indexed(document) for pk, document in documents_of(one, rows).items()}
    new = {pk: document for pk, document in documents.items() if anew or kept.get(pk) != document.seal}
    gone = [pk for pk in kept if pk not in documents]
    if new:
        keeper.index(kind, new)
    if gone:
        keeper.forget(kind, gone)
    known = set() if anew else kept.keys()
    counts.update(added=len(new.keys() - known), changed=len(new.keys() & known), removed=len(gone))
    return counts


def index_references(*, references: Iterable[kinds.Reference]) -> Counter[str]:
    """Index these rows of any kind, with what hangs on them; the id 0 stands for every row of its kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    counts = Counter[str]()
    for name, row_id in references:
        kind = kinds.get(name)
        if row_id == 0:
            counts += reconcile_kind(kind=name)
            continue
        wanted[name].add(row_id)
        for hanging, hanging_id in kind.hanging(row_id) if kind and kind.hanging else ():
            wanted[hanging].add(hanging_id)
    for name, ids in wanted.items():
        for batch in _batches(sorted(ids)):
            counts += index_rows(kind=name, ids=batch)
    return counts


def reconcile_kind(*, kind: str, move: Callable[[int], None] = lambda done: None, anew: bool = False) -> Counter[str]:
    """Index every row of ``kind`` as it is now, and remove what is kept of others. Linear in the number of rows."""
    one, counts = kinds.get(kind), Counter[str]()
    after, done = 0, 0
    rows = one.model.objects if one and one.document else None
    while rows and (ids := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])):
        counts += index_rows(kind=kind, ids=ids, anew=anew)
        after, done = ids[-1], done + len(ids)
        move(done)
    after = 0
    while ids := engine().known(kind, after=after, most=BATCH):
        present = set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if rows else set()
        if gone := [pk for pk in ids if pk not in present]:
            counts += index_rows(kind=kind, ids=gone)
        after = ids[-1]
    return counts


def reconcile(*, move: Move = lambda done, total: None, anew: bool = False) -> Counter[str]:
    """Index what was missed, kind after kind; how much of it is logged, and not how many rows there are."""
    searched = searched_kinds()
    totals = {kind.name: kind.model.objects.count() for kind in searched}
    total, before, counts = sum(totals.values()), 0, Counter[str]()
    for name, rows in totals.items():
        counts += reconcile_kind(kind=name, move=lambda done, before=before: move(before + done, total), anew=anew)  # type: ignore[misc]
        before += rows
    for name in sorted(engine().kinds() - totals.keys()):
        counts += reconcile_kind(kind=name)
    log.info("search reconciled", added=counts["added"], changed=counts["changed"], removed=counts["removed"])
    return counts


def rebuild(*, move: Move = lambda done, total: None) -> Counter[str]:
    """Write every document anew in the place of the old one, then forget what is stale: whoever searches meanwhile loses nothing."""
    return reconcile(move=move, anew=True)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def register_invariants() -> None:
    invariants.register("rows found as they are", lambda: sum(_differences()[:2]))
    invariants.register("nothing found that is gone or hidden", lambda: _differences()[2])


def _differences() -> tuple[int, int, int]:
    """Count the documents that are missing, that say something else than their row, and that should not be there."""
    missing = stale = extra = 0
    for kind in searched_kinds():
        expected = dict[int, str]()
        for batch in _batches(list(kind.model.objects.order_by("pk").values_list("pk", flat=True))):  # type: ignore[attr-defined]
            rows = list(kind.with_card(kind.model.objects.filter(pk__in=batch).order_by("pk")))  # type: ignore[attr-defined]
            expected |= {pk: indexed(document).seal for pk, document in documents_of(kind, rows).items()}
        kept = _seals(kind.name)
        missing += len(expected.keys() - kept.keys())
        stale += len([pk for pk in expected.keys() & kept.keys() if expected[pk] != kept[pk]])
        extra += len(kept.keys() - expected.keys())
    for name in engine().kinds() - {kind.name for kind in searched_kinds()}:
        extra += len(_seals(name))
    return missing, stale, extra


def _seals(kind: str) -> dict[int, str]:
    keeper, kept, after = engine(), dict[int, str](), 0
    while ids := keeper.known(kind, after=after, most=BATCH):
        kept |= keeper.seals(kind, ids)
        after = ids[-1]
    return kept
