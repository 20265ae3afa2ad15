"""Who may act: one predicate per verb, asked by the service that does it and by the view that offers it. When in doubt, no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from ..enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, Role

if TYPE_CHECKING:
    from ..models import Person


def answers_for_rights(person: Person) -> bool:
    """Return whether ``person`` has held for a day one of the roles of which two holders take rights away."""
    return any(role in ROLES_THAT_TAKE_TWO for role, _unit in person.settled_grants)


def can_edit_profile(person: Person, subject: Person) -> bool:
    """Allow present people to edit their own profile."""
    return person.is_present and person.pk == subject.pk


def can_reach(person: Person, subject: Person) -> bool:
    """Allow present people to read how they reach present people at work: by whom they are managed, at which address, in which team."""
    return person.is_present and subject.is_present


def can_see_queue(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR)


def can_take_first_steps(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR)


def can_describe_company(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR)


def can_see_roles(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR, Role.DPO, Role.HR_HEAD, Role.HR_SUCCESSION, Role.HR)


def roles_to_ask(person: Person) -> list[Role]:
    """Return the roles that ``person`` may ask for somebody else.

    The right to read succession plans is asked by those who hold it, or by the data protection officer; other roles by administrators.
    """
    is_administrator, reads_plans = person.holds(Role.ADMINISTRATOR), person.holds(Role.HR_SUCCESSION, Role.DPO)
    return [role for role in Role if (reads_plans if role == Role.HR_SUCCESSION else is_administrator)]


def can_ask_roles(person: Person) -> bool:
    """Allow whoever may ask some role for somebody else."""
    return bool(roles_to_ask(person))


def can_ask_role(person: Person, subject: Person, role: str) -> bool:
    """Allow a request for somebody else who is present, of a role that ``person`` may ask."""
    return person.pk != subject.pk and subject.is_present and role in roles_to_ask(person)


def functions_for_approval(person: Person, request: Any) -> frozenset[str]:
    """Return the functions in which ``person`` may approve ``request``: none for one's own role, nor for what one asked alone."""
    if person.pk == request.person_id or not person.is_present:
        return frozenset()
    if request.role == Role.HR_SUCCESSION:
        return frozenset(role for role in (Role.HR_SUCCESSION, Role.DPO) if person.holds(role))
    if request.role in ROLES_OF_HR and person.pk != request.asked_by_id and person.holds(Role.HR_HEAD):
        return frozenset({Role.HR_HEAD})
    if request.role == Role.ADMINISTRATOR and person.pk != request.asked_by_id:
        held = {role for role, _unit in person.settled_grants if role in ROLES_THAT_TAKE_TWO}
        return frozenset(sorted(held)[:1])
    return frozenset()


def can_end_role(person: Person, grant: Any) -> bool:
    """Allow one person to end somebody else's role at once, except a role that takes two."""
    if person.pk == grant.person_id or grant.role in ROLES_THAT_TAKE_TWO:
        return False
    if grant.role == Role.HR_SUCCESSION:
        return person.holds(Role.HR_SUCCESSION, Role.DPO, Role.ADMINISTRATOR)
    return person.holds(Role.ADMINISTRATOR) or person.holds_over(Role.HR, grant.unit_id)


def takes_two(subject: Person) -> bool:
    """Return whether ``subject`` holds, now or from a day to come, a role that no one person alone may take away."""
    grants = apps.get_model("core.RoleGrant").objects.not_over()
    return grants.filter(person=subject.pk, role__in=ROLES_THAT_TAKE_TWO).exists()


def can_ask_removal(person: Person, subject: Person) -> bool:
    """Allow a data protection officer, a head of HR or an administrator, once that role has settled, to ask about somebody else."""
    return person.pk != subject.pk and answers_for_rights(person)


def can_approve_removal(person: Person, removal: Any) -> bool:
    """Allow another holder of these roles than the one who asked, and never the person concerned."""
    return removal.closed_at is None and person.pk != removal.asked_by_id and can_ask_removal(person, removal.person)


def can_cut(person: Person, subject: Person) -> bool:
    """Allow an administrator to cut somebody else who may sign in; for some subjects this takes two people."""
    return person.pk != subject.pk and subject.may_sign_in and person.holds(Role.ADMINISTRATOR)


def can_ask_cut(person: Person, subject: Person) -> bool:
    """Return whether ``person`` may ask another to agree that ``subject`` be cut."""
    return can_cut(person, subject) and takes_two(subject) and can_ask_removal(person, subject)


def can_deactivate(person: Person, subject: Person) -> bool:
    """Allow an administrator to cut an access at once where this does not take two people.

    Everyone else leaves by the file of HR or on their last day.
    """
    return can_cut(person, subject) and not takes_two(subject)


def can_give_access_back(person: Person, subject: Person) -> bool:
    """Allow an administrator to undo a cut by hand of somebody else who never came in. An account takes two people."""
    return person.pk != subject.pk and subject.is_cut and not subject.has_account and person.holds(Role.ADMINISTRATOR)
