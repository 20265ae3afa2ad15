"""``make run`` killed while it builds the company begins again from an empty database at the next start."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from rse.settings import ROOT
from tests.databases import KEPT, _hash
from tests.services.process import free_port
from tests.workers import until

pytestmark = [pytest.mark.sqlite, pytest.mark.slow, pytest.mark.django_db]
PEOPLE = 200


@pytest.fixture
def start(tmp_path):
    """Start ``manage.py up`` on a database of its own."""
    port, started = free_port(), []
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own |= {"DJANGO_SETTINGS_MODULE": "rse.settings", "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path)}
    own |= {"DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}

    def run():
        with (tmp_path / "up.log").open("a") as log:
            command = [sys.executable, str(ROOT / "manage.py"), "up", "--people", str(PEOPLE), "--port", str(port)]
            started.append(subprocess.Popen(command, env=own, stdout=log, stderr=log, cwd=ROOT))
        return started[-1], port

    yield run
    for process in started:
        process.kill()
        process.wait()


def asked(path, query):
    try:
        with closing(sqlite3.connect(path, timeout=5)) as known:
            return known.execute(query).fetchone()
    except sqlite3.OperationalError:
        return None


def test_company_that_was_interrupted_is_begun_again_and_whole(start, tmp_path):
    database = tmp_path / "own.sqlite3"
    shutil.copyfile(KEPT / f"sqlite-{_hash()}", database)
    first, _port = start()
    until(lambda: (asked(database, "SELECT count(*) FROM core_person") or [0])[0] > 0, within=240)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert asked(database, "SELECT is_demo, demo_secret FROM core_installation") == (0, "unfinished")
    with closing(sqlite3.connect(database, timeout=20)) as half:
        half.execute("INSERT INTO core_site(name, time_zone) VALUES ('of the half company', 'UTC')")
        half.commit()

    start()

    until(lambda: (asked(database, "SELECT count(*) FROM core_site WHERE name = 'of the half company'") or [1])[0] == 0, within=400)
    until(lambda: (asked(database, "SELECT count(*) FROM core_person") or [0])[0] > 0, within=400)
    log = (tmp_path / "up.log").read_text()
    assert "it is begun again" in log
    assert "Traceback" not in log
