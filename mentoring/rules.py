"""Who may act here: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no."""

import datetime
from collections.abc import Iterable
from typing import Any

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, ReportingLine, RowGrant

from .enums import PairState, RequestState

DAYS_THAT_HELP_NEEDS = 14  # a pair that writes no session down has met by then, or it has not


def lines_with(person: Person, others: Iterable[int]) -> set[int]:
    """Return which of the people ``others`` (ids) stand above or below ``person`` in a management line, today; one query."""
    others = set(others) - {person.pk}
    above = ReportingLine.objects.filter(person=person.pk, manager__in=others).values_list("manager", flat=True)
    below = ReportingLine.objects.filter(manager=person.pk, person__in=others).values_list("person", flat=True)
    return set(above.union(below))


def stand_in_one_line(one: Person, other: Person) -> bool:
    """Return whether one of two people stands above the other: then neither is the other's mentor."""
    return bool(lines_with(one, [other.pk]))


def can_offer(person: Person) -> bool:
    return person.is_present


def can_change_offer(person: Person, offer: Any) -> bool:
    """Allow the mentor to edit, pause and delete the offer; nobody else rewrites it."""
    return person.is_present and person.pk == offer.mentor_id


def can_hide_offer(person: Person, offer: Any) -> bool:
    """Allow HR of the mentor's unit, and whoever handles a report about this very offer; never the mentor."""
    if not person.is_present or person.pk == offer.mentor_id:
        return False
    if person.holds_over(Role.HR, offer.mentor.unit_id):
        return True
    return RowGrant.objects.current().filter(person=person.pk, kind="mentoring_offer", row_id=offer.pk).exists()


def can_ask(person: Person, mentor: Person) -> bool:
    """Allow anybody who is here to ask anybody who is here, outside the line of both."""
    return person.is_present and mentor.is_present and person.pk != mentor.pk and not stand_in_one_line(person, mentor)


def can_answer(person: Person, request: Any) -> bool:
    """Allow the mentor who was asked, while the request waits."""
    return person.is_present and person.pk == request.mentor_id and request.state == RequestState.PENDING


def can_withdraw(person: Person, request: Any) -> bool:
    return person.may_sign_in and person.pk == request.mentee_id and request.state == RequestState.PENDING


def is_half_of(person: Person, pair: Any) -> bool:
    return person.pk in (pair.mentor_id, pair.mentee_id)


def can_write_in(person: Person, pair: Any) -> bool:
    """Allow the two of a pair that is under way, as long as neither stands in the line of the other."""
    if not person.is_present or not is_half_of(person, pair) or pair.state != PairState.ACTIVE:
        return False
    return not stand_in_one_line(pair.mentor, pair.mentee)


def can_change_note(person: Person, note: Any) -> bool:
    """Allow the author of the note, and nobody else, the other person of the pair included."""
    return person.pk == note.author_id


def can_end(person: Person, pair: Any) -> bool:
    """Allow either of the two, at any time, without a reason."""
    return person.may_sign_in and is_half_of(person, pair) and pair.state != PairState.ENDED


def can_confirm_help(person: Person, pair: Any) -> bool:
    """Allow the mentee to confirm what the mentor did, while the pair runs, from the day after a session or two weeks after it began."""
    if not person.may_sign_in or person.pk != pair.mentee_id or pair.state == PairState.ENDED:
        return False
    today = clock.today()
    return helps_from(pair) <= today or pair.has_met_before(today)


def helps_from(pair: Any) -> datetime.date:
    """Return the day from which the mentee may say that it helped, whether or not a session was written down."""
    return pair.began_on + datetime.timedelta(days=DAYS_THAT_HELP_NEEDS)


def can_see_reopenings(person: Person) -> bool:
    """Allow HR, and the head of HR, to see who asks for what is under seal."""
    return person.is_present and person.holds(Role.HR, Role.HR_HEAD)


def can_confirm_reopening(person: Person, seal: Any) -> bool:
    """Allow HR of the person's unit or the head of HR, once asked, about somebody else, outside the line of both."""
    if not person.is_present or person.pk == seal.person_id or seal.asked_at is None:
        return False
    if not (person.holds(Role.HR_HEAD) or person.holds_over(Role.HR, seal.person.unit_id)):
        return False
    return not stand_in_one_line(person, seal.person)


def can_see_figures(person: Person) -> bool:
    """Allow HR to see that pairs exist, since when, and how many sessions they had: nothing else."""
    return person.is_present and person.holds(Role.HR)
