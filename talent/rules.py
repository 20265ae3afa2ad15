"""Who may act here: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no."""

from typing import Any

from rse.core.enums import Role
from rse.core.models import Person


def can_write_own(person: Person, subject: Person) -> bool:
    """Allow each person, and nobody else, to write their skills, trainings, lines and wish."""
    return person.may_sign_in and person.pk == subject.pk


def can_change_line(person: Person, line: Any) -> bool:
    """Allow the person of a line to keep, hide, comment, tag or erase it; nobody rewrites a line."""
    return person.may_sign_in and person.pk == line.person_id


def can_curate_skills(person: Person) -> bool:
    return person.is_present and person.holds(Role.HR, Role.HR_HEAD)


def can_withdraw_confirmation(person: Person, confirmation: Any) -> bool:
    """Allow whoever gave the confirmation to withdraw it, and the person concerned to erase it."""
    return person.may_sign_in and person.pk in (confirmation.by_id, confirmation.person_id)


def can_export_lines(person: Person, subject: Person) -> bool:
    return person.may_sign_in and person.pk == subject.pk


def can_list_wishes(person: Person) -> bool:
    return person.is_present and person.holds(Role.HR, Role.HR_SUCCESSION, Role.RECRUITER)


def function_over(reader: Person, subject: Person) -> str | None:
    """Return the function in which ``reader`` decides about ``subject``: a role, "" for the line above; None for oneself and colleagues.

    Those who decide about somebody leave a trace when they open the file; colleagues who read a profile are not watched.
    """
    if reader.pk == subject.pk or not reader.pk:
        return None
    if reader.holds_over(Role.HR, subject.unit_id):
        return Role.HR.value
    for role in (Role.HR_HEAD, Role.HR_SUCCESSION, Role.RECRUITER):
        if reader.holds(role):
            return role.value
    return "" if Person.objects.filter(pk=reader.pk).above(subject).exists() else None
