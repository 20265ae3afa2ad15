"""Who may act: one predicate per verb, asked by the service that does it and by the view that offers it. When in doubt, no."""

from .enums import ROLES_OF_HR, Role


def can_edit_profile(person, subject):
    """One's own words and choices are one's own."""
    return person.is_present and person.pk == subject.pk


def can_see_queue(person):
    return person.holds(Role.ADMINISTRATOR)


def can_see_roles(person):
    return person.holds(Role.ADMINISTRATOR, Role.DPO, Role.HR_HEAD, Role.HR_SUCCESSION, Role.HR)


def can_ask_role(person, subject, role):
    """Never for oneself; the right to read succession plans is asked by those who have it, or by the data protection officer."""
    if person.pk == subject.pk or not subject.is_present:
        return False
    if role == Role.HR_SUCCESSION:
        return person.holds(Role.HR_SUCCESSION, Role.DPO)
    return person.holds(Role.ADMINISTRATOR)


def functions_for_approval(person, request):
    """In which functions ``person`` may say yes to ``request``: none for one's own role, nor for what one asked alone."""
    if person.pk == request.person_id or not person.is_present:
        return frozenset()
    if request.role == Role.HR_SUCCESSION:
        return frozenset(role for role in (Role.HR_SUCCESSION, Role.DPO) if person.holds(role))
    if request.role in ROLES_OF_HR and person.pk != request.asked_by_id and person.holds(Role.HR_HEAD):
        return frozenset({Role.HR_HEAD})
    return frozenset()


def can_end_role(person, grant):
    """Ending a role needs one person and is immediate; nobody ends their own."""
    if person.pk == grant.person_id:
        return False
    if grant.role == Role.HR_SUCCESSION:
        return person.holds(Role.HR_SUCCESSION, Role.DPO, Role.ADMINISTRATOR)
    return person.holds(Role.ADMINISTRATOR) or person.holds_over(Role.HR, grant.unit_id)


def can_deactivate(person, subject):
    """Administrators cut an access at once; everyone else leaves by the file of HR or on their last day."""
    return person.pk != subject.pk and subject.may_sign_in and person.holds(Role.ADMINISTRATOR)


def can_give_access_back(person, subject):
    """What an administrator cut by hand, one may undo, of who never came in; never for oneself. An account takes two people."""
    return person.pk != subject.pk and subject.is_cut and not subject.has_account and person.holds(Role.ADMINISTRATOR)


def can_import_people(person):
    """HR of the whole company, and administrators."""
    return person.holds(Role.ADMINISTRATOR) or (Role.HR, None) in person.current_grants
