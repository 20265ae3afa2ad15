from .addresses import AddressChange, AddressMove, AddressYes
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
    "RunMember",
    "Session",
]
