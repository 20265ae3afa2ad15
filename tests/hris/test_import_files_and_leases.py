"""A file of HR ends: written, thrown away, refused or forgotten, it leaves the disk; work that was killed leaves nothing at half."""

import datetime
import os
import signal
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import schedule
from rse.core.models import Person
from rse.core.ops import retention
from rse.hris.models import ImportBatch
from rse.hris.services import background, imports
from tests.factories import PersonFactory
from tests.hris.test_import_screens import HEADERS, columns_of, compared, row, send
from tests.workers import until, worker

pytestmark = pytest.mark.django_db
STARTS_WITHIN = 60


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


@pytest.fixture
def hr(signed_in):
    return signed_in(PersonFactory(role=Role.HR))


def on_disk(settings):
    return sorted(path.name for folder in ("imports", "uploads") for path in (settings.DATA_DIR / folder).glob("*"))


def run_job(name):
    schedule.run_job.call(name=name)


def age(path, **ago):
    then = time.time() - datetime.timedelta(**ago).total_seconds()
    os.utime(path, (then, then))


@pytest.mark.parametrize("ending", ["discard", "apply"])
def test_file_leaves_the_disk_when_it_is_thrown_away_or_written(hr, settings, ending, django_capture_on_commit_callbacks):
    address, batch = compared(hr, HEADERS + row("E1"))
    assert on_disk(settings) == [batch.public_id]

    hr.post(address, {"do": ending})

    batch.refresh_from_db()
    assert (on_disk(settings), batch.stored_path) == ([], "")


def test_what_is_never_read_is_not_in_the_copy_that_waits_wherever_it_stands(hr):
    secrets = ["FR7630006000011234567890189", "1 85 06 75 123 456 78"]
    rows = [f"{row('E1').strip()};{secrets[0]}\n", f"{row('E2').strip()};;{secrets[1]}\n", f"{row('E3').strip()};{secrets[0]}\n"]
    address = send(hr, HEADERS.strip() + ";IBAN\n" + "".join(rows)).url
    batch = ImportBatch.objects.get()

    assert [secret for secret in secrets if secret in Path(batch.stored_path).read_text()] == []

    hr.post(address, columns_of(batch))
    batch.refresh_from_db()
    assert [one[:3] for one in batch.problems] == [[3, "", "too_many_cells"]]


def test_file_leaves_the_disk_when_nothing_can_mend_it(hr, settings):
    address = send(hr, HEADERS + ";;;;;;;;\n").url  # nobody is in it: seen when it is compared
    batch = ImportBatch.objects.get()
    assert on_disk(settings) == [batch.public_id]

    hr.post(address, columns_of(batch))

    batch.refresh_from_db()
    assert (batch.state, on_disk(settings)) == ("refused", [])
    assert hr.get(address).status_code == 200


@pytest.mark.parametrize("state", ["uploaded", "previewed", "running"])
def test_file_leaves_the_disk_after_seven_days_whatever_happened(hr, settings, state):
    send(hr, HEADERS + row("E1"))
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state=state, progress_total=100, leased_until=clock.now())
    age(batch.stored_path, days=6, hours=23)
    with clock.moved_to(clock.now() + datetime.timedelta(days=6, hours=23)):
        retention.forget("hris.ImportBatch")
        run_job("erase files of people")
    assert on_disk(settings) == [batch.public_id]

    with clock.moved_to(clock.now() + datetime.timedelta(days=7, minutes=1)):
        retention.forget("hris.ImportBatch")
        run_job("erase files of people")

    batch.refresh_from_db()
    assert (batch.state, batch.refusal, batch.stored_path, on_disk(settings)) == ("refused", "too_old", "", [])


def test_file_without_a_row_leaves_the_disk_and_one_on_its_way_does_not(settings):
    (settings.DATA_DIR / "imports").mkdir()
    orphan, upload, arriving = (settings.DATA_DIR / name for name in ("imports/orphan", "uploads/x.upload.csv", "imports/arriving"))
    for path in (orphan, upload, arriving):
        path.write_text(HEADERS + row("E1"))
    age(orphan, hours=2)
    age(upload, hours=2)

    run_job("erase files of people")

    assert on_disk(settings) == ["arriving"]


def test_file_of_a_row_that_is_done_leaves_the_disk(hr, settings):
    """Whoever was killed between the commit and the erasing left it."""
    send(hr, HEADERS + row("E1"))
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state="applied")
    age(batch.stored_path, hours=2)

    run_job("erase files of people")

    assert on_disk(settings) == []


