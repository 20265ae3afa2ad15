"""The pages of the handbook: the charter and the welcome guide, in French and in English."""

from __future__ import annotations

from ..typography import typeset
from .charter import CHARTER
from .guide_en import GUIDE_EN
from .guide_fr import GUIDE_FR
from .page import HandbookPage

__all__ = ["HandbookPage", "charter", "welcome_guide"]


def charter() -> dict[str, HandbookPage]:
    """The charter, by language."""
    return {page.language: typeset(page, page.language) for page in CHARTER}


def welcome_guide() -> dict[str, tuple[HandbookPage, ...]]:
    """The five pages of the welcome guide, by language, in reading order; the same slugs in both."""
    return {"fr": typeset(GUIDE_FR, "fr"), "en": typeset(GUIDE_EN, "en")}
