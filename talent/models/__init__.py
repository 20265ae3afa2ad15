from ..succession.models import DevelopmentAction, KeyPosition, Nomination, NominationEvidence, Plan
from .being import Training, Wish
from .ledger import HelpConfirmation, HelpedPerson, LedgerLine, LedgerOptOut, LineSkill
from .skills import Confirmation, DeclaredSkill, Skill

__all__ = [
    "Confirmation",
    "DeclaredSkill",
    "DevelopmentAction",
    "HelpConfirmation",
    "HelpedPerson",
    "KeyPosition",
    "LedgerLine",
    "LedgerOptOut",
    "LineSkill",
    "Nomination",
    "NominationEvidence",
    "Plan",
    "Skill",
    "Training",
    "Wish",
]
