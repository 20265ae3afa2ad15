"""What happens to communities and their members. Ids only."""

from dataclasses import dataclass

from rse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CommunityCreated(Event):
    """A community is there."""


@dataclass(frozen=True, kw_only=True)
class CreationRequested(Event):
    """A secret community is asked for; the recipients are those of HR who may say yes."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class CreationAnswered(Event):
    """HR answered; the recipient asked."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class CommunityEdited(Event):
    """Its name, its purpose or its protection changed."""


@dataclass(frozen=True, kw_only=True)
class CommunityKindChanged(Event):
    """More or fewer people may know, join or read it from now on."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class CommunityWideningAnnounced(Event):
    """It will be known or read by more people in a week; the recipients are its hosts, and its pages tell every member."""


@dataclass(frozen=True, kw_only=True)
class CommunityWideningCancelled(Event):
    """It stays as it is."""


@dataclass(frozen=True, kw_only=True)
class CommunityArchived(Event):
    """It can be read, and nothing is written there any more."""


@dataclass(frozen=True, kw_only=True)
class CommunityReopened(Event):
    """It is no longer archived."""


@dataclass(frozen=True, kw_only=True)
class CommunityDeleted(Event):
    """Nobody reads it any more; for thirty days it can be undone."""


@dataclass(frozen=True, kw_only=True)
class CommunityRestored(Event):
    """It is back, with its members."""


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """The actor is a member now."""


@dataclass(frozen=True, kw_only=True)
class MembersAdmitted(Event):
    """The people whose ids are in ``person_ids`` are members now: one event for all of them."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JoinRequested(Event):
    """Somebody asks to join; the recipients are the hosts."""


@dataclass(frozen=True, kw_only=True)
class JoinAnswered(Event):
    """A host answered; the recipient asked."""


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """The recipient may come in."""


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """The actor came in; the recipient invited them."""


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """The actor is no member any more."""


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """A host took the recipient out."""


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(Event):
    """The recipient is something else there now."""


@dataclass(frozen=True, kw_only=True)
class OwnerNamed(Event):
    """The recipient owns it now, because the last owner left."""
