"""A file that lies in the folder that is watched is written by itself where it asks nothing and changes little; else it waits."""

import datetime
import os

import pytest

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import Person
from rse.hris.files import storage
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.models import ImportBatch, ImportMapping, UnlistedPerson
from rse.hris.services import folder
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.hris.companies import written
from tests.hris.team import OURS, TEAM, with_

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hr():
    return PersonFactory(role=Role.HR, employee_number=None)


@pytest.fixture
def lay(settings, tmp_path):
    """Lays files into the folder, complete for two minutes, and looks into it."""
    settings.DATA_DIR, settings.IMPORT_DIR = tmp_path / "data", tmp_path / "drop"
    settings.IMPORT_DIR.mkdir()

    def run(name, content, *, age=120.0):
        path = settings.IMPORT_DIR / name
        path.write_bytes(content if isinstance(content, bytes) else written(content, headers=OURS).encode())
        moment = clock.now().timestamp() - age
        os.utime(path, (moment, moment))
        folder.look_into_folder()
        return ImportBatch.objects.order_by("-pk").first()

    return run


@pytest.fixture
def company(lay, settings):
    """People who are here, and a profile of their file."""
    path = settings.DATA_DIR.parent / "first.csv"
    path.write_text(written(TEAM, headers=OURS), encoding="utf-8")
    table = open_table(path)
    storage.remember(table, ColumnMapping.guess(table.headers), "full")
    batch = lay("first.csv", TEAM)
    assert batch.state == "previewed"  # everybody is new: that is for a person to say
    folder.write_now(batch)
    deliveries.drain()
    assert Person.objects.present().count() >= len(TEAM)


def left_in(settings):
    return sorted(path.name for path in settings.IMPORT_DIR.iterdir())


def test_file_that_asks_nothing_and_changes_little_is_written_by_itself(company, lay, hr, settings):
    batch = lay("next.csv", with_(TEAM, "E2", position_title="Cheffe"))

    assert (batch.state, batch.is_from_folder, batch.uploaded_by, batch.profile.kind) == ("applied", True, None, "full")
    assert Person.objects.get(employee_number="E2").title == "Cheffe"
    assert left_in(settings) == []
    assert not list((settings.DATA_DIR / "imports").iterdir())
    deliveries.drain()
    assert not Notification.objects.filter(recipient=hr).exists()


def test_absent_people_alone_do_not_hold_a_file_back(company, lay, hr):
    batch = lay("next.csv", TEAM[:-1])
    assert batch.state == "applied"
    assert UnlistedPerson.objects.waiting().get().person.employee_number == "E23"


@pytest.mark.parametrize(
    "rows",
    [
        [{**row, "position_title": "Autre"} for row in TEAM],  # everybody changes
        TEAM[:-4],  # too many are absent
        with_(TEAM, "E2", hired_on="31/02/2020"),  # a line with an error
        with_(TEAM, "E2", employee_number="N2"),  # somebody known under another number
    ],
)
def test_file_that_asks_or_changes_much_waits_and_hr_is_told(company, lay, hr, rows):
    before = list(Person.objects.order_by("pk").values())

    batch = lay("next.csv", rows)

    assert batch.state in {"previewed", "uploaded"}
    assert list(Person.objects.order_by("pk").values()) == before
    deliveries.drain()
    assert Notification.objects.filter(recipient=hr, kind="import_batch", row_id=batch.pk).count() == 1


def test_file_without_a_profile_waits_for_its_columns(lay, hr):
    batch = lay("other.csv", "Numéro;Nom;Prénom;Service;Poste\n1;Morel;Anne;Atelier;Fondeuse\n".encode())
    assert (batch.state, batch.profile) == ("uploaded", None)
    deliveries.drain()
    assert Notification.objects.filter(recipient=hr).count() == 1


