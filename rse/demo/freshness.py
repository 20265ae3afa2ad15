"""What a start need not do again: each question costs milliseconds, where doing it again costs a second to find nothing to do."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def is_migrated():
    """Return whether the database has every migration that stands in a folder of an installed app; none of them is imported."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return all(
        (app.label, file.stem) in applied
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[!_~]*.py")  # the names that Django passes over as well
    )


def are_files_collected():
    """Return whether the static files are those that were collected last, into the folder and by the storage of these settings."""
    return (Path(settings.STATIC_ROOT) / "staticfiles.json").exists() and _note().exists() and _note().read_text() == _sources()


def note_collected():
    """Write down which static files were collected, once they all are."""
    _note().write_text(_sources())


def _note():
    return settings.DATA_DIR / "static.collected"  # beside the folder, which is served


def _sources():
    """Return a hash of the name, size and time of every static file, of where they go and of what collects them."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: one[0]):
            known = Path(storage.path(name)).stat()
            digest.update(f"\n{name} {known.st_size} {known.st_mtime_ns}".encode())
    return digest.hexdigest()
