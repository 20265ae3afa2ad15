"""A database of PostgreSQL: dumped and loaded by its own programs, in one transaction each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import psycopg
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from .problems import BackupRefused
from .rows import rows_of, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMBER = "database.dump"
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
GONE_WITHIN = 5.0  # seconds that a closed connection may still be seen
BLOCK = 1024 * 1024

# What an older dump does not know of would stand in the way of the migrations that make it: everything goes, not what the dump names alone.
EMPTY = """
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT format('DROP %s IF EXISTS %I.%I CASCADE',
      CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, 'public', c.relname)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relkind = 'S'
  LOOP EXECUTE one; END LOOP;
  FOR one IN SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE one; END LOOP;
  FOR one IN SELECT format('DROP TEXT SEARCH CONFIGURATION IF EXISTS public.%I CASCADE', c.cfgname) FROM pg_ts_config c
    WHERE c.cfgnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP EXECUTE one; END LOOP;
  FOR one IN SELECT format('DROP TEXT SEARCH DICTIONARY IF EXISTS public.%I CASCADE', c.dictname) FROM pg_ts_dict c
    WHERE c.dictnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP EXECUTE one; END LOOP;
END $$;
"""


def size() -> int:
    """Return about how many bytes a dump takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def major(version: str) -> int:
    """Return the number before the first point of ``version``, 0 where there is none."""
    digits = re.search(r"\d+", version)
    return int(digits[0]) if digits else 0


def _program(name: str, *, at_least: int) -> tuple[str, int]:
    """Return the path of ``name`` and its version: that of the server where it is here, otherwise the oldest that is new enough.

    Raises:
        BackupRefused: none is new enough.

    """
    own = major(server_version())
    paths = {path for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{name}")}
    if found := shutil.which(name):
        paths.add(Path(found))
    known = [(version, path) for path in sorted(paths) if (version := _version_of(path)) >= at_least]
    if not known:
        raise BackupRefused(
            _("%(program)s of PostgreSQL %(version)d or newer is not on this machine: install the package postgresql-client-%(version)d.")
            % {"program": name, "version": at_least}
        )
    version, path = min(known, key=lambda one: (one[0] != own, one))
    return str(path), version


def _version_of(path: Path) -> int:
    try:
        return major(subprocess.run([str(path), "--version"], capture_output=True, text=True, timeout=20, check=True).stdout)  # noqa: S603 - a program of PostgreSQL
    except (OSError, subprocess.SubprocessError):
        return 0


def _called(program: str, words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the command and its environment: where the database is, and the password where nobody else on this machine reads it."""
    where, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where = where[1:]  # type: ignore[index]  # the first word is psql
    name = where.pop() if connection.settings_dict.get("NAME") else ""
    secrets = dict(secrets or {}) | ({"PGDATABASE": name} if name else {})
    # Debian's programs are found by another one; a password may stand in ~/.pgpass.
    return [program, "--no-password", *where, *words], {"PATH": os.defpath, "HOME": str(Path.home())} | secrets


def dump(target: Path, left_out: list[str]) -> dict[str, Any]:
    """Write a dump of the committed rows to the file ``target``, but for those of ``left_out``; return what the manifest says of it.

    Rows are counted under the same snapshot as they are dumped.

    Raises:
        BackupRefused: there is no program for it, or it failed.

    """
    program, version = _program("pg_dump", at_least=major(server_version()))
    words = ["--format=custom", "--compress=3", "--no-owner", "--no-privileges", f"--file={target}"]
    words += [f"--exclude-table-data=public.{table}" for table in left_out]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        command, environment = _called(program, [f"--snapshot={cursor.fetchone()[0]}", *words])
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise BackupRefused(_("pg_dump failed: %(what)s") % {"what": done.stderr.strip()[-500:]})

        def ask(sql: str) -> int:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

        return {"rows": rows_of(tables(), ask), "tool": version}


def require_alone() -> None:
    """Close our own connections, and ask that nobody else has one.

    Raises:
        BackupRefused: somebody has.

    """
    parameters = _parameters()
    until = time.monotonic() + GONE_WITHIN
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = %s"
    with psycopg.connect(**parameters) as session:
        while (row := session.execute(others, ["client backend"]).fetchone()) and row[0]:
            if time.monotonic() > until:
                raise BackupRefused(_("Something works on the database: stop every process of the product first."))
            session.rollback()
            time.sleep(0.1)


def _parameters() -> dict[str, Any]:
    connection.close()
    connection.close_pool()
    named = connection.settings_dict
    found = {"dbname": named["NAME"], "user": named["USER"], "password": named["PASSWORD"], "host": named["HOST"], "port": named["PORT"]}
    kept = {name: value for name, value in named.get("OPTIONS", {}).items() if name.startswith("ssl")}
    return {name: value for name, value in (found | kept).items() if value}


def programs(*, tool: int) -> tuple[str, str]:
    """Return the paths of pg_restore, which must read what version ``tool`` of pg_dump wrote, and of psql.

    Raises:
        BackupRefused: one of them is not here.

    """
    return _program("pg_restore", at_least=tool)[0], _program("psql", at_least=1)[0]


def load(source: Path, *, restore: str, psql: str) -> None:
    """Put the dump in the place of all that the database holds, in one transaction.

    The last word, COMMIT, is sent only once the whole dump was read: whatever ends before, this process included, leaves the database as
    it was.

    Raises:
        BackupRefused: it failed, and nothing changed.

    """
    connection.close()
    connection.close_pool()
    reading = [restore, "--no-owner", "--no-privileges", "--no-comments", "--file=-", str(source)]
    command, environment = _called(psql, ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"])
    with (
        subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader,  # noqa: S603 - a program of PostgreSQL
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as writer,  # noqa: S603
    ):
        try:
            _pump(cast("IO[bytes]", reader.stdout), cast("IO[bytes]", writer.stdin), reader)
        except OSError:  # the writer has ended, and says why
            reader.kill()
        said = writer.communicate()[1].decode(errors="replace").strip()
    if reader.returncode or writer.returncode:
        raise BackupRefused(_("The database could not be loaded, and is as it was: %(what)s") % {"what": said[-500:] or "pg_restore"})


def _pump(source: IO[bytes], target: IO[bytes], reader: subprocess.Popen[bytes]) -> None:
    target.write(b"BEGIN;\nSET LOCAL statement_timeout = 0;\nSET LOCAL client_min_messages = warning;\n" + EMPTY.encode())
    while block := source.read(BLOCK):
        target.write(block)
    if reader.wait() == 0:
        target.write(b"\nCOMMIT;\n")
    target.flush()
