"""Addresses made of names: given once, moved when the name changes, the old ones kept from everybody else.

Who may is asked by the caller; every function runs in the caller's transaction.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.text import slugify

from ...columns import write_beside_names
from ...enums import Addressed, PersonState
from ...events.bus import publish
from ...events.happenings import FormerNameForgotten, PeopleRenamed
from ...models import GivenAddress, Person
from ...ops import erasures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

BATCH = 2000
NAMES = frozenset({"first_name", "last_name"})
STEM = 70
DIGITS = "23456789"
LETTERS = DIGITS + "bcdfghjkmnpqrstvwxz"  # no vowels: chance writes no words
CHANCE = re.compile(rf"[{DIGITS}][{LETTERS}]{{4}}|\d+")


def stem_of(first_name: str, last_name: str) -> str:
    """Return the words of a name as they stand in an address."""
    return slugify(f"{first_name} {last_name}")[:STEM].strip("-") or "person"


def with_chance(stem: str) -> str:
    """Return ``stem`` with a few letters of chance: each handle has some, or one that has none would tell whether a namesake is or was."""
    return f"{stem}-{secrets.choice(DIGITS)}{''.join(secrets.choice(LETTERS) for _letter in range(4))}"


def fits(handle: str, stem: str) -> bool:
    """Return whether ``handle`` is ``stem``, or ``stem`` with letters of chance behind it."""
    return handle == stem or (handle.startswith(f"{stem}-") and bool(CHANCE.fullmatch(handle[len(stem) + 1 :])))


class Handles:
    """Handles that nobody has or had, made from names; those that were given are read once, when the first is asked for."""

    def __init__(self) -> None:
        self._taken: set[str] | None = None

    def free(self, *, first_name: str, last_name: str) -> str:
        """Return a handle that was never given, in one query the first time and none afterwards."""
        if self._taken is None:
            given = GivenAddress.objects.filter(kind=Addressed.PERSON)
            self._taken = set(Person.objects.values_list("handle", flat=True).iterator(BATCH))
            self._taken |= set(given.values_list("address", flat=True).iterator(BATCH))
        stem = stem_of(first_name, last_name)
        handle = with_chance(stem)
        while handle in self._taken:
            handle = with_chance(stem)
        self._taken.add(handle)
        return handle


def keep(*, kind: str, addresses: Iterable[tuple[int, str]]) -> None:
    """Write that each address, by the key of its row, was given to that row.

    Raises:
        IntegrityError: one of them was given before.

    """
    rows = [GivenAddress(kind=kind, row_id=row_id, address=address) for row_id, address in addresses]
    GivenAddress.objects.bulk_create(rows, batch_size=BATCH)


def claim(*, kind: str, row_id: int, address: str) -> bool:
    """Give ``address`` to this row if no other ever had it; return False otherwise. A claim of another transaction is waited for."""
    GivenAddress.objects.bulk_create([GivenAddress(kind=kind, row_id=row_id, address=address)], ignore_conflicts=True)
    return GivenAddress.objects.filter(kind=kind, row_id=row_id, address=address).exists()


@transaction.atomic
def follow_names(*, person_ids: Sequence[int]) -> list[int]:
    """Give those of these people whose handle no longer says their name another one; the old one leads to them. Return their keys.

    What they are found and ordered by follows as well. Costs one query for all, one more where that changes, and six for each
    who is renamed.
    """
    renamed = []
    for start in range(0, len(person_ids), BATCH):
        people = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=person_ids[start : start + BATCH])
        named_otherwise = []
        for person in people.order_by("pk"):
            before = (person.found_by, person.sorts_as)
            write_beside_names([person], NAMES)
            if (person.found_by, person.sorts_as) != before:
                named_otherwise.append(person)
            stem = stem_of(person.first_name, person.last_name)
            if not fits(person.handle, stem):
                _move(person, stem)
                renamed.append(person.pk)
        Person.objects.bulk_update(named_otherwise, ["found_by", "sorts_as"])
    if renamed:
        publish(PeopleRenamed(person_ids=tuple(renamed), document=("person", 0)))
    return renamed


def _move(person: Person, stem: str) -> None:
    claim(kind=Addressed.PERSON, row_id=person.pk, address=person.handle)
    own = GivenAddress.objects.filter(kind=Addressed.PERSON, row_id=person.pk, address__startswith=stem).order_by("-pk")
    handle = next((one for one in own.values_list("address", flat=True) if fits(one, stem)), None) or with_chance(stem)
    while Person.objects.filter(handle=handle).exists() or not claim(kind=Addressed.PERSON, row_id=person.pk, address=handle):
        handle = with_chance(stem)
    Person.objects.filter(pk=person.pk).update(handle=handle, version=F("version") + 1)


@transaction.atomic
def forget_former_name(*, person: Person) -> None:
    """Let no former address of ``person`` lead to them any more; nobody else is ever given one of them.

    Raises:
        PermissionDenied: the person no longer works here.

    """
    if not person.may_sign_in:
        raise PermissionDenied
    former_addresses(person).update(leads=False)
    erasures.note("core.former_name", [person.pk])
    publish(FormerNameForgotten(actor_id=person.pk))


def former_addresses(person: Person) -> QuerySet[GivenAddress]:
    """Return the queryset of the addresses that are no longer this person's and lead to them."""
    rows = GivenAddress.objects.filter(kind=Addressed.PERSON, row_id=person.pk, leads=True)
    return rows.exclude(address__in=Person.objects.filter(pk=person.pk).values("handle"))


def people_at(handles: Iterable[str]) -> dict[str, int]:
    """Return the keys of the people at these handles, present ones and former ones that lead there, in two queries."""
    wanted = list(handles)
    given = GivenAddress.objects.filter(kind=Addressed.PERSON, address__in=wanted, leads=True)
    found = dict(given.values_list("address", "row_id"))
    return found | dict(Person.objects.filter(handle__in=wanted).values_list("handle", "pk"))


def people_begun(handles: Iterable[str], *, by: Person) -> dict[str, int]:
    """Return the keys of the people whose handle is one of ``handles`` and letters of chance, where ``by`` sees one alone; one query.

    Nobody whom ``by`` may not see counts, nor anybody who left: they change nothing.
    """
    stems = [handle for handle in handles if handle]
    if not stems:
        return {}
    wanted = Q()
    for stem in stems:
        wanted |= Q(handle__startswith=f"{stem}-")
    seen = Person.objects.visible_to(by).filter(wanted).exclude(state=PersonState.LEFT).order_by("pk").values_list("handle", "pk")
    begun: dict[str, list[int]] = {stem: [] for stem in stems}
    for handle, pk in seen:
        stem = handle.rpartition("-")[0]
        if stem in begun and fits(handle, stem):
            begun[stem].append(pk)
    return {stem: keys[0] for stem, keys in begun.items() if len(keys) == 1}
