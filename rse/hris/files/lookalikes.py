"""Names written with letters that look like others: a warning, because such a name may also be somebody's own."""

import re
import unicodedata
from functools import lru_cache

from rse.core.characters import skeleton

from .problems import Problems
from .rows import Row

# What people of western Europe write; a name made of these looks only like itself.
PLAIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ '’.\\-]*")
INVISIBLE = frozenset({"Cf", "Co", "Cn"})


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    """Return the alphabet of a letter, by its Unicode name; nothing for what belongs to none."""
    if unicodedata.category(letter) not in {"Lu", "Ll", "Lt", "Lo"}:
        return ""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def mixes_alphabets(name: str) -> bool:
    """Return whether one word of ``name`` holds letters of the Latin, Greek or Cyrillic alphabet together with letters of another."""
    for word in re.split(r"[\s\-’']+", name):
        alphabets = {alphabet for letter in word if (alphabet := _alphabet(letter))}
        if len(alphabets) > 1 and alphabets & {"LATIN", "GREEK", "CYRILLIC"}:
            return True
    return False


def hides_something(name: str) -> bool:
    """Return whether ``name`` holds characters without a shape: of zero width, or that turn the direction of what follows."""
    return any(unicodedata.category(letter) in INVISIBLE for letter in name)


class Lookalikes:
    """Sees the names of a file one after the other, and says at the end which of them look like another.

    Of plain names only a hash is kept, so that memory stays small: two different names with one hash are a warning too many, no more.
    """

    def __init__(self) -> None:
        self._plain: set[int] = set()
        self._odd: dict[str, list[tuple[int, str]]] = {}

    def see(self, row: Row, problems: Problems) -> None:
        """Record the name of ``row``, and add a warning for what it hides or mixes."""
        is_plain = True
        for column in ("first_name", "last_name"):
            name = getattr(row, column)
            if not name.isascii() and not PLAIN.fullmatch(name):
                is_plain = False
                if hides_something(name):
                    problems.add(row.line, column, "invisible_characters", value=_shown(name))
                if mixes_alphabets(name):
                    problems.add(row.line, column, "mixed_scripts", value=_shown(name))
        if is_plain:
            self._plain.add(hash(row.name.casefold()))
        else:
            self._odd.setdefault(skeleton(row.name), []).append((row.line, row.name))

    def finish(self, problems: Problems) -> None:
        """Add a warning for each name that looks like another of the file."""
        for looks, names in self._odd.items():
            is_alone = len({name.casefold() for _line, name in names}) == 1
            for line, name in names:
                if (looks != name.casefold() and hash(looks) in self._plain) or not is_alone:
                    problems.add(line, "last_name", "looks_like", value=_shown(name))


def _shown(name: str) -> str:
    """Return the name with a mark for each character that cannot be seen."""
    return "".join("�" if unicodedata.category(letter) in INVISIBLE else letter for letter in name)
