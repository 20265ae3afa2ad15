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

from ..characters import LATIN_TWINS

LIST = Path(__file__).with_suffix(".txt")
OF_ONESELF = _("“%(word)s” is about your private life: the company does not keep this here. Say it without.")
OF_ANOTHER = _("“%(word)s” is nobody's business here: health, family, age, union, beliefs and origin stay out of it. Say it without.")
# Whoever is called so by a title has that name: "M. Gay", "Mme Juif"; said of somebody after "est", it is no name.
TITLE = re.compile(r"\b(?:MM?\.|Mme|Mlle|Mr|Mrs|Ms|Dr|Monsieur|Madame)\.? +(?P<one>[A-ZÀ-Þ][\w'-]*)(?P<two> [A-ZÀ-Þ][\w'-]*)?")
SAID = re.compile(r"(?<!\bc')\b(?:est|es|suis|sont|était|devenue?|reste|is|was|are|am|became|be)(?: \w+){0,2} $", re.IGNORECASE)
MIXED, LATIN = re.compile(r"\w+"), re.compile("[a-zA-Z]")
SPELT = re.compile(r"(?<!\w)[^\W\d_](?:[ ._·*-][^\W\d_]){2,}(?!\w)")
SPLIT = re.compile(r"(?<=[^\W\d_])[._·*~+/-]+(?=[^\W\d_])")  # a sign inside a word: "en.cein.te"
# Signs that stand for letters inside a word, read one way and then the other: "m@lade", "maIade", "synd1cat".
SIGNED = re.compile(r"(?<![\w@$€|!])[\w@$€|!]*[^\W\d_][\w@$€|!]*[\w@$€|]")
SIGNS = (str.maketrans("@4031I5$€|!", "aaoellsseli"), str.maketrans("@40315$€|!", "aaoeisseii"))
SMALL_L = re.compile(r"(?<![\w'])[l|1](?=[b-df-hj-np-tv-z])", re.IGNORECASE)  # the capital I that a small l stands for: "lslam"
SENTENCE = re.compile(r"[.!?;…](?= |$)")
# A capital inside a sentence is that of somebody, unless a place or an article comes before it, or a place holds it.
NAMED = re.compile(r"(?<=[\w,:('] )[A-ZÀ-Þ][a-zà-ÿ]+|(?<=\b[dD]')[A-ZÀ-Þ][a-zà-ÿ]+")
PLACED = re.compile(r"(?:^|\W)(?:à|au|aux|chez|l[ea]s?|du|des|at|in|on|from|since|the|en) $|(?<!\w)l'$", re.IGNORECASE)
PART, USED = re.compile("([A-Z_]+) = "), re.compile(r"\{([A-Z_]+)\}")  # of the list: a part that is named, and where it is used
SOMEBODY, NOTHING = "·", "¤"  # in the place of a name, and of what is said of things
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
            seen = re.sub(rf"\b{re.escape(part)}\b", SOMEBODY, seen)
    seen = _without_things(TITLE.sub(_titled, seen))
    read = _as_read(seen)
    joined = SPLIT.sub("", read)
    signed = [_with_letters(joined, signs) for signs in SIGNS]
    signed.append(SMALL_L.sub("i", joined))
    if found := _pattern().search(seen):
        return found[0]
    for reading in dict.fromkeys((read, joined, *signed)):
        if word := (found[0] if (found := _pattern().search(reading)) else _without_accents(reading)):
            return word
    return ""


def _with_letters(text: str, signs: dict[int, int]) -> str:
    """Return ``text`` with letters for the ``signs`` that stand for them, in words that hold letters."""
    return SIGNED.sub(lambda word: word[0].translate(signs), text)


def _titled(found: re.Match[str]) -> str:
    """Return what is left to read of a title and a name: two words are a name where the first one is a first name."""
    if SAID.search(found.string[: found.start()]):
        return found[0]
    return SOMEBODY + ("" if _names().fullmatch(_bare(found["one"])) else found["two"] or "")


def _without_things(text: str) -> str:
    """Return ``text`` without what the list says of things and of work, where nobody is meant by it."""
    for things, is_of_anybody in ((_things("~~"), True), (_things("~"), False)):
        kept, end = [], 0
        for found in things.finditer(_bare(text)):
            if is_of_anybody or not _means_somebody(text, found.start(), found.end()):
                kept += [text[end : found.start()], NOTHING]
                end = found.end()
        text = "".join([*kept, text[end:]])
    return text


def _means_somebody(text: str, start: int, end: int) -> bool:
    """Return whether the sentence around ``text[start:end]`` names somebody, who does not just work on it."""
    first = max((stop.end() for stop in SENTENCE.finditer(text, 0, start)), default=0)
    last = stop.start() if (stop := SENTENCE.search(text, end)) else len(text)
    before, phrase, after = _bare(text[first:start]), _bare(text[start:end]), _bare(text[end:last])
    if _rule("OWNED").search(before) or _rule("FOLLOWED").match(after) or _names().search(phrase) or _rule("NOBODY_ELSE").search(phrase):
        return True
    named = [found for found in NAMED.finditer(text, first, last) if not PLACED.search(text, first, found.start())]
    inside = [_bare(text[first : found.start()]) for found in named if start <= found.start() < end]
    if any(_rule("OF").search(said) and not _rule("PLACE_OF").search(said) for said in inside):
        return True
    if _names().search(after) or any(found.start() >= end for found in named) or (text.isupper() and _rule("SHOUTED").match(after)):
        return True
    if _rule("WORKS").match(phrase) or _rule("WORKING").search(before):
        return False
    return bool(
        _names().search(before)
        or _rule("SOMEBODY").search(before)
        or _rule("SOMEBODY").search(after)
        or _rule("BEGINS").search(before)
        or any(found.start() < start for found in named)
    )


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
def _lines() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the parts that are named, and the patterns by the sign that their lines begin with: none for what is refused."""
    parts: dict[str, str] = {}
    patterns: dict[str, list[str]] = {"": [], "~": [], "~~": []}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name = PART.match(line)
        pattern = USED.sub(lambda used: parts[used[1]], line[name.end() :] if name else line.strip())
        if name:
            parts[name[1]] = pattern
        else:
            bare = pattern.lstrip("~")
            patterns[pattern[: len(pattern) - len(bare)]].append(bare)
    return parts, patterns


def _whole_words(patterns: list[str]) -> str:
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_whole_words(_lines()[1][""]), re.IGNORECASE)


@cache
def _bare_pattern() -> re.Pattern[str]:
    return re.compile(_bare(_pattern().pattern), re.IGNORECASE)


@cache
def _things(sign: str) -> re.Pattern[str]:
    return re.compile(_bare(_whole_words(_lines()[1][sign])), re.IGNORECASE)


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile(_bare(_lines()[0][name]), re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(_bare(_whole_words([_lines()[0]["FIRST_NAME"]])), re.IGNORECASE)
