import tempfile
from pathlib import Path

import pytest

from rse.core import clock
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.models import ImportBatch
from rse.hris.services.application import apply, preview
from tests.hris.companies import written
from tests.hris.team import NOON, OURS, a_batch


@pytest.fixture
def at_noon():
    """It is noon of the day for which the files are written."""
    with clock.moved_to(NOON):
        yield


@pytest.fixture
def table(tmp_path, at_noon):
    def build(rows, headers=None):
        path = tmp_path / "people.csv"
        path.write_text(written(rows, headers=headers or OURS), encoding="utf-8")
        return open_table(path)

    return build


@pytest.fixture
def imported(table):
    """Applies rows and gives the outcome."""

    batches = []

    def run(rows, headers=None, *, is_full=True, batch=None, **options):
        opened = table(rows, headers)
        if batch is None:
            batch = batches[0] if batches else ImportBatch.objects.get(pk=a_batch())
            batches.append(batch)
        return apply(opened, ColumnMapping.guess(opened.headers), is_full=is_full, batch_id=batch.pk, **options)

    return run


@pytest.fixture
def compared(table):
    def run(rows, headers=None, *, is_full=True):
        opened = table(rows, headers)
        return preview(opened, ColumnMapping.guess(opened.headers), is_full=is_full)

    return run


@pytest.fixture
def file_of(tmp_path):
    """Writes bytes and gives the path."""

    def write(content):
        path = tmp_path / "people"
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def nothing_stays(tmp_path, monkeypatch):
    """Whatever a test reads, no file of the product is left behind it, with a name or without."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []
    held = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert [path for path in held if path.is_relative_to(folder)] == []
