"""What each field of plans is about a person. It is served on request after a decision, not by a download."""

from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, Span, Until
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, personal

from .services import erase_plans


def declare_fields():
    """Fill the registry for plans."""
    cycle = (
        Until(_("the plan is deleted"), "talent.succession.services.delete_plan"),
        After(
            model="succession.Plan",
            things=_("Succession plans"),
            since="decided_at",
            event=_("the decision"),
            lasts=Span(months=24),
            does=erase_plans,
            takes=("succession.KeyPosition",),
        ),
    )
    place = personal("when a position that somebody holds may become vacant", retention=cycle, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "succession.KeyPosition",
        position=NOT_PERSONAL,
        place=NOT_PERSONAL,
        criticality=NOT_PERSONAL,
        vacant_from=place,
        is_single_holder=place,
        note=place,
    )
    duty = personal("who prepared, decided or wants to delete a plan", retention=cycle, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "succession.Plan",
        public_id=NOT_PERSONAL,
        key_position=NOT_PERSONAL,
        unit=NOT_PERSONAL,
        is_current=NOT_PERSONAL,
        owner=duty,
        review_on=NOT_PERSONAL,
        state=NOT_PERSONAL,
        started_at=NOT_PERSONAL,
        decided_at=duty,
        decided_by=duty,
        decision=personal("what was decided, in words about the position", retention=cycle, is_exported=False),
        deletion_asked_by=duty,
        version=NOT_PERSONAL,
    )
    name = personal("who could take a position, and when: the record of a human decision", retention=cycle, is_exported=False)
    declare(
        "succession.Nomination",
        plan=name,
        person=name,
        readiness=name,
        reason=name,
        alternatives=name,
        decided_by=duty,
        decided_at=name,
        version=NOT_PERSONAL,
    )
    declare("succession.NominationEvidence", nomination=name, line=name)
    agreed = personal("what was planned so that a person gets ready", retention=cycle, is_exported=False)
    declare(
        "succession.DevelopmentAction", public_id=NOT_PERSONAL, nomination=agreed, kind=agreed, words=agreed, due_on=agreed, is_done=agreed
    )
