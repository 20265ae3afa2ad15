"""How far recorded events have certainly been seen: a cursor below which nothing can appear any more.

Ids are given before the commit, so an event may become visible after a later one. On SQLite, which has one writer, the last id will do.
On PostgreSQL an id that nobody can see yet belongs to a transaction that still runs, or to one that was undone. Neither the order of ids
nor that of transaction numbers is the order of commits, so the horizon is taken from the table itself: whoever writes an event holds a
lock on it, taken before the id, until the end. While no such lock is held, everything up to the last id is settled; while one is, the
cursor stops before the first id that is missing. What was settled once stays so, and is remembered.
"""

from django.db import connection

from rse.core.models import RecordedEvent

WINDOW = 1000  # ids that may be missing for a transaction that still runs; the pages' slow polling covers what took longer

_ON_POSTGRESQL = """
    WITH last AS (SELECT coalesce(max(id), 0) AS id FROM core_recordedevent)
    SELECT CASE
        WHEN NOT EXISTS (
            SELECT 1 FROM pg_locks
            WHERE relation = 'core_recordedevent'::regclass AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ) THEN last.id
        ELSE coalesce(
            (SELECT min(missing.id) - 1
             FROM generate_series(greatest(last.id - %s, %s), last.id) AS missing(id)
             WHERE NOT EXISTS (SELECT 1 FROM core_recordedevent event WHERE event.id = missing.id)),
            last.id)
    END
    FROM last
"""
_ON_SQLITE = "SELECT coalesce(max(id), 0) FROM core_recordedevent"


_settled: dict[str, int] = {}  # by database


def current() -> int:
    """A number up to which every event that will ever be visible is visible now."""
    database = str(connection.settings_dict["NAME"])
    settled = _settled.get(database, 0)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(_ON_SQLITE)
            return cursor.fetchone()[0]
        cursor.execute(_ON_POSTGRESQL, [WINDOW, settled + 1])
        _settled[database] = max(settled, cursor.fetchone()[0])
    return _settled[database]


def is_passed(after: int) -> bool:
    """Whether anything was recorded after the cursor ``after``."""
    return RecordedEvent.objects.filter(pk__gt=after).exists()
