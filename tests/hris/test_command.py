import pytest
from django.core.management import CommandError, call_command

from rse.core.models import Person
from rse.hris.files.columns import COLUMNS
from rse.hris.models import ImportBatch, ImportMapping
from tests.hris.companies import HEADERS, people, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(rows, headers=HEADERS):
        path = tmp_path / "Personnel.csv"
        path.write_text(written(rows, headers=headers), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def run(capsys):
    """Runs the command and gives the lines of its report."""

    def call(*arguments):
        call_command("import_people", *arguments, "--language", "en")
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out.splitlines()

    return call


@pytest.fixture
def company():
    return list(people(30))


def test_command_imports_and_reports(file, run, company):
    lines = run(file(company), "--full")

    assert "“Matricule”: Employee number" in lines
    assert "Not read: Courriel personnel." in lines
    first = lines.index("Added: 30")
    assert lines[first + 1 : first + 6] == ["Changed: 0", "Moved: 0", "Left: 0", "Back: 0", "Absent from the file: 0"]
    assert "New positions: 30" in lines
    batch = ImportBatch.objects.get()
    assert (batch.file_name, batch.kind, batch.state, batch.counts["added"]) == ("Personnel.csv", "full", "applied", 30)
    assert len(batch.examples) == 30
    assert not ImportMapping.objects.exists()


def test_command_again_writes_nothing(file, run, company):
    path = file(company)
    run(path, "--full")

    assert run(path, "--full")[-1] == "Nothing was written: the file says what is known already."
    assert ImportBatch.objects.count() == 1


def test_dry_run_shows_changes_and_what_would_refuse_them(file, run, company):
    run(file(company), "--full")
    company[3]["position_title"], company[4]["hired_on"] = "Cheffe", "31/02/2020"

    lines = run(file(company[:20]), "--full", "--dry-run")

    assert (
        lines[lines.index("Not read: Courriel personnel.") + 4]
        == "Line 6, column “Date d’entrée”: “31/02/2020” is no date that exists. Dates are written 31/12/2025 or 2025-12-31."
    )
    assert f"Changed: E000003 {company[3]['first_name']} {company[3]['last_name']} (Job title: " in "\n".join(lines)
    assert lines[-3:] == [
        "1 row has errors: nothing would be written without --skip-bad-rows.",
        "10 of 30 people would leave: nothing would be written without --allow-departures.",
        "Nothing was written.",
    ]
    assert Person.objects.present().count() == 30


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--skip-bad-rows", "Nothing was written: 10 of 30 people would leave, more than one in ten."),
        ("--allow-departures", "Nothing was written: 1 row has errors."),
    ],
)
def test_command_refuses_and_says_what_to_do(file, run, company, option, sentence):
    run(file(company), "--full")
    company[4]["hired_on"] = "31/02/2020"

    with pytest.raises(CommandError) as refused:
        run(file(company[:20]), "--full", option)

    assert str(refused.value) == sentence
    assert list(ImportBatch.objects.order_by("pk").values_list("state", flat=True)) == ["applied", "refused"]


def test_columns_are_given_by_hand_and_remembered(file, run, company):
    odd = HEADERS | {"unit": "Colonne A", "position_title": "Colonne B"}
    path = file(company, odd)
    with pytest.raises(CommandError, match=r"No column of the file is: Job title\."):
        run(path, "--full")

    run(path, "--full", "--map", "unit=Colonne A", "--map", "position_title=Colonne B", "--map", "languages=")

    assert ImportMapping.objects.get().columns == {
        name: odd[name] for name in COLUMNS if name in odd and name not in {"languages", "private_email"}
    }
    assert Person.objects.filter(languages=[]).count() == 30
    assert "Unchanged: 30" in run(path, "--full")


@pytest.mark.parametrize("said", ["unit", "salary=Salaire"])
def test_a_column_that_does_not_exist_is_refused(file, run, company, said):
    with pytest.raises(CommandError, match="write COLUMN=HEADER"):
        run(file(company), "--full", "--map", said)


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "nothing.csv"), "--full")


def test_the_kind_of_file_must_be_said(run, file, company):
    with pytest.raises(CommandError, match="--full"):
        run(file(company))
