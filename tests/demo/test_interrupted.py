"""``make run`` killed while it builds the company begins again from an empty database at the next start."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from rse.settings import ROOT
from rse.tooling.start import SETTINGS
from tests.databases import KEPT, _hash, _restore
from tests.services.process import free_port
from tests.workers import until

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.engine]
PEOPLE = 200


class OnSQLite:
    """A migrated database of its own, in a file."""

    def __init__(self, folder):
        self.path = folder / "own.sqlite3"
        self.url = f"sqlite:///{self.path}"
        shutil.copyfile(KEPT / f"sqlite-{_hash()}", self.path)

    def ask(self, query):
        with closing(sqlite3.connect(self.path, timeout=20)) as known:
            found = known.execute(query).fetchone()
            known.commit()
        return found

    def drop(self):
        pass


class OnPostgres:
    """A migrated database of its own, on the server of the tests."""

    def __init__(self, _folder):
        self.name = f"interrupted_{os.getpid()}"
        self._on_the_server(f'CREATE DATABASE "{self.name}"')
        _restore(KEPT / f"postgresql-{_hash()}", self.name)
        known = connection.settings_dict
        where = f"{known['USER']}:{quote(known['PASSWORD'])}@{quote(known['HOST'], safe='')}:{known['PORT']}"
        self.url = f"postgres://{where}/{self.name}"

    def _on_the_server(self, statement):
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def ask(self, query):
        with psycopg.connect(self.url, autocommit=True) as known:
            answer = known.execute(query)
            return answer.fetchone() if answer.description else None

    def drop(self):
        self._on_the_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')


@pytest.fixture
def database(tmp_path):
    own = (OnSQLite if connection.vendor == "sqlite" else OnPostgres)(tmp_path)
    yield own
    own.drop()


@pytest.fixture
def start(tmp_path, database):
    """Start ``manage.py up`` on a database of its own."""
    port, started = free_port(), []
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own |= {"DJANGO_SETTINGS_MODULE": SETTINGS, "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "DATABASE_URL": database.url}

    def run():
        with (tmp_path / "up.log").open("a") as log:
            command = [sys.executable, str(ROOT / "manage.py"), "up", "--people", str(PEOPLE), "--port", str(port)]
            started.append(subprocess.Popen(command, env=own, stdout=log, stderr=log, cwd=ROOT))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


def count(database, query):
    """What ``query`` counts; nothing while the tables are made anew."""
    try:
        return database.ask(query)[0]
    except (sqlite3.OperationalError, psycopg.Error):
        return None


def test_company_that_was_interrupted_is_begun_again_and_whole(start, database, tmp_path):
    first = start()
    until(lambda: count(database, "SELECT count(*) FROM core_person"), within=240)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert database.ask("SELECT is_demo, demo_secret FROM core_installation") == (False, "unfinished")
    database.ask("INSERT INTO core_site(name, time_zone, country, region, sorts_as) VALUES ('of the half company', 'UTC', '', '', '')")

    start()

    until(lambda: count(database, "SELECT count(*) FROM core_site WHERE name = 'of the half company'") == 0, within=400)
    until(lambda: count(database, "SELECT count(*) FROM core_person"), within=400)
    log = (tmp_path / "up.log").read_text()
    assert "elle recommence" in log
    assert "Traceback" not in log
