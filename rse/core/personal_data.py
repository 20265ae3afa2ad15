"""What each field of this package is about a person."""

from . import retention
from .fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

EMPLOYED = "while employed, then 30 days"
ENDED = "36 months after its end"
IDENTITY = "to know who works here and how to reach them at work"


def declare_fields():
    """Fill the registry for the models of this package."""
    work = personal(IDENTITY, retention=EMPLOYED, erasure=Erasure.ANONYMISE)
    own_words = personal("what the person says of themselves", retention=EMPLOYED)
    choice = personal("whom the person lets see it", retention=EMPLOYED)
    dates = personal("to open a journey, apply the days of arrival and leaving", retention=EMPLOYED, erasure=Erasure.ANONYMISE)
    sign_in = personal("to sign in", retention=EMPLOYED, is_exported=False)
    declare(
        "core.Person",
        password=sign_in,
        is_superuser=sign_in,
        is_cut=sign_in,
        has_account=sign_in,
        employee_number=work,
        handle=work,
        email=work,
        private_email=personal("to invite somebody before their first day", retention="until the first day, then 30 days"),
        first_name=work,
        last_name=work,
        state=work,
        title=work,
        unit=work,
        site=work,
        family=work,
        hired_on=dates,
        trial_ends_on=dates,
        leaves_on=dates,
        about=own_words,
        work_phone=own_words,
        languages=own_words,
        language=own_words,
        about_for=choice,
        work_phone_for=choice,
        languages_for=choice,
        version=NOT_PERSONAL,
    )
    former = personal(
        "which addresses lead to a person, and are nobody else's: a name of theirs may be a former one, which nobody else is shown",
        retention=EMPLOYED,
        is_exported=False,
    )
    declare("core.GivenAddress", kind=NOT_PERSONAL, address=former, row_id=former, leads=former)
    place = personal("who holds which place in the organisation", retention=EMPLOYED, erasure=Erasure.ANONYMISE)
    declare("core.Holding", position=place, person=place, starts_on=place, ends_on=place, is_interim=place, seat=NOT_PERSONAL)
    declare("core.ReportingLine", person=place, manager=place, depth=place)
    as_long = "as long as that thing, or an opening of it in the log"
    stood = personal("who stood above a person when something confidential began", retention=as_long, is_exported=False)
    declare("core.LineAtStart", person=stood, kind=stood, row_id=stood)
    right = personal("who may do what, and who decided it", retention=ENDED, erasure=Erasure.KEEP)
    declare(
        "core.RoleGrant", public_id=NOT_PERSONAL, person=right, role=right, unit=right, starts_at=right, ends_at=right, granted_by=right
    )
    declare(
        "core.RoleRequest",
        public_id=NOT_PERSONAL,
        person=right,
        role=right,
        unit=right,
        starts_at=right,
        ends_at=right,
        asked_by=right,
        asked_at=right,
        closed_at=right,
        grant=right,
    )
    declare("core.RoleApproval", request=right, person=right, function=right, at=right)
    declare(
        "core.RoleRemoval",
        public_id=NOT_PERSONAL,
        person=right,
        grant=right,
        asked_by=right,
        asked_at=right,
        approved_by=right,
        closed_at=right,
    )
    declare("core.RowGrant", person=right, kind=right, row_id=right, starts_at=right, ends_at=right)
    for model, since in (("RoleGrant", "ends_at"), ("RoleRequest", "closed_at"), ("RoleRemoval", "closed_at"), ("RowGrant", "ends_at")):
        retention.keep(f"core.{model}", since=since, lasts=36 * retention.MONTH, says=ENDED)
    member = personal("which audiences a person belongs to", retention="while a member")
    declare("core.AudienceMember", audience=member, person=member, role=member, joined_at=member)
    passing = personal("to tell subscribers what happened, as ids only", retention="90 days", is_exported=False)
    declare("core.RecordedEvent", name=NOT_PERSONAL, facets=passing, is_confidential=NOT_PERSONAL, at=NOT_PERSONAL)
    kept = personal("what an editor of pages may do in their screens", retention=EMPLOYED, is_exported=False)
    declare("core.Person_groups", person=kept, group=kept)
    declare("core.Person_user_permissions", person=kept, permission=kept)
    not_personal(
        "auth.Group",
        "auth.Group_permissions",
        "auth.Permission",
        "core.Site",
        "core.JobFamily",
        "core.Unit",
        "core.UnitClosure",
        "core.Position",
        "core.Audience",
        "core.Delivery",
        "core.ScheduledJob",
        "core.Installation",
    )
