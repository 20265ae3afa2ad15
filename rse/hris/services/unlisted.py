"""People whom a file of everybody does not name: HR is asked, silence ends their access, and everything stays theirs for some time more."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core import clock
from rse.core.access.rules import takes_two
from rse.core.enums import PersonState, Role
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import holders_ids
from rse.core.people.services.unlisted import shut_out, take_back
from rse.core.working_days import working_day_after

from ..events import PeopleUnlisted
from ..models import UnlistedPerson
from ..queries import unlisted_for
from ..rules import can_answer_for, can_say_left

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWERED_WITHIN = 5  # working days
LATEST = datetime.timedelta(days=366)  # how far a last day may be from today, in both directions
Answer, Closed = UnlistedPerson.Answer, UnlistedPerson.Closed


class NotThisOne(Exception):
    """What was said cannot be so of one person, ``person``: nothing was written."""

    def __init__(self, person: Person):
        self.person = person
        super().__init__(str(person.pk))


class TakesTwo(NotThisOne):
    """The rights of this person end by two people, on the page of roles, before anybody says that they left."""


class NoSuchDay(NotThisOne):
    """The last day lies before the first, or further than a year from today."""


class OwnLine(NotThisOne):
    """This person is above or below whoever says so in the line: somebody else says that they left."""


class Answered(NotThisOne):
    """A file names this person again, or they have left since."""


@transaction.atomic
def notice(*, person_ids: Sequence[int], batch_id: int) -> int:
    """Write down that a file of everybody does not name these people, and ask HR; return how many were not waiting before.

    Each has until the fifth working day after today, on the calendar of their site.
    """
    asked = set(UnlistedPerson.objects.open().filter(person__in=person_ids).values_list("person", flat=True))
    people = list(Person.objects.filter(pk__in=set(person_ids) - asked).select_related("site").order_by("pk"))
    days = {
        site: working_day_after(clock.today(site.time_zone if site else None), ANSWERED_WITHIN, site) for site in {p.site for p in people}
    }
    UnlistedPerson.objects.bulk_create(
        [UnlistedPerson(person=person, batch_id=batch_id, due_on=days[person.site]) for person in people], batch_size=2000
    )
    for row, recipients in _who_answers(batch_id).items() if people else ():
        publish(PeopleUnlisted(subject=("unlisted_person", row), recipient_ids=tuple(recipients)))
    return len(people)


def _who_answers(batch_id: int) -> dict[int, list[int]]:
    """Return the keys of those of HR who look after somebody of this file, by the key of the first such row.

    What nobody of HR looks after goes to the administrators. Costs one query for each reader.
    """
    found: dict[int, list[int]] = {}
    left = set(UnlistedPerson.objects.waiting().filter(batch=batch_id).values_list("pk", flat=True))
    for role in (Role.HR, Role.ADMINISTRATOR):
        wanted = set(left)
        for reader in Person.objects.present().filter(pk__in=holders_ids(role) if wanted else ()).order_by("pk"):
            theirs = set(unlisted_for(reader).waiting().filter(batch=batch_id).values_list("pk", flat=True)) & wanted
            left -= theirs
            if theirs:
                found.setdefault(min(theirs), []).append(reader.pk)
    return found


@transaction.atomic
def close_listed(*, person_ids: Sequence[int], how: str = Closed.LISTED) -> int:
    """Close what is asked about those of these people whom a file names again, and let in whom silence had shut out; return how many."""
    take_back(person_ids)
    return UnlistedPerson.objects.open().filter(person__in=person_ids).update(closed_at=clock.now(), closed_as=how)


@transaction.atomic
def say_still_here(*, actor: Person, people: Sequence[Person]) -> None:
    """Keep people whom no file names: their access goes on, or comes back with all that was theirs, and nobody is asked again.

    Raises:
        PermissionDenied: the actor does not look after one of them.
        Answered: nothing is asked about one of them any more.

    """
    for person in people:
        _answer(actor, person, Answer.STAYS)
        take_back([person.pk])
        UnlistedPerson.objects.open().filter(person=person).update(shut_out_on=None)


@transaction.atomic
def say_left(*, actor: Person, people: Sequence[Person], last_day: datetime.date) -> None:
    """Give people whom no file names their last day; one that has passed ends everything of theirs now.

    Raises:
        PermissionDenied: the actor does not look after one of them.
        Answered: nothing is asked about one of them any more.
        OwnLine: one of them is above or below the actor.
        TakesTwo: the rights of one of them end by two people first.
        NoSuchDay: nobody leaves before they came, nor a year from now.

    """
    for person in people:
        _leave(actor, person, last_day)


def _leave(actor: Person, person: Person, last_day: datetime.date) -> None:
    today = clock.today(person.site.time_zone if person.site else None)
    is_before_first = person.hired_on and person.state != PersonState.EXPECTED and last_day < person.hired_on
    if is_before_first or abs(last_day - today) > LATEST:
        raise NoSuchDay(person)
    if can_answer_for(actor, person) and not can_say_left(actor, person):
        raise OwnLine(person)
    if takes_two(person):
        raise TakesTwo(person)
    _answer(actor, person, Answer.LEFT)
    if last_day < today:
        deactivate(person_ids=[person.pk], on=last_day)
        rebuild_reporting_lines()
        Person.objects.filter(pk=person.pk).update(leaves_on=last_day)
        UnlistedPerson.objects.open().filter(person=person).update(closed_at=clock.now(), closed_as=Closed.LEFT)
    else:
        take_back([person.pk])  # until that day they work here
        Person.objects.filter(pk=person.pk).update(leaves_on=last_day, version=F("version") + 1)


def _answer(actor: Person, person: Person, answer: str) -> None:
    if not can_answer_for(actor, person):
        raise PermissionDenied
    values = {"answer": answer, "answered_by": actor, "answered_at": clock.now()}
    if not UnlistedPerson.objects.open().filter(person=person).update(**values):
        raise Answered(person)


def settle() -> tuple[int, int]:
    """End the access of those of whom nobody said anything in time, and end what was kept long enough; return how many of each."""
    shut, over = 0, 0
    for keys in _in_pieces(_due()):
        shut += _shut(keys)
    for keys in _in_pieces(_kept_long_enough()):
        over += _end(keys)
    with transaction.atomic():
        gone = UnlistedPerson.objects.open().filter(person__state=PersonState.LEFT, person__unlisted_on=None)
        gone.update(closed_at=clock.now(), closed_as=Closed.LEFT)  # on the last day that HR said, or by somebody else
    return shut, over


def _due() -> list[int]:
    """Return the keys of people whose day has passed, each on the calendar of their site, without an answer."""
    rows = UnlistedPerson.objects.waiting().filter(shut_out_on=None).exclude(person__state=PersonState.LEFT)
    late = rows.filter(due_on__lt=clock.today() + datetime.timedelta(days=1)).order_by("person")
    found = late.values_list("person", "due_on", "person__site__time_zone")
    return [person for person, due_on, zone in found if due_on < clock.today(zone)]


def _kept_long_enough() -> list[int]:
    until = clock.today() - datetime.timedelta(days=settings.UNLISTED_KEPT_DAYS)
    rows = UnlistedPerson.objects.waiting().filter(shut_out_on__lte=until, person__state=PersonState.LEFT)
    return list(rows.filter(person__unlisted_on__isnull=False).order_by("person").values_list("person", flat=True))


@transaction.atomic
def _shut(keys: Sequence[int]) -> int:
    shut = shut_out(_still_waiting(keys))
    UnlistedPerson.objects.waiting().filter(person__in=shut).update(shut_out_on=clock.today())
    return len(shut)


@transaction.atomic
def _end(keys: Sequence[int]) -> int:
    """End everything of these people, whose last day is the one on which they were shut out."""
    by_day: dict[datetime.date, list[int]] = {}
    people = Person.objects.filter(pk__in=_still_waiting(keys), unlisted_on__isnull=False)
    for pk, day in people.order_by("pk").values_list("pk", "unlisted_on"):
        if day is not None:
            by_day.setdefault(day, []).append(pk)
    ended = sum(deactivate(person_ids=people, on=day) for day, people in by_day.items())
    rebuild_reporting_lines()
    over = [pk for people in by_day.values() for pk in people]
    UnlistedPerson.objects.open().filter(person__in=over).update(closed_at=clock.now(), closed_as=Closed.LEFT)
    return ended


def _still_waiting(keys: Sequence[int]) -> list[int]:
    """Lock what is asked about these people, and return those of whom still nobody said anything, in the caller's transaction."""
    rows = UnlistedPerson.objects.select_for_update(of=("self",), no_key=True).filter(person__in=keys).order_by("pk")
    return [row.person_id for row in rows if row.closed_at is None and not row.answer]


def _in_pieces(keys: list[int], size: int = 500) -> list[list[int]]:
    return [keys[start : start + size] for start in range(0, len(keys), size)]
