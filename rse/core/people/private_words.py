"""Words about health, family, age, union, faith, politics and origin, which no text about somebody holds where others read it.

The services that write such a text ask here, and the forms of those texts with them; conversation never does.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..web.characters import LATIN_TWINS

LIST = Path(__file__).with_suffix(".txt")
OF_ONESELF = _("“%(word)s” is about your private life: the company does not keep this here. Say it without.")
OF_ANOTHER = _("“%(word)s” is nobody's business here: health, family, age, union, beliefs and origin stay out of it. Say it without.")
# Whoever is called so by a title has that name: "M. Gay", "Mme Juif".
TITLED = re.compile(r"\b(?:MM?\.|Mme|Mlle|Mr|Mrs|Ms|Dr|Monsieur|Madame)\.? +[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)?")
MIXED, LATIN = re.compile(r"\w+"), re.compile("[a-zA-Z]")
SPELT = re.compile(r"(?<!\w)[^\W\d_](?:[ ._·*-][^\W\d_]){2,}(?!\w)")
PART, USED = re.compile("([A-Z_]+) = "), re.compile(r"\{([A-Z_]+)\}")  # of the list: a part that is named, and where it is used
ACCENTS = re.compile("[àâçéèêëîïôùûü]", re.IGNORECASE)
OTHER_WORDS = frozenset({"marie", "maries", "depression"})  # a first name, and what English says of weather and valves


class PrivateWord(ValidationError):
    """A text speaks of the private life of somebody; ``word`` is what it says."""

    def __init__(self, word: str, *, is_own: bool = False):
        self.word = word
        super().__init__(OF_ONESELF if is_own else OF_ANOTHER, code="private", params={"word": word})


def private_word(text: str, *, about: Any = None) -> str:
    """Return the first such word of ``text`` as it was written; nothing where there is none. The own name of ``about`` is never one."""
    seen = unicodedata.normalize("NFKC", text).replace("’", "'").replace("ʼ", "'")
    seen = " ".join("".join(letter for letter in seen if unicodedata.category(letter) != "Cf").split())
    for name in (about.first_name, about.last_name) if about is not None else ():
        for part in name.split():
            seen = re.sub(rf"\b{re.escape(part)}\b", "·", seen)
    seen = _without_things(TITLED.sub("·", seen))
    found = _pattern().search(seen) or _pattern().search(_as_read(seen))
    return found[0] if found else _without_accents(_as_read(seen))


def _without_things(text: str) -> str:
    """Return ``text`` without what the list says of things and of work."""
    kept, end = [], 0
    for found in _things().finditer(_bare(text)):
        kept += [text[end : found.start()], "·"]
        end = found.end()
    return "".join([*kept, text[end:]])


def _as_read(text: str) -> str:
    """Return ``text`` as it is read: with Latin letters for those that look like them, and words that were spelt out in one piece."""
    text = "".join(letter for letter in unicodedata.normalize("NFC", text) if not unicodedata.combining(letter))
    text = MIXED.sub(lambda word: word[0].translate(LATIN_TWINS) if LATIN.search(word[0]) else word[0], text)
    return SPELT.sub(lambda letters: re.sub(r"[\W_]", "", letters[0]), text)


def _without_accents(text: str) -> str:
    """Return the first such word of ``text`` whose accents were left out or put elsewhere; one with an accent of French is another word."""
    for found in _bare_pattern().finditer(_bare(text)):
        written = text[found.start() : found.end()]
        if not ACCENTS.search(written) and written.lower() not in OTHER_WORDS:
            return written
    return ""


def _bare(text: str) -> str:
    """Return ``text`` without its accents, letter for letter."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def refuse_private(*texts: str, by: Any = None, about: Any = None) -> None:
    """Refuse texts about a person that others read; whoever writes of themselves is told so more gently.

    Raises:
        PrivateWord: one of ``texts`` speaks of what is nobody's business.

    """
    for text in texts:
        if word := private_word(text, about=about):
            raise PrivateWord(word, is_own=by is not None and by == about)


@cache
def _lines() -> tuple[list[str], list[str]]:
    """Return the patterns of what is refused, and those of what is said of things."""
    parts: dict[str, str] = {}
    private: list[Any] = []
    things: list[Any] = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if name := PART.match(line):
            parts[name[1]] = line[name.end() :]
            continue
        pattern = USED.sub(lambda used: parts[used[1]], line.strip())
        (things if line.startswith("~") else private).append(pattern.removeprefix("~"))
    return private, things


def _whole_words(patterns: list[str]) -> str:
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_whole_words(_lines()[0]), re.IGNORECASE)


@cache
def _bare_pattern() -> re.Pattern[str]:
    return re.compile(_bare(_pattern().pattern), re.IGNORECASE)


@cache
def _things() -> re.Pattern[str]:
    return re.compile(_bare(_whole_words(_lines()[1])), re.IGNORECASE)
