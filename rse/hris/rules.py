"""Who may import people, and let a file of HR end the rights of others. When in doubt, no."""

from typing import Any

from rse.core.access.rules import answers_for_rights
from rse.core.enums import PersonState, Role
from rse.core.models import Person, ReportingLine


def can_import_people(person: Person) -> bool:
    """Allow HR of the whole company, and administrators."""
    return person.holds(Role.ADMINISTRATOR) or (Role.HR, None) in person.current_grants


def can_undo_import(person: Person) -> bool:
    """Allow HR of the whole company."""
    return (Role.HR, None) in person.current_grants


def can_name_holders(actor: Person, batch: Any) -> bool:
    """Allow one of those who take rights away by two, once another has sent a file by which they end and said what its columns mean.

    Both may import, and their roles have settled: nobody sends a file under the name of a helper of an hour ago.
    """
    others = {batch.uploaded_by, batch.compared_by}
    if actor in others or not (can_import_people(actor) and answers_for_rights(actor)):
        return False
    return all(one is not None and {(Role.ADMINISTRATOR, None), (Role.HR, None)} & one.settled_grants for one in others)


def can_see_unlisted(person: Person) -> bool:
    """Allow HR, each for the units that they look after, and administrators."""
    return person.holds(Role.HR, Role.ADMINISTRATOR)


def can_answer_for(actor: Person, person: Person) -> bool:
    """Allow HR of the unit of somebody whom no file names, and administrators; never oneself."""
    return actor.pk != person.pk and (actor.holds(Role.ADMINISTRATOR) or actor.holds_over(Role.HR, person.unit_id))


def can_say_left(actor: Person, person: Person) -> bool:
    """Allow those who may answer for somebody, unless one of the two is above the other in the line."""
    return can_answer_for(actor, person) and not _share_a_line(actor, person)


def can_correct(actor: Person, person: Person) -> bool:
    """Allow HR of the unit of somebody who has not left; never oneself, nor anybody above or below oneself in the line."""
    if actor.pk == person.pk or person.state == PersonState.LEFT or not actor.holds_over(Role.HR, person.unit_id):
        return False
    return not _share_a_line(actor, person)


def _share_a_line(one: Person, other: Person) -> bool:
    lines = ReportingLine.objects.filter(person__in=[one.pk, other.pk], manager__in=[one.pk, other.pk])
    return lines.exists()
