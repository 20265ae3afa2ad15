"""The characters of a text that somebody writes: what nobody sees is taken out, unless a script or an emoji is written with it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Without a shape, though their category does not say so: fillers, a blank of Braille, what joins marks, selectors of a variant.
SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(one) for one in range(0xFE00, 0xFE10)}
VARIANTS = range(0xE0100, 0xE01F0)
# What slides and old pages hold: ends of a line, of a page or of a paragraph, and codes that stand for no letter.
BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
NO_LETTERS = re.compile("[\x80-\x9f]")
NOT_KEPT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
AROUND, MOST_SHOWN = 12, 3  # letters on either side of what is shown in an error, and how many places are
NON_JOINER, JOINER, AS_TEXT, AS_EMOJI = "\u200c", "\u200d", "\ufe0e", "\ufe0f"
FLAG, TAGS, END_OF_TAGS = "\U0001f3f4", range(0xE0020, 0xE007F), "\U000e007f"
FLAG_OF_A_REGION = re.compile(f"{FLAG}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{2,6}}{END_OF_TAGS}")
# Scripts of which a joiner or a non-joiner changes how words are written: Arabic and its relatives, those of India and around.
JOINED_SCRIPTS = ("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
                  "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN")  # fmt: skip

# Letters of other alphabets beside the Latin one that a reader takes them for, in lower case.
LATIN_TWINS = str.maketrans(
    "аеорсухіјѕԁԛԝһӏгпткмнвьοαρνικυτγεηχωᴀᴇᴏƖɩꞌ‐‑",
    "aeopcyxijsdqwhlrntkmhbboapvikutyenxwaeoli'--",
)


def clean_text(text: str) -> str:
    """Return ``text`` composed, with one kind of line end, and without what turns the direction of words or has no shape.

    Joiners stay inside an emoji and between letters of a script that is written with them. Other ends of lines than that of a keyboard
    become one, and codes that stand for no letter a blank.

    Raises:
        ValidationError: it holds control characters, which no keyboard writes; it says which, and where.

    """
    text = unicodedata.normalize("NFC", NO_LETTERS.sub(" ", BREAKS.sub("\n", text)))
    if text.isascii() and text.isprintable():
        return text
    if places := [_place(text, found.start()) for found in NOT_KEPT.finditer(text)]:
        shown = ", ".join(places[:MOST_SHOWN]) + ("…" if len(places) > MOST_SHOWN else "")
        raise ValidationError(
            _("A character that no keyboard writes cannot be kept. Take it out: %(places)s"), code="control", params={"places": shown}
        )
    flags = {place for found in FLAG_OF_A_REGION.finditer(text) for place in range(*found.span())}
    return "".join(letter for place, letter in enumerate(text) if place in flags or not _is_unseen(text, place))


def clean_line(text: str) -> str:
    """Return ``text`` as ``clean_text`` does, in one line.

    Raises:
        ValidationError: it holds control characters.

    """
    return clean_text(text).translate({ord("\n"): " ", ord("\t"): " "})


def _place(text: str, at: int) -> str:
    """A character that is not kept: its code, its line, and between the words around it a sign in its place."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = NOT_KEPT.sub(_sign, text[start : end if end >= 0 else None])
    before, after = line[: at - start], line[at - start + 1 :]
    around = f"{'…' * (len(before) > AROUND)}{before[-AROUND:]}{line[at - start]}{after[:AROUND]}{'…' * (len(after) > AROUND)}"
    values = {"code": f"U+{ord(text[at]):04X}", "line": text.count("\n", 0, at) + 1, "around": around}
    return _("%(code)s in line %(line)d, “%(around)s”") % values


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def skeleton(name: str) -> str:
    """Return what ``name`` looks like: two names with one skeleton are hard to tell apart."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) not in {"Cf", "Co", "Cn"})
    return unicodedata.normalize("NFC", seen.casefold().translate(LATIN_TWINS))


def looks_alike(one: str, other: str) -> bool:
    """Return whether two names are hard to tell apart: their letters look the same, accents, capitals, blanks and signs aside."""
    return any(_looks(upright(one)) == _looks(upright(other)) != "" for upright in (str, _upright))


def _upright(name: str) -> str:
    """Return ``name`` with the capital I, and the bar, as the small l that they look like in most type."""
    return unicodedata.normalize("NFKC", name).translate({ord("I"): "l", ord("І"): "l", ord("|"): "l"})


def _looks(name: str) -> str:
    bare = unicodedata.normalize("NFKD", skeleton(name).replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in bare if letter.isalnum()).translate({ord("0"): "o", ord("1"): "l", ord("ı"): "i"})


def _is_unseen(text: str, place: int) -> bool:
    letter = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if letter in (AS_EMOJI, AS_TEXT):
        return not _takes_a_variant(before)
    if letter == JOINER and _is_of_emoji(before) and _is_of_emoji(after):
        return False
    if letter in (JOINER, NON_JOINER):
        return not (_is_joined(before) and (_is_joined(after) or letter == NON_JOINER or not after))
    return letter in SHAPELESS or ord(letter) in VARIANTS or unicodedata.category(letter) in {"Cf", "Cn", "Co"}


def _takes_a_variant(letter: str) -> bool:
    return bool(letter) and (letter in "0123456789#*" or unicodedata.category(letter) in {"So", "Sm", "Po", "Sk"})


def _is_of_emoji(letter: str) -> bool:
    return bool(letter) and (letter == AS_EMOJI or unicodedata.category(letter) == "So" or "\U0001f3fb" <= letter <= "\U0001f3ff")


def _is_joined(letter: str) -> bool:
    return bool(letter) and unicodedata.name(letter, "").startswith(JOINED_SCRIPTS)


def full_name(*names: str) -> str:
    """Return the names of a person as one text; some people have one name only."""
    return " ".join(filter(None, names))
