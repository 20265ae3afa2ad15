from .applications import Application, ApplicationLine, ApplicationSkill, StageChange
from .openings import Bookmark, Opening, OpeningMember, OpeningSkill

__all__ = [
    "Application",
    "ApplicationLine",
    "ApplicationSkill",
    "Bookmark",
    "Opening",
    "OpeningMember",
    "OpeningSkill",
    "StageChange",
]
