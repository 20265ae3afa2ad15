from .addresses import AddressChange, AddressMove, AddressYes
from .imports import ImportBatch, ImportMapping
from .invitations import Invitation
from .reopenings import AccountReopening
from .sessions import Session

__all__ = [
    "AccountReopening",
    "AddressChange",
    "AddressMove",
    "AddressYes",
    "ImportBatch",
    "ImportMapping",
    "Invitation",
    "Session",
]
