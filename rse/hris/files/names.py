"""Names of people in one cell: which part is the one of the family, and under which key two ways of writing a name are one."""

import re
from collections import Counter
from collections.abc import Mapping

from rse.core.folding import words

FIRST_LAST, LAST_FIRST = "first_last", "last_first"
# Words in front of a family name that belong to it.
PARTICLES = frozenset(
    """de du des d la le les l van von der den ter ten zu zum zur dos da do di del della el al ben bin ibn abu ould ait st saint sainte
    mac mc o vander vanden""".split()
)
NUMBER_BESIDE = re.compile(r"[(\[<]\s*([^()\[\]<>]{1,80}?)\s*[)\]>]")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>")


def name_of_all(name: str) -> str:
    """Return the key under which a name is found whatever the order of its words, their case, accents and signs."""
    return " ".join(sorted(words(ASIDE.sub(" ", name))))


def split_name(name: str, order: str = FIRST_LAST) -> tuple[str, str]:
    """Return first and last name of what one cell holds.

    A comma or capitals say where the family name is, whatever ``order`` says: "Haddad, Karim", "HADDAD Karim", "Karim HADDAD". A single
    word is a family name; particles go with what follows them.
    """
    name = " ".join(ASIDE.sub(" ", name).split())
    last, comma, first = name.partition(",")
    if comma and last.strip() and first.strip():
        return first.strip(), last.strip()
    parts = name.split()
    if len(parts) < 2:
        return "", name
    loud = [_is_loud(part) for part in parts]
    if any(loud) and not all(loud):
        return _by_capitals(parts, loud)
    if order == LAST_FIRST:
        place = _end_of_family(parts)
        return " ".join(parts[place:]), " ".join(parts[:place])
    place = _start_of_family(parts)
    return " ".join(parts[:place]), " ".join(parts[place:])


def _is_loud(part: str) -> bool:
    letters = [letter for letter in part if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _by_capitals(parts: list[str], loud: list[bool]) -> tuple[str, str]:
    """A particle in small letters before the capitals is part of the family name: "Jean de LA FONTAINE"."""
    start, end = loud.index(True), len(loud) - loud[::-1].index(True)
    while start and parts[start - 1].lower() in PARTICLES and (start > 1 or end < len(parts)):
        start -= 1
    return " ".join([*parts[:start], *parts[end:]]), " ".join(parts[start:end])


def _start_of_family(parts: list[str]) -> int:
    """Two words: one each. More: from the first particle on, else the last word alone."""
    for place in range(1, len(parts) - 1):
        if parts[place].lower().rstrip("'’") in PARTICLES:
            return place
    return len(parts) - 1


def _end_of_family(parts: list[str]) -> int:
    place = 1
    while place < len(parts) - 1 and parts[place - 1].lower().rstrip("'’") in PARTICLES:
        place += 1
    return place


def order_of(names: Mapping[str, str]) -> str:
    """Return the order of the names of a column, decided by the addresses beside them: each name with its address, or an empty text.

    Without addresses, words that begin many names are first names, those that end many are family names: the side that varies less says.
    """
    votes: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for name, address in names.items():
        said = words(name)
        if len(said) < 2:
            continue
        begins[said[0]] += 1
        ends[said[-1]] += 1
        local = re.split(r"[._-]", address.partition("@")[0].lower())
        if len(local) > 1:
            votes[FIRST_LAST] += said[0].startswith(local[0]) and local[-1] == said[-1]
            votes[LAST_FIRST] += said[-1].startswith(local[0]) and local[-1] == said[0]
    if votes[FIRST_LAST] != votes[LAST_FIRST]:
        return max((FIRST_LAST, LAST_FIRST), key=votes.__getitem__)
    return LAST_FIRST if begins and len(begins) > 1.2 * len(ends) else FIRST_LAST
