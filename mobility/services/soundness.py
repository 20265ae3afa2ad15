"""What recruitment answers for: each live application is with somebody who may read it, outside its applicant's line."""

from rse.core import invariants
from rse.core.models import Person, ReportingLine

from ..models import Application


def register_all() -> None:
    invariants.register("live applications with a handler outside the line", without_handler)
    invariants.register("managers told who stand directly above", told_from_elsewhere)


def without_handler() -> int:
    """Count the live applications that nobody handles, or somebody who may not; who applies too is given it and waits for their own end."""
    live = Application.objects.live()
    rivals = set(live.values_list("opening", "applicant"))
    above = set(ReportingLine.objects.filter(person__in=live.values("applicant")).values_list("person", "manager"))
    handled = {
        pk
        for handler in Person.objects.filter(pk__in=live.values("handler")).order_by("pk")
        for pk in live.handled_by(handler).filter(handler=handler).values_list("pk", flat=True)
    }
    rows = live.values_list("pk", "opening", "applicant", "handler")
    return sum(
        1
        for pk, opening, applicant, handler in rows
        if handler == applicant or (applicant, handler) in above or (pk not in handled and (opening, handler) not in rivals)
    )


def told_from_elsewhere() -> int:
    """Count the live applications of which a manager was told who no longer stands directly above."""
    told = Application.objects.live().filter(informed_manager__isnull=False).values_list("applicant", "informed_manager")
    direct = set(ReportingLine.objects.filter(depth=1).values_list("person", "manager"))
    return sum(1 for pair in told if pair not in direct)
