"""Who may act: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no."""

from typing import Any

from rse.core.enums import Role
from rse.core.models import Person, ReportingLine

from .enums import LIVE, OUTCOMES, STEPS, ApplicationState, OpeningKind, OpeningState


def can_create_opening(person: Person, unit: Any = None) -> bool:
    """Allow recruiters and HR, for the units that their role is over."""
    if not person.is_present:
        return False
    roles = (Role.RECRUITER, Role.HR)
    return person.holds(*roles) if unit is None else any(person.holds_over(role, unit.pk) for role in roles)


def can_enter_recruitment(person: Person, *, is_in_a_team: bool = False) -> bool:
    return person.is_present and (is_in_a_team or person.holds(Role.RECRUITER, Role.HR))


def recruits_for(person: Person, opening: Any) -> bool:
    """Return whether ``person`` is named in the team of the opening today, or is HR of its unit."""
    return type(opening).objects.recruited_by(person).filter(pk=opening.pk).exists()


def can_edit_opening(person: Person, opening: Any) -> bool:
    return recruits_for(person, opening)


def can_publish_opening(person: Person, opening: Any) -> bool:
    return opening.state == OpeningState.DRAFT and recruits_for(person, opening)


def can_close_opening(person: Person, opening: Any) -> bool:
    return opening.state == OpeningState.PUBLISHED and recruits_for(person, opening)


def can_reopen_opening(person: Person, opening: Any) -> bool:
    return opening.state == OpeningState.CLOSED and recruits_for(person, opening)


def can_delete_opening(person: Person, opening: Any) -> bool:
    """Allow the team to delete what nobody else ever saw."""
    return opening.state == OpeningState.DRAFT and opening.published_at is None and recruits_for(person, opening)


def can_export_openings(person: Person, *, is_in_a_team: bool = False) -> bool:
    return can_enter_recruitment(person, is_in_a_team=is_in_a_team)


def can_change_team(person: Person, opening: Any) -> bool:
    """Allow HR of the unit, or the recruiter who made the opening and still recruits for it."""
    return recruits_for(person, opening) and (person.holds_over(Role.HR, opening.unit_id) or person.pk == opening.author_id)


def can_keep_opening(person: Person, opening: Any) -> bool:
    return person.is_present and opening.is_published


def can_apply(person: Person, opening: Any, *, is_in_team: bool) -> bool:
    """Allow whoever is here, while applications are taken; nobody applies to themselves."""
    return person.is_present and opening.is_open and not is_in_team


def is_own(person: Person, application: Any) -> bool:
    return person.may_sign_in and application.applicant_id == person.pk


def can_renew(person: Person, application: Any) -> bool:
    """Allow the applicant a new version, until somebody has begun to read."""
    return is_own(person, application) and application.state == ApplicationState.SUBMITTED


def can_withdraw(person: Person, application: Any) -> bool:
    return is_own(person, application) and application.state in (ApplicationState.DRAFT, *LIVE)


def can_inform_manager(person: Person, application: Any) -> bool:
    return is_own(person, application) and application.state in LIVE and application.informed_manager_id is None


def can_answer_offer(person: Person, application: Any) -> bool:
    return is_own(person, application) and application.state == ApplicationState.OFFER


def can_handle(person: Person, application: Any) -> bool:
    """Allow whoever reads the application in order to handle it: never the applicant, their line, or somebody who applies too."""
    return type(application).objects.handled_by(person).filter(pk=application.pk).exists()


def can_move(person: Person, application: Any, state: str) -> bool:
    return state in STEPS.get(application.state, ()) and can_handle(person, application)


def can_decide(person: Person, application: Any, outcome: str) -> bool:
    return outcome in OUTCOMES.get(application.state, ()) and can_handle(person, application)


def can_confirm_mission(person: Person, application: Any, *, is_over: bool) -> bool:
    """Allow the hiring side to confirm a mission that was accepted and is over."""
    accepted = application.state == ApplicationState.ACCEPTED and application.opening.kind == OpeningKind.MISSION
    return accepted and is_over and can_handle(person, application)


def can_export_application(person: Person, application: Any) -> bool:
    """Allow the applicant, and those who handle the application; not the manager who was told."""
    return is_own(person, application) or can_handle(person, application)


def stands_directly_above(person: Person, subject: Person) -> bool:
    return ReportingLine.objects.filter(person=subject.pk, manager=person.pk, depth=1).exists()
