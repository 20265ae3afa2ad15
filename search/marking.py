"""What is shown of a result: the words of the row as it is now, those that were looked for marked."""

from dataclasses import dataclass

from .analysis import Query, composed, spans

LONGEST_EXCERPT = 240
BEFORE = 70  # characters shown before the first word found
BETWEEN = " · "
ALWAYS_SAID = 2  # parts of a card line that are shown whatever was looked for


@dataclass(frozen=True)
class Piece:
    """A part of a text; ``is_found`` where it is a word that was looked for."""

    text: str
    is_found: bool = False


def marked(text: str, query: Query) -> list[Piece]:
    """Split the whole of ``text`` into pieces, found words apart; joined, they are ``text``."""
    text = composed(text)
    return _pieces(text, _found(text, query))


def excerpt(text: str, query: Query) -> list[Piece]:
    """Return ``text`` around the first word that was looked for, or its beginning, cut between words."""
    text = composed(text)
    found = _found(text, query)
    start = max(found[0][0] - BEFORE, 0) if found else 0
    if start:
        start = text.find(" ", start, found[0][0]) + 1 or found[0][0]
    end = len(text)
    if end - start > LONGEST_EXCERPT:
        last = start + LONGEST_EXCERPT
        end = max(text.rfind(" ", start, last), found[0][1] if found else 0)
        end = end if end > start else last
    inside = [(a - start, b - start) for a, b in found if a >= start and b <= end]
    pieces = _pieces(text[start:end], inside)
    return [*([Piece("… ")] if start else ()), *pieces, *([Piece(" …")] if end < len(text) else ())]


def card_line(text: str, query: Query) -> list[Piece]:
    """Return the beginning of a list of short words, such as a person's card and skills, with those looked for; each said once."""
    parts = list(dict.fromkeys(composed(text).split(BETWEEN)))
    return marked(BETWEEN.join(part for place, part in enumerate(parts) if place < ALWAYS_SAID or _found(part, query)), query)


def _found(text: str, query: Query) -> list[tuple[int, int]]:
    stems = query.stems
    return [(start, end) for start, end, word in spans(text) if word.startswith(stems)] if stems else []


def _pieces(text: str, found: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in found:
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], is_found=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
