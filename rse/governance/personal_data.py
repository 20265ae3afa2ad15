"""What each field of this package is about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, AsLong, Employed, Span, WithThing
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

from .enums import Outcome
from .queries import decided_before, lines_of_what_is_gone
from .services.access_log import erase_old_openings


def declare_fields():
    """Fill the registry for the models of this package."""
    not_personal("governance.AccessLogHead", "governance.AccessLogCheckpoint", "governance.AccessLogVerification")
    declare(
        "governance.Charter",
        version=NOT_PERSONAL,
        body_fr=NOT_PERSONAL,
        body_en=NOT_PERSONAL,
        published_at=NOT_PERSONAL,
        published_by=personal(
            "who put a version in force", retention=AsLong(_("the version"), ("governance.Charter",)), erasure=Erasure.ANONYMISE
        ),
    )
    left = Employed(model="governance.CharterAcceptance", things=_("Agreements to the charter"), lasts=Span(days=30))
    accepted = personal("to know that a person agreed to the charter before publishing", retention=left)
    declare("governance.CharterAcceptance", person=accepted, charter=accepted, at=accepted)

    closed: dict[str, Any] = {"model": "governance.Report", "since": "decided_at", "event": _("the decision")}
    unfounded = Q(is_protected=True, outcome=Outcome.NO_BREACH)
    founded = Q(is_protected=True) & ~Q(outcome=Outcome.NO_BREACH)
    reported = (
        After(**closed, things=_("Reports about content"), lasts=Span(months=12), among=Q(is_protected=False)),
        After(**closed, things=_("Protected reports that proved unfounded"), lasts=Span(months=2), among=unfounded),
        # What may follow stands in the files of whoever leads it: six years are what French law leaves to bring such a case to court.
        After(**closed, things=_("Protected reports that proved founded"), lasts=Span(months=72), among=founded),
    )
    case = personal("to handle a report", retention=reported, is_exported=False)
    decided = personal("to know who decided", retention=reported, is_exported=False, erasure=Erasure.ANONYMISE)
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
    said = personal("to know what was reported, and to answer who reported it", retention=reported)
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
    last = After(
        model="governance.Moderation",
        things=_("Decisions about content"),
        since="at",
        event=_("the last decision"),
        lasts=Span(months=12),
        rows=decided_before,
    )
    hidden = personal("to tell an author why something was hidden, and to answer their appeal", retention=last)
    moderator = personal("to know who decided", retention=last, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "governance.Moderation",
        public_id=NOT_PERSONAL,
        kind=hidden,
        row_id=hidden,
        author=hidden,
        audience=hidden,
        report=hidden,
        is_protected=hidden,
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
    grant = personal("what a handler may read for a report", retention=AsLong(_("the right"), ("core.RowGrant",)), is_exported=False)
    declare("governance.HandlerGrant", grant=grant, kind=grant, row_id=grant)

    log = After(
        model="governance.AccessLogEntry",
        things=_("Openings in the access log"),
        since="at",
        event=_("the file was opened"),
        lasts=Span(months=36),
        does=erase_old_openings,
        takes=("governance.AccessLogSubject",),
    )
    opened = personal("to show each person who opened their file, and to find abuse", retention=log, erasure=Erasure.KEEP)
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
    # What it releases is older than the release, and has gone by then.
    release = After(
        model="governance.AccessLogRelease",
        things=_("Openings that a decision releases"),
        since="at",
        event=_("the decision"),
        lasts=Span(months=36),
    )
    released = personal("which openings a person may read once a decision is taken", retention=release, erasure=Erasure.KEEP)
    declare("governance.AccessLogRelease", kind=released, row_id=released, person=released, up_to=NOT_PERSONAL, at=NOT_PERSONAL)
    gone = WithThing(
        model="core.LineAtStart",
        things=_("Lines of management of the beginning"),
        thing=_("that thing, or an opening of it in the log"),
        rows=lines_of_what_is_gone,
    )
    stood = personal("who stood above a person when something confidential began", retention=gone, is_exported=False)
    declare("core.LineAtStart", person=stood, kind=stood, row_id=stood)
    off = After(
        model="governance.FeatureSwitch",
        things=_("Features of HR that are off"),
        since="off_at",
        event=_("the feature is switched off"),
        lasts=Span(months=36),
    )
    answers = personal(
        "to know who answers for a feature of HR and who switched it",
        retention=off,
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
