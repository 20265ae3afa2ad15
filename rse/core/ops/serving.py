"""Who works on this database from this machine: as many as wish, or one alone that replaces it."""

from __future__ import annotations

import fcntl
import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator


class Occupied(Exception):
    """Others work on the database, or one process replaces it."""


@contextmanager
def at_work() -> Iterator[None]:
    """Hold the database within the block, beside others.

    Raises:
        CommandError: a backup takes its place.

    """
    try:
        with _held(fcntl.LOCK_SH):
            yield
    except Occupied as error:
        raise CommandError(_("A backup is being put back: wait until `manage.py restore` has ended.")) from error


@contextmanager
def alone() -> Iterator[None]:
    """Hold the database for ourselves within the block, as far as processes of this machine go.

    Raises:
        Occupied: one of them works on it.

    """
    with _held(fcntl.LOCK_EX):
        yield


@contextmanager
def _held(how: int) -> Iterator[None]:
    database = settings.DATABASES["default"]
    name = hashlib.sha256("|".join(str(database.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME")).encode()).hexdigest()[:12]
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.DATA_DIR / f"work-{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except OSError as error:
            raise Occupied from error
        yield
