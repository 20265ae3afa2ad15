"""The optimistic lock: what was read is saved over only while it stands as it was read.

A version says that what a form edits, or rests on, is no longer what was read. Where a row counts other acts, its form has a version of its
own (``text_version`` of a post); where that counts what the reader of the form may not know of, the page carries it sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Model, QuerySet


class EditedMeanwhile(Exception):
    """Somebody saved another version since this one was read; ``current`` is what stands now, None where it is gone."""

    def __init__(self, current: Any):
        self.current = current
        super().__init__("edited meanwhile")


def save_over(
    rows: QuerySet[Any], version: int, values: dict[str, Any], *, column: str = "version", current: Callable[[], Any] | None = None
) -> None:
    """Write ``values`` on the one row of ``rows``, in one statement, if its ``column`` still says ``version``, and count that up.

    ``current`` finds what stands now, where that is not plainly the row of ``rows``.

    Raises:
        EditedMeanwhile: it says something else, or there is no such row any more; nothing was written.

    """
    if not rows.filter(**{column: version}).update(**values, **{column: F(column) + 1}):
        raise EditedMeanwhile(current() if current else rows.first())


@contextmanager
def begun_once(current: Callable[[], Any]) -> Iterator[None]:
    """Write the row of somebody who read that there was none, in a savepoint of the block. ``current`` finds what stands now.

    Raises:
        EditedMeanwhile: a constraint says that there is one by now; nothing was written.

    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise EditedMeanwhile(current()) from error


def expect_version(row: Model | None, version: int, *, current: Callable[[], Any] | None = None) -> None:
    """Check that ``row``, which is locked, is still in ``version``; 0 where there was no row. ``current`` finds it as a page shows it.

    Raises:
        EditedMeanwhile: it is not.

    """
    if (row.version if row else 0) != version:
        raise EditedMeanwhile(current() if current else row)
