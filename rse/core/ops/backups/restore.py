"""Putting a backup back: everything is asked and verified before anything is touched, and what was erased since is erased again."""

from __future__ import annotations

import datetime
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import erasures, invariants, restoring, retention
from . import archive, keys, placing, postgres, sqlite
from .making import MARGIN, engine
from .problems import BackupIncomplete, BackupRefused
from .rows import counted


@dataclass(frozen=True)
class Permissions:
    """What whoever restores agreed to: the company that may be replaced, and the keys whose words may be lost."""

    replaced: str = ""
    lost_keys: frozenset[str] = frozenset()


@dataclass
class Restored:
    """What became of a restore; ``rows`` and ``files`` are those of the manifest, and were found to be equal.

    ``set_aside`` is where the journal of erasures was moved that was here, if it is damaged.
    """

    manifest: dict[str, Any]
    rows: int = 0
    files: int = 0
    erased: int = 0
    set_aside: Path | None = None
    failed: list[str] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)


def finish() -> bool:
    """Finish the restore that was cut off while files took their place; return whether there was one."""
    with placing.only_one():
        left = placing.unfinished()
        if not left or not left["moves"]:
            return False
        placing.move([(Path(made), Path(place)) for made, place in left["moves"]])
        placing.end()
        return True


def inspect(path: Path) -> dict[str, Any]:
    """Verify every byte of the archive and return its manifest, once this product can restore it.

    Raises:
        BackupRefused: it is damaged, of a newer version, or of another kind of database.

    """
    try:
        manifest = archive.verify(path)
        said = (manifest["format"], manifest["version"], manifest["database"]["vendor"], manifest["at"], manifest["id"], manifest["keys"])
    except (archive.Damaged, KeyError, TypeError) as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise BackupRefused(_("%(path)s cannot be read: %(what)s") % {"path": path, "what": error.strerror or error}) from error
    if said[0] > archive.FORMAT or _number(said[1]) > _number(settings.VERSION) or _unknown_migrations(manifest):
        raise BackupRefused(
            _("This backup was made by version %(theirs)s, and this is %(ours)s: install that version or a newer one first.")
            % {"theirs": said[1], "ours": settings.VERSION}
        )
    if said[2] != connection.vendor:
        raise BackupRefused(
            _("This backup is of %(theirs)s, and DATABASE_URL names %(ours)s: a backup goes back into the same kind of database.")
            % {"theirs": said[2], "ours": connection.vendor}
        )
    if engine().MEMBER not in manifest["members"]:
        raise _damaged(path, engine().MEMBER)
    return manifest


def _damaged(path: Path, what: object) -> BackupRefused:
    return BackupRefused(_("%(path)s is damaged, or no backup: %(what)s. Nothing was changed.") % {"path": path, "what": what})


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def _unknown_migrations(manifest: dict[str, Any]) -> bool:
    """Return whether the database of the backup went through a migration that we do not have."""
    known = {*MigrationExecutor(connection).loader.disk_migrations, *MigrationExecutor(connection).loader.replacements}
    apps = {app for app, _name in known}
    named = {(app, name) for app, names in manifest["database"]["migrations"].items() if app in apps for name in names}
    return bool(named - known)


def unknown_keys(manifest: dict[str, Any]) -> list[str]:
    """Return the names of the keys that this installation has not, and under which the backup holds something."""
    return keys.unknown(manifest["keys"])


def company_here() -> str | None:
    """Return the name of the company that this database or this folder of uploads holds, or None where both are empty."""
    here = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, sql in (
            ("core_installation", "SELECT company FROM core_installation"),
            ("core_person", "SELECT '' FROM core_person LIMIT 1"),
        ):
            if table in here:
                cursor.execute(sql)
                if (row := cursor.fetchone()) is not None:
                    return str(row[0]) or settings.COMPANY_NAME
    return settings.COMPANY_NAME if placing.media().is_dir() and any(placing.media().iterdir()) else None


def said_of(instant: str) -> str:
    """Return an instant of a manifest as whoever reads the language writes it, on the clock of the company."""
    return date_format(datetime.datetime.fromisoformat(instant).astimezone(timezone.get_default_timezone()), "SHORT_DATETIME_FORMAT")


