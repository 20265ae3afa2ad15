"""What happens around the door. No token is ever in an event: it is made when its mail is sent."""

from dataclasses import dataclass

from rse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    """The person of ``subject`` is invited by mail; the link is made when the mail goes out."""


@dataclass(frozen=True, kw_only=True)
class PeopleInvited(Event):
    """The people whose ids are in ``person_ids`` are invited by mail, all at once."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PasswordResetAsked(Event):
    """Somebody asked for a new password at the door, for the person of ``subject``, or for nobody we know."""


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event):
    """A file of HR was applied: one event however many people it changed; ``batch_id`` is the key of the ``ImportBatch``."""

    batch_id: int = 0
