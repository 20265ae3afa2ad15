"""What each field of this package is about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, Employed, Nameless, Span, Until
from rse.core.ops.personal_fields import NOT_PERSONAL, declare, not_personal, personal

from .enums import WishVisibility
from .services.being import ERASED_AFTER, HIDDEN_AFTER, hide_wishes

MONTH = Span(days=30)


def left(model, things, person="person"):
    return Employed(model=f"talent.{model}", things=things, person=person, lasts=MONTH)


def declare_fields():
    """Fill the registry for the models of this package."""
    not_personal("talent.Skill")
    own = personal("what the person says they can do", retention=left("DeclaredSkill", _("Declared skills")))
    declare("talent.DeclaredSkill", person=own, skill=own, level=own, is_public=own, declared_on=own)
    confirmed = (
        Until(_("either withdraws it"), "talent.services.skills.withdraw_confirmation"),
        left("Confirmation", _("Confirmed skills")),
        left("Confirmation", _("Skills that people confirmed"), "by"),
    )
    said = personal("what colleagues who worked with a person confirm", retention=confirmed)
    declare("talent.Confirmation", public_id=NOT_PERSONAL, person=said, skill=said, by=said, ground=said, audience=said, confirmed_on=said)
    training = personal("the trainings that the person writes down", retention=left("Training", _("Trainings")))
    declare("talent.Training", public_id=NOT_PERSONAL, person=training, title=training, year=training, is_public=training)

    line = (
        After(model="talent.LedgerLine", things=_("Contributions"), since="on", event=_("the fact"), lasts=Span(months=24)),
        Until(_("the person erases it"), "talent.services.ledger.erase_line"),
        Until(_("the person wants no ledger"), "talent.services.ledger.opt_out"),
        left("LedgerLine", _("Contributions of people who left")),
    )
    help_given = (
        After(
            model="talent.HelpConfirmation",
            things=_("Confirmations of help"),
            since="confirmed_on",
            event=_("the fact"),
            lasts=Span(months=24),
        ),
        Until(_("it is taken back"), "talent.services.ledger.withdraw_help"),
        left("HelpConfirmation", _("Confirmations of help to people who left")),
    )
    fact = personal("what the person did for others, as a reference to the act it stands on", retention=line)
    declare(
        "talent.LedgerLine",
        public_id=NOT_PERSONAL,
        person=fact,
        audience=fact,
        kind=fact,
        on=fact,
        act_kind=fact,
        act_id=fact,
        is_kept=fact,
        is_hidden=fact,
        comment=fact,
    )
    shown = personal("whom it helped: shown as how many people and which units", retention=line, is_exported=False)
    declare("talent.HelpedPerson", line=shown, person=shown)
    declare("talent.LineSkill", line=fact, skill=fact)
    declare(
        "talent.LedgerOptOut",
        person=personal("to keep no ledger of who wants none", retention=left("LedgerOptOut", _("People without a ledger"))),
    )
    helped = personal("what the person did for others, as the one helped says it", retention=help_given)
    declare(
        "talent.HelpConfirmation",
        person=helped,
        by=personal("who says that a person helped them", retention=(*help_given, Nameless()), is_exported=False),
        kind=helped,
        source_kind=personal("so that one thing is confirmed once", retention=help_given, is_exported=False),
        source_id=personal("so that one thing is confirmed once", retention=help_given, is_exported=False),
        audience=helped,
        is_shown=helped,
        confirmed_on=helped,
    )
    touched: dict[str, Any] = {"model": "talent.Wish", "since": "touched_on", "event": _("it was last touched")}
    wished = (
        After(
            **touched,
            things=_("Wishes shown to HR"),
            lasts=Span(months=HIDDEN_AFTER),
            among=Q(visibility=WishVisibility.HR),
            does=hide_wishes,
        ),
        After(**touched, things=_("Wishes"), lasts=Span(months=ERASED_AFTER)),
        left("Wish", _("Wishes of people who left")),
    )
    wish = personal("where the person would like to go next, for whom they chose", retention=wished)
    declare(
        "talent.Wish",
        public_id=NOT_PERSONAL,
        person=wish,
        horizon=wish,
        text=wish,
        family=wish,
        site=wish,
        is_open_to_talk=wish,
        visibility=wish,
        touched_on=wish,
        is_reminded=NOT_PERSONAL,
        version=NOT_PERSONAL,
    )
