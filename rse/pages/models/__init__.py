from .editors import SectionEditor
from .handbook import CharterPage, HandbookIndex, HandbookPage, Words
from .pictures import PagePicture

__all__ = ["CharterPage", "HandbookIndex", "HandbookPage", "PagePicture", "SectionEditor", "Words"]
