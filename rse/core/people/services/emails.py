"""Where the addresses of people are written: by this module alone, so that whoever may sign in by an address is decided in one place.

Who may is asked by ``rse.identity.services.addresses``, which is the one to call ``write`` and ``free``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...enums import PersonState
from ...models import Person

COLUMNS = frozenset({"email", "private_email"})
AT_ONCE = 500


def newcomer(**values: Any) -> Person:
    """Return a row, not saved yet, for somebody who was never here, with their first addresses.

    Raises:
        ValueError: the values say that they were here before.

    """
    if values.get("pk") or values.get("has_account"):
        raise ValueError("a newcomer has no row and no account")
    return Person(**values)


def write(*, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Write the addresses of each person: ``{"email": …}``, ``{"private_email": …}`` or both.

    Raises:
        ValueError: something else than addresses is to be written.

    """
    alike: dict[tuple[str, ...], list[Person]] = {}
    for pk, values in rows:
        if set(values) - COLUMNS:
            raise ValueError("this writes addresses, and nothing else")
        if values:
            alike.setdefault(tuple(sorted(values)), []).append(Person(pk=pk, **values))
    for names, people in alike.items():
        Person.objects.bulk_update(people, names, batch_size=AT_ONCE)


def free(*, person_ids: Sequence[int]) -> None:
    """Take the work e-mail from people who never came in: another one is written for each in the caller's transaction."""
    for start in range(0, len(person_ids), AT_ONCE):
        Person.objects.filter(pk__in=person_ids[start : start + AT_ONCE], has_account=False).update(email=None)


def forget(person_ids: Sequence[int]) -> None:
    """Leave no address of people who left, in the caller's transaction: nobody signs in by one of them any more."""
    Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).update(email=None, private_email="")


def forget_private(person_ids: Sequence[int]) -> None:
    """Leave no private address of people who are written to at work, in the caller's transaction."""
    Person.objects.filter(pk__in=person_ids, email__isnull=False).update(private_email="")
