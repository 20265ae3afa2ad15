"""Who imports may not open the private fields of those they import: previews, reports and the command show the file, and nothing else."""

import datetime
import importlib
import json
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from rse.core.enums import PersonState, Role
from rse.core.models import Holding, JobFamily, Person, Position
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from rse.hris.models import ImportBatch
from tests.factories import PersonFactory, SiteFactory, UnitFactory
from tests.hris.test_import_screens import columns_of

pytestmark = pytest.mark.django_db
CANARY = "zqcanary"
YEAR = 1987
HEADERS = (
    "Matricule;Nom;Prénom;E-mail professionnel;Courriel personnel;Code service;Service;Site;Famille de métiers;Intitulé du poste;"
    "Matricule du responsable;Date d'entrée;Fin de période d'essai;Date de sortie;Langues parlées;Téléphone professionnel;Langue\n"
)
POSITIONS = "Matricule;Nom;Prénom;Code service;Service;Site;Intitulé du poste;Date d'entrée;Code poste;Poste du supérieur\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def company():
    """People whose every present value is a canary, in positions whose codes are canaries."""
    unit = UnitFactory(code=f"{CANARY}-unit", name=f"{CANARY} unit")
    family = JobFamily.objects.create(label=f"{CANARY} family")
    top = Position.objects.create(code=f"{CANARY}-top", title=CANARY, unit=unit)
    middle = Position.objects.create(code=f"{CANARY}-middle", title=CANARY, unit=unit, reports_to=top)
    for number, place in {"E1": middle, "E2": middle, "E3": top, f"{CANARY}-9": None}.items():
        person = PersonFactory(
            employee_number=number,
            first_name=f"{CANARY}-first",
            last_name=f"{CANARY}-last",
            email=f"{CANARY}-{number.lower()}@company.example",
            private_email=f"{CANARY}@home.example",
            title=f"{CANARY} title",
            unit=unit,
            site=SiteFactory(name=f"{CANARY} site"),
            family=family,
            hired_on=datetime.date(YEAR, 2, 3),
            trial_ends_on=datetime.date(YEAR, 4, 5),
            work_phone=f"{CANARY} 02",
            about=f"{CANARY} about",
        )
        own = Position.objects.create(code=f"{CANARY}-of-{number}", title=CANARY, unit=unit, reports_to=place)
        Holding.objects.create(position=own, person=person, starts_on=datetime.date(YEAR, 2, 3))
        if number == "E3":
            Holding.objects.create(position=middle, person=person, starts_on=datetime.date(YEAR, 2, 3), is_interim=True)
    Person.objects.filter(employee_number=f"{CANARY}-9").update(state=PersonState.EXPECTED)
    rebuild_reporting_lines()


def row(number, *, manager="", leaves="", mail=""):
    mail = mail or f"new-{number.lower()}@usine.example"
    return (
        f"{number};Neuf;Nova;{mail};nova@maison.example;FON;Fonderie;Nantes;Fonte;Fondeuse;{manager};06/01/2020;06/03/2020;{leaves};"
        "fr;02 40 00 00 00;fr\n"
    )


# Values that change everywhere, managers who move and who are known to the database alone, a departure, an address that is taken,
# namesakes, and a ring which closes through what only the database says.
FILES = {
    "values": HEADERS + row("E1", manager="E3") + row("E2", manager="E1"),
    "departure": HEADERS + row("E1", leaves="01/02/2021") + row("E2"),
    "taken address": HEADERS + row("E1", mail=f"{CANARY}-e3@company.example".upper().replace(CANARY.upper(), CANARY)),
    "namesakes": HEADERS + row("E1", manager=f"{CANARY}-first {CANARY}-last"),
    "ring": HEADERS + row("E3", manager="E1"),
    "same place": POSITIONS + f"E7;Neuf;Nova;FON;Fonderie;Nantes;Fondeuse;06/01/2020;{CANARY}-of-E1;\n",
    "place above": POSITIONS + "E1;Neuf;Nova;FON;Fonderie;Nantes;Fondeuse;06/01/2020;N-1;\n",
}


