"""What a person finds. The one way to it for every page: rights are asked with the text, and once more of each row that is shown."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rse.core.access import kinds
from rse.core.models import Person

from .analysis import Query, holds, parse
from .documents import PERSON, documents_of, indexed, searched_kinds
from .engines import Hit, engine
from .enums import MOST_SUGGESTED, PAGE_SIZE, PEOPLE_FIRST, SUGGESTED_OF_A_KIND, SUGGESTION_WINDOW, WINDOW, Sort
from .marking import Piece, card_line, excerpt, marked
from .models import SearchDocument
from .spelling import instead_of

if TYPE_CHECKING:
    from rse.core.access.kinds import Kind

NEWEST_COMPARED = 500  # documents of each kind, for a word that was mistyped
LETTERS_COMPARED, WORDS_COMPARED = 600, 20_000  # of each of them, and of all of them
MOST_VERIFIED = 5  # rows of a kind that are read to say that a word finds something


@dataclass(frozen=True)
class Result:
    """One row that was found, as its reader sees it now."""

    kind: Kind
    thing: Any
    title: list[Piece]
    words: list[Piece]
    language: str
    at: datetime.datetime | None
    byline: str

    @property
    def address(self) -> str:
        return self.kind.address(self.thing)


@dataclass(frozen=True)
class Count:
    """How many rows of a kind are found: exactly, below the bound."""

    kind: Kind
    number: int

    @property
    def is_bound(self) -> bool:
        return self.number >= WINDOW


@dataclass(frozen=True)
class Found:
    """One page of what was found: ``people`` stand apart where every kind is searched."""

    results: list[Result]
    people: list[Result]
    counts: list[Count]
    page: int
    has_more: bool

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts)

    @property
    def is_bound(self) -> bool:
        return any(count.is_bound for count in self.counts)


def find(person: Person, query: Query, *, kind: str = "", sort: str = Sort.BEST, page: int = 1) -> Found:
    """Return the ``page`` of what ``person`` finds, of one kind or of all; every count is of rows that they may open.

    Costs one query per kind, of a bounded number of hits, and one for each kind on the page.
    """
    hits = {one.name: _hits(person, one, query, most=WINDOW) for one in searched_kinds()}
    if kind:
        order = _ordered(kind, hits[kind], query, sort)
    else:
        others = [(name, hit) for name, found in hits.items() if name != PERSON for hit in found]
        order = _ranked(others, query, sort)
    last = max(-(-len(order) // PAGE_SIZE), 1)
    page = min(max(page, 1), last)
    shown = order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    beside = _ordered(PERSON, hits[PERSON], query, Sort.BEST)[:PEOPLE_FIRST] if not kind and page == 1 and PERSON in hits else []
    results = _results(person, [*shown, *beside], query)
    # What the index still holds and the row no longer says is shown nowhere, and counted nowhere on this page.
    lost = [name for name, hit in {*shown, *beside} if (name, hit.object_id) not in results]
    return Found(
        results=_in_order(shown, results),
        people=_in_order(beside, results),
        counts=[Count(kinds.get(name), len(found) - lost.count(name)) for name, found in hits.items()],  # type: ignore[arg-type]
        page=page,
        has_more=page < last,
    )


def instead(person: Person, query: Query) -> list[str]:
    """Return what ``person`` may look for instead of ``query``, which found nothing: each finds something that they may open.

    A word is put right out of what this person reads: what others may read changes nothing, neither in what is proposed nor in what is
    not. Costs, for each, a search of each kind until one finds it.
    """

    def finds(text: str) -> bool:
        looked_for = parse(text)
        for kind in searched_kinds():
            hits = [(kind.name, hit) for hit in _hits(person, kind, looked_for, most=MOST_VERIFIED)]
            if hits and _results(person, hits, looked_for):
                return True
        return False

    return instead_of(query.words, finds=finds, known=lambda: _words_read_by(person))


def _words_read_by(person: Person) -> Counter[str]:
    """Count the words at the beginning of the newest documents of each kind that ``person`` may open, people first; no more than enough."""
    count: Counter[str] = Counter()
    for kind in searched_kinds():
        rows = SearchDocument.objects.filter(kind=kind.name, object_id__in=kinds.readable(kind, person).order_by().values("pk"))
        for title, body in rows.order_by("-id").values_list("title", "body")[:NEWEST_COMPARED]:
            count.update({*title.split(), *body[:LETTERS_COMPARED].split()})
        if len(count) > WORDS_COMPARED:
            break
    return count


def suggest(person: Person, query: Query) -> list[tuple[Kind, list[Result]]]:
    """Return a few rows whose title begins with what is being typed, by kind; none that ``person`` may not open."""
    chosen: list[tuple[str, Hit]] = []
    for one in searched_kinds():
        hits = _hits(person, one, query, most=SUGGESTION_WINDOW, in_title=True)
        chosen += _ordered(one.name, hits, query, Sort.BEST)[:SUGGESTED_OF_A_KIND]
    chosen = chosen[:MOST_SUGGESTED]
    results = _results(person, chosen, query)
    groups = [
        (one, [results[ref] for ref in ((name, hit.object_id) for name, hit in chosen) if ref in results and ref[0] == one.name])
        for one in searched_kinds()
    ]
    return [(one, found) for one, found in groups if found]


def _hits(person: Person, kind: Kind, query: Query, *, most: int, in_title: bool = False) -> list[Hit]:
    found: dict[int, Hit] = {}
    for one in _ways(kind.name, query):
        for hit in engine().find(kind.name, one, kinds.readable(kind, person), most=most, in_title=in_title):
            found.setdefault(hit.object_id, hit)
    return list(found.values())[:most]


def _ways(kind: str, query: Query) -> tuple[Query, ...]:
    """The queries that find rows of ``kind``: a name is found however it is cut, as in every box; other texts as they are written."""
    return query.ways if kind == PERSON else (query,)


def _ordered(kind: str, hits: Sequence[Hit], query: Query, sort: str) -> list[tuple[str, Hit]]:
    """The hits of one kind: people by name, those whose name it is first; the rest by rank, then the newest."""
    if kind != PERSON:
        return _ranked([(kind, hit) for hit in hits], query, sort)
    named = Person.objects.filter(pk__in=[hit.object_id for hit in hits]).by_name().values_list("pk", flat=True) if hits else ()
    place = {pk: position for position, pk in enumerate(named)}
    return [(kind, hit) for hit in sorted(hits, key=lambda hit: (_is_in_body(hit, query), place.get(hit.object_id, len(place))))]


def _is_in_body(hit: Hit, query: Query) -> bool:
    return all(rank(hit.title, one) == BODY for one in query.ways)


def _ranked(hits: Sequence[tuple[str, Hit]], query: Query, sort: str) -> list[tuple[str, Hit]]:
    if sort == Sort.NEWEST:
        return sorted(hits, key=lambda one: (-one[1].moment, one[0], -one[1].object_id))
    return sorted(hits, key=lambda one: (rank(one[1].title, query), -one[1].moment, one[0], -one[1].object_id))


EXACT, BEGINS, TITLE, BODY = range(4)


def rank(title: str, query: Query) -> int:
    """Rank a title, in folded words, by how well it is what was typed: the less the better."""
    typed, whole = " ".join(query.typed), "".join(query.typed)
    if f"{title} ".startswith(f"{typed} ") and all(word in whole for word in title[len(typed) :].split()):  # what it holds in one piece
        return EXACT
    if title.startswith(typed):
        return BEGINS
    return TITLE if holds(title.split(), query) else BODY


def _results(person: Person, chosen: Sequence[tuple[str, Hit]], query: Query) -> dict[kinds.Reference, Result]:
    """The rows of these hits as ``person`` reads them now; what may no longer be opened, or no longer says it, is absent."""
    rows = kinds.resolve([(name, hit.object_id) for name, hit in chosen], person)
    seals = {(name, hit.object_id): hit.seal for name, hit in chosen}
    results = {}
    for kind in searched_kinds():
        documents = documents_of(kind, [row for (name, _id), row in rows.items() if name == kind.name])
        for pk, document in documents.items():
            words = indexed(document)
            said = [*words.title.split(), *words.body.split()]
            if words.seal != seals[kind.name, pk] and not any(holds(said, one) for one in _ways(kind.name, query)):
                continue
            row = rows[kind.name, pk]
            results[kind.name, pk] = Result(
                kind=kind,
                thing=row,
                title=marked(str(kind.title(row)), query),
                words=(card_line if kind.name == PERSON else excerpt)(document.body, query),
                language=document.language,
                at=document.at,
                byline=document.byline,
            )
    return results


def _in_order(chosen: Sequence[tuple[str, Hit]], results: dict[kinds.Reference, Result]) -> list[Result]:
    return [results[name, hit.object_id] for name, hit in chosen if (name, hit.object_id) in results]
