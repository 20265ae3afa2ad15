"""A backup, everything lost, and the company as it was: but nobody signed in, and whoever was erased since stays so."""

import datetime
import json
import shutil
import stat

import pytest
from django.core.management import CommandError, call_command

from mentoring import queries
from mentoring.models import MentoringPair
from mobility.enums import ApplicationState
from mobility.models import Application
from mobility.services.applications import withdraw_application
from rse.core import clock
from rse.core.enums import DeliveryState, PersonState
from rse.core.models import Delivery, Person
from rse.core.ops import erasures, invariants, retention
from rse.core.ops.backups import archive, making, placing
from rse.core.people.services.people import deactivate
from rse.core.people.services.photos import remove_photo
from rse.feed.services import delete_post, upload_picture
from rse.governance.services.access_log import verify_chain
from rse.hris.models import ImportBatch
from rse.identity.models import Session
from search.models import SearchDocument
from search.services import reconcile
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory, picture_file
from tests.governance.keyring import opens

from .backed_up import (
    COMPANY,
    WORDS,
    backup,
    chain,
    command,
    company,
    disk,
    lose_everything,
    media,
    read_archive,
    rows,
    state,
)

__all__ = ["company", "disk"]

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.timedelta(days=1)


def manifest_of(path):
    return json.loads(dict(read_archive(path))["manifest.json"])


def words_read(pair, reader):
    fresh = MentoringPair.objects.get(pk=pair.pk)
    return [one["words"] for one in queries.pieces_of(Person.objects.get(pk=reader.pk), fresh)["mine"]]


def test_company_comes_back_and_what_was_erased_since_does_not(company, settings):
    batch = ImportBatch.objects.create(file_name="x.csv", kind="full", state="previewed", stored_path="/x", uploaded_by=company["head"])
    Delivery.objects.filter(pk__in=Delivery.objects.order_by("pk").values("pk")[:1]).update(
        state=DeliveryState.RUNNING, leased_until=clock.now() + DAY
    )
    saved, kept, links = rows(), media(), chain()
    made = backup()
    manifest = manifest_of(made)

    # Somebody writes more, takes back, withdraws, removes; somebody leaves, and is forgotten.
    PostFactory(audience=AudienceFactory(open=True), author=company["colleague"])
    upload_picture(owner=company["colleague"], file=picture_file())
    opens(company["recruiter"], company["person"])
    delete_post(actor=company["person"], post=company["post"])
    withdraw_application(applicant=company["person"], application=company["application"])
    remove_photo(person=Person.objects.get(pk=company["person"].pk))
    deactivate(person_ids=[company["head"].pk])
    with clock.moved_to(clock.now() + 31 * DAY):
        retention.forget("core.Person")
        assert Person.objects.get(pk=company["head"].pk).last_name == ""
    lose_everything()
    assert rows() != saved

    said = command("restore", str(made))

    assert f"rows {sum(manifest['database']['rows'].values())}, tables {len(saved)}, uploads {len(kept)}." in said
    assert manifest["database"]["rows"] == saved
    assert {name.removeprefix("media/"): one["sha256"] for name, one in manifest["members"].items() if name.startswith("media/")} == kept
    # of the files, all but those of the photo that was removed
    assert {name: digest for name, digest in kept.items() if not name.startswith("photos/")} == media()
    assert chain() == links
    assert verify_chain().first_broken is None
    assert {name: count for name, count in invariants.counts().items() if count} == {}
    assert Session.objects.count() == 0
    assert words_read(company["pair"], company["person"]) == [WORDS]

    head = Person.objects.get(pk=company["head"].pk)
    assert (head.state, head.first_name, head.last_name, head.email) == (PersonState.LEFT, "", "", None)
    assert Person.objects.get(pk=company["person"].pk).photo is None
    assert type(company["post"]).objects.get(pk=company["post"].pk).is_deleted
    application = Application.objects.get(pk=company["application"].pk)
    assert (application.state, application.letter) == (ApplicationState.WITHDRAWN, "")
    assert not Delivery.objects.filter(state=DeliveryState.RUNNING).exists()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal, batch.stored_path) == ("refused", "restored", "")
    assert placing.unfinished() is None
    assert [path.name for path in settings.DATA_DIR.iterdir() if "restoring" in path.name or "replaced" in path.name] == []


