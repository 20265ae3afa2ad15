"""SQLite: a full-text index beside the table, kept in step by triggers; words are found by how they begin, nothing is stemmed."""

from ..analysis import Query
from .tables import TableEngine


class SQLiteEngine(TableEngine):
    FIND = (
        "SELECT d.object_id, d.title, d.moment, d.seal FROM search_words w JOIN search_searchdocument d ON d.id = w.rowid "
        "WHERE {match} AND d.kind = %s AND EXISTS ({rights}) ORDER BY w.rowid DESC LIMIT %s"
    )

    def match(self, kind: str, query: Query, *, in_title: bool) -> tuple[str, list[str]]:
        # A word holds letters and digits only, and stands between quotes: it is a word to the index, whatever it spells.
        wanted = " AND ".join(f'"{word}" *' for word in query.stems)
        columns = "title" if in_title else "{title body}"
        return "search_words MATCH %s", [f'kind : "{kind}" AND {columns} : ({wanted})']
