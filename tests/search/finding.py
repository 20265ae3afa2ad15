"""What somebody finds, read as the pages read it."""

from collections import Counter

from rse.core.access import kinds
from search import queries
from search.analysis import parse
from search.documents import documents_of
from search.enums import Sort


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def found(person, text, *, kind, sort=Sort.BEST):
    """Every row of ``kind`` that ``person`` finds, through all the pages, by reference."""
    references, page = [], 1
    while True:
        one = queries.find(fresh(person), parse(text), kind=kind, sort=sort, page=page)
        references += [(result.kind.name, result.thing.pk) for result in one.results]
        if not one.has_more:
            return references
        page += 1


def counted(person, text):
    """How many rows of each kind ``person`` is told of."""
    return Counter({one.kind.name: one.number for one in queries.find(fresh(person), parse(text)).counts})


def suggested(person, text):
    return {(kind.name, result.thing.pk) for kind, results in queries.suggest(fresh(person), parse(text)) for result in results}


def readable_documents(person, kind_name):
    """The rows of a kind that ``person`` may open and that have words to be found by."""
    kind = kinds.get(kind_name)
    rows = list(kind.with_card(kinds.readable(kind, fresh(person)).order_by("pk")))
    return documents_of(kind, rows)
