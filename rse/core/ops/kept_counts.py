"""Counts that hold whatever becomes of the cache: codes that were used, and attempts at a door, each in one row of the database."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from .. import clock
from ..models import KeptCount

LASTS = 300  # seconds, where nobody says how long
WRITE = (
    "INSERT INTO core_keptcount (name, value, expires_at) VALUES (%s, %s, %s) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
)
WRITE_IF_OVER = f"{WRITE} WHERE core_keptcount.expires_at <= %s"
ADD_TO = "UPDATE core_keptcount SET value = CAST(CAST(value AS bigint) + %s AS text) WHERE name = %s AND expires_at > %s RETURNING value"
# One more in the window that is open, or the first of a new one.
COUNT = (
    "INSERT INTO core_keptcount (name, value, expires_at) VALUES (%s, '1', %s) ON CONFLICT (name) DO UPDATE SET "
    "value = CASE WHEN core_keptcount.expires_at <= %s THEN '1' ELSE CAST(CAST(core_keptcount.value AS bigint) + 1 AS text) END, "
    "expires_at = CASE WHEN core_keptcount.expires_at <= %s THEN excluded.expires_at ELSE core_keptcount.expires_at END "
    "RETURNING value, expires_at"
)
FORGET = "DELETE FROM core_keptcount WHERE name = %s"


class KeptCounts(BaseCache):
    """A cache of few words that nothing empties; each act is one statement, so that two at one instant are never one."""

    def __init__(self) -> None:
        super().__init__({})

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(WRITE_IF_OVER, [*_row(key, value, timeout), _instant(0)])
            return cursor.rowcount == 1

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, _row(key, value, timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = KeptCount.objects.filter(name=_name(key), expires_at__gt=clock.now()).values_list("value", flat=True).first()
        return default if found is None else json.loads(found)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add ``delta`` to a count and return it.

        Raises:
            ValueError: there is none, or no longer.

        """
        with connection.cursor() as cursor:
            cursor.execute(ADD_TO, [delta, _name(key), _instant(0)])
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(row[0])

    def count(self, key: str, seconds: float) -> tuple[int, datetime.datetime]:
        """Add one to a count that lasts ``seconds`` from its first one; return it, and the instant in UTC at which it ends."""
        now = _instant(0)
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [_name(key), _instant(seconds), now, now])
            value, ends_at = cursor.fetchone()
        if isinstance(ends_at, str):  # SQLite keeps instants as texts
            ends_at = datetime.datetime.fromisoformat(ends_at)
        return int(value), ends_at if ends_at.tzinfo else ends_at.replace(tzinfo=datetime.UTC)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        now = clock.now()
        return bool(KeptCount.objects.filter(name=_name(key), expires_at__gt=now).update(expires_at=now + _span(timeout)))

    def forget(self, key: str, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(FORGET, [_name(key)])
            return cursor.rowcount == 1

    delete = forget


def _name(key: str) -> str:
    """What a key is called in its row: it holds addresses of networks and names that people typed, which are kept nowhere."""
    return hashlib.sha256(key.encode()).hexdigest()


def _row(key: str, value: Any, timeout: Any) -> list[Any]:
    return [_name(key), json.dumps(value), _instant(_span(timeout).total_seconds())]


def _span(timeout: Any) -> datetime.timedelta:
    return datetime.timedelta(seconds=LASTS if timeout in (None, DEFAULT_TIMEOUT) else timeout)


def _instant(seconds: float) -> Any:
    return connection.ops.adapt_datetimefield_value(clock.now() + datetime.timedelta(seconds=seconds))
