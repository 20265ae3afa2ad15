"""What is searched, and each document of it as the words that an engine keeps."""

import hashlib

from rse.core.access import kinds
from rse.core.access.kinds import Document, Kind

from .analysis import words_of
from .engines import Indexed

PERSON = "person"
LANGUAGES = frozenset({"fr", "en"})


def searched_kinds() -> list[Kind]:
    """Return the kinds whose rows are found by words, people first."""
    return sorted((kind for kind in kinds.every() if kind.document), key=lambda kind: kind.name != PERSON)


def indexed(document: Document) -> Indexed:
    """Convert ``document`` into words; its seal changes when anything that is searched or ordered by does."""
    title, body = " ".join(words_of(str(document.title))), " ".join(words_of(document.body))
    moment = int(document.at.timestamp()) if document.at else None
    language = document.language if document.language in LANGUAGES else "fr"
    seal = hashlib.sha256("\0".join([title, body, language, str(moment)]).encode()).hexdigest()[:32]
    return Indexed(title, body, language, moment, seal)
