"""What mentoring answers for: no pair is under way between somebody and their management line."""

from rse.core.models import ReportingLine
from rse.core.ops import invariants

from ..enums import PairState
from ..models import MentoringPair


def register_all() -> None:
    invariants.register("mentoring pairs outside the line", pairs_in_line)


def pairs_in_line() -> int:
    """Count the pairs under way of which one stands above the other."""
    lines = set(ReportingLine.objects.values_list("person", "manager"))
    pairs = MentoringPair.objects.filter(state=PairState.ACTIVE).values_list("mentor", "mentee")
    return sum(1 for mentor, mentee in pairs if (mentor, mentee) in lines or (mentee, mentor) in lines)
