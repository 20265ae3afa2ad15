"""What the ground floor erases again once an older backup was put back: people who were forgotten, photos, former names, access."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from . import clock
from .enums import PersonState
from .models import Person
from .ops import erasures
from .organisation.services.reporting import rebuild_reporting_lines
from .people.services.addresses import former_addresses
from .people.services.leavers import forget_people
from .people.services.people import bring_back, cut_access, deactivate
from .people.services.photos import forget_photos

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT_BEFORE = datetime.timedelta(days=30)  # whoever is forgotten left at least so long ago


def register_all() -> None:
    erasures.register("core.person", forget_again)
    erasures.register("core.photo", forget_photos)
    erasures.register("core.former_name", _forget_names)
    erasures.register("core.cut", _cut_again)
    erasures.register("core.access_given_back", _give_back_again)


def forget_again(keys: Sequence[int]) -> None:
    """Forget these people, who may be here in the backup: they left after it was made."""
    if deactivate(person_ids=keys, on=clock.today() - LEFT_BEFORE):
        rebuild_reporting_lines()
    forget_people(keys)


def _forget_names(keys: Sequence[int]) -> None:
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        former_addresses(person).update(leads=False)


def _cut_again(keys: Sequence[int]) -> None:
    for person in Person.objects.filter(pk__in=keys).exclude(state=PersonState.LEFT).order_by("pk"):
        cut_access(person)


def _give_back_again(keys: Sequence[int]) -> None:
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        bring_back(person)
