"""Texts and queries as the same plain words, whatever the case, the accents, the ligatures and the elisions.

Both sides are cut here, so that every engine finds the same words and nothing that somebody typed reaches the language of an engine.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rse.core import folding

from .enums import LONGEST_WORD, MOST_WORDS, SHORTEST_QUERY

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = "'’ʼ"
ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})
# Words that are in nearly every text of their language: beside others, they say nothing of what is looked for.
EMPTY_WORDS = frozenset(
    "a au aux avec ce ces cette dans de des du elle elles en est et eux il ils je la le les leur leurs lui ma mais me mes moi mon ne nos "
    "notre nous on ou par pas pour qu que qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous y "
    "an and are as at be but by for from he her his i if in into is it its my no not of on or our she so that the their them they this to "
    "was we were with you your".split()
)
PLURAL = frozenset("sx")
SHORTEST_PLURAL = 5


@dataclass(frozen=True)
class Query:
    """A parsed query: ``typed`` as it was written, folded; ``words`` that must all be found, each by how it begins."""

    typed: tuple[str, ...]
    words: tuple[str, ...]
    pieces: tuple[str, ...] = ()  # the words, those that signs cut written in one piece; empty where no sign cuts any

    @property
    def ways(self) -> tuple["Query", ...]:
        """The query, and the one that finds a name written in one piece: Ndiaye for N'Diaye."""
        return (self, Query(self.pieces, self.pieces)) if self.pieces else (self,)

    @property
    def stems(self) -> tuple[str, ...]:
        """The words without the mark of a plural: a text holds one when one of its words begins so."""
        return tuple(singular(word) for word in self.words)

    def __bool__(self) -> bool:
        return sum(map(len, self.words)) >= SHORTEST_QUERY


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return one word without case, accents and ligatures, so that two ways of typing it compare equal."""
    return "".join(letter for letter in folding.fold(word) if letter.isalnum())[:LONGEST_WORD]


def spans(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a composed ``text`` as ``(start, end, folded word)``; what is elided before an apostrophe is no word."""
    found = []
    for match in WORD.finditer(text):
        word, end = fold(match[0]), match.end()
        if word and not (word in ELIDED and text[end : end + 1] in tuple(APOSTROPHES)):
            found.append((match.start(), end, word))
    return found


def composed(text: str) -> str:
    """Return ``text`` in the composed form NFC, each accent on its letter, which is how words are cut."""
    return unicodedata.normalize("NFC", text)


def words_of(text: str) -> list[str]:
    return [word for _start, _end, word in spans(composed(text))]


def singular(word: str) -> str:
    """Return ``word`` without its last s or x, if it is long enough to bear it."""
    return word[:-1] if len(word) >= SHORTEST_PLURAL and word[-1] in PLURAL and word[-2] != "s" else word


def parse(text: str) -> Query:
    """Parse ``text`` into what it looks for; no character of it means anything but itself."""
    typed = tuple(words_of(text)[:MOST_WORDS])
    telling = tuple(dict.fromkeys(word for word in typed if word not in EMPTY_WORDS))
    words = telling or tuple(dict.fromkeys(typed))
    whole = tuple(dict.fromkeys(fold("".join(cut)) for cut in folding.pieces(text)))[:MOST_WORDS]
    pieces = tuple(word for word in whole if word and (word in words or word not in EMPTY_WORDS))
    return Query(typed, words, pieces if folding.in_one_piece(text) and pieces != words else ())


def holds(words: list[str], query: Query) -> bool:
    """Return whether every word of ``query`` begins one of ``words``."""
    return all(any(word.startswith(stem) for word in words) for stem in query.stems)
