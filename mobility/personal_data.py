"""What each field of this package is about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, AsLong, Employed, Span, Until
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, personal

from .enums import ApplicationState
from .services.endings import empty_applications

OPENING = AsLong(_("the opening"), ("mobility.Opening",))


def declare_fields():
    """Fill the registry for openings and applications."""
    contact: dict[str, Any] = {"model": "mobility.Application", "since": "stage_at__date", "event": _("the last contact")}
    said = ~Q(state__in=(ApplicationState.ACCEPTED, ApplicationState.DRAFT)) & Q(applicant__isnull=False)
    draft = Q(state=ApplicationState.DRAFT)
    applied = (
        After(
            **contact,
            things=_("Applications: what they say, and of whom"),
            part="content",
            lasts=Span(months=12),
            among=said,
            does=empty_applications,
        ),
        After(**contact, things=_("Applications"), lasts=Span(months=24)),
        After(
            **{**contact, "event": _("it was last written")},
            things=_("Drafts of applications"),
            part="drafts",
            lasts=Span(months=12),
            among=draft,
        ),
    )
    opening = (
        *("public_id", "kind", "title", "summary", "description", "language", "unit", "site", "pay_from", "pay_to", "level"),
        *("starts_on", "closes_on", "weeks", "share", "state", "is_hidden", "created_at", "published_at", "submission", "version"),
    )
    author = personal("who wrote an opening", retention=OPENING, is_exported=False, erasure=Erasure.ANONYMISE)
    declare("mobility.Opening", author=author, **dict.fromkeys(opening, NOT_PERSONAL))
    declare("mobility.OpeningSkill", opening=NOT_PERSONAL, skill=NOT_PERSONAL, is_to_learn=NOT_PERSONAL)
    duty = personal("who recruits for an opening, and since when", retention=OPENING)
    declare("mobility.OpeningMember", opening=duty, person=duty, role=duty, starts_at=duty, ends_at=duty, added_by=author)
    kept_for_later = (
        Until(_("it is taken away"), "mobility.services.openings.keep_opening"),
        Employed(model="mobility.Bookmark", things=_("Openings kept for later")),
    )
    kept = personal("the openings that a person keeps for later", retention=kept_for_later)
    declare("mobility.Bookmark", opening=kept, person=kept, at=kept)

    own = personal("what a person sends for an opening", retention=applied)
    decision = personal("the record of a human decision, which the applicant reads", retention=applied)
    handling = personal("who handles an application", retention=applied, is_exported=False, erasure=Erasure.ANONYMISE)
    columns = (
        *("opening", "applicant", "state", "letter", "letter_for", "availability", "site_answer", "may_contact"),
        *("informed_manager", "informed_at", "created_at", "submitted_at", "stage_at"),
    )
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
