import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import copy_database

pytestmark = pytest.mark.once
TESTS = Path(__file__).parent
WRITE = "import sqlite3, sys; rows = sqlite3.connect(sys.argv[1]); rows.execute('INSERT INTO one VALUES (2)'); rows.commit(); rows.close()"
BESIDE_SQLITE = re.compile(r"(?:copy\w*|open|read_bytes)\([^)\n]*(?:settings_dict|DATABASES\[)")


def test_database_in_use_is_copied_and_others_still_know_that_it_is(tmp_path):
    """Whoever closes a database last deletes its log: with our locks gone, another process would take itself for the last."""
    name, copy = tmp_path / "in_use.sqlite3", tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(name, isolation_level=None)) as ours:
        ours.execute("PRAGMA journal_mode=WAL")
        ours.execute("CREATE TABLE one (number)")
        ours.execute("INSERT INTO one VALUES (1)")
        copy_database(name, copy)
        subprocess.run([sys.executable, "-c", WRITE, str(name)], check=True)
        assert Path(f"{name}-wal").exists()
        assert ours.execute("SELECT number FROM one ORDER BY number").fetchall() == [(1,), (2,)]
    with closing(sqlite3.connect(copy)) as theirs:
        assert theirs.execute("SELECT number FROM one").fetchall() == [(1,)]


def test_no_test_opens_the_database_in_use_beside_sqlite():
    sources = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path.name != "test_databases.py"}
    found = {path.name: call for path, source in sources.items() for call in BESIDE_SQLITE.findall(source) if "copy_database" not in call}
    assert found == {}
