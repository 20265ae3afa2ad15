"""The first rows of an empty installation, and the first holders of roles: what nobody can do on a screen yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rse.core.enums import ROLES_THAT_TAKE_TWO, Addressed, Role
from rse.core.models import Person, RoleGrant
from rse.core.ops.installation import describe, installation
from rse.core.people.services import addresses
from rse.core.people.services.audiences import ensure_everyone
from rse.core.people.services.emails import newcomer
from rse.core.people.services.roles import finish_role, holders_ids, name_first_holder

if TYPE_CHECKING:
    from rse.core.models import Unit

# How many holders of a role the server may make: on the screen, each of these takes somebody who holds one already.
FROM_THE_SERVER = {Role.ADMINISTRATOR: 1, Role.HR_HEAD: 1, Role.DPO: 1, Role.HR_SUCCESSION: 2}

ENOUGH_FOR_TWO = 3  # people beside whom it is about: one who asks, and more than one who could agree


class OnTheScreen(Exception):
    """This role is named on the page of roles: there are people who can."""


class NotHere(Exception):
    """The person is not present in the company."""


class AlreadyHeld(Exception):
    """The person holds this role."""


class NotHeld(Exception):
    """The person does not hold this role."""


@transaction.atomic
def found_company(*, company: str) -> None:
    """Set the name of the company of this installation, unless it has one, and create the audience of everyone, unless it is there."""
    if not installation().company:
        describe(company=company)
    ensure_everyone()


@transaction.atomic
def add_first_administrator(*, email: str, first_name: str, last_name: str, language: str) -> Person:
    """Return the person with this work e-mail, created if there is none, who is an administrator from now on.

    Raises:
        OnTheScreen: there is an administrator.
        NotHere: the person of this e-mail is not present.

    """
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        handle = addresses.Handles().free(first_name=first_name, last_name=last_name)
        person = newcomer(email=address, first_name=first_name, last_name=last_name, language=language, handle=handle)
        person.set_unusable_password()
        person.save()
        addresses.keep(kind=Addressed.PERSON, addresses=[(person.pk, handle)])
    name_from_server(person=person, role=Role.ADMINISTRATOR)
    return person


@transaction.atomic
def name_from_server(*, person: Person, role: str, unit: Unit | None = None) -> RoleGrant:
    """Grant ``role`` to ``person``, because nobody on a screen could; every holder of a role is told.

    Raises:
        OnTheScreen: the role has its first holders, or never needed one.
        NotHere: the person is not present.
        AlreadyHeld: the person holds it.

    """
    if not person.is_present:
        raise NotHere
    if RoleGrant.objects.not_over().filter(person=person, role=role, unit=unit).exists():
        raise AlreadyHeld
    if len(holders_ids(role)) >= FROM_THE_SERVER.get(Role(role), 0):
        raise OnTheScreen
    return name_first_holder(person=person, role=role, unit=unit)


@transaction.atomic
def end_from_server(*, person: Person, role: str) -> int:
    """End a role that takes two, where fewer than three people could ask and agree; every holder of a role is told; return how many grants.

    Raises:
        OnTheScreen: one person may end this role on the page of roles, or there are enough who may ask and agree.
        NotHeld: the person does not hold it.

    """
    others = set(holders_ids(*ROLES_THAT_TAKE_TWO)) - {person.pk}
    if role not in ROLES_THAT_TAKE_TWO or len(others) >= ENOUGH_FOR_TWO:
        raise OnTheScreen
    grants = list(RoleGrant.objects.not_over().filter(person=person, role=role).order_by("pk"))
    if not grants:
        raise NotHeld
    for grant in grants:
        finish_role(grant)
    return len(grants)
