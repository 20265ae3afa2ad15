"""The optimistic lock: what was read is saved over only while it stands as it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def expect_version(row: Model | None, version: int, *, current: Callable[[], Any] | None = None) -> None:
    """Check that ``row``, which is locked, is still in ``version``; 0 where there was no row. ``current`` finds it as a page shows it.

    Raises:
        EditedMeanwhile: it is not.

    """
    if (row.version if row else 0) != version:
        raise EditedMeanwhile(current() if current else row)
