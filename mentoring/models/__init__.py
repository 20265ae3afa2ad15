from .asking import MentoringRequest
from .keys import NotesKey
from .offers import MentoringOffer, OfferSkill
from .pairs import Goal, MentoringPair, Note, Session
from .seals import Seal, SealConfirmation

__all__ = [
    "Goal",
    "MentoringOffer",
    "MentoringPair",
    "MentoringRequest",
    "Note",
    "NotesKey",
    "OfferSkill",
    "Seal",
    "SealConfirmation",
    "Session",
]
