"""Passwords: set, changed, asked for again; every change ends the sessions that began before it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from rse.core import leaving, limits, reopening
from rse.core.events import publish

from ..events import PasswordResetAsked
from ..queries import folded, person_for

if TYPE_CHECKING:
    from rse.core.models import Person

RESETS_PER_HOUR = 3


@transaction.atomic
def set_password(*, person: Person, password: str) -> None:
    """``person`` signs in with ``password`` from now on, and every session of theirs ends."""
    keep_password(person=person, encoded=make_password(password))


@transaction.atomic
def reset_password(*, person: Person, password: str) -> None:
    """Set the password of ``person`` by a link, without their former one: what asks for more proof than a link is sealed."""
    set_password(person=person, password=password)
    reopening.run([person.pk])


@transaction.atomic
def keep_password(*, person: Person, encoded: str) -> None:
    """The same for a password that has been hashed."""
    person.password = encoded
    person.save(update_fields=["password"])
    leaving.run([person.pk])


@transaction.atomic
def ask_reset(*, login: str) -> None:
    """A mail with a link goes to who signs in as ``login``, three times an hour at most.

    Nothing that a caller could see or measure tells whether there is such a person, or whether a mail went out.
    """
    person = person_for(login)
    unknown = sha256(folded(login).encode()).hexdigest()
    try:
        limits.count("password-reset", person.pk if person else unknown, per_hour=RESETS_PER_HOUR)
    except limits.TooOften:
        return
    publish(PasswordResetAsked(subject=("person", person.pk) if person else None))


@transaction.atomic
def keep_only(*, session: Any, person: Person) -> None:
    """Every session of ``person`` ends but ``session``, which goes on under a new key."""
    leaving.run([person.pk])
    session.cycle_key()


@transaction.atomic
def forget_second_factor(*, person: Person) -> bool:
    """``person`` has no second factor and no recovery codes any more, and every session of theirs ends; whether there was one."""
    kept = Authenticator.objects.filter(user=person)
    if not kept.exists():
        return False
    reopening.run([person.pk])  # while what is forgotten can still be read
    kept.delete()
    leaving.run([person.pk])
    return True
