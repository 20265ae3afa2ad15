"""What happens around the door. No token is ever in an event: it is made when its mail is sent."""

from dataclasses import dataclass

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    """The person of ``subject`` is invited by mail, alone or in a run; the link is made when the mail goes out."""

    run_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PeopleInvited(Event):
    """The people of the run are invited by mail, some after the others."""

    run_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationsWithdrawn(Event):
    """The links of the people whose ids are in ``person_ids`` work no longer: who had sent them took them back."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardsPrinted(Event):
    """Cards were printed for the people whose ids are in ``person_ids``; their earlier ones are void."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardsHanded(Event):
    """Cards were handed to the people whose ids are in ``person_ids``: from now on they open their account for a day."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardsVoided(Event):
    """The cards of the people whose ids are in ``person_ids`` open nothing any more."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardUsed(Event):
    """Somebody set the first password of the person of ``subject`` by a card: the person is told, as it may have been somebody else."""


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Event):
    """The person of ``subject`` made codes to come back with; earlier ones work no longer."""


@dataclass(frozen=True, kw_only=True)
class PasswordResetAsked(Event):
    """Somebody asked for a new password at the door, for the person of ``subject``, or for nobody we know."""


@dataclass(frozen=True, kw_only=True)
class AddressChangesAsked(Event):
    """Other addresses wait for a yes: the changes whose ids are in ``change_ids``; the old addresses are told."""

    change_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnAddressWaits(Event):
    """Another address waits for the yes of the person of ``subject``."""


@dataclass(frozen=True, kw_only=True)
class AddressWaits(Event):
    """The change of ``subject``, and maybe others asked at the same time, wait for a yes that the recipients may say for somebody else."""


@dataclass(frozen=True, kw_only=True)
class MoveWaits(Event):
    """The move of ``subject`` to another domain waits for two yeses, which the recipients may say."""


@dataclass(frozen=True, kw_only=True)
class ReopeningWaits(Event):
    """The reopening of ``subject`` waits for a second yes, which the recipients may say."""


@dataclass(frozen=True, kw_only=True)
class AddressVouched(Event):
    """One of two people of HR vouched for another address: the change of ``change_id``, the person of ``subject``."""

    change_id: int = 0


@dataclass(frozen=True, kw_only=True)
class AddressesChanged(Event):
    """The changes of ``change_ids`` are made: the old addresses and the new ones are told."""

    change_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReopeningAsked(Event):
    """Somebody asks that the account of ``subject`` be opened again, which waits for a second person."""


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Event):
    """Two people opened the account of ``subject`` again: a link or a card is handed over."""


@dataclass(frozen=True, kw_only=True)
class ReopeningCardHanded(Event):
    """The card that opens the account of ``subject`` again was handed over: from now on it works."""


@dataclass(frozen=True, kw_only=True)
class PasswordReplaced(Event):
    """The person of ``subject`` has another password, set by a link, a card or a recovery code."""


@dataclass(frozen=True, kw_only=True)
class SecondFactorForgotten(Event):
    """The second factor of ``subject`` was taken away from the server."""


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(Event):
    """The person of ``subject`` may sign in with one more passkey."""


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(Event):
    """One passkey of the person of ``subject`` opens nothing any more."""


@dataclass(frozen=True, kw_only=True)
class OwnerMailDue(Event):
    """One mail tells ``subject`` what ``about`` (the name of an event) says, at one of their addresses: ``way`` says which, never what."""

    about: str = ""
    way: str = ""
    change_id: int = 0
