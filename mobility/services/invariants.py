"""What recruitment answers for: each live application is with somebody who may read it, outside its applicant's line."""

from rse.core.models import Person
from rse.core.ops import invariants

from ..models import Application


def register_all() -> None:
    invariants.register("live applications with a handler outside the line", without_handler)
    invariants.register("managers told who stand directly above", told_from_elsewhere)


def without_handler() -> int:
    """Count the live applications that nobody handles, or somebody who may not.

    Whoever applies too is given the application and waits for their own end.
    """
    live = Application.objects.live()
    in_hand: set[int] = set()
    for handler in Person.objects.filter(pk__in=live.values("handler")).order_by("pk"):
        theirs = live.filter(handler=handler)
        for rows in (theirs.handled_by(handler), theirs.rivals_of(handler).outside_of(handler)):
            in_hand |= set(rows.order_by("pk").values_list("pk", flat=True))
    return sum(pk not in in_hand for pk in live.order_by("pk").values_list("pk", flat=True))


def told_from_elsewhere() -> int:
    """Count the live applications of which a manager was told who no longer stands directly above."""
    return Application.objects.live().told_elsewhere().count()