def test_archive_is_for_its_owner_alone_and_holds_no_session_no_search_and_no_key(company, settings):
    made = backup()
    members = dict(read_archive(made))
    said = json.loads(members["manifest.json"])

    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert {"identity_session", "search_searchdocument"} & said["database"]["rows"].keys() == set()
    session = Session.objects.get().session_key.encode()
    assert [name for name, content in members.items() if session in content] == []
    for key in (settings.SECRET_KEY, settings.NOTES_KEY):
        assert [name for name, content in members.items() if key.encode() in content] == []
    assert said["version"] == settings.VERSION
    assert json.loads((settings.DATA_DIR / "last_backup.json").read_text()) == {
        "at": said["at"],
        "path": str(made),
        "version": settings.VERSION,
    }
    assert datetime.datetime.fromisoformat(said["at"]).tzinfo is not None


def test_fingerprints_of_two_backups_have_nothing_in_common(company):
    first, second = (manifest_of(backup(str(making.Path(making.settings.BACKUP_DIR) / f"{name}.tar.gz")))["keys"] for name in "ab")
    assert set(first["NOTES_KEY"]) & set(second["NOTES_KEY"]) == set()


def test_newest_are_kept_and_nothing_that_others_put_there(company, settings):
    settings.BACKUP_DIR.mkdir()
    others = [settings.BACKUP_DIR / name for name in ("maillage-20200101T000000Z.tar.gz", "notes.txt")]
    for path in others:
        path.write_bytes(b"mine")
    made = []
    for hours in range(3):
        with clock.moved_to(clock.now() + datetime.timedelta(hours=hours)):
            made.append(backup())
    with clock.moved_to(clock.now() + datetime.timedelta(hours=3)):
        command("backup", keep=2)

    left = sorted(path.name for path in settings.BACKUP_DIR.iterdir())
    assert len(left) == 4
    assert {path.name for path in [*others, made[2]]} < set(left)


@pytest.mark.parametrize("words", [{"keep": 0}, {"keep": -1}])
def test_no_backup_is_kept_less_than_once(company, words):
    with pytest.raises(CommandError, match="from 1 on"):
        command("backup", **words)


def test_backup_without_room_writes_nothing(company, settings, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type(usage)(usage.total, usage.used, 1000))
    with pytest.raises(CommandError, match="no room for a backup"):
        command("backup")
    assert list(settings.BACKUP_DIR.iterdir()) == []
    assert not (settings.DATA_DIR / "last_backup.json").exists()


def test_backup_that_fails_leaves_nothing_and_tells_nothing(company, settings, monkeypatch):
    def full(*_what, **_how):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.tarfile.TarFile, "addfile", full)
    with pytest.raises(CommandError, match="No space left"):
        command("backup")
    assert list(settings.BACKUP_DIR.iterdir()) == []
    assert not (settings.DATA_DIR / "last_backup.json").exists()


def test_file_that_is_there_is_left_as_it_is(company, settings):
    settings.BACKUP_DIR.mkdir()
    there = settings.BACKUP_DIR / "ours.tar.gz"
    there.write_bytes(b"mine")
    with pytest.raises(CommandError, match="left as it is"):
        command("backup", str(there))
    assert there.read_bytes() == b"mine"


def test_commands_speak_the_language_of_the_settings(company, settings):
    settings.LANGUAGE_CODE = "fr"
    assert "À garder ailleurs" in command("backup")


def test_company_that_is_here_is_replaced_by_name_only(company, monkeypatch):
    made = backup()
    PersonFactory()
    before = state()
    for options in ({}, {"yes": "Autre"}, {"replace": True}):
        monkeypatch.setattr("builtins.input", lambda question: "autre")
        with pytest.raises(CommandError, match=f"holds {COMPANY} already"):
            command("restore", str(made), **options)
        assert state() == before
    monkeypatch.setattr("builtins.input", lambda question: f" {COMPANY} ")
    assert "Nobody is signed in" in command("restore", str(made), replace=True)
    assert rows()["core_person"] == before[0]["core_person"] - 1


