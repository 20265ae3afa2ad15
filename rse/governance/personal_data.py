"""What each field of this package is about a person."""

from rse.core.fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

AS_EMPLOYED = "while employed, then 30 days"
REPORT_KEPT = "12 months after closing; 2 months if protected and unfounded; protected and founded, until the procedure ends"
LOG_KEPT = "36 months"


def declare_fields():
    """Fill the registry for the models of this package."""
    not_personal("governance.AccessLogHead", "governance.AccessLogCheckpoint", "governance.AccessLogVerification")
    declare(
        "governance.Charter",
        version=NOT_PERSONAL,
        body_fr=NOT_PERSONAL,
        body_en=NOT_PERSONAL,
        published_at=NOT_PERSONAL,
        published_by=personal("who put a version in force", retention="as long as the version", erasure=Erasure.ANONYMISE),
    )
    accepted = personal("to know that a person agreed to the charter before publishing", retention=AS_EMPLOYED)
    declare("governance.CharterAcceptance", person=accepted, charter=accepted, at=accepted)

    case = personal("to handle a report", retention=REPORT_KEPT, is_exported=False)
    decided = personal("to know who decided", retention=REPORT_KEPT, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "governance.Report",
        public_id=NOT_PERSONAL,
        kind=case,
        row_id=case,
        about=case,
        audience=case,
        is_protected=case,
        state=case,
        opened_at=case,
        reminders=NOT_PERSONAL,
        outcome=case,
        decided_by=decided,
        decided_at=case,
    )
    said = personal("to know what was reported, and to answer who reported it", retention=REPORT_KEPT)
    declare(
        "governance.Reporter",
        public_id=NOT_PERSONAL,
        report=said,
        person=said,
        category=said,
        words=said,
        at=said,
        day=said,
        number=NOT_PERSONAL,
    )
    hidden = personal(
        "to tell an author why something was hidden, and to answer their appeal", retention="12 months after the last decision"
    )
    moderator = personal("to know who decided", retention="12 months after the last decision", is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "governance.Moderation",
        public_id=NOT_PERSONAL,
        kind=hidden,
        row_id=hidden,
        author=hidden,
        audience=hidden,
        report=case,
        is_protected=case,
        article=hidden,
        reason=hidden,
        by=moderator,
        at=hidden,
        lifted_at=hidden,
        lifted_by=moderator,
        appeal_words=hidden,
        appealed_at=hidden,
        appeal_outcome=hidden,
        appeal_answer=hidden,
        appeal_decided_by=moderator,
        appeal_decided_at=hidden,
    )
    declare("governance.HandlerGrant", grant=case, kind=case, row_id=case)

    opened = personal("to show each person who opened their file, and to find abuse", retention=LOG_KEPT, erasure=Erasure.KEEP)
    declare(
        "governance.AccessLogEntry",
        at=opened,
        reader=opened,
        function=opened,
        kind=opened,
        row_id=opened,
        purpose=opened,
        is_withheld=NOT_PERSONAL,
        prev_hash=NOT_PERSONAL,
        hash=NOT_PERSONAL,
    )
    declare("governance.AccessLogSubject", entry=opened, person=opened)
    declare(
        "governance.AccessLogRelease",
        kind=opened,
        row_id=opened,
        person=opened,
        up_to=NOT_PERSONAL,
        at=NOT_PERSONAL,
    )
    answers = personal(
        "to know who answers for a feature of HR and who switched it",
        retention="as long as the feature, then 36 months",
        erasure=Erasure.KEEP,
    )
    declare(
        "governance.FeatureSwitch",
        name=NOT_PERSONAL,
        impact_assessment=NOT_PERSONAL,
        works_council_on=NOT_PERSONAL,
        works_council_advice=NOT_PERSONAL,
        notice_on=NOT_PERSONAL,
        notice_fr=NOT_PERSONAL,
        notice_en=NOT_PERSONAL,
        owner=answers,
        asked_by=answers,
        asked_at=NOT_PERSONAL,
        confirmed_by=answers,
        on_since=NOT_PERSONAL,
        off_at=NOT_PERSONAL,
        off_by=answers,
        version=NOT_PERSONAL,
    )
