from .editors import SectionEditor
from .handbook import CharterPage, HandbookIndex, HandbookPage, Words

__all__ = ["CharterPage", "HandbookIndex", "HandbookPage", "SectionEditor", "Words"]
