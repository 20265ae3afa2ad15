"""What each field of this package is about a person."""

from rse.core.fields import NOT_PERSONAL, declare, personal

QUARTER = "90 days"


def declare_fields():
    """Fill the registry for the models of this package."""
    told = personal("to tell a person what named them, as references only", retention=QUARTER)
    declare(
        "notify.Notification",
        recipient=told,
        event_id=NOT_PERSONAL,
        event=told,
        actor=personal("who did what the notice tells", retention=QUARTER, is_exported=False),
        kind=told,
        row_id=told,
        created_at=told,
    )
    place = personal("to count the notices that a person has not seen: a place and no time", retention="while employed, then 30 days")
    declare("notify.SeenPosition", person=place, position=place)
    queued = personal("to send a notice by mail until it has arrived", retention="24 hours", is_exported=False)
    declare("notify.QueuedMail", notification=queued, due_at=NOT_PERSONAL, attempts=NOT_PERSONAL)
