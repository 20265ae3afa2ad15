"""The cache on Redis, which goes on without it: counts are kept in this process, and nothing else is remembered, until it answers again.

What is counted so that nobody guesses, and what may happen once, is in the database and never asked of Redis.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .kept_counts import KeptCounts

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

ANSWERS_WITHIN = 1.0  # seconds
ASKED_AGAIN_AFTER = 2.0  # seconds in which a server that did not answer is not asked
# What holds although the cache is emptied, away or back with what it knew before: codes that were used, and attempts to guess passwords,
# codes and links or to have mails sent.
KEPT_LIMITS = (
    *("sign-in", "password-change", "password-reset", "password-reset-from", "password-reset-link", "recovery-codes"),
    *("invitation", "welcome", "own-address", "old-address", "new-address", "open_seal", "ask_reopening", "invitation_links", "card"),
    *("card-that-opens", "passkey-question"),
)
KEPT = ("allauth", "second-factor:", *(f"limit:{name}:" for name in KEPT_LIMITS))
# What else is counted. Without a count all of it would be refused, or none. Anything else that is cached is read again where it comes from.
COUNTED = ("limit:",)


@dataclass
class Absence:
    """The state of one server that does not answer, as this process knows it."""

    until: float = 0.0
    owed: set[tuple[str, int | None]] = field(default_factory=set)  # what was to be forgotten meanwhile


_guard = threading.Lock()
_absences: dict[str, Absence] = {}


def _or_here(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method ``name`` of the cache: the database has what is kept; without Redis, counts are here, the rest is ``otherwise``."""
    asked = getattr(RedisCache, name)

    @wraps(asked)
    def answered(self: Any, key: Any, *values: Any, **named: Any) -> Any:
        if isinstance(key, str) and key.startswith(KEPT):
            return getattr(self.kept, name)(key, *values, **named)
        if not self.is_away():
            try:
                return asked(self, key, *values, **named)
            except (RedisError, OSError) as error:
                self.note_away(error)
        if isinstance(key, str) and key.startswith(COUNTED):
            return getattr(self.here, name)(key, *values, **named)
        return otherwise(self, key, *values, **named)

    return answered


def _owe(cache: Any, key: str, version: int | None = None) -> bool:
    cache.absence.owed.add((key, version))
    return False


def _owe_value(cache: Any, key: str, _value: Any, _timeout: Any = None, version: int | None = None, **_named: Any) -> None:
    _owe(cache, key, version)


def _owe_all(cache: Any, keys: Any, version: int | None = None) -> None:
    for key in keys:
        _owe(cache, key, version)


def _missing(_cache: Any, key: str, *_values: Any, **_named: Any) -> int:
    raise ValueError(f"Key '{key}' not found.")


class EnduringRedisCache(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        patience = {"socket_connect_timeout": ANSWERS_WITHIN, "socket_timeout": ANSWERS_WITHIN, "retry": Retry(NoBackoff(), 1)}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})
        self.here = LocMemCache(f"without {server}", {"OPTIONS": {"MAX_ENTRIES": 50_000}})
        self.kept = KeptCounts()
        with _guard:
            self.absence = _absences.setdefault(str(server), Absence())

    def is_away(self) -> bool:
        """Return whether the server did not answer a moment ago.

        The first question to a server that is back deletes the keys whose deletion failed meanwhile.
        """
        if self.absence.until > time.monotonic():
            return True
        while self.absence.owed:
            key, version = owed = next(iter(self.absence.owed.copy()))
            try:
                super().delete(key, version=version)
            except (RedisError, OSError) as error:
                self.note_away(error)
                return True
            self.absence.owed.discard(owed)
        return False

    def note_away(self, error: Exception) -> None:
        """Ask the server nothing for a moment, and say so once."""
        self.absence.until = time.monotonic() + ASKED_AGAIN_AFTER
        log.warning("cache does not answer", error=type(error).__name__)

    add = _or_here("add", lambda *_values, **_named: False)
    get = _or_here("get", lambda _cache, _key, default=None, version=None: default)
    set = _or_here("set", _owe_value)
    touch = _or_here("touch", lambda *_values, **_named: False)
    delete = _or_here("delete", _owe)
    incr = _or_here("incr", _missing)
    has_key = _or_here("has_key", lambda *_values, **_named: False)
    get_many = _or_here("get_many", lambda *_values, **_named: {})
    set_many = _or_here("set_many", lambda _cache, data, *_values, **_named: list(data))
    delete_many = _or_here("delete_many", _owe_all)
