"""Turns that a whole table takes: whoever rewrites one waits for whoever does already, until that transaction ends.

Work that writes for a long time gives way to what may not wait: the cut of an access.
"""

import zlib

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

log = structlog.get_logger(__name__)

WAITS = "60s"  # longer than any rewriting of ours; a page alone waits for two seconds at most
GIVES_WAY = 0x6D61696C  # the key that long work holds while it may be ended for others; one at a time has it
LOCK_NOT_AVAILABLE, ADMIN_SHUTDOWN = "55P03", "57P01"
ENDED_WITHIN = 5000  # milliseconds that PostgreSQL has to end a session


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


def begin_long_work() -> bool:
    """Hold, until the end of the transaction, what lets ``lock_before_long_work`` end this session; false if another holds it.

    Its statements, and the time between them, may take as long as they need.
    """
    if connection.vendor != "postgresql":
        return True  # the only writer of SQLite is alone already
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [GIVES_WAY])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    return True


def lock_before_long_work(rows: QuerySet) -> None:
    """Lock ``rows`` until the end of the transaction; where long work keeps them, that work ends and has written nothing.

    Raises:
        OperationalError: something else kept them.

    """
    locking = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    try:
        with transaction.atomic():
            list(locking)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE or not _end_long_work():
            raise
        list(locking)


def _end_long_work() -> bool:
    """End the session of the long work under way; false where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = %s"
            " AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [ENDED_WITHIN, GIVES_WAY],
        )
        ended = cursor.fetchall()
    if ended:
        log.warning("long work ended for what may not wait")
    return bool(ended)


def was_ended(error: BaseException | None) -> bool:
    """Return whether ``error`` comes from a session that another one terminated, so that nothing of its transaction was written."""
    while error is not None:
        if getattr(error, "sqlstate", "") == ADMIN_SHUTDOWN:
            return True
        error = error.__cause__ or error.__context__
    return False


def _limit(cursor, lock: str, statement: str) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)", [lock, statement])


def _key(name: str) -> int:
    return zlib.crc32(name.encode()) >> 1