def journal_for(manifest: dict[str, Any], given: Path | None) -> tuple[erasures.Journal | None, str]:
    """Return the journal of the installation that made the backup, and what is to be said where it is not there or not complete.

    Raises:
        BackupRefused: the file that was given is no journal.

    """
    path = given or Path(settings.ERASURES_JOURNAL)
    try:
        journal = erasures.read(path)
    except FileNotFoundError as error:
        if given:
            raise BackupRefused(_("There is no file %(path)s.") % {"path": path}) from error
        journal = None
    except erasures.NoJournal as error:
        raise BackupRefused(_("%(path)s is no journal of erasures.") % {"path": path}) from error
    if journal is None or journal.name != manifest["journal"]:
        if given:
            raise BackupRefused(_("%(path)s is the journal of another installation than that of this backup.") % {"path": path})
        return None, _(
            "The journal of erasures of that installation is not here: whoever was erased after %(at)s is in this backup, and comes back. "
            "Give the copy that you kept of it with --erasures FILE."
        ) % {"at": said_of(manifest["at"])}
    if journal.since > datetime.datetime.fromisoformat(manifest["at"]):
        return journal, _("The journal of erasures begins on %(since)s, after this backup: what was erased before comes back.") % {
            "since": said_of(journal.since.isoformat())
        }
    return journal, ""


def put_back(*, path: Path, manifest: dict[str, Any], agreed: Permissions, journal: erasures.Journal | None) -> Restored:
    """Put the backup that ``inspect`` described in the place of what is here.

    On SQLite everything is made ready beside what is here, and takes its place in the end. On PostgreSQL the database is loaded in one
    transaction; what follows it is done again by another call where it was cut off, and nothing starts before.

    Raises:
        BackupRefused: something speaks against it, and nothing was changed.
        BackupIncomplete: on PostgreSQL, what was loaded is not all that the manifest says; nothing starts before another restore.

    """
    with placing.only_one():
        _require_agreement(manifest, agreed)
        database, uploads = sqlite.place() if connection.vendor == "sqlite" else Path(settings.DATA_DIR) / "database.dump", placing.media()
        made = (placing.beside(database), placing.beside(uploads))
        if placing.is_mounted(uploads):
            raise BackupRefused(
                _("%(folder)s is a disk of its own, whose name cannot change: set MEDIA_ROOT to a folder on it.") % {"folder": uploads}
            )
        placing.clear(*made)
        _require_room(manifest, database, uploads)
        put = _on_sqlite if connection.vendor == "sqlite" else _on_postgres
        try:
            return put(path, manifest, journal, (made[0], database), (made[1], uploads))
        finally:
            left = placing.unfinished()
            if not (left and left["moves"]):  # where they are about to take their place, another call needs them
                placing.clear(*made)
            cache.clear()


def _require_agreement(manifest: dict[str, Any], agreed: Permissions) -> None:
    for name in unknown_keys(manifest):
        if name not in agreed.lost_keys:
            raise BackupRefused(loses(name))
    half = placing.unfinished()
    company = company_here()
    if company is not None and agreed.replaced != company and not (half and half["backup"] == manifest["id"]):
        raise BackupRefused(
            _(
                "This database, or the folder of uploads, holds %(company)s already: --replace asks for its name, and puts "
                "the backup in its place."
            )
            % {"company": company}
        )


def loses(name: str) -> str:
    """Return what is lost with a key that is not here, and how to go on without it."""
    if name == "NOTES_KEY":
        return _(
            "NOTES_KEY is not the key with which the mentoring notes of this backup were wrapped: without that key no note, goal or "
            "message of a pair is ever read again. Set it, or go on with --without-notes-key."
        )
    return _(
        "SECRET_KEY is not the one of this backup: without it nobody's second factor opens, and whoever has one needs "
        "`manage.py forget_second_factor`. Set it, or go on with --without-secret-key."
    )


