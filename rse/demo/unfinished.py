"""A company whose building was interrupted: it is known by a mark in the database, and begun again from an empty one."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from rse.core.models import Installation
from rse.core.ops.installation import describe

MARK = "unfinished"  # in the place of the secret that the last act of the building writes


def begin_building():
    """Mark the database before its first row is written."""
    describe(is_demo=False, demo_secret=MARK)


def is_unfinished():
    """Return whether the building of a company was begun in this database, and never came to its end."""
    return Installation.objects.filter(pk=1, is_demo=False, demo_secret=MARK).exists()


def begin_again():
    """Empty the database of a company that is unfinished, and make its tables anew. Nobody ever signed in to it."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        for path in (name, f"{name}-wal", f"{name}-shm"):
            Path(path).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
    cache.clear()
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def only_builder():
    """Hold the building for ourselves, so that nobody takes a company for interrupted while another process builds it.

    Raises:
        CommandError: another process builds one.

    """
    with (settings.DATA_DIR / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError("Another process builds the company: wait until it is done.") from error
        yield
