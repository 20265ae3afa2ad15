"""Turns that a whole table takes: whoever rewrites one waits for whoever does already, until that transaction ends."""

import zlib

from django.db import connection

WAITS = "60s"  # longer than any rewriting of ours; a page alone waits for two seconds at most


def wait_for_turn(*names: str) -> None:
    """Lock what ``names`` stand for until the end of the transaction, waiting for whoever holds it.

    SQLite has one writer, which is alone already. On PostgreSQL the limits of the connection are lifted for the waiting only.

    Raises:
        OperationalError: whoever holds it still did after a minute.

    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        limits = cursor.fetchone()
        _limit(cursor, WAITS, WAITS)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_key("maillage"), _key(" ".join(names))])
        _limit(cursor, *limits)


def _limit(cursor, lock: str, statement: str) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)", [lock, statement])


def _key(name: str) -> int:
    return zlib.crc32(name.encode()) >> 1
