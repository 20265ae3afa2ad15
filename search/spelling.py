"""What to look for instead, where nothing is found: the words that were meant, as far as this reader may read them."""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from rse.core.access import kinds
from rse.core.models import Person

from .analysis import Query, parse, singular
from .documents import searched_kinds
from .models import SearchDocument
from .queries import find

NEWEST = 500  # documents of each kind whose words are compared
MOST_WORDS_TRIED = 4
MOST_TRIED = 3  # near words that are looked for, for one that finds nothing
SHORT, LONG = 4, 8  # letters of a word that bears no mistake, and of one that bears two


def proposals(person: Person, query: Query) -> list[str]:
    """Return what ``person`` may look for instead of ``query``, which found nothing: each finds something that they may open.

    First the whole, its words put right; then, where there are several, each of them alone. A word is proposed only out of what this
    person reads: what others may read changes nothing, neither in what is proposed nor in what is not. Costs a search for each word
    that is tried.
    """
    words = query.words[:MOST_WORDS_TRIED]
    found = [word for word in words if _finds(person, word)]
    known = _words_read_by(person) if len(found) < len(words) else Counter()
    meant = {word: word if word in found else _nearest(person, word, known) for word in words}
    put_right = list(dict.fromkeys(word for word in meant.values() if word))
    whole = " ".join(meant[word] or "" for word in words) if all(meant.values()) else ""
    is_whole = whole and whole != " ".join(words) and len(put_right) > 1 and _finds(person, whole)
    alone = put_right if len(words) > 1 or put_right != list(words) else []
    return [*([whole] if is_whole else []), *alone]


def _finds(person: Person, text: str) -> bool:
    found = find(person, parse(text))
    return bool(found.results or found.people)


def _words_read_by(person: Person) -> Counter[str]:
    """Count the words of the newest documents that ``person`` may open."""
    count: Counter[str] = Counter()
    for kind in searched_kinds():
        rows = SearchDocument.objects.filter(kind=kind.name, object_id__in=kinds.readable(kind, person).order_by().values("pk"))
        for title, body in rows.order_by("-id").values_list("title", "body")[:NEWEST]:
            count.update({*title.split(), *body.split()})
    return count


def _nearest(person: Person, word: str, known: Counter[str]) -> str:
    """Return the word of ``known`` that ``word`` was most likely meant to be, and that finds something; empty where there is none."""
    farthest = 0 if len(word) < SHORT else 1 if len(word) < LONG else 2
    if not farthest:
        return ""
    like = _of_like_length(known, len(word), farthest)
    near = process.extract(word, like, scorer=DamerauLevenshtein.distance, score_cutoff=farthest, limit=None)
    closest = sorted(near, key=lambda one: (one[1], -known[one[0]], one[0]))[:MOST_TRIED]
    return next((one for one, distance, _place in closest if distance and singular(one) != singular(word) and _finds(person, one)), "")


def _of_like_length(known: Iterable[str], length: int, most: int) -> list[str]:
    return [one for one in known if abs(len(one) - length) <= most]
