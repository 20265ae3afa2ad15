"""PostgreSQL: a vector of each document in its own language, beside its plain words; a query is read in both languages."""

from rse.core.ops import locks

from ..analysis import Query
from .tables import TableEngine

CONFIGURATIONS = ("simple", "search_french", "search_english")


class PostgresEngine(TableEngine):
    FIND = (
        "SELECT d.object_id, d.title, d.moment, d.seal FROM search_searchdocument d "
        "WHERE {match} AND d.kind = %s AND EXISTS ({rights}) ORDER BY d.id DESC LIMIT %s"
    )

    def claim(self, kind: str) -> None:
        locks.wait_for_turn("search", kind)

    def match(self, kind: str, query: Query, *, in_title: bool) -> tuple[str, list[str]]:
        # A word holds letters and digits only, and stands between quotes: nothing in it is an operator.
        weight = "A" if in_title else ""
        conditions, words = [], []
        for word, stem in zip(query.words, query.stems, strict=True):
            begun, stemmed = f"'{stem}':*{weight}", f"'{word}'" + (f":{weight}" if weight else "")
            ways = zip(CONFIGURATIONS, (begun, stemmed, stemmed), strict=True)
            conditions.append("(" + " || ".join(f"to_tsquery('{name}', %s)" for name, _way in ways) + ")")
            words += [begun, stemmed, stemmed]
        return f"d.vector @@ ({' && '.join(conditions)})", words
