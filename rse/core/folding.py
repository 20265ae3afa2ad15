"""Words as two people who type them differently would both have them: what is looked for, and what is found by it."""

import re
import unicodedata

# Letters that carry no accent that could be taken off. The sharp s is two letters once its case is folded.
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# Typed for an apostrophe: accents that stand alone, and letters that look like one, which would end no word.
APOSTROPHES = re.compile("[´`ʼʻʹˈ]")
WORD = re.compile(r"[^\W_]+")
PARTICLE = re.compile(r"(?:de\s+|d['’ʼ]\s*)(?=\w)")


def fold(text: str) -> str:
    """Return ``text`` without case, accents, ligatures and widths, with one blank where there were several."""
    if text.isascii():
        return " ".join(text.casefold().split())
    marked = APOSTROPHES.sub("'", text)
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", marked).casefold().translate(LETTERS))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def words(text: str) -> list[str]:
    """Return the folded words of ``text``: apostrophes, hyphens and other signs end a word, as a blank does."""
    return WORD.findall(fold(text))


def pieces(text: str) -> list[list[str]]:
    """Return the folded words of ``text`` that stand between blanks, each cut where a sign cuts it."""
    return [cut for one in fold(text).split() if (cut := WORD.findall(one))]


def found_by(*names: str) -> str:
    """Return what ``names`` are found by: each of their words after a blank, and in one piece what signs cut into several."""
    found = [word for name in names for cut in pieces(name) for word in (*cut, "".join(cut))]
    return "".join(f" {word}" for word in dict.fromkeys(found))


def in_one_piece(name: str) -> list[str]:
    """Return each word of ``name`` that signs cut into several, as those who type no sign write it."""
    return ["".join(cut) for cut in pieces(name) if len(cut) > 1]


def ways(typed: str) -> list[list[list[str]]]:
    """Return for each word of ``typed`` the ways in which a name may hold it, each a list of words that it holds all of.

    What signs cut into several is held by a name as these words or in one piece: N'Diaye is also written Ndiaye.
    """
    return [[cut, ["".join(cut)]] if len(cut) > 1 else [cut] for cut in pieces(typed)]


def sorts_as(*names: str, of_person: bool = False) -> str:
    """Return what ``names`` are ordered by, in hexadecimal digits of bytes: the first name before the next, word by word.

    Case, accents and ligatures count only between names that are the same without them; signs but the apostrophe end a word.

    ``of_person``: the first name is the one of the family, and the particle "de" or "d'" that it is written with, in lower case, does
    not count: de La Fontaine stands at L, d'Ormesson at O. Le, La, L', Du and Des count, and so does a particle with a capital or of
    another language: De Smet and Van den Berg stand at D and V. So do libraries (IFLA, Names of Persons, under France and Belgium).
    """
    said = [" ".join(name.split()) for name in names if name.split()]
    if of_person and said:
        said[0] = PARTICLE.sub("", said[0], count=1) if PARTICLE.match(said[0]) else said[0]
    plain = [" ".join(WORD.findall(fold(name).replace("'", "").replace("’", ""))) for name in said]
    return "\0".join(["\1".join(plain), "\1".join(said)]).encode().hex() if said else ""


def finds(typed: str, *names: str) -> bool:
    """Return whether each word of ``typed``, and there is one, begins a word of ``names``."""
    beside, asked = found_by(*names), ways(typed)
    return bool(asked) and all(any(all(f" {word}" in beside for word in way) for way in one) for one in asked)
