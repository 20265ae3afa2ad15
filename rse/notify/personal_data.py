"""What each field of this package is about a person."""

from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, Employed, Span
from rse.core.ops.personal_fields import NOT_PERSONAL, declare, personal


def declare_fields():
    """Fill the registry for the models of this package."""
    quarter = After(model="notify.Notification", things=_("Notices"), since="created_at", event=_("what they tell"), lasts=Span(days=90))
    told = personal("to tell a person what named them, as references only", retention=quarter)
    declare(
        "notify.Notification",
        recipient=told,
        event_id=NOT_PERSONAL,
        event=told,
        actor=personal("who did what the notice tells", retention=quarter, is_exported=False),
        kind=told,
        row_id=told,
        created_at=told,
        act_id=NOT_PERSONAL,
        is_opened=personal("to count the notices that a person has not opened: no time", retention=quarter),
    )
    left = Employed(model="notify.SeenPosition", things=_("Places in the list of notices"), lasts=Span(days=30))
    place = personal("to count the notices that a person has not seen: a place and no time", retention=left)
    declare("notify.SeenPosition", person=place, position=place)
    day = After(
        model="notify.QueuedMail",
        things=_("Mails that wait"),
        since="notification__created_at",
        event=_("what they tell"),
        lasts=Span(hours=24),
    )
    queued = personal("to send a notice by mail until it has arrived", retention=day, is_exported=False)
    declare("notify.QueuedMail", notification=queued, due_at=NOT_PERSONAL, attempts=NOT_PERSONAL)
