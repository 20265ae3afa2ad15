"""Days on which people are away, as files of HR give them: dates, and never why."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ... import clock
from ...models import Absence

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE = 2000
Days = tuple[datetime.date | None, datetime.date | None]


def days_of(person_ids: Sequence[int]) -> dict[int, Days]:
    """Return the absence of each of these people that is not over, the earliest where there are several."""
    rows = Absence.objects.not_over().filter(person__in=person_ids).order_by("-starts_on", "-pk")
    return {person: (first, last) for person, first, last in rows.values_list("person", "starts_on", "ends_on")}


def write_absences(*, rows: Sequence[tuple[int, Days]]) -> None:
    """Give each person the one absence that a file says, in the place of those that are not over; none where it says no first day.

    In the caller's transaction; who may is asked there.
    """
    for start in range(0, len(rows), AT_ONCE):
        piece = dict(rows[start : start + AT_ONCE])
        Absence.objects.not_over().filter(person__in=piece).delete()
        said = [Absence(person_id=pk, starts_on=first, ends_on=last) for pk, (first, last) in piece.items() if first]
        begun = {(one.person_id, one.starts_on) for one in Absence.objects.filter(person__in=piece)}
        fresh = [
            one for one in said if (one.person_id, one.starts_on) not in begun and (one.ends_on is None or one.ends_on >= clock.today())
        ]
        Absence.objects.bulk_create(fresh)
