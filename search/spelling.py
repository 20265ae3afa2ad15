"""What to look for instead, where nothing is found: words that find something, those that were mistyped put right."""

from collections import Counter
from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .analysis import singular

MOST_WORDS_TRIED = 4
MOST_TRIED = 3  # near words that are looked for, for one that finds nothing
SHORT, LONG = 4, 8  # letters of the first word that bears a mistake, and of the first that bears two


def instead_of(words: Sequence[str], *, finds: Callable[[str], bool], known: Callable[[], Counter[str]]) -> list[str]:
    """Return what to look for in the place of ``words``, which found nothing together: first all of them put right, then each alone.

    ``finds`` says whether a text finds something, and is asked of whatever is returned; ``known`` counts the words to put one right by, and
    is asked once, where a word finds nothing.
    """
    words = words[:MOST_WORDS_TRIED]
    found = [word for word in words if finds(word)]
    near = known() if len(found) < len(words) else Counter()
    meant = {word: word if word in found else _nearest(word, near, finds) for word in words}
    put_right = list(dict.fromkeys(word for word in meant.values() if word))
    whole = " ".join(meant[word] for word in words) if all(meant.values()) else ""
    is_whole = whole and whole != " ".join(words) and len(put_right) > 1 and finds(whole)
    alone = put_right if len(words) > 1 or put_right != list(words) else []
    return [*([whole] if is_whole else []), *alone]


def _nearest(word: str, known: Counter[str], finds: Callable[[str], bool]) -> str:
    """Return the word of ``known`` that ``word`` was most likely meant to be, and that finds something; empty where there is none."""
    farthest = 0 if len(word) < SHORT else 1 if len(word) < LONG else 2
    like = [one for one in known if abs(len(one) - len(word)) <= farthest] if farthest else []
    found = process.extract(word, like, scorer=DamerauLevenshtein.distance, score_cutoff=farthest, limit=None)
    near = [one for one in found if singular(one[0]) != singular(word)]
    closest = sorted(near, key=lambda one: (one[1], -known[one[0]], one[0]))[:MOST_TRIED]
    return next((one for one, _distance, _place in closest if finds(one)), "")
