"""Documents follow their rows: indexed when something happened to one, put right every night, made anew on demand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import structlog
from django.db import transaction

from rse.core import kinds

from .documents import indexed, searched_kinds
from .engines import engine

log = structlog.get_logger(__name__)

BATCH = 500

Move = Callable[[int, int], None]


@transaction.atomic
def index_rows(*, kind: str, ids: Sequence[int], anew: bool = False) -> Counter[str]:
    """What is kept of these rows is what they say now, and nothing of those that are gone or hidden: ``added``, ``changed``, ``removed``.

    Done again, it changes nothing; ``anew`` writes each of them all the same, and counts it as added.
    """
    one, keeper, counts = kinds.get(kind), engine(), Counter[str]()
    kept = keeper.seals(kind, ids)
    documents = {}
    if one and one.document:
        rows = list(one.with_card(one.model.objects.filter(pk__in=ids).order_by("pk")))
        documents = {pk: indexed(document) for pk, document in kinds.documents_of(one, rows).items()}
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
    """The same for these rows of any kind, with what hangs on them; the id 0 stands for every row of its kind."""
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
    """Every row of ``kind`` is kept as it is now, and nothing else is."""
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
    """What the index missed is put right, kind after kind; how much of it is logged, and nothing else."""
    searched = searched_kinds()
    totals = {kind.name: kind.model.objects.count() for kind in searched}
    total, before, counts = sum(totals.values()), 0, Counter[str]()
    for name, rows in totals.items():
        counts += reconcile_kind(kind=name, move=lambda done, before=before: move(before + done, total), anew=anew)  # type: ignore[misc]
        before += rows
    for name in sorted(engine().kinds() - totals.keys()):
        counts += reconcile_kind(kind=name)
    log.info("search reconciled", rows=total, added=counts["added"], changed=counts["changed"], removed=counts["removed"])
    return counts


def rebuild(*, move: Move = lambda done, total: None) -> Counter[str]:
    """Write every document anew in the place of the old one, then forget what is stale: whoever searches meanwhile loses nothing."""
    return reconcile(move=move, anew=True)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
