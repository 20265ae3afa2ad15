from .addresses import AddressChange, AddressMove, AddressYes
from .cards import RecoveryCode, SignInCard
from .invitations import Invitation
from .reopenings import AccountReopening
from .runs import InvitationRun, RunMember
from .sessions import Session

__all__ = [
    "AccountReopening",
    "AddressChange",
    "AddressMove",
    "AddressYes",
    "Invitation",
    "InvitationRun",
    "RecoveryCode",
    "RunMember",
    "Session",
    "SignInCard",
]
