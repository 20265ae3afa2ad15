"""A database of SQLite: copied while the product runs, put back by the change of one name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from .problems import BackupRefused
from .rows import rows_of, tables

MEMBER = "database.sqlite3"
PATIENCE = 20  # seconds


def place() -> Path:
    """Return where the database is."""
    return Path(str(connection.settings_dict["NAME"])).resolve()


def size() -> int:
    """Return about how many bytes a copy takes."""
    return sum(path.stat().st_size for path in (place(), Path(f"{place()}-wal")) if path.exists())


def server_version() -> str:
    return sqlite3.sqlite_version


def dump(target: Path, left_out: list[str]) -> dict[str, Any]:
    """Write a copy of the committed rows to the empty file ``target``, but for those of ``left_out``; return what the manifest says of it.

    The whole is copied in one step: in the mode in which the database is, that keeps nobody from writing.

    Raises:
        BackupRefused: the database itself is damaged.

    """
    with closing(sqlite3.connect(place(), timeout=PATIENCE)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")  # of what is left out, nothing stays in the free pages
        for table in left_out:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of ours
        copy.commit()
        found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise BackupRefused(_("The database is damaged, and no backup is made of it: %(what)s") % {"what": found[0]})
        return {"rows": rows_of(tables(), lambda sql: copy.execute(sql).fetchone()[0]), "tool": None}


def stand_alone(path: Path) -> None:
    """Gather the database at ``path`` in its one file; where there is none, nothing happens.

    Raises:
        BackupRefused: another process works on it.

    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            database.execute("PRAGMA journal_mode=DELETE").fetchone()
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise BackupRefused(_("Something works on the database: stop every process of the product first.")) from error
