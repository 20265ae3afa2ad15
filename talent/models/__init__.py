from .being import Training, Wish
from .ledger import HelpConfirmation, HelpedPerson, LedgerLine, LedgerOptOut, LineSkill
from .skills import Confirmation, DeclaredSkill, Skill

__all__ = [
    "Confirmation",
    "DeclaredSkill",
    "HelpConfirmation",
    "HelpedPerson",
    "LedgerLine",
    "LedgerOptOut",
    "LineSkill",
    "Skill",
    "Training",
    "Wish",
]
