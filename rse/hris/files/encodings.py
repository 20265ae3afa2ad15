"""In which encoding a text was written: by its mark, by its null bytes, as UTF-8, else by what makes letters stand inside words."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .problems import FileRefused

MIB = 1024 * 1024
PIECE = 256 * 1024
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that cp1252 leaves undefined

NOT_IN_TEXTS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")

FEW = 3  # whole letters for each byte that is none: then it is UTF-8 with damage, and no other encoding
LOOKED_THROUGH = 8 * MIB  # of a text that is not UTF-8
WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
MOST_WORDS = 20_000
OTHERS = ("mac_roman", "cp850")
AHEAD = 2  # how much more plausible another encoding must be than that of Windows
COMMON = frozenset("éèêëàâäçôöóòõûüùúîïíìñáãåæœøßÿ")
RARER = frozenset("ÉÈÊËÀÂÄÇÔÖÓÒÕÛÜÙÚÎÏÍÌÑÁÃÅÆŒØŠšŽž")
BETWEEN_WORDS = frozenset("«»“”‘„–—…°€·•©®™\xa0")


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a text are read; ``errors`` is what becomes of those that mean nothing, as Python says it."""

    name: str
    errors: str = "strict"


def encoding_of(path: Path) -> Encoding:
    """Return how the text is read: by its byte order mark, else as UTF-8 if nearly all of it is, else as what its words look like.

    Raises:
        FileRefused: the text holds null bytes.

    """
    with path.open("rb") as file:
        start = file.read(4096)
    marked = next((name for mark, name in BYTE_ORDER_MARKS if start.startswith(mark)), None)
    if marked == "utf-16":
        return Encoding(marked)
    if wide := _wide(start):
        return Encoding(wide)
    if _is_utf8(path):
        return Encoding("utf-8-sig")
    good, bad = _counts(path)
    if bad * FEW <= good or (marked and bad <= 1):
        return Encoding("utf-8-sig", "replace")
    return Encoding("utf-8-sig") if marked else Encoding(_of_one_byte(path))


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is null nearly everywhere, and the others are those of a text."""
    for name, low, high in (("utf-16-le", start[::2], start[1::2]), ("utf-16-be", start[1::2], start[::2])):
        if len(start) >= 4 and high.count(0) > 0.8 * len(high) and not NOT_IN_TEXTS.search(low):
            return name
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if b"\0" in piece:
                raise FileRefused("null_bytes")
            is_utf8 = is_utf8 and _decodes(decoder, piece)
    return is_utf8 and _decodes(decoder, b"", is_last=True)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, is_last: bool = False) -> bool:
    try:
        decoder.decode(piece, is_last)
    except UnicodeDecodeError:
        return False
    return True


def _counts(path: Path) -> tuple[int, int]:
    """How many characters beyond ASCII the text has as UTF-8, and how many places that are none."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            text = decoder.decode(piece)
            wrong = text.count("\ufffd")
            bad += wrong
            good += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return good, bad + len(decoder.decode(b"", True))  # noqa: FBT003 - whether this is the last piece


def _of_one_byte(path: Path) -> str:
    """That of Windows in western Europe, unless the words are clearly those of an old Mac or of DOS."""
    words: Counter[bytes] = Counter()
    is_windows, left = True, LOOKED_THROUGH
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            is_windows = is_windows and not NOT_IN_WINDOWS.search(piece)
            left -= len(piece)
            if left > 0 and len(words) < MOST_WORDS:
                words.update(word[:100] for word in WORDS.findall(piece))
    usual = "cp1252" if is_windows else "latin-1"
    best = max(OTHERS, key=lambda name: _plausible(words, name))
    return best if _plausible(words, best) >= _plausible(words, usual) + AHEAD else usual


def _plausible(words: Counter[bytes], encoding: str) -> float:
    return sum(_of_word(word.decode(encoding, "replace")) * min(count, 20) for word, count in words.items())


def _of_word(word: str) -> float:
    total = 0.0
    for place, letter in enumerate(word):
        if letter.isascii():
            continue
        before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
        if letter in COMMON:
            total += 1
        elif letter in RARER:
            total += -1.5 if before.islower() and after.islower() else 0 if before.islower() else 0.75
        elif letter == "’":
            total += 1
        elif letter in BETWEEN_WORDS:
            total += 0 if letter == "€" else 0.25 if not (before.isalpha() and after.isalpha()) else -1
        else:
            total -= 2
    return total
