"""What of an application each reader sees: cut here, once, for every page, list and export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import queries
from .enums import DECIDED, LetterReader, Relation

if TYPE_CHECKING:
    from rse.core.models import Person

    from .models import Application

EVERYTHING = frozenset({Relation.APPLICANT, Relation.HR, Relation.HEAD})


def fields_for(person: Person, application: Application, *, relation: str | None = None, is_whole: bool = True) -> dict[str, Any]:
    """Return the fields of ``application`` that are open to ``person``: ``{field: value}``, without those that are cut.

    Empty for a stranger.

    A manager who was told reads that there is one, how it stands and since when. Those who recruit read the stage, the answers and what was
    attached; the letter where it was written for them; how to reach the applicant once they agreed. HR and the applicant read all. Without
    ``is_whole``, as in a list, what takes further queries is left out. ``relation`` saves a list from asking it for each line.
    """
    relation = queries.relation_to(person, application) if relation is None else relation
    if not relation or (application.erased_at and relation != Relation.APPLICANT):
        return {}
    fields = {"name": application.applicant, "status": application.stage, "date": application.stage_at}
    if relation == Relation.MANAGER:
        return fields
    fields |= {
        "opening": application.opening,
        "stage": application.state,
        "sent_at": application.submitted_at,
        "availability": application.get_availability_display(),
        "site_answer": application.get_site_answer_display(),
    }
    is_all = relation in EVERYTHING
    if is_all or application.may_contact:
        fields["e_mail"] = application.applicant.email
    if application.may_contact:
        fields["phone"] = application.applicant.work_phone
    if is_all or application.letter_for == LetterReader.TEAM:
        fields["letter"] = application.letter
    if application.state in DECIDED:
        fields |= {"reason": application.reason, "alternatives": application.alternatives, "decided_by": application.decided_by}
    if is_whole:
        fields["lines"], fields["skills"] = queries.attached_to(person, application)
        fields["steps"] = queries.steps_of(application)
    return fields
