"""The migrated database of the tests, kept under ``var/tests`` by a hash of what makes it, and copied for each process that needs one."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from rse.core.ops.catalogues import is_ours
from rse.settings import ROOT

from .services.programs import postgres_folder

KEPT = ROOT / "var" / "tests"
MADE_OF = ("migrations/*.py", "apps.py", "models.py", "models/*.py")
KEPT_AT_MOST = 6


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Give this process a copy of the migrated database; the first of all processes that need it migrates it."""
    with django_db_blocker.unblock():
        creation = connection.creation
        name, own = creation._get_test_db_name(), connection.settings_dict["NAME"]
        connection.close()
        KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
        template = KEPT / f"{connection.vendor}-{_hash()}"
        with (KEPT / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            is_new = not template.exists()
            creation._create_test_db(verbosity=0, autoclobber=True)
            _use(name)
            if is_new:
                call_command("migrate", verbosity=0, interactive=False)
                connection.close()
                _keep(name, template)
                _forget_old()
        if not is_new:
            _restore(template, name)
        connection.ensure_connection()
    yield
    with django_db_blocker.unblock():
        connection.close()
        creation.destroy_test_db(own, verbosity=0)


def _hash():
    """What the database depends on: the locked packages, and every file of ours that migrations or content types come from."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    ours = (Path(config.path) for config in apps.get_app_configs() if is_ours(Path(config.path)))
    for app in sorted(ours):
        for path in sorted(found for pattern in MADE_OF for found in app.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _use(name):
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def copy_database(name, path):
    """Write the committed rows of the SQLite database ``name``, which may be in use, to the file ``path``.

    Through SQLite alone: to open the file beside it and close it again would drop the locks that this process holds on it, after which
    another one deletes the log that our connection goes on writing to.
    """
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def _keep(name, template):
    """Write what is in the database ``name`` to the file ``template``, whole or not at all."""
    unfinished = template.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        copy_database(name, unfinished)
    else:
        _run("pg_dump", name, "--format=custom", "--no-owner", "--compress=0", f"--file={unfinished}")
    unfinished.rename(template)


def _restore(template, name):
    if connection.vendor == "sqlite":
        shutil.copyfile(template, name)
    else:
        _run("pg_restore", name, "--no-owner", "--exit-on-error", str(template))


def _run(program, name, *options):
    known = connection.settings_dict
    where = f"postgresql://{quote(known['USER'])}@{quote(known['HOST'], safe='')}:{known['PORT']}/{quote(name)}"
    command = [str(Path(postgres_folder()) / program), f"--dbname={where}", *options]
    subprocess.run(command, check=True, env=os.environ | {"PGPASSWORD": known["PASSWORD"]}, stderr=subprocess.PIPE)


def _forget_old():
    kept = sorted(KEPT.glob("*-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT_AT_MOST:]:
        path.unlink(missing_ok=True)
