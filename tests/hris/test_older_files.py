"""A file that is older than the last one is refused unless somebody insists, and every run is on record, refused ones too."""

import datetime
import hashlib
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from rse.core import clock
from rse.core.enums import Role
from rse.hris.files.file_days import day_of
from rse.hris.models import ImportBatch
from tests.factories import PersonFactory
from tests.hris.companies import people, written
from tests.hris.packages import xlsx
from tests.hris.team import NOON, OURS, TEAM
from tests.hris.test_import_screens import HEADERS, columns_of, row, send

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "above", "day"),
    [
        ("personnel_2026-11-14.csv", (), "2026-11-14"),
        ("EXPORT_20261114_0815.csv", (), "2026-11-14"),
        ("Effectif 14.11.2026.xlsx", (), "2026-11-14"),
        ("effectif-14-11-2026.xlsx", (), "2026-11-14"),
        ("Personnel octobre 2026.xlsx", (), "2026-10-31"),
        ("Mitarbeiter_März_2026.ods", (), "2026-03-31"),
        ("headcount-2026-10.csv", (), "2026-10-31"),
        ("headcount_102026.csv", (), "2026-10-31"),
        ("people.csv", ("Édité le 14/11/2026 à 09:12",), "2026-11-14"),
        ("people 2026-10-01.csv", ("Situation au 1er novembre 2026",), "2026-11-01"),
        ("people.csv", ("Stand: 14.11.2026",), "2026-11-14"),
        ("people.csv", ("As of 14 November 2026", "Page 1"), "2026-11-14"),
        ("novembre 2026.csv", (), "2026-11-16"),  # which goes on
        ("people.csv", (), None),
        ("20991231.csv", (), None),  # a day to come
        ("site 44 2003-01-01.csv", (), None),  # the day of a template
        ("0612345678.csv", (), None),
        ("contrats 20261399.csv", (), None),
    ],
)
def test_day_of_a_file_is_what_it_says(name, above, day):
    with clock.moved_to(NOON):
        found = day_of(above=above, name=name)
    assert (found and found.isoformat()) == day


def test_day_of_a_spreadsheet_is_in_its_properties(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(xlsx(["Matricule"], ["1"]))  # which says when it was made: now, of the machine
    with clock.moved_to(datetime.datetime.now(datetime.UTC)):
        assert day_of(name="people.xlsx", path=path) == datetime.datetime.now(datetime.UTC).date()
    path.write_bytes(b"PK\x03\x04 broken")
    assert day_of(name="people.xlsx", path=path) is None


@pytest.fixture
def hr(signed_in, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return signed_in(PersonFactory(role=Role.HR))


def through(hr, text, name, **yes):
    """Send a file, compare it and say yes; return what became of it."""
    public_id = send(hr, text, name=name).url.split("/")[-2]
    batch = ImportBatch.objects.get(public_id=public_id)
    hr.post(f"/imports/{public_id}/", columns_of(batch) | yes)
    hr.post(f"/imports/{public_id}/", {"do": "apply"})
    batch.refresh_from_db()
    return batch


def test_older_file_waits_for_somebody_who_insists(hr):
    day, earlier = clock.today() - DAY, clock.today() - 30 * DAY
    assert through(hr, HEADERS + row("E1"), f"personnel-{day}.csv").state == "applied"
    old = through(hr, HEADERS + row("E1", title="Fondeur"), f"personnel-{earlier}.csv")
    assert (old.state, old.refusal) == ("uploaded", "older_file")
    page = hr.get(f"/imports/{old.public_id}/").text
    assert f"This file is of {earlier:%m/%d/%Y}, and one of {day:%m/%d/%Y} was written already" in page
    assert 'name="allows_older"' in page

    hr.post(f"/imports/{old.public_id}/", columns_of(old) | {"allows_older": "on"})
    hr.post(f"/imports/{old.public_id}/", {"do": "apply"})
    old.refresh_from_db()
    assert old.state == "applied"


def test_file_that_was_written_before_another_is_older_whatever_its_name(hr):
    first, second = HEADERS + row("E1"), HEADERS + row("E1", title="Cheffe")
    through(hr, first, "a.csv")
    through(hr, second, "b.csv")
    again = through(hr, first, "c.csv")
    assert (again.state, again.refusal) == ("uploaded", "sent_before")


def test_same_file_again_is_not_older_than_itself(hr):
    text = HEADERS + row("E1")
    through(hr, text, "personnel-2026-11-10.csv")
    assert through(hr, text, "personnel-2026-11-10.csv").refusal == ""


def test_what_cannot_be_read_is_on_record_without_its_content(hr):
    content = b"%PDF-1.7 nothing of this is kept"
    hr.post("/imports/", {"file": SimpleUploadedFile("personnel.pdf", content), "kind": "full"})

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.refusal, batch.file_name, batch.stored_path) == ("refused", "pdf", "personnel.pdf", "")
    assert batch.digest == hashlib.sha256(content).hexdigest()
    assert "This is a PDF document" in hr.get(f"/imports/{batch.public_id}/").text


def test_command_refuses_an_older_file_and_records_it(tmp_path, capsys):
    new, old = tmp_path / "2026-11.csv", tmp_path / "2026-10.csv"
    rows = list(people(3))
    new.write_text(written(rows), encoding="utf-8")
    rows[1]["position_title"] = "Cheffe"
    old.write_text(written(rows), encoding="utf-8")
    with clock.moved_to(NOON):
        call_command("import_people", str(new), "--full", "--language", "en")
        call_command("import_people", str(old), "--full", "--dry-run", "--language", "en")
        assert "Nothing would be written without --older." in capsys.readouterr().out
        with pytest.raises(CommandError, match="one of 11/16/2026 was written already"):
            call_command("import_people", str(old), "--full", "--language", "en")
        assert list(ImportBatch.objects.order_by("pk").values_list("state", "refusal")) == [("applied", ""), ("refused", "older_file")]

        call_command("import_people", str(old), "--full", "--older", "--language", "en")
    assert ImportBatch.objects.filter(state="applied").count() == 2


def test_file_without_a_day_is_of_the_day_it_was_written(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(written(TEAM, headers=OURS), encoding="utf-8")
    moment = (NOON - 3 * DAY).timestamp()
    os.utime(path, (moment, moment))
    with clock.moved_to(NOON):
        call_command("import_people", str(path), "--full")
    assert ImportBatch.objects.get().dated_on == (NOON - 3 * DAY).date()
