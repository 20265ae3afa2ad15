"""The servers that the product stands on: the database, Redis, their versions and clocks."""

from __future__ import annotations

import platform
from urllib.parse import urlsplit

import django
import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import clock
from ...models import Person
from ..doctor import Finding, hurts, look, well

MOST_ON_SQLITE = 300  # people; its only writer is what they wait for
APART = 2.0  # seconds between two clocks
WITHIN = 2.0  # seconds that Redis has
SERVERS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def masked(url: str) -> str:
    """Return ``url`` without whatever signs in with it."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _server() -> str:
    return SERVERS.get(connection.vendor, connection.vendor)


def database() -> Finding:
    """Check whether the database answers and has every migration of this version, and none of a later one."""
    told = {"server": _server(), "host": connection.settings_dict.get("HOST") or _("this machine")}
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except Error:
        return hurts(
            _("%(server)s on %(host)s does not answer, or does not let us in.") % told,
            _("Look at DATABASE_URL, and at whether the server runs."),
        )
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return hurts(
            ngettext("%(count)s migration has not been applied.", "%(count)s migrations have not been applied.", missing)
            % {"count": missing},
            _("Run manage.py migrate."),
        )
    if set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations) - _squashed(executor):
        return hurts(
            _("The database was migrated by a later version than %(version)s.") % {"version": settings.VERSION},
            _("Run the version that migrated it, or restore the backup that was made before."),
        )
    return well(_("%(server)s on %(host)s answers, with every migration.") % told)


def _squashed(executor: MigrationExecutor) -> set[tuple[str, str]]:
    """Return the migrations that others replace, and those of packages that are not installed any more."""
    labels = executor.loader.migrated_apps
    gone = {key for key in executor.loader.applied_migrations if key[0] not in labels}
    return gone | {key for one in executor.loader.replacements.values() for key in one.replaces}


def fits_its_database() -> Finding:
    """Check whether SQLite still carries those who work here."""
    if connection.vendor != "sqlite":
        return well(_("%(server)s carries as many people and processes as come.") % {"server": _server()})
    use = _("Move to PostgreSQL: set DATABASE_URL, and restore a backup there.")
    if settings.REDIS_URL:
        return look(_("SQLite with Redis, which several processes need: its only writer makes them wait for each other."), use)
    people = Person.objects.present().count()
    if people > MOST_ON_SQLITE:
        return look(
            ngettext(
                "SQLite carries %(count)s person: pages wait for its only writer.",
                "SQLite carries %(count)s people: pages wait for its only writer.",
                people,
            )
            % {"count": people},
            use,
        )
    return well(_("SQLite is enough for one process and as many people as are here."))


def clocks() -> Finding:
    """Compare the clock of the database with that of this machine."""
    if connection.vendor != "postgresql":
        return well(_("The database has the clock of this machine."))
    before = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    ours = before + (clock.now() - before) / 2
    return _apart(abs((theirs - ours).total_seconds()))


def _apart(seconds: float) -> Finding:
    if seconds > APART:
        return look(
            _("The clock of the database is %(seconds)s seconds from that of this machine.") % {"seconds": round(seconds)},
            _("Let both follow a time server (NTP): sessions, codes and deadlines count on it."),
        )
    return well(_("The clocks of the database and of this machine agree."))


def redis_server() -> Finding:
    """Ask Redis whether it answers, where there is one."""
    if not settings.REDIS_URL:
        if connection.vendor == "postgresql":
            return look(
                _("Without Redis one process alone may serve: live pages and counts do not cross processes."),
                _("Set REDIS_URL before a second process serves."),
            )
        return well(_("No Redis, and none is needed with one process."))
    told = {"address": masked(settings.REDIS_URL)}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=WITHIN, socket_timeout=WITHIN) as server:
            server.ping()
    except redis.AuthenticationError:
        return hurts(_("%(address)s refuses the password.") % told, _("Look at REDIS_URL."))
    except redis.RedisError:
        return hurts(_("%(address)s does not answer.") % told, _("Look at REDIS_URL, and at whether Redis runs."))
    return well(_("%(address)s answers.") % told)


def versions() -> Finding:
    """Return which versions work together here."""
    told = {
        "version": settings.VERSION,
        "python": platform.python_version(),
        "django": django.get_version(),
        "server": f"{_server()} {'.'.join(str(part) for part in connection.get_database_version())}",
    }
    return well(_("Maillage %(version)s, Python %(python)s, Django %(django)s, %(server)s.") % told)
