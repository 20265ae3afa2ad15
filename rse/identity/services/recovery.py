"""Recovery codes of those whom no mail reaches: with the number and one of them they set another password, by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person

from .. import rules, second_factor
from ..events import RecoveryCodesMade
from ..models import RecoveryCode
from ..queries import person_numbered
from ..short_codes import fresh_code, hash_of_code
from .passwords import keep_password, tell_replaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

MADE = 10


class CodeOver(Exception):
    """The code was used, was replaced, or never was; or its owner comes back by another way."""


def may_use_codes(person: Person) -> bool:
    """Return whether recovery codes let ``person`` set another password, in two queries at most."""
    return rules.can_use_recovery_codes(person, has_second_factor=second_factor.is_set_up(person))


def codes_of(person: Person) -> QuerySet[RecoveryCode]:
    """Return the queryset of the codes of ``person`` that were not used."""
    return RecoveryCode.objects.filter(person=person.pk, used_at=None)


@transaction.atomic
def make_codes(*, person: Person) -> list[str]:
    """Generate ten codes for ``person``; earlier ones no longer work. They are shown once and kept nowhere.

    Raises:
        PermissionDenied: mail reaches them, or a second factor or a role asks for more.

    """
    if not may_use_codes(person):
        raise PermissionDenied
    RecoveryCode.objects.filter(person=person.pk).delete()
    codes = [fresh_code() for _number in range(MADE)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, code_hash=hash_of_code(person.pk, code)) for code in codes)
    publish(RecoveryCodesMade(subject=("person", person.pk), recipient_ids=(person.pk,)))
    return codes


@transaction.atomic
def make_codes_if_allowed(*, person: Person) -> list[str]:
    """Generate ten codes as ``make_codes`` does; none for those who come back by another way. Earlier ones no longer work."""
    end_codes([person.pk])
    return make_codes(person=person) if may_use_codes(person) else []


@transaction.atomic
def end_codes(person_ids: Sequence[int]) -> None:
    """Delete the codes of these people: none of them sets a password any more."""
    RecoveryCode.objects.filter(person__in=person_ids).delete()


@transaction.atomic
def end_codes_of_leavers(person_ids: Sequence[int]) -> None:
    """Delete the codes of those of ``person_ids`` who left or were cut, in the caller's transaction.

    Whoever only is not in the file of HR for now keeps theirs, which open nothing meanwhile.
    """
    left = Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT, unlisted_on=None)
    end_codes(list(left.values_list("pk", flat=True)))


def open_code(*, number: str, code: str) -> RecoveryCode | None:
    """Return the row of ``code`` of whoever has the employee number, if it opens their account; as many queries for every wrong code."""
    person = person_numbered(number)
    key = person.pk if person else 0
    kept = RecoveryCode.objects.filter(person=key, code_hash=hash_of_code(key, code), used_at=None).select_related("person__site").first()
    return kept if kept and may_use_codes(kept.person) else None


def reset_by_code(*, kept: RecoveryCode, password: str) -> Person:
    """Set another password for the person of ``kept``, as a link of a mail does; the code works no more, and they are told.

    Raises:
        CodeOver: it was used meanwhile, or its owner comes back by another way.

    """
    encoded = make_password(password)  # slow on purpose, and therefore before the lock
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=kept.person_id)
        if not may_use_codes(person) or not codes_of(person).filter(pk=kept.pk).update(used_at=clock.now()):
            raise CodeOver
        keep_password(person=person, encoded=encoded)
        tell_replaced(person)
    return person
