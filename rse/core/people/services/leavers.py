"""What becomes of the row of somebody who left: what others wrote or answered stands on it, so it stays and says nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ... import clock
from ...enums import Addressed, PersonState, Visibility, Wording
from ...events.bus import publish
from ...events.happenings import PeopleRenamed
from ...models import GivenAddress, Person
from ...ops import erasures
from .emails import forget as forget_addresses
from .people import no_password
from .photos import drop_photos

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def forget_people(keys: Sequence[int]) -> None:
    """Leave nothing about these people in their rows: no name, no address, no place; of their dates, the year of leaving.

    By whose hand an access was cut stays true whatever a file of HR says: the number and the dates of such a row, by which a file knows
    it, go with ``forget_numbers``.
    """
    left = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, state=PersonState.LEFT).order_by("pk")
    people = list(left)
    drop_photos([person.pk for person in people])
    for person in people:
        Person.objects.filter(pk=person.pk).update(
            first_name="",
            last_name="",
            found_by="",
            sorts_as="",
            handle=f"former-{secrets.token_hex(10)}",
            title="",
            unit=None,
            site=None,
            family=None,
            trial_ends_on=None,
            photo=None,
            about="",
            work_phone="",
            languages=[],
            language="fr",
            wording=Wording.NEUTRAL,
            about_for=Visibility.EVERYONE,
            work_phone_for=Visibility.EVERYONE,
            languages_for=Visibility.EVERYONE,
            is_superuser=False,
            password=no_password(),
            version=F("version") + 1,
        )
        if not person.is_cut:
            _forget_number(person)
    ids = [person.pk for person in people]
    forget_addresses(ids)
    GivenAddress.objects.filter(kind=Addressed.PERSON, row_id__in=ids).delete()
    erasures.note("core.person", ids)
    if ids:
        publish(PeopleRenamed(person_ids=tuple(ids), document=("person", 0)))


@transaction.atomic
def forget_numbers(keys: Sequence[int]) -> None:
    """Leave no number and no exact date in the rows of these people, whose access was cut by hand."""
    for person in Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"):
        _forget_number(person)


def _forget_number(person: Person) -> None:
    """Leave the year of leaving alone: whoever came and left is still told from whoever never came."""
    last = person.leaves_on or clock.today()
    year = last.replace(month=1, day=1)
    hired_on = year if person.hired_on is not None and person.hired_on <= last else None
    Person.objects.filter(pk=person.pk).update(employee_number=None, hired_on=hired_on, leaves_on=year, version=F("version") + 1)