def test_uploads_that_are_here_are_replaced_by_name_only(company, settings):
    made = backup()
    lose_everything()
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "mine.webp").write_bytes(b"mine")
    with pytest.raises(CommandError, match="holds Maillage already"):
        command("restore", str(made))
    assert (settings.MEDIA_ROOT / "mine.webp").read_bytes() == b"mine"


def test_notes_are_lost_only_by_saying_so(company, settings):
    made = backup()
    lose_everything()
    settings.NOTES_KEY = "another-key-of-notes-" + "0" * 40
    with pytest.raises(CommandError, match="--without-notes-key"):
        command("restore", str(made))
    assert rows()["core_person"] == 0
    assert "no note, goal or message" in command("restore", str(made), without_notes_key=True)
    assert rows()["core_person"] > 0


def test_former_key_of_notes_is_as_good(company, settings):
    made = backup()
    lose_everything()
    settings.NOTES_KEY, settings.NOTES_KEY_FALLBACKS = "another-key-of-notes-" + "0" * 40, [settings.NOTES_KEY]
    command("restore", str(made))
    assert words_read(company["pair"], company["person"]) == [WORDS]


def test_journal_that_is_not_here_is_asked_for_and_taken_from_a_copy(company, settings, disk):
    made = backup()
    delete_post(actor=company["person"], post=company["post"])
    copy = shutil.copy(settings.ERASURES_JOURNAL, disk / "copy.jsonl")
    settings.ERASURES_JOURNAL.unlink()
    lose_everything()

    said = command("restore", str(made))
    assert "comes back" in said
    assert "--erasures FILE" in said
    assert not type(company["post"]).objects.get(pk=company["post"].pk).is_deleted

    assert "1 erasure since then" in command("restore", str(made), yes=COMPANY, erasures=copy)
    assert type(company["post"]).objects.get(pk=company["post"].pk).is_deleted
    assert erasures.read(settings.ERASURES_JOURNAL).entries == erasures.read(copy).entries


@pytest.mark.parametrize("damage", [b"x", b"{}\n", b'{"journal":"y","since":"2026-01-01T00:00:00+00:00"}\n{"at":1}\n'])
def test_journal_that_is_damaged_is_put_aside_for_the_copy(company, settings, disk, damage):
    made = backup()
    delete_post(actor=company["person"], post=company["post"])
    copy = shutil.copy(settings.ERASURES_JOURNAL, disk / "copy.jsonl")
    settings.ERASURES_JOURNAL.write_bytes(damage)

    said = command("restore", str(made), yes=COMPANY, erasures=copy)

    aside = settings.DATA_DIR / "erasures.jsonl.damaged"
    assert "1 erasure since then" in said
    assert f"is damaged, and kept as {aside}" in said
    assert aside.read_bytes() == damage
    assert erasures.read(settings.ERASURES_JOURNAL).entries == erasures.read(copy).entries
    assert type(company["post"]).objects.get(pk=company["post"].pk).is_deleted


@pytest.mark.parametrize(
    ("content", "sentence"), [(None, "There is no file"), ("{}\n", "no journal"), ("x", "no journal"), (0, "another inst")]
)
def test_journal_of_something_else_is_refused(company, disk, content, sentence):
    made = backup()
    given = disk / "given.jsonl"
    if content is not None:
        given.write_text(content or '{"journal":"other","since":"2026-01-01T00:00:00+00:00"}\n')
    before = state()
    with pytest.raises(CommandError, match=sentence):
        command("restore", str(made), yes=COMPANY, erasures=given)
    assert state() == before


def test_older_backup_goes_through_the_migrations_that_it_lacks(company, settings):
    reconcile()
    found = SearchDocument.objects.count()
    try:
        call_command("migrate", "search", "zero", verbosity=0, interactive=False)
        made = backup()
    finally:
        call_command("migrate", "search", verbosity=0, interactive=False)
    settings.VERSION = "0.9.0"

    command("restore", str(made), yes=COMPANY)

    assert SearchDocument.objects.count() == found > 0