def test_refused_file_stops_no_other_and_is_on_record(company, lay, hr, settings):
    (settings.IMPORT_DIR / "a.pdf").write_bytes(b"%PDF-1.7")
    os.utime(settings.IMPORT_DIR / "a.pdf", (1.0e9, 1.0e9))

    batch = lay("b.csv", with_(TEAM, "E3", position_title="Cheffe"))

    assert batch.state == "applied"
    refused = ImportBatch.objects.get(file_name="a.pdf")
    assert (refused.state, refused.refusal) == ("refused", "pdf")
    assert left_in(settings) == []
    deliveries.drain()
    assert Notification.objects.filter(recipient=hr, row_id=refused.pk).count() == 1


def test_older_file_is_not_written_by_itself(company, lay, hr):
    assert lay(f"people-{clock.today()}.csv", with_(TEAM, "E3", position_title="Cheffe")).state == "applied"
    old = lay(f"people-{clock.today() - datetime.timedelta(days=30)}.csv", with_(TEAM, "E4", position_title="Apprentie"))
    assert (old.state, old.refusal) == ("uploaded", "older_file")
    first_again = lay("again.csv", TEAM)
    assert (first_again.state, first_again.refusal) == ("uploaded", "sent_before")
    assert Person.objects.get(employee_number="E3").title == "Cheffe"


def test_file_that_is_still_being_written_is_left_alone(company, lay, settings):
    assert lay("next.csv", with_(TEAM, "E2", position_title="Cheffe"), age=5).file_name == "first.csv"
    assert left_in(settings) == ["next.csv"]


def test_links_folders_and_hidden_files_are_left_alone(lay, settings, tmp_path):
    (settings.IMPORT_DIR / "sub").mkdir()
    (settings.IMPORT_DIR / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    (tmp_path / "elsewhere.csv").write_text("Matricule\n1\n", encoding="utf-8")
    lay(".part.csv", TEAM)
    assert not ImportBatch.objects.exists()


def test_file_that_cannot_be_taken_away_is_written_once(company, lay, settings, monkeypatch):
    rows = with_(TEAM, "E2", position_title="Cheffe")
    monkeypatch.setattr("pathlib.Path.unlink", _but_not_from(settings.IMPORT_DIR))
    lay("next.csv", rows)
    folder.look_into_folder()
    assert ImportBatch.objects.filter(file_name="next.csv").count() == 1


def _but_not_from(place):
    from pathlib import Path

    unlink = Path.unlink

    def refuse(path, missing_ok=False):
        if path.parent == place:
            raise PermissionError(path)
        unlink(path, missing_ok=missing_ok)

    return refuse


def test_profile_is_named_edited_and_forgotten_on_its_page(signed_in, hr, lay):
    profile = ImportMapping.objects.create(signature="s", headers=["N°", "Nom"], columns={"employee_number": "N°"}, kind="full")
    browser, address = signed_in(hr), f"/imports/profiles/{profile.public_id}/"
    assert "N°" in browser.get(address).text

    form = {
        "do": "save",
        "its_name": " Paie  de Lyon ",
        "kind": "delta",
        "version": "1",
        "column-0": "employee_number",
        "column-1": "last_name",
    }
    assert browser.post(address, form | {"its_name": ""}).status_code == 422
    assert browser.post(address, form).status_code == 302
    profile.refresh_from_db()
    assert (profile.name, profile.kind, profile.version) == ("Paie de Lyon", "delta", 2)
    assert {name: said for name, said in profile.columns.items() if said} == {"employee_number": "N°", "last_name": "Nom"}
    assert "Paie de Lyon" in browser.get("/imports/").text
    assert browser.post(address, form).status_code == 409

    ImportMapping.objects.create(signature="t", name="Autre", kind="full")
    assert "Another profile has this name." in browser.post(address, form | {"its_name": "autre", "version": "2"}).text
    assert browser.post(address, {"do": "forget"}).status_code == 302
    assert not ImportMapping.objects.filter(pk=profile.pk).exists()
