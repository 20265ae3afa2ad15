"""The checks of servers and disks: when all is well, and when something hurts."""

import datetime
import json
import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from rse.core import clock
from rse.core.ops import catalogues, doctor
from rse.core.ops.checks import disks, servers
from rse.core.ops.doctor import Level
from tests.factories import PersonFactory

from .levels import level

pytestmark = pytest.mark.django_db
RANDOM = "x7Qw-9eRt_2yUi-4oPa_6sDf-8gHj_1kLz"
SAID = "pa55word-of-the-server"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


# The database, Redis, clocks, versions


def test_database_is_well():
    assert level(servers.database) == "ok"


def test_database_that_lacks_a_migration_hurts():
    row = MigrationRecorder.Migration.objects.filter(app="search").order_by("pk").last()
    row.delete()
    found = servers.database()
    assert (found.level, found.what) == (Level.HURTS, "1 migration has not been applied.")


def test_database_of_a_later_version_hurts():
    MigrationRecorder.Migration.objects.create(app="core", name="9999_of_tomorrow")
    assert servers.database().what.startswith("The database was migrated by a later version than ")


def test_database_that_is_not_there_hurts_and_what_reads_rows_is_left_out(monkeypatch):
    checks = [
        replace(check, run=lambda: doctor.hurts("gone", "look")) if name == "database" else check for name, check in doctor._checks.items()
    ]
    monkeypatch.setattr(doctor, "_checks", {check.name: check for check in checks})
    told = [line.name for line in doctor.examine(with_slow=False)]
    assert len(told) == sum(not check.is_slow and not check.needs_tables for check in checks)


def test_sqlite_carries_few_people(settings, monkeypatch):
    settings.REDIS_URL = ""
    PersonFactory()
    PersonFactory()
    assert level(servers.fits_its_database) == "ok"
    monkeypatch.setattr(servers, "MOST_ON_SQLITE", 1)
    assert level(servers.fits_its_database) == ("look" if connection.vendor == "sqlite" else "ok")
    settings.REDIS_URL = "redis://127.0.0.1"
    monkeypatch.setattr(servers, "MOST_ON_SQLITE", 99)
    assert level(servers.fits_its_database) == ("look" if connection.vendor == "sqlite" else "ok")


def test_clocks():
    assert level(servers.clocks) == "ok"
    assert level(lambda: servers._apart(1.9)) == "ok"
    assert level(lambda: servers._apart(2.5)) == "look"


def test_redis_that_is_away_hurts_and_its_password_is_not_told(settings):
    settings.REDIS_URL = f"redis://:{SAID}@127.0.0.1:{(port := free_port())}"
    found = servers.redis_server()
    assert (found.level, found.what) == (Level.HURTS, f"redis://127.0.0.1:{port} does not answer.")
    assert SAID not in found.do


def test_without_redis_one_process_serves(settings):
    settings.REDIS_URL = ""
    assert level(servers.redis_server) == ("look" if connection.vendor == "postgresql" else "ok")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://user:secret@cache.fonderies.fr:6379/0", "redis://cache.fonderies.fr:6379/0"),
        ("rediss://:p%40ss@[::1]:6379", "rediss://[::1]:6379"),
        ("redis://localhost", "redis://localhost"),
    ],
)
def test_what_signs_in_is_masked(url, shown):
    assert servers.masked(url) == shown


def test_versions_are_told(settings):
    assert servers.versions().what.startswith(f"Maillage {settings.VERSION}, Python 3.")


# Disks


@pytest.fixture
def house_of(settings, tmp_path):
    settings.DATA_DIR = settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.IS_SQLITE = False
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.mark.parametrize(
    ("free", "total", "expected"),
    [(50, 100, "ok"), (9, 100, "look"), (1, 100, "hurts"), (0.4, 2, "hurts"), (0.6, 2, "ok")],
)
def test_room(free, total, expected):
    assert level(lambda: disks._room(int(free * disks.GIB), int(total * disks.GIB), Path("/srv"))) == expected


def test_room_of_the_disks_is_told(house_of):
    assert str(house_of) in disks.space().what


@pytest.mark.parametrize(("mode", "expected"), [(0o700, "ok"), (0o750, "look"), (0o707, "hurts")])
def test_rights_of_folders(house_of, mode, expected):
    house_of.chmod(mode)
    assert level(disks.folders) == expected


def test_folder_that_cannot_be_written_hurts(house_of, settings):
    settings.MEDIA_ROOT = Path("/proc")  # not even by root
    found = disks.folders()
    assert (found.level, found.what) == (Level.HURTS, "/proc cannot be written.")


def test_translations(tmp_path, monkeypatch):
    assert level(disks.translations) == "ok"
    source = tmp_path / "django.po"
    source.write_text("")
    monkeypatch.setattr(catalogues, "sources", lambda: [source])
    assert level(disks.translations) == "hurts"
    catalogues.compiled(source).write_text("")
    os.utime(catalogues.compiled(source), (1, 1))
    assert level(disks.translations) == "look"


def test_static_files(tmp_path):
    manifest = tmp_path / "staticfiles.json"
    assert level(lambda: disks._collected(manifest)) == "hurts"
    manifest.write_text("{}")
    os.utime(manifest, (1, 1))
    assert level(lambda: disks._collected(manifest)) == "look"
    os.utime(manifest)
    assert level(lambda: disks._collected(manifest)) == "ok"
    assert level(disks.static_files) == "ok"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, "look"),
        ("no json", "look"),
        ({"path": "/backups/1"}, "look"),
        ({"at": 9, "path": "/srv/1"}, "look"),
        ({"at": 7, "path": "/srv/1", "version": "0.1.0"}, "ok"),
    ],
)
def test_last_backup(house_of, said, expected):
    if isinstance(said, dict) and "at" in said:
        said["at"] = (clock.now() - datetime.timedelta(days=said["at"])).isoformat()
    if said is not None:
        (house_of / "last_backup.json").write_text(said if isinstance(said, str) else json.dumps(said))
    assert level(disks.last_backup) == expected
