"""Workers and schedulers as production has them: processes of their own, on the database of the test, with some subscribers to watch."""

import contextlib
import os
import subprocess
import sys
import time
from urllib.parse import quote

from django.db import connection

from rse.settings import ROOT


@contextlib.contextmanager
def process(*arguments, folder, **environment):
    """A ``manage.py`` of its own on the database of this test; it is killed at the end."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own |= {"DJANGO_SETTINGS_MODULE": "tests.workers.settings", "DATABASE_URL": _database(), "DATA_DIR": str(folder)} | environment
    with (folder / f"{arguments[0]}.log").open("a") as log:
        started = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), *arguments], env=own, stdout=log, stderr=log, cwd=ROOT)
        try:
            yield started
        finally:
            started.kill()
            started.wait()


def worker(folder, **environment):
    return process("db_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload", folder=folder, **environment)


def scheduler(folder):
    return process("scheduler", folder=folder)


def until(found, *, within):
    """Ask ``found`` every tenth of a second until it says something; the seconds it took.

    Raises:
        AssertionError: it said nothing in time.

    """
    began = time.monotonic()
    while time.monotonic() - began < within:
        if found():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"not within {within} s")


def _database():
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}:{quote(known['PASSWORD'])}@{quote(known['HOST'], safe='')}:{known['PORT']}/{quote(known['NAME'])}"
