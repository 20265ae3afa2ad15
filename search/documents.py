"""What is searched, and each document of it as the words that an engine keeps."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rse.core.access import kinds
from rse.core.access.kinds import Document, Kind
from rse.core.folding import in_one_piece
from rse.core.people import handles

from .analysis import fold, words_of
from .engines import Indexed

PERSON = "person"
LANGUAGES = frozenset({"fr", "en"})


def searched_kinds() -> list[Kind]:
    """Return the kinds whose rows are found by words, people first."""
    return sorted((kind for kind in kinds.every() if kind.document), key=lambda kind: kind.name != PERSON)


def documents_of(kind: Kind, rows: Sequence[Any]) -> dict[int, Document]:
    """Return the search document of each of ``rows`` by primary key; rows that search does not find are absent."""
    made = {row.pk: kind.document(row) for row in rows} if kind.document else {}
    documents = {pk: document for pk, document in made.items() if document is not None}
    for pk, more in kinds.added_words(kind, [row for row in rows if row.pk in documents]):
        if pk in documents:
            documents[pk] = replace(documents[pk], body=" · ".join(filter(None, (documents[pk].body, more))))
    plain = {pk: one for pk, one in documents.items() if not one.says_names}
    quiet = handles.silent(str(text) for one in plain.values() for text in (one.title, one.body))
    return documents | {pk: replace(one, title=quiet(str(one.title)), body=quiet(str(one.body))) for pk, one in plain.items()}


def indexed(document: Document) -> Indexed:
    """Convert ``document`` into words; its seal changes when anything that is searched or ordered by does.

    Behind the words of a title stands in one piece what signs cut into several: ndiaye finds N'Diaye, as it does in every box for a name.
    """
    name, body = str(document.title), " ".join(words_of(document.body))
    title = " ".join([*words_of(name), *(fold(one) for one in in_one_piece(name))])
    moment = int(document.at.timestamp()) if document.at else None
    language = document.language if document.language in LANGUAGES else "fr"
    seal = hashlib.sha256("\0".join([title, body, language, str(moment)]).encode()).hexdigest()[:32]
    return Indexed(title, body, language, moment, seal)
