"""Who handles each application: always somebody outside the applicant's line, found again without a word when the line changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rse.core.models import Person
from rse.notify import live

from ..models import Application
from ..queries import find_handler

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet


@transaction.atomic
def settle(applications: QuerySet[Application] | None = None) -> int:
    """Give each live application whose handler may no longer read it to somebody who may; return how many moved. Nobody is told.

    A manager who was told and no longer stands directly above is forgotten. Whoever watches and lost sight stops watching.

    A handler who comes to stand above somebody who applies for the same opening keeps what they handle. It was given to them while nobody
    of their line applied; taken away on the day on which somebody comes below them, it would tell that this very person applies too.

    Costs one query for each handler, and those of ``find_handler`` for each application that needs another.
    """
    rows = Application.objects.live() if applications is None else applications.live()
    waiting = list(rows.select_related("opening").order_by("pk"))
    moved = 0
    kept = _kept(waiting)
    for application in waiting:
        if application.pk not in kept:
            handler = find_handler(application)
            moved += Application.objects.filter(pk=application.pk).exclude(handler=handler).update(handler=handler)
        live.recheck("application", application.public_id)
    _forget_managers(waiting)
    return moved


def _kept(waiting: Sequence[Application]) -> set[int]:
    """Those whose handler still handles them: one query for each handler."""
    kept: set[int] = set()
    for handler in Person.objects.filter(pk__in={one.handler_id for one in waiting if one.handler_id}).order_by("pk"):
        rows = Application.objects.handled_by(handler).filter(handler=handler, pk__in=[one.pk for one in waiting])
        kept |= set(rows.values_list("pk", flat=True))
    return kept


def _forget_managers(waiting: Iterable[Application]) -> None:
    told = [one.pk for one in waiting if one.informed_manager_id]
    Application.objects.filter(pk__in=told).told_elsewhere().update(informed_manager=None, informed_at=None)


def settle_opening(opening_id: int) -> int:
    """Settle the handlers for one opening: its team or its unit changed, or somebody applies for it."""
    return settle(Application.objects.filter(opening=opening_id))
