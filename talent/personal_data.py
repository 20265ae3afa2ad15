"""What each field of this package is about a person."""

from rse.core.fields import NOT_PERSONAL, declare, not_personal, personal

EMPLOYED = "while employed, then 30 days"
LINES = "24 months after the fact, or until the person erases it or wants no ledger"
WISHES = "shown to HR for 12 months after it was last touched, erased after 18"


def declare_fields():
    """Fill the registry for the models of this package."""
    not_personal("talent.Skill")
    own = personal("what the person says they can do", retention=EMPLOYED)
    declare("talent.DeclaredSkill", person=own, skill=own, level=own, is_public=own, declared_on=own)
    said = personal("what colleagues who worked with a person confirm", retention="until either withdraws it, or 30 days after leaving")
    declare("talent.Confirmation", public_id=NOT_PERSONAL, person=said, skill=said, by=said, ground=said, audience=said, confirmed_on=said)
    training = personal("the trainings that the person writes down", retention=EMPLOYED)
    declare("talent.Training", public_id=NOT_PERSONAL, person=training, title=training, year=training, is_public=training)

    fact = personal("what the person did for others, as a reference to the act it stands on", retention=LINES)
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
    helped = personal("whom it helped: shown as how many people and which units", retention=LINES, is_exported=False)
    declare("talent.HelpedPerson", line=helped, person=helped)
    declare("talent.LineSkill", line=fact, skill=fact)
    declare("talent.LedgerOptOut", person=personal("to keep no ledger of who wants none", retention=EMPLOYED))
    declare(
        "talent.HelpConfirmation",
        person=fact,
        by=personal("who says that a person helped them", retention=LINES, is_exported=False),
        kind=fact,
        source_kind=personal("so that one thing is confirmed once", retention=LINES, is_exported=False),
        source_id=personal("so that one thing is confirmed once", retention=LINES, is_exported=False),
        audience=fact,
        is_shown=fact,
        confirmed_on=fact,
    )
    wish = personal("where the person would like to go next, for whom they chose", retention=WISHES)
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
