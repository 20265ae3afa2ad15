from .imports import ImportBatch, ImportMapping
from .invitations import Invitation
from .sessions import Session

__all__ = ["ImportBatch", "ImportMapping", "Invitation", "Session"]
