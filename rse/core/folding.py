"""Words as two people who type them differently would both have them: what is looked for, and what is found by it."""

import re
import unicodedata

# Letters that carry no accent that could be taken off. The sharp s is two letters once its case is folded.
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
LONE_ACCENTS = re.compile("[´`]")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return ``text`` without case, accents, ligatures and widths, with one blank where there were several."""
    if text.isascii():
        return " ".join(text.casefold().split())
    marked = LONE_ACCENTS.sub("'", text)  # typed for an apostrophe, and taken for the accent of a blank otherwise
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", marked).casefold().translate(LETTERS))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def words(text: str) -> list[str]:
    """Return the folded words of ``text``: apostrophes, hyphens and other signs end a word, as a blank does."""
    return WORD.findall(fold(text))


def found_by(*names: str) -> str:
    """Return what ``names`` are found by: each of their words after a blank, and in one piece what signs cut into several."""
    found = [word for name in names for one in fold(name).split() for word in (*words(one), "".join(words(one)))]
    return "".join(f" {word}" for word in dict.fromkeys(found) if word)


def finds(typed: str, *names: str) -> bool:
    """Return whether each word of ``typed``, and there is one, begins a word of ``names``."""
    beside, asked = found_by(*names), words(typed)
    return bool(asked) and all(f" {word}" in beside for word in asked)
