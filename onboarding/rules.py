"""Who may act on cohorts, journeys and their template: one predicate per verb. When in doubt, no."""

from collections.abc import Iterable
from typing import Any

from rse.core.enums import Role
from rse.core.models import Person, ReportingLine

from .enums import RUNNING, Actor, JourneyState, RequestState, VersionState


def manages(person: Person, newcomer_id: int | None) -> bool:
    """Return whether ``person`` is a direct manager of the newcomer, today."""
    return person.is_present and ReportingLine.objects.filter(person=newcomer_id, manager=person.pk, depth=1).exists()


def stands_above(person: Person, newcomer_id: int | None) -> bool:
    return ReportingLine.objects.filter(person=newcomer_id, manager=person.pk).exists()


def is_hr_of(person: Person, newcomer: Person) -> bool:
    """Return whether ``person`` is HR over the newcomer's unit; never of oneself."""
    return person.pk != newcomer.pk and person.holds_over(Role.HR, newcomer.unit_id)


def actors_of(person: Person, journey: Any) -> frozenset[Actor]:
    """Return what ``person`` is to ``journey``, now; of one that is over, the newcomer and HR alone."""
    found = set()
    if person.pk == journey.newcomer_id:
        return frozenset({Actor.NEWCOMER})
    if journey.state in RUNNING:
        if person.pk == journey.buddy_id:
            found.add(Actor.BUDDY)
        if manages(person, journey.newcomer_id):
            found.add(Actor.MANAGER)
    if is_hr_of(person, journey.newcomer):
        found.add(Actor.HR)
    return frozenset(found)


def reads_words(person: Person, journey: Any, actors: Iterable[Actor]) -> bool:
    """Return whether ``person`` reads what the newcomer wrote and, for HR, their own note.

    Neither the buddy nor anyone above the newcomer does, whatever role they hold.
    """
    if Actor.NEWCOMER in actors:
        return True
    return Actor.HR in actors and Actor.BUDDY not in actors and not stands_above(person, journey.newcomer_id)


def follows_as_hr(person: Person, journey: Any) -> bool:
    actors = actors_of(person, journey)
    return Actor.HR in actors and Actor.NEWCOMER not in actors


def can_tick(person: Person, journey: Any, actor: Actor) -> bool:
    """Allow each actor to tick their own steps, while the journey is under way. The charter never stops it."""
    return person.may_sign_in and journey.state == JourneyState.ACTIVE and actor in actors_of(person, journey)


def can_write_words(person: Person, journey: Any) -> bool:
    """Allow the newcomer to write, while the journey is under way."""
    return person.may_sign_in and journey.state == JourneyState.ACTIVE and person.pk == journey.newcomer_id


def can_erase_words(person: Person, journey: Any) -> bool:
    return person.may_sign_in and person.pk == journey.newcomer_id


def can_export(person: Person, journey: Any) -> bool:
    actors = actors_of(person, journey)
    return Actor.NEWCOMER in actors or (Actor.HR in actors and reads_words(person, journey, actors))


def can_create_journey_for(person: Person, newcomer: Person) -> bool:
    return newcomer.may_sign_in and is_hr_of(person, newcomer)


def can_note(person: Person, journey: Any) -> bool:
    actors = actors_of(person, journey)
    return Actor.HR in actors and reads_words(person, journey, actors)


def can_steer(person: Person, journey: Any) -> bool:
    """Allow those who follow the journey as HR to shift, pause and archive it while it runs."""
    return journey.state in RUNNING and follows_as_hr(person, journey)


def can_ask_buddy(person: Person, journey: Any) -> bool:
    """Allow HR and the direct manager, while the journey runs."""
    return journey.state in RUNNING and bool(actors_of(person, journey) & {Actor.HR, Actor.MANAGER})


def can_be_buddy(person: Person, journey: Any) -> bool:
    """Allow somebody who is here, and neither the newcomer nor anyone above them. How many they welcome is a constraint of the database."""
    return person.is_present and person.pk != journey.newcomer_id and not stands_above(person, journey.newcomer_id)


def can_answer(person: Person, request: Any) -> bool:
    return person.is_present and person.pk == request.person_id and request.state == RequestState.PENDING


def can_end_buddy(person: Person, journey: Any) -> bool:
    """Allow those who may ask, and the buddy."""
    return journey.buddy_id is not None and (can_ask_buddy(person, journey) or Actor.BUDDY in actors_of(person, journey))


def can_thank(person: Person, journey: Any) -> bool:
    """Allow the newcomer, from the first day on, for the buddy they have."""
    return person.is_present and person.pk == journey.newcomer_id and journey.state in RUNNING and journey.buddy_id is not None


def can_see_cohorts(person: Person) -> bool:
    return person.holds(Role.HR)


def can_name_host(person: Person, cohort: Any) -> bool:
    """Allow HR, for a cohort that they read."""
    return person.holds(Role.HR) and type(cohort).objects.visible_to(person).filter(pk=cohort.pk).exists()


def can_edit_template(person: Person) -> bool:
    """Allow HR of the whole company: the journey is one everywhere."""
    return person.is_present and (Role.HR.value, None) in person.current_grants


def can_edit_version(person: Person, version: Any) -> bool:
    """Allow editing a draft; a published version is never changed, because running journeys stand on it."""
    return can_edit_template(person) and version.state == VersionState.DRAFT
