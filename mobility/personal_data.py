"""What each field of this package is about a person."""

from rse.core.fields import NOT_PERSONAL, Erasure, declare, personal

OPENING = "as long as the opening"
APPLIED = "12 months after the last contact, then the row without content and without a name until 24 months"


def declare_fields():
    """Fill the registry for openings and applications."""
    opening = ("public_id", "kind", "title", "summary", "description", "language", "unit", "site", "pay_from", "pay_to", "level")
    opening += ("starts_on", "closes_on", "weeks", "share", "state", "is_hidden", "created_at", "published_at", "submission", "version")
    author = personal("who wrote an opening", retention=OPENING, is_exported=False, erasure=Erasure.ANONYMISE)
    declare("mobility.Opening", author=author, **dict.fromkeys(opening, NOT_PERSONAL))
    declare("mobility.OpeningSkill", opening=NOT_PERSONAL, skill=NOT_PERSONAL, is_to_learn=NOT_PERSONAL)
    duty = personal("who recruits for an opening, and since when", retention=OPENING)
    declare("mobility.OpeningMember", opening=duty, person=duty, role=duty, starts_at=duty, ends_at=duty, added_by=author)
    kept = personal("the openings that a person keeps for later", retention="until taken away, or the day of leaving")
    declare("mobility.Bookmark", opening=kept, person=kept, at=kept)

    own = personal("what a person sends for an opening", retention=APPLIED)
    decision = personal("the record of a human decision, which the applicant reads", retention=APPLIED)
    handling = personal("who handles an application", retention=APPLIED, is_exported=False, erasure=Erasure.ANONYMISE)
    columns = ("opening", "applicant", "state", "letter", "letter_for", "availability", "site_answer", "may_contact")
    columns += ("informed_manager", "informed_at", "created_at", "submitted_at", "stage_at")
    declare(
        "mobility.Application",
        public_id=NOT_PERSONAL,
        unit=NOT_PERSONAL,
        place=NOT_PERSONAL,
        erased_at=NOT_PERSONAL,
        version=NOT_PERSONAL,
        handler=handling,
        decided_by=handling,
        decided_at=decision,
        reason=decision,
        alternatives=decision,
        **dict.fromkeys(columns, own),
    )
    declare("mobility.ApplicationLine", application=own, line=own, is_considered=decision)
    declare("mobility.ApplicationSkill", application=own, skill=own)
    declare("mobility.StageChange", application=own, state=own, by=handling, at=own, due_on=own)
