"""A disk that fills while files arrive: it is said, the text comes back, and no file is left without a row."""

import datetime
import errno
import os
import time

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile

from rse.core.enums import Role
from rse.core.events import schedule
from rse.feed import services
from rse.feed.models import Picture
from rse.hris.models import ImportBatch
from tests.factories import PersonFactory
from tests.feed.test_pictures import encoded
from tests.guards import HouseClient

pytestmark = pytest.mark.django_db


class FullStorage(FileSystemStorage):
    """A disk with room for one file and a half."""

    written = 0

    def _save(self, name, content):
        type(self).written += 1
        if type(self).written % 2 == 0:
            path = self.path(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as the storage does
            with open(path, "wb") as begun:  # noqa: PTH123
                begun.write(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return super()._save(name, content)


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def full_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "tests.feed.test_full_disk.FullStorage"}}
    return settings.MEDIA_ROOT


def test_f21_picture_that_finds_no_room_leaves_neither_file_nor_row(full_disk):
    with pytest.raises(OSError, match="No space"):
        services.upload_picture(owner=PersonFactory(), file=SimpleUploadedFile("p.png", encoded("PNG")))

    assert on_disk(full_disk) == []
    assert not Picture.objects.exists()


def test_f21_file_without_a_picture_is_swept_and_the_others_are_not(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    services.upload_picture(owner=PersonFactory(), file=SimpleUploadedFile("p.png", encoded("PNG")))
    kept = set(on_disk(settings.MEDIA_ROOT))
    folder = next(iter(kept)).parent
    old, new = folder / "old.webp", folder / "new.webp"
    for path in (old, new, *kept):
        path.write_bytes(path.read_bytes() if path.exists() else b"x")
    then = time.time() - datetime.timedelta(hours=26).total_seconds()
    for path in (old, *kept):
        os.utime(path, (then, then))

    schedule.run_job.call(name="erase files that no picture has")

    assert set(on_disk(settings.MEDIA_ROOT)) == kept | {new}


def test_f21_file_of_hr_that_finds_no_room_is_said_and_not_kept(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    client = HouseClient(raise_request_exception=False)
    client.force_login(PersonFactory(role=Role.HR))

    def chunks(self, chunk_size=None):
        yield b"Matricule;Nom\n"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", chunks)
    answer = client.post("/imports/", {"file": SimpleUploadedFile("f.csv", b"Matricule;Nom\nE1;X\n"), "kind": "full"})

    assert answer.status_code == 507
    assert on_disk(tmp_path / "imports") == []
    assert not ImportBatch.objects.exists()
