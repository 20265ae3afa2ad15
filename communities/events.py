"""What happens to communities and their members. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class CommunityEvent(Event):
    """Base of what happens to communities: they may be secret ones."""

    may_be_secret: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class CommunityCreated(CommunityEvent):
    """A community is there."""


@dataclass(frozen=True, kw_only=True)
class CreationRequested(CommunityEvent):
    """A secret community is asked for; the recipients are those of HR who may say yes."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class CreationAnswered(CommunityEvent):
    """HR answered; the recipient asked."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class CommunityEdited(CommunityEvent):
    """Its name, its purpose or its protection changed."""


@dataclass(frozen=True, kw_only=True)
class CommunityKindChanged(CommunityEvent):
    """More or fewer people may know, join or read it from now on."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class CommunityWideningAnnounced(CommunityEvent):
    """It will be known or read by more people in a week; the recipients are its hosts, and its pages tell every member."""


@dataclass(frozen=True, kw_only=True)
class CommunityWideningCancelled(CommunityEvent):
    """It stays as it is."""


@dataclass(frozen=True, kw_only=True)
class CommunityArchived(CommunityEvent):
    """It can be read, and nothing is written there any more."""


@dataclass(frozen=True, kw_only=True)
class CommunityReopened(CommunityEvent):
    """It is no longer archived."""


@dataclass(frozen=True, kw_only=True)
class CommunityDeleted(CommunityEvent):
    """Nobody reads it any more; for thirty days it can be undone."""


@dataclass(frozen=True, kw_only=True)
class CommunityRestored(CommunityEvent):
    """It is back, with its members."""


@dataclass(frozen=True, kw_only=True)
class MemberJoined(CommunityEvent):
    """The actor is a member now."""


@dataclass(frozen=True, kw_only=True)
class MembersAdmitted(CommunityEvent):
    """The people whose ids are in ``person_ids`` are members now: one event for all of them."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JoinRequested(CommunityEvent):
    """Somebody asks to join; the recipients are the hosts."""


@dataclass(frozen=True, kw_only=True)
class JoinAnswered(CommunityEvent):
    """A host answered; the recipient asked."""


@dataclass(frozen=True, kw_only=True)
class MemberInvited(CommunityEvent):
    """The recipient may come in."""


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(CommunityEvent):
    """The actor came in; the recipient invited them."""


@dataclass(frozen=True, kw_only=True)
class MemberLeft(CommunityEvent):
    """The actor is no member any more."""


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(CommunityEvent):
    """A host took the recipient out."""


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(CommunityEvent):
    """The recipient is something else there now."""


@dataclass(frozen=True, kw_only=True)
class OwnerMissing(CommunityEvent):
    """The last owner left the company, and no host is left; the recipients may look after it, or see to it that somebody does."""


@dataclass(frozen=True, kw_only=True)
class OwnerNamed(CommunityEvent):
    """The recipient owns it now, because the last owner left."""
