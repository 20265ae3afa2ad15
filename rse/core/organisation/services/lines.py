"""Who stood in the line of management when something confidential began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models import LineAtStart, ReportingLine

if TYPE_CHECKING:
    from collections.abc import Collection


def keep_line(*, kind: str, row_id: int, person_ids: Collection[int]) -> None:
    """Write who stands above ``person_ids`` today, for the row of ``kind``, in the caller's transaction: the one in which it begins.

    What was written for the row before stays.
    """
    above = ReportingLine.objects.filter(person__in=person_ids).order_by("manager").values_list("manager", flat=True)
    rows = [LineAtStart(person_id=manager_id, kind=kind, row_id=row_id) for manager_id in dict.fromkeys(above)]
    LineAtStart.objects.bulk_create(rows, ignore_conflicts=True)
