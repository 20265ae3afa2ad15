"""Who somebody at the door is, and who has not come in yet."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import OuterRef, Q, QuerySet, Subquery

from rse.core.enums import PersonState, Role
from rse.core.models import Person, UnitClosure

from .enums import Way
from .models import Invitation

NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def folded(login: str) -> str:
    """``login`` without what makes two spellings of one name: case, accents, spaces, widths."""
    plain = unicodedata.normalize("NFKD", login).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and not letter.isspace())


def person_for(login: str) -> Person | None:
    """Who signs in as ``login``: by the work e-mail, or by the private one of the file while there is no other.

    A private e-mail that two people share signs nobody in. Both questions are always asked, so that every answer costs the same.
    """
    address = login.strip().lower()
    at_work = Person.objects.filter(email=address).first() if address else None
    at_home = list(Person.objects.filter(email=None, private_email__iexact=address).order_by("pk")[:2]) if address else []
    return at_work or (at_home[0] if len(at_home) == 1 else None)


def address_for(person: Person) -> tuple[str, str]:
    """Where mail about signing in reaches ``person``, and which way that is; an empty address when there is none.

    Who is expected cannot read the mailbox of a job they have not begun.
    """
    ways = [(person.email or "", Way.WORK), (person.private_email, Way.PRIVATE)]
    if person.state == PersonState.EXPECTED:
        ways.reverse()
    return next(((address, str(way)) for address, way in ways if address), ("", ""))


def login_of(person: Person) -> str:
    """What ``person`` types to sign in; empty when there is nothing they could type."""
    return person.email or person.private_email


def people_to_invite(reader: Person) -> QuerySet[Person]:
    """Those who may sign in and have no password yet, as far as ``reader`` may invite them; each with their last invitation."""
    waiting = Person.objects.visible_to(reader).filter(NO_PASSWORD).exclude(state=PersonState.LEFT).exclude(pk=reader.pk)
    if not reader.holds(Role.ADMINISTRATOR):
        units = {unit for role, unit in reader.current_grants if role == Role.HR}
        if None not in units:
            waiting = waiting.filter(unit__in=UnitClosure.objects.filter(ancestor__in=units).values("unit"))
    last = Invitation.objects.filter(person=OuterRef("pk")).newest_first()
    return waiting.with_card().annotate(
        invited_at=Subquery(last.values("created_at")[:1]),
        invited_until=Subquery(last.filter(used_at=None, ended_at=None).values("expires_at")[:1]),
    )


def number_present() -> int:
    return Person.objects.present().count()
