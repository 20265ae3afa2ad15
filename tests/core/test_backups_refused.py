"""Backups that are refused, whatever speaks against them: nothing is changed, and nothing is left beside what is here."""

import subprocess
from pathlib import Path

import pytest
from django.core import checks
from django.core.management import CommandError
from django.db import connection

from rse.core.ops import serving
from rse.core.ops.backups import archive, placing
from rse.identity.models import Session
from tests.races import only_where_transactions_meet

from .backed_up import COMPANY, backup, command, company, disk, read_archive, rows, state, with_manifest, write_archive

__all__ = ["company", "disk"]

pytestmark = pytest.mark.django_db(transaction=True)


def one_byte_of(name):
    def change(source, target):
        members = [
            (member, bytes([content[0] ^ 1]) + content[1:] if member.startswith(name) else content)
            for member, content in read_archive(source)
        ]
        return write_archive(target, members, seals=False)

    return change


def raw_byte(source, target):
    content = bytearray(source.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 16] = bytes(byte ^ 0xFF for byte in content[middle : middle + 16])  # one bit may be padding of gzip's own
    target.write_bytes(content)
    return target


def cut_off(source, target):
    target.write_bytes(source.read_bytes()[:-200])
    return target


def without_an_upload(source, target):
    members = read_archive(source)
    gone = next(name for name, _content in members if name.startswith("media/"))
    return write_archive(target, [one for one in members if one[0] != gone])


def with_member(make):
    def change(source, target):
        return write_archive(target, [(make(), b"x"), *read_archive(source)])

    return change


def named(name, **values):
    def make():
        info = archive.tarfile.TarInfo(name)
        for key, value in values.items():
            setattr(info, key, value)
        return info

    return make


DAMAGED = {
    "a byte of the database": one_byte_of("database"),
    "a byte of an upload": one_byte_of("media/"),
    "a byte of the manifest": one_byte_of("manifest.json"),
    "a byte of the file": raw_byte,
    "its end": cut_off,
    "an upload that is missing": without_an_upload,
    "an upload that nobody named": with_member(named("media/more.webp")),
    "a path that leads out": with_member(named("media/../../out.webp")),
    "an absolute path": with_member(named("/tmp/out.webp")),
    "a link": with_member(named("media/link.webp", type=archive.tarfile.SYMTYPE, linkname="/etc/passwd")),
    "a hard link": with_member(named("media/link.webp", type=archive.tarfile.LNKTYPE, linkname="/etc/passwd")),
    "a folder": with_member(named("media/folder", type=archive.tarfile.DIRTYPE)),
    "no archive": lambda source, target: target.write_text("no archive") and target,
    "no archive in a gzip": lambda source, target: target.write_bytes(archive.gzip.compress(b"no archive")) and target,
}


@pytest.mark.parametrize("change", DAMAGED.values(), ids=DAMAGED)
def test_damaged_archive_is_refused_and_changes_nothing(company, disk, change):
    broken = change(backup(), disk / "broken.tar.gz")
    before = state()
    with pytest.raises(CommandError, match=r"is damaged, or no backup"):
        command("restore", str(broken), yes=COMPANY)
    assert state() == before
    assert Session.objects.count() == 1


REFUSED = {
    "a newer version": ({"version": "99.0"}, "install that version or a newer one"),
    "a newer format": ({"format": 2}, "install that version or a newer one"),
    "a migration that we do not have": ({"database__migrations": {"core": ["9999_later"]}}, "install that version or a newer one"),
    "another database": ({"database__vendor": "oracle"}, "the same kind of database"),
    "other keys for notes": ({"keys__NOTES_KEY": ["00" * 32]}, "NOTES_KEY is not the key"),
    "another secret key": ({"keys__SECRET_KEY": ["00" * 32]}, "SECRET_KEY is not the one"),
    "other numbers of rows": ({"database__rows": {"core_person": 10**6}}, "other numbers of rows"),
}


@pytest.mark.parametrize(("changed", "sentence"), REFUSED.values(), ids=REFUSED)
def test_backup_that_does_not_fit_is_refused_and_changes_nothing(company, disk, changed, sentence):
    if "database__rows" in changed and connection.vendor == "postgresql":
        pytest.skip("the rows are counted once they are in place")
    other = with_manifest(backup(), disk / "other.tar.gz", **changed)
    before = state()
    with pytest.raises(CommandError, match=sentence):
        command("restore", str(other), yes=COMPANY)
    assert state() == before
    assert Session.objects.count() == 1


@only_where_transactions_meet
def test_backup_that_is_in_place_and_not_whole_says_so_and_nothing_starts_on_it(company, disk):
    made = backup()
    people = rows()["core_person"]
    other = with_manifest(made, disk / "other.tar.gz", database__rows={"core_person": 10**6})
    with pytest.raises(CommandError, match=r"in place, but not whole: .*core_person \d+ / 1000000.*restore it again, or another backup"):
        command("restore", str(other), yes=COMPANY)
    assert "core.E001" in [one.id for one in checks.run_checks()]
    assert "Nobody is signed in" in command("restore", str(made))
    assert rows()["core_person"] == people
    assert placing.unfinished() is None


def test_restore_waits_for_nobody_who_works_on_the_database(company, settings):
    made = backup()
    before = state()
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        import sqlite3

        other = sqlite3.connect(named["NAME"])
        other.execute("SELECT 1 FROM core_person").fetchall()
    else:
        import psycopg

        other = psycopg.connect(
            dbname=named["NAME"], user=named["USER"], password=named["PASSWORD"], host=named["HOST"], port=named["PORT"]
        )
    try:
        with pytest.raises(CommandError, match="stop every process"):
            command("restore", str(made), yes=COMPANY)
    finally:
        other.close()
    assert state() == before


def test_restore_and_whatever_serves_keep_each_other_out(company):
    made = backup()
    before = state()
    with serving.at_work(), serving.at_work(), pytest.raises(CommandError, match="stop every process"):
        command("restore", str(made), yes=COMPANY)
    assert state() == before
    with serving.alone(), pytest.raises(CommandError, match="A backup is being put back"):
        command("scheduler")


def test_folder_that_is_a_disk_of_its_own_is_refused(company, settings):
    made = backup()
    before = rows()
    settings.MEDIA_ROOT = Path("/dev/shm")
    with pytest.raises(CommandError, match="a disk of its own"):
        command("restore", str(made), yes=COMPANY)
    assert rows() == before


@only_where_transactions_meet
def test_program_that_is_missing_is_named_with_its_package(company, settings, monkeypatch):
    monkeypatch.setattr("rse.core.ops.backups.postgres.FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CommandError, match=r"install the package postgresql-client-\d+\."):
        command("backup")
    assert list(settings.BACKUP_DIR.iterdir()) == []


@only_where_transactions_meet
def test_dump_that_fails_half_way_leaves_the_database_as_it_is(company, disk, monkeypatch):
    made = backup()
    before = state()
    popen = subprocess.Popen

    def cut(command, **options):
        if "--file=-" in command:
            command = ["sh", "-c", '"$@" | head -c 20000; exit 1', "sh", *command]
        return popen(command, **options)

    monkeypatch.setattr(subprocess, "Popen", cut)
    with pytest.raises(CommandError, match="is as it was"):
        command("restore", str(made), yes=COMPANY)
    monkeypatch.undo()
    assert state() == before


def test_nothing_starts_on_what_is_half_restored(company, settings):
    assert "core.E001" not in [one.id for one in checks.run_checks()]
    placing.begin("some backup")
    (found,) = (one for one in checks.run_checks() if one.id == "core.E001")
    assert found.is_serious()
