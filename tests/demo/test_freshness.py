"""A second start does nothing again of what the first one did, and everything as soon as something changed."""

import os

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from rse.demo import freshness

pytestmark = pytest.mark.once


@pytest.mark.django_db
def test_database_without_any_table_is_not_migrated(monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "has_table", lambda recorder: False)
    assert not freshness.is_migrated()


@pytest.mark.django_db
def test_database_is_migrated_until_any_migration_is_missing():
    recorded = MigrationRecorder(connection).applied_migrations()
    assert freshness.is_migrated()
    assert len(recorded) > 200
    for app, name in sorted(recorded)[:: len(recorded) // 8]:
        MigrationRecorder(connection).record_unapplied(app, name)
        assert not freshness.is_migrated(), (app, name)
        MigrationRecorder(connection).record_applied(app, name)


@pytest.fixture
def files(tmp_path, settings):
    """Two static files that were collected."""
    source, collected = tmp_path / "source", tmp_path / "static"
    source.mkdir()
    collected.mkdir()
    settings.DATA_DIR, settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path, collected, [source]
    finders.get_finder.cache_clear()
    for name in ("a.css", "b.css"):
        (source / name).write_text("body {}")
    (collected / "staticfiles.json").write_text("{}")
    freshness.note_collected()
    yield source
    finders.get_finder.cache_clear()


def test_files_are_collected_as_long_as_nothing_changed(files):
    assert freshness.are_files_collected()


CHANGES = {
    "another file": lambda source: (source / "c.css").write_text(""),
    "a file less": lambda source: (source / "a.css").unlink(),
    "another name": lambda source: (source / "a.css").rename(source / "z.css"),
    "another size": lambda source: (source / "a.css").write_text("body { }"),
    "another time": lambda source: os.utime(source / "a.css", (1, 1)),
    "the collected ones are gone": lambda source: (source.parent / "static" / "staticfiles.json").unlink(),
    "what was written down is gone": lambda source: (source.parent / "static.collected").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_has_the_files_collected_again(files, change):
    change(files)
    assert not freshness.are_files_collected()


def test_another_storage_or_folder_has_the_files_collected_again(files, settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    assert not freshness.are_files_collected()