def without_the_file(text, file):
    """The text without the words that the file itself holds."""
    for word in sorted({cell for line in file.splitlines() for cell in line.split(";") if CANARY in cell}, key=len, reverse=True):
        text = text.replace(word.lower(), "").replace(word, "")
    return text


def assert_none(text, file):
    left = without_the_file(text, file)
    found = left.find(CANARY)
    assert found == -1, left[max(found - 200, 0) : found + 80]
    assert str(YEAR) not in left


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HR])
@pytest.mark.parametrize("kind", ["full", "delta"])
@pytest.mark.parametrize("name", FILES)
def test_l109_pages_and_rows_hold_no_present_value(signed_in, company, role, kind, name):
    reader, file = signed_in(PersonFactory(role=role)), FILES[name]
    address = reader.post("/imports/", {"file": SimpleUploadedFile("f.csv", file.encode("utf-8-sig")), "kind": kind}).url
    batch = ImportBatch.objects.get()
    for form in ({"skips_bad_rows": "on", **columns_of(batch)}, {"do": "apply", "allows_departures": "1"}):
        reader.post(address, form)
        batch.refresh_from_db()
        assert batch.counts["rows"] >= 1
        assert batch.examples or batch.problems
        kept = [one for one in batch.examples if "person" not in one]
        assert_none(json.dumps([kept, batch.problems, batch.refusal_params, batch.counts], ensure_ascii=False), file)
        page = reader.get(address).text
        # This reader may see who works here: the names of those who leave by not being in the file, and nothing else of them.
        assert_none(page.replace(f"{CANARY}-first {CANARY}-last", ""), file)
    assert all(set(one) == {"kind", "person"} for one in batch.examples if "person" in one)


@pytest.mark.parametrize("options", [("--dry-run",), ("--skip-bad-rows", "--allow-departures")])
@pytest.mark.parametrize("kind", ["--full", "--delta"])
@pytest.mark.parametrize("name", FILES)
def test_l109_command_prints_no_present_value(company, capsys, tmp_path, kind, options, name):
    path = tmp_path / "f.csv"
    path.write_text(FILES[name], encoding="utf-8")

    try:
        call_command("import_people", str(path), kind, *options, "--language", "en")
    except CommandError as refused:
        assert_none(str(refused), FILES[name])

    told = capsys.readouterr()
    assert told.out
    assert_none(told.out.replace(f"{CANARY}-first {CANARY}-last", "", 3) + told.err, FILES[name])


def test_l109_who_has_not_begun_is_unnamed_by_the_command(company, capsys, tmp_path):
    path = tmp_path / "f.csv"
    path.write_text(FILES["values"], encoding="utf-8")
    Person.objects.filter(employee_number=f"{CANARY}-9").update(first_name="Hidden", last_name="Newcomer")

    call_command("import_people", str(path), "--full", "--dry-run", "--language", "en")

    assert "Newcomer" not in (told := capsys.readouterr().out)
    assert "Absent from the file: somebody who is not in the file" in told


def test_l109_reports_of_before_lose_what_they_showed():
    examples = [
        {"kind": "moved", "number": "E1", "name": "Nova", "fields": [["title", CANARY, "Fondeuse"], ["manager", CANARY, CANARY]]},
        {"kind": "left", "number": CANARY, "name": CANARY, "fields": []},
    ]
    problems = [[3, "manager_number", "cycle", {"numbers": CANARY}], [4, "hired_on", "bad_date", {"value": "31/02"}]]
    batch = ImportBatch.objects.create(file_name="f.csv", kind="full", examples=examples, problems=problems)

    then = SimpleNamespace(get_model=lambda _app, _model: ImportBatch)
    importlib.import_module("rse.identity.migrations.0003_reports_show_the_file_only").forget_present_values(then, None)

    batch.refresh_from_db()
    assert CANARY not in json.dumps([batch.examples, batch.problems])
    assert batch.examples == [{"kind": "moved", "number": "E1", "name": "Nova", "fields": [["title", "Fondeuse"], ["manager", None]]}]
    assert batch.problems[1] == problems[1]
