"""What each field of this package is about a person."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import PersonState
from .ops.periods import After, Employed, Span, Until, write
from .ops.personal_fields import NOT_PERSONAL, Erasure, declare, not_personal, personal
from .people.services.emails import forget_private
from .people.services.leavers import forget_numbers, forget_people

IDENTITY = "to know who works here and how to reach them at work"
NAMED = ~Q(first_name="", last_name="")
MONTH = Span(days=30)


def declare_fields():
    """Fill the registry for the models of this package."""
    employed = Employed(
        model="core.Person", things=_("People"), person="", lasts=MONTH, among=NAMED, does=forget_people, takes=("core.GivenAddress",)
    )
    cut = Q(is_cut=True) & ~Q(employee_number=None)
    numbered = Employed(
        model="core.Person",
        things=_("Numbers of people whose access was cut by hand"),
        person="",
        part="cut",
        lasts=Span(months=36),
        among=cut,
        does=forget_numbers,
    )
    known = (employed, numbered)
    is_private = Q(email__isnull=False) & ~Q(state=PersonState.EXPECTED) & ~Q(private_email="")
    at_home = After(
        model="core.Person",
        things=_("Private addresses"),
        since="hired_on",
        event=_("the first day"),
        lasts=MONTH,
        among=is_private,
        does=forget_private,
    )
    work = personal(IDENTITY, retention=employed, erasure=Erasure.ANONYMISE)
    number = personal(IDENTITY, retention=known, erasure=Erasure.ANONYMISE)
    own_words = personal("what the person says of themselves", retention=employed)
    choice = personal("whom the person lets see it", retention=employed)
    dates = personal("to open a journey, apply the days of arrival and leaving", retention=known, erasure=Erasure.ANONYMISE)
    sign_in = personal("to sign in", retention=employed, is_exported=False)
    for_good = personal(
        "so that nobody comes in alone again where somebody came in or was cut", retention=known, is_exported=False, erasure=Erasure.KEEP
    )
    declare(
        "core.Person",
        password=sign_in,
        is_superuser=sign_in,
        is_cut=for_good,
        unlisted_on=dates,
        has_account=for_good,
        employee_number=number,
        handle=work,
        email=work,
        private_email=personal("to invite somebody before their first day", retention=(at_home, employed)),
        first_name=work,
        last_name=work,
        found_by=work,
        sorts_as=replace(work, is_exported=False),  # digits, that say what the names say
        state=work,
        title=work,
        unit=work,
        site=work,
        family=work,
        hired_on=dates,
        trial_ends_on=dates,
        leaves_on=dates,
        photo=personal("to be recognised by colleagues", retention=employed),
        about=own_words,
        work_phone=own_words,
        languages=own_words,
        language=own_words,
        wording=own_words,
        about_for=choice,
        work_phone_for=choice,
        languages_for=choice,
        version=NOT_PERSONAL,
    )
    former = personal(
        "which addresses lead to a person, and are nobody else's: a name of theirs may be a former one, which nobody else is shown",
        retention=employed,
        is_exported=False,
    )
    declare("core.GivenAddress", kind=NOT_PERSONAL, address=former, row_id=former, leads=former)
    held: dict[str, Any] = {"model": "core.Holding", "things": _("Places held")}
    place = personal(
        "who holds which place in the organisation",
        retention=(
            Employed(**held, lasts=MONTH, among=Q(person__is_cut=False)),
            Employed(**held, lasts=Span(months=36), among=Q(person__is_cut=True)),  # who stood above whom before a cut is asked later
        ),
    )
    declare("core.Holding", position=place, person=place, starts_on=place, ends_on=place, is_interim=place, seat=NOT_PERSONAL)
    away = personal(
        "not to write to somebody, nor to take their silence for an answer, while they are away; never why, and shown to nobody",
        retention=After(model="core.Absence", things=_("Absences"), since="ends_on", event=_("the last day"), lasts=MONTH),
    )
    declare("core.Absence", person=away, starts_on=away, ends_on=away)
    line: dict[str, Any] = {"model": "core.ReportingLine", "things": _("Lines of management"), "lasts": MONTH}
    above = personal("who stands above whom", retention=(Employed(**line), Employed(**line, person="manager")))
    declare("core.ReportingLine", person=above, manager=above, depth=above)
    granted, asked, removed, opened = (
        personal(
            "who may do what, and who decided it",
            retention=After(model=f"core.{model}", things=things, since=since, event=_("its end"), lasts=Span(months=36)),
            erasure=Erasure.KEEP,
        )
        for model, since, things in (
            ("RoleGrant", "ends_at", _("Roles given")),
            ("RoleRequest", "closed_at", _("Requests for roles")),
            ("RoleRemoval", "closed_at", _("Requests to end roles")),
            ("RowGrant", "ends_at", _("Rights on one thing")),
        )
    )
    declare(
        "core.RoleGrant",
        public_id=NOT_PERSONAL,
        person=granted,
        role=granted,
        unit=granted,
        starts_at=granted,
        ends_at=granted,
        granted_by=granted,
    )
    declare(
        "core.RoleRequest",
        public_id=NOT_PERSONAL,
        person=asked,
        role=asked,
        unit=asked,
        starts_at=asked,
        ends_at=asked,
        asked_by=asked,
        asked_at=asked,
        closed_at=asked,
        grant=asked,
    )
    declare("core.RoleApproval", request=asked, person=asked, function=asked, at=asked)
    declare(
        "core.RoleRemoval",
        public_id=NOT_PERSONAL,
        person=removed,
        grant=removed,
        asked_by=removed,
        asked_at=removed,
        approved_by=removed,
        closed_at=removed,
    )
    declare("core.RowGrant", person=opened, kind=opened, row_id=opened, starts_at=opened, ends_at=opened)
    member = personal(
        "which audiences a person belongs to",
        retention=(
            Until(_("the person is no longer a member"), "rse.core.people.services.audiences.dismiss"),
            Employed(model="core.AudienceMember", things=_("Members"), lasts=MONTH),
        ),
    )
    declare("core.AudienceMember", audience=member, person=member, role=member, joined_at=member)
    passing = personal(
        "to tell subscribers what happened, as ids only",
        retention=After(model="core.RecordedEvent", things=_("Events"), since="at", event=_("what happened"), lasts=Span(days=90)),
        is_exported=False,
    )
    declare("core.RecordedEvent", name=NOT_PERSONAL, facets=passing, is_confidential=NOT_PERSONAL, at=NOT_PERSONAL)
    counted = personal(
        "to let nobody guess passwords, codes and links, nor use a code twice, and no stranger keep somebody out of their own browser",
        retention=After(model="core.KeptCount", things=_("Counts of attempts"), since="expires_at", event=_("the count ends")),
        is_exported=False,
    )
    declare("core.KeptCount", name=counted, value=counted, expires_at=counted)
    for model, column, things in (
        ("Person_groups", "group", _("Groups of editors")),
        ("Person_user_permissions", "permission", _("Permissions of editors")),
    ):
        kept = personal(
            "what an editor of pages may do in their screens",
            retention=Employed(model=f"core.{model}", things=things, lasts=MONTH),
            is_exported=False,
        )
        declare(f"core.{model}", person=kept, **{column: kept})
    taken = personal(
        "who said that a first step of the installation is done",
        retention=Employed(
            model="core.StepTaken", things=_("First steps"), person="by", lasts=MONTH, does=write("core.StepTaken", by=None)
        ),
        erasure=Erasure.ANONYMISE,
    )
    declare("core.StepTaken", name=NOT_PERSONAL, by=taken, at=NOT_PERSONAL, facts=NOT_PERSONAL)
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
        "core.RetentionRun",
        "core.ScheduledJob",
        "core.Installation",
    )
