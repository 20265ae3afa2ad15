"""Passwords: set, changed, asked for again; every change ends the sessions that began before it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from rse.core import clock
from rse.core.access import leaving, reopening
from rse.core.events.acts import one_act
from rse.core.events.bus import publish
from rse.core.web import limits

from ..events import PasswordReplaced, PasswordResetAsked, SecondFactorForgotten
from ..models import SignInCard
from ..queries import folded, person_for

if TYPE_CHECKING:
    from rse.core.models import Person

RESETS_PER_HOUR = 3


@transaction.atomic
def set_password(*, person: Person, password: str) -> None:
    """Set the password of ``person``, and end every session of theirs."""
    keep_password(person=person, encoded=make_password(password))


@transaction.atomic
def reset_password(*, person: Person, password: str) -> None:
    """Set the password of ``person`` by a link, without their former one.

    What asks for more proof than a link is sealed, and every address of theirs is told.
    """
    set_password(person=person, password=password)
    tell_replaced(person)


def tell_replaced(person: Person) -> None:
    """Tell ``person`` that a link, a card or a code set their password, and seal what asks for more proof: one act, which is told once."""
    with one_act():
        publish(PasswordReplaced(subject=("person", person.pk), recipient_ids=(person.pk,)))
        reopening.run([person.pk])


@transaction.atomic
def keep_password(*, person: Person, encoded: str) -> None:
    """Set a password that has been hashed, and end every session and the card that waits.

    From the first one on, the person has an account for good.
    """
    SignInCard.objects.open().filter(person=person.pk).update(ended_at=clock.now())
    person.password, person.has_account = encoded, True
    person.save(update_fields=["password", "has_account"])
    leaving.run([person.pk])


@transaction.atomic
def ask_reset(*, login: str) -> None:
    """Send a mail with a link to whoever signs in as ``login``, three times an hour at most.

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
    """End every session of ``person`` but ``session``, which goes on under a new key."""
    leaving.run([person.pk])
    session.cycle_key()


@transaction.atomic
def forget_second_factor(*, person: Person) -> bool:
    """Take the second factor and the recovery codes of ``person`` away, from the server; return whether there was one.

    Every session of theirs ends, what is sealed for them alone closes, and every address of theirs is told.
    """
    kept = Authenticator.objects.filter(user=person)
    if not kept.exists():
        return False
    with one_act():
        publish(SecondFactorForgotten(subject=("person", person.pk), recipient_ids=(person.pk,)))
        reopening.run([person.pk])  # while what is forgotten can still be read
    kept.delete()
    leaving.run([person.pk])
    return True