def _require_room(manifest: dict[str, Any], *targets: Path) -> None:
    needed = sum(member["size"] for member in manifest["members"].values()) + MARGIN
    for target in targets:
        folder = target.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise BackupRefused(
                _("The disk has no room for this backup: about %(needed)d MB are needed beside %(place)s, and %(free)d MB are free.")
                % {"needed": needed // 1_000_000, "free": free // 1_000_000, "place": target}
            )


def _on_sqlite(path: Path, manifest: dict[str, Any], journal: Any, database: tuple[Path, Path], uploads: tuple[Path, Path]) -> Restored:
    connection.close()
    sqlite.stand_alone(database[1])
    _unpack(path, manifest, database[0], uploads[0])
    with placing.working_on(database[0], uploads[0]):
        if what := _differing(manifest):
            raise BackupRefused(_("The tables have other numbers of rows than the manifest says: %(what)s") % {"what": what})
        done = _settle(manifest, journal)
    sqlite.stand_alone(database[0])
    sqlite.stand_alone(database[1])
    os.sync()
    moves = [database, uploads]
    placing.begin(manifest["id"], moves)
    placing.clear_logs(database[1])
    placing.move(moves)
    placing.end()
    return done


def _on_postgres(path: Path, manifest: dict[str, Any], journal: Any, dump: tuple[Path, Path], uploads: tuple[Path, Path]) -> Restored:
    if postgres.major(postgres.server_version()) < postgres.major(manifest["database"]["server"]):
        raise BackupRefused(
            _("This backup is of PostgreSQL %(theirs)s, and the server is %(ours)s: it goes back into the same version, or a newer one.")
            % {"theirs": manifest["database"]["server"], "ours": postgres.server_version()}
        )
    restore, psql = postgres.programs(tool=manifest["database"]["tool"])
    postgres.require_alone()
    _unpack(path, manifest, dump[0], uploads[0])
    os.sync()
    half = placing.unfinished()
    placing.begin(manifest["id"])
    try:
        postgres.load(dump[0], restore=restore, psql=psql)
    except BackupRefused:
        if half is None:
            placing.end()
        raise
    placing.move([uploads])
    if what := _differing(manifest):
        raise BackupIncomplete(
            _(
                "The backup is in place, but not whole: the tables have other numbers of rows than the manifest says (%(what)s). "
                "Nothing starts before a restore has ended: restore it again, or another backup with --replace."
            )
            % {"what": what}
        )
    done = _settle(manifest, journal)
    placing.end()
    return done


def _unpack(path: Path, manifest: dict[str, Any], database: Path, uploads: Path) -> None:
    """Write the files of the archive to their places; each is compared with the manifest once more."""
    uploads.mkdir(mode=0o755 if not placing.media().is_dir() else placing.media().stat().st_mode & 0o777, parents=True)
    try:
        with archive.told_as_damaged():
            for member in archive.members(path):
                if member.name in (archive.MANIFEST, archive.SEAL):
                    continue
                is_upload = member.name.startswith(archive.MEDIA)
                target = uploads / member.name.removeprefix(archive.MEDIA) if is_upload else database
                target.parent.mkdir(parents=True, exist_ok=True)
                with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    if archive.digest_of(member, file) != manifest["members"].get(member.name, {}).get("sha256"):
                        raise archive.Damaged(member.name)
                if is_upload:
                    target.chmod(member.mode)
                    os.utime(target, (member.mtime, member.mtime))
    except archive.Damaged as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise BackupRefused(
            _("The backup could not be unpacked, and nothing was changed: %(what)s") % {"what": error.strerror or error}
        ) from error


def _settle(manifest: dict[str, Any], journal: erasures.Journal | None) -> Restored:
    """Bring what was put back, whose rows were counted, to where it would be today; ask whether it holds together."""
    cache.clear()
    files = sum(name.startswith(archive.MEDIA) for name in manifest["members"])
    done = Restored(manifest, rows=sum(manifest["database"]["rows"].values()), files=files)
    _migrate()
    restoring.settle()
    if journal is not None:
        at = datetime.datetime.fromisoformat(manifest["at"])
        done.erased, done.failed = erasures.replay([entry for entry in journal.entries if entry.at >= at])
        if journal.name != _own_journal():
            done.set_aside = erasures.keep(journal)
    retention.forget()
    restoring.rebuild()
    done.broken = {name: count for name, count in invariants.counts().items() if count}
    return done


def _own_journal() -> str:
    """Return the name of the journal that is here, nothing where there is none or it is damaged."""
    try:
        return erasures.read(Path(settings.ERASURES_JOURNAL)).name
    except (FileNotFoundError, erasures.NoJournal):
        return ""


def _differing(manifest: dict[str, Any]) -> str:
    """Return the tables that have another number of rows than the manifest says, each with both; nothing where there is none."""
    expected = manifest["database"]["rows"]
    found = counted(expected)
    return ", ".join(f"{name} {found[name]} / {expected[name]}" for name in sorted(expected) if expected[name] != found[name])


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
