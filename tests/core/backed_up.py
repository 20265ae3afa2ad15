"""A company on disk, what a backup of it is compared with, and what becomes of both when everything is lost."""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from mobility.services.applications import Content, send_application
from rse.core.enums import Role
from rse.core.ops.backups.rows import counted, tables
from rse.core.ops.installation import describe
from rse.governance.models import AccessLogEntry
from rse.identity.models import Session
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import put_under
from tests.factories.feed import PostFactory, picture_of
from tests.factories.mentoring import note_in, pair_of
from tests.factories.mobility import OpeningFactory
from tests.factories.photos import photo_of
from tests.governance.keyring import opens

COMPANY = "Les Ateliers du Ponant"
WORDS = "Ce qui reste entre nous deux"


@pytest.fixture
def disk(tmp_path, settings):
    """Folders of an installation of its own, on a disk."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "var" / "media"
    settings.BACKUP_DIR, settings.ERASURES_JOURNAL = tmp_path / "backups", tmp_path / "var" / "erasures.jsonl"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.LANGUAGE_CODE = "en"
    settings.DATA_DIR.mkdir()
    return tmp_path


@pytest.fixture
def company(disk, signed_in):
    """People with a photo, posts, a picture, an application, a note under seal and an opening in the access log; one is signed in."""
    describe(company=COMPANY)
    head, person, colleague, recruiter = PersonFactory(), PersonFactory(), PersonFactory(), PersonFactory(role=Role.RECRUITER)
    put_under(person, head)
    post = PostFactory(audience=AudienceFactory(open=True), author=person)
    content = Content(letter="x", availability="now", site_answer="talk")
    application = send_application(applicant=person, opening=OpeningFactory(team=[recruiter]), version=0, content=content)
    pair = pair_of(colleague, person)
    note = note_in(pair, person, words=WORDS)
    opens(recruiter, person)
    picture, photo = picture_of(person), photo_of(person)
    signed_in(person)
    assert Session.objects.count() == 1
    things = {"post": post, "application": application, "pair": pair, "note": note, "picture": picture, "photo": photo}
    return {"head": head, "person": person, "colleague": colleague, "recruiter": recruiter} | things


def command(name, *words, **options):
    """What the command said on both channels."""
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *words, stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


def backup(*words, **options):
    """The archive that the command wrote."""
    before = set(settings.BACKUP_DIR.glob("*")) if settings.BACKUP_DIR.exists() else set()
    command("backup", *words, **options)
    (made,) = set(settings.BACKUP_DIR.glob("*")) - before
    return made


def media():
    """``{name: digest}`` of the folder of uploads."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*") if path.is_file()}


def rows():
    """``{table: rows}`` of what a backup holds."""
    return counted(tables())


def chain():
    return list(AccessLogEntry.objects.order_by("number").values_list("number", "hash"))


def state():
    """What a refusal leaves as it is: rows, files, and nothing begun beside them."""
    left = sorted(
        path.name for path in Path(settings.DATA_DIR).iterdir() if not path.name.endswith(".lock") and path.name != "last_backup.json"
    )
    return rows(), media(), left


def lose_everything():
    """Empty the database and the folder of uploads, as a new machine has them."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    connection.close()


def read_archive(path):
    """``[(name, content)]`` of the archive."""
    with tarfile.open(path) as tar:
        return [(info.name, tar.extractfile(info).read()) for info in tar.getmembers()]


def write_archive(path, members, *, seals=True):
    """Write an archive of these members, each a name and a content or a ready ``TarInfo``; ``seals`` makes the manifest's digest anew."""
    members = list(members)
    if seals:
        said = dict(one for one in members if not isinstance(one, tarfile.TarInfo))["manifest.json"]
        members = [
            (name, hashlib.sha256(said).hexdigest().encode()) if name == "manifest.sha256" else (name, content) for name, content in members
        ]
    with gzip.open(path, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def with_manifest(source, target, **changed):
    """Write ``source`` to ``target`` with these values of its manifest changed; ``database__vendor`` is one within another."""
    members = read_archive(source)
    manifest = json.loads(dict(members)["manifest.json"])
    for name, value in changed.items():
        outer, _, inner = name.partition("__")
        if inner:
            manifest[outer][inner] = value
        else:
            manifest[outer] = value
    said = json.dumps(manifest).encode()
    return write_archive(target, [(name, said if name == "manifest.json" else content) for name, content in members])
