"""A process that is killed while it writes a backup or puts one back: what was there stays, or the next call finishes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from rse.core.ops.backups import placing
from rse.feed.models import Post
from rse.settings import ROOT
from tests.races import only_where_transactions_meet

from .backed_up import COMPANY, backup, command, company, disk, media, rows

__all__ = ["company", "disk"]

pytestmark = pytest.mark.django_db(transaction=True)

# Runs a command of manage.py and kills this very process at the given call of a function of the library.
KILLED = """
import importlib, os, signal, sys
import django
from django.core.management import call_command
django.setup()
module, name, number, *words = sys.argv[1:]
owner = importlib.import_module(module.partition(":")[0])
owner = getattr(owner, module.partition(":")[2]) if ":" in module else owner
original, calls = getattr(owner, name), [0]
def counted(*arguments, **options):
    calls[0] += 1
    if calls[0] == int(number):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)
setattr(owner, name, counted)
call_command(*words)
"""


def address():
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{quote(known['USER'])}:{quote(known['PASSWORD'])}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def killed_at(place, number, *words):
    """Run the command and wait until it has killed itself."""
    module, name = place
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given |= {"DJANGO_SETTINGS_MODULE": "rse.settings", "ENV_FILE": os.devnull, "DATABASE_URL": address(), "LANGUAGE_CODE": "en"}
    given |= {"SECRET_KEY": settings.SECRET_KEY, "NOTES_KEY": settings.NOTES_KEY, "DATA_DIR": str(settings.DATA_DIR)}
    given |= {"BACKUP_DIR": str(settings.BACKUP_DIR), "LOG_LEVEL": "ERROR"}
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    line = [sys.executable, "-c", KILLED, module, name, str(number), *words]
    done = subprocess.run(line, cwd=ROOT, env=given, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr + done.stdout


@pytest.mark.parametrize(("place", "number"), [(("tarfile:TarFile", "addfile"), 3), (("os", "rename"), 1)], ids=["writing", "naming"])
def test_backup_that_is_killed_is_none_and_its_rest_goes_with_the_next(company, place, number):
    killed_at(place, number, "backup")
    assert [path.name for path in settings.BACKUP_DIR.iterdir() if not path.name.startswith(".")] == []
    assert not (settings.DATA_DIR / "last_backup.json").exists()

    command("backup")
    (made,) = settings.BACKUP_DIR.iterdir()
    assert json.loads((settings.DATA_DIR / "last_backup.json").read_text())["path"] == str(made)


BEFORE = {"unpacking": (("os", "utime"), 2), "ready": (("os", "sync"), 1)}


@pytest.mark.parametrize("at", BEFORE.values(), ids=BEFORE)
def test_restore_that_is_killed_before_anything_moves_changed_nothing(company, at):
    made = backup()
    Post.objects.update(body="Écrit depuis")
    saved, files = rows(), media()
    killed_at(*at, "restore", str(made), f"--yes={COMPANY}")

    assert placing.unfinished() is None
    assert (rows(), media()) == (saved, files)
    assert set(Post.objects.values_list("body", flat=True)) == {"Écrit depuis"}

    command("restore", str(made), yes=COMPANY)
    assert "Écrit depuis" not in set(Post.objects.values_list("body", flat=True))
    assert media() == files
    assert sorted(path.name for path in settings.DATA_DIR.iterdir() if "restor" in path.name) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL the server moves the rows")
@pytest.mark.parametrize("number", [2, 3], ids=["before the first", "before the last"])
def test_restore_that_is_killed_among_its_moves_is_finished_by_the_next_call(company, number):
    made, files = backup(), media()
    Post.objects.update(body="Écrit depuis")
    shutil.rmtree(settings.MEDIA_ROOT / "pictures")
    killed_at(("os", "replace"), number, "restore", str(made), f"--yes={COMPANY}")
    assert placing.unfinished()["moves"]

    assert "is finished" in command("restore", str(made))
    assert placing.unfinished() is None
    assert "Écrit depuis" not in set(Post.objects.values_list("body", flat=True))
    assert media() == files
    assert sorted(path.name for path in settings.DATA_DIR.iterdir() if "restor" in path.name or "replaced" in path.name) == []


@only_where_transactions_meet
def test_restore_that_is_killed_once_the_rows_are_in_place_is_done_again(company):
    made, files = backup(), media()
    Post.objects.update(body="Écrit depuis")
    shutil.rmtree(settings.MEDIA_ROOT / "pictures")
    killed_at(("os", "rename"), 1, "restore", str(made), f"--yes={COMPANY}")
    assert placing.unfinished() is not None

    command("restore", str(made))  # the name was given once
    assert placing.unfinished() is None
    assert "Écrit depuis" not in set(Post.objects.values_list("body", flat=True))
    assert media() == files
