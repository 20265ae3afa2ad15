"""Who may act: one predicate per verb, asked by the service that does it and by the view that offers it. When in doubt, no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from ..enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, Role

if TYPE_CHECKING:
    from ..models import Person


def answers_for_rights(person: Person) -> bool:
    """Whether ``person`` is one of those who take rights away by two: a role that counts for it began a day ago or more."""
    return any(role in ROLES_THAT_TAKE_TWO for role, _unit in person.settled_grants)


def can_edit_profile(person: Person, subject: Person) -> bool:
    """One's own words and choices are one's own."""
    return person.is_present and person.pk == subject.pk


def can_see_queue(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR)


def can_see_roles(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR, Role.DPO, Role.HR_HEAD, Role.HR_SUCCESSION, Role.HR)


def can_ask_roles(person: Person) -> bool:
    """Whoever may ask some role for somebody."""
    return person.holds(Role.ADMINISTRATOR, Role.HR_SUCCESSION, Role.DPO)


def can_ask_role(person: Person, subject: Person, role: str) -> bool:
    """Never for oneself; the right to read succession plans is asked by those who have it, or by the data protection officer."""
    if person.pk == subject.pk or not subject.is_present:
        return False
    if role == Role.HR_SUCCESSION:
        return person.holds(Role.HR_SUCCESSION, Role.DPO)
    return person.holds(Role.ADMINISTRATOR)


def functions_for_approval(person: Person, request: Any) -> frozenset[str]:
    """In which functions ``person`` may say yes to ``request``: none for one's own role, nor for what one asked alone."""
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
    """Ending a role needs one person and is immediate, but for those that take two; nobody ends their own."""
    if person.pk == grant.person_id or grant.role in ROLES_THAT_TAKE_TWO:
        return False
    if grant.role == Role.HR_SUCCESSION:
        return person.holds(Role.HR_SUCCESSION, Role.DPO, Role.ADMINISTRATOR)
    return person.holds(Role.ADMINISTRATOR) or person.holds_over(Role.HR, grant.unit_id)


def takes_two(subject: Person) -> bool:
    """Whether ``subject`` holds, now or from a day to come, a role that one person alone takes from nobody."""
    grants = apps.get_model("core.RoleGrant").objects.not_over()
    return grants.filter(person=subject.pk, role__in=ROLES_THAT_TAKE_TWO).exists()


def can_ask_removal(person: Person, subject: Person) -> bool:
    """A data protection officer, a head of HR or an administrator, whose role has settled, about somebody else."""
    return person.pk != subject.pk and answers_for_rights(person)


def can_approve_removal(person: Person, removal: Any) -> bool:
    """Another of them than who asked, and never whom it is about."""
    return removal.closed_at is None and person.pk != removal.asked_by_id and can_ask_removal(person, removal.person)


def can_cut(person: Person, subject: Person) -> bool:
    """An administrator, about somebody else who may sign in; some are cut by two."""
    return person.pk != subject.pk and subject.may_sign_in and person.holds(Role.ADMINISTRATOR)


def can_ask_cut(person: Person, subject: Person) -> bool:
    """Whether ``person`` may ask another to agree that ``subject`` be cut."""
    return can_cut(person, subject) and takes_two(subject) and can_ask_removal(person, subject)


def can_deactivate(person: Person, subject: Person) -> bool:
    """Administrators cut an access at once where it takes no two; everyone else leaves by the file of HR or on their last day."""
    return can_cut(person, subject) and not takes_two(subject)


def can_give_access_back(person: Person, subject: Person) -> bool:
    """What an administrator cut by hand, one may undo, of who never came in; never for oneself. An account takes two people."""
    return person.pk != subject.pk and subject.is_cut and not subject.has_account and person.holds(Role.ADMINISTRATOR)


def can_import_people(person: Person) -> bool:
    """HR of the whole company, and administrators."""
    return person.holds(Role.ADMINISTRATOR) or (Role.HR, None) in person.current_grants