def test_report_is_forgotten_after_a_year_and_the_import_after_three(hr):
    address, batch = compared(hr, HEADERS + row("E1") + row("E2", day="31/02/2020"))
    assert batch.examples
    assert batch.problems
    ImportBatch.objects.update(counts={**batch.counts, "holders": [{"name": "Anne Morel"}]}, allowed_holders=["E1"])
    with clock.moved_to(clock.now() + datetime.timedelta(days=366)):
        retention.forget("hris.ImportBatch")
    batch.refresh_from_db()
    assert (batch.examples, batch.problems, batch.counts, batch.allowed_holders) == ([], [], {}, [])
    assert batch.file_name == "personnel.csv"
    assert hr.get(address).status_code == 200

    with clock.moved_to(clock.now() + datetime.timedelta(days=3 * 365 + 2)):
        retention.forget("hris.ImportBatch")
    assert not ImportBatch.objects.exists()


def test_import_taken_over_meanwhile_writes_nothing(hr, settings, monkeypatch):
    """A worker that was taken for dead, and was not, keeps nothing of what it wrote."""
    address, batch = compared(hr, HEADERS + row("E1"))
    write = background.write_file

    def overtaken(*arguments, **options):
        outcome = write(*arguments, **options)
        background.sweep_imports()  # nothing: its lease runs
        ImportBatch.objects.update(attempts=99)
        return outcome

    monkeypatch.setattr(background, "write_file", overtaken)
    hr.post(address, {"do": "apply"})

    assert not Person.objects.filter(employee_number="E1").exists()
    assert Path(batch.stored_path).exists()


def test_import_that_breaks_says_so_and_writes_nothing(hr, monkeypatch):
    address, batch = compared(hr, HEADERS + row("E1"))

    def broken(*arguments, **options):
        raise LookupError("canary")

    monkeypatch.setattr(background, "write_file", broken)
    hr.post(address, {"do": "apply"})

    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == ("previewed", "failed")
    monkeypatch.undo()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["compare", "apply"])
def test_f39_import_of_a_killed_worker_ends_as_interrupted_and_another_begins_within_two_minutes(hr, settings, step, tmp_path):
    address = send(hr, HEADERS + "".join(row(f"E{number}") for number in range(15_000))).url
    batch = ImportBatch.objects.get()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with worker(tmp_path) as first:
        hr.post(address, columns_of(batch))
        if step == "apply":
            until(ImportBatch.objects.filter(state="previewed").exists, within=120)
            hr.post(address, {"do": "apply"})
        until(ImportBatch.objects.moving().filter(attempts=1 if step == "compare" else 2).exists, within=STARTS_WITHIN)
        first.send_signal(signal.SIGKILL)
        first.wait()
    killed = time.monotonic()
    assert ImportBatch.objects.moving().exists()
    assert not Person.objects.filter(employee_number="E1").exists()

    until(background.sweep_imports, within=61)  # the clock calls it every minute

    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == ("previewed" if step == "apply" else "uploaded", "interrupted")
    assert time.monotonic() - killed <= 60
    page = hr.get(address)
    assert "nothing was written" in page.text or "rien n’a été écrit" in page.text
    with transaction.atomic():
        imports.throw_away(actor=Person.objects.get(pk=batch.uploaded_by_id), batch=batch)
    assert send(hr, HEADERS + row("E1")).status_code == 302


def test_f39_compare_that_nobody_took_up_ends_too(hr):
    ImportBatch.objects.create(file_name="x.csv", kind="full", state="uploaded", progress_total=100)
    ImportBatch.objects.create(file_name="y.csv", kind="full", state="running")  # from before there were leases
    ImportBatch.objects.create(file_name="z.csv", kind="full", state="running", leased_until=clock.now() + background.LEASE)

    run_job("end interrupted imports")

    found = ImportBatch.objects.order_by("file_name").values_list("state", "refusal")
    assert list(found) == [("uploaded", "interrupted"), ("previewed", "interrupted"), ("running", "")]


def test_upload_that_is_refused_leaves_nothing(hr, settings):
    hr.post("/imports/", {"file": SimpleUploadedFile("f.csv", b"\x00\x01"), "kind": "full"})

    assert on_disk(settings) == []


@pytest.mark.parametrize("what", ["gone", "scrambled"])
def test_file_that_opens_no_more_is_thrown_away_from_its_page(hr, settings, what):
    send(hr, HEADERS + row("E1"))
    batch = ImportBatch.objects.get()
    address = f"/imports/{batch.public_id}/"
    path = Path(batch.stored_path)
    if what == "gone":
        path.unlink()
    else:
        path.write_bytes(b"\x00\x01" * 40)

    page = hr.get(address)
    assert page.context["is_unreadable"]
    assert page.text.count('value="discard"') == 1
    assert 'value="compare"' not in page.text
    assert hr.post(address, {"do": "discard"}).status_code == 302

    batch.refresh_from_db()
    assert (batch.state, batch.stored_path, on_disk(settings)) == ("refused", "", [])
    assert 'value="discard"' not in hr.get(address).text
