import pytest
from django.utils import translation

from rse.hris.files.aliases import ALIASES
from rse.hris.files.columns import COLUMNS, REQUIRED, ColumnMapping, folded, signature
from rse.hris.files.problems import FileRefused
from tests.hris.companies import HEADERS

pytestmark = pytest.mark.once


def test_our_own_names_are_recognised():
    assert ColumnMapping.guess(list(COLUMNS)).columns == {name: name for name in COLUMNS}


@pytest.mark.parametrize(
    "expected",
    [
        HEADERS,
        {
            "employee_number": "N° employé",
            "first_name": "PRÉNOM",
            "last_name": "Nom",
            "email": "Courriel",
            "unit": "Service",
            "site": "Établissement",
            "position_title": "Emploi",
            "manager_number": "Responsable",
            "hired_on": "Date d'embauche",
        },
        {
            "employee_number": "Matricule",
            "last_name": "Nom",
            "first_name": "Prénom",
            "unit": "Code service",
            "unit_name": "Service",
            "position": "Code poste",
            "position_title": "Poste",
            "manager_number": "N+1",
            "hired_on": "Entrée",
            "leaves_on": "Sortie",
        },
        {
            "employee_number": "Employee ID",
            "first_name": "Given name",
            "last_name": "Surname",
            "email": "Work Email",
            "unit": "Department code",
            "unit_name": "Department",
            "site": "Location",
            "job_family": "Job family",
            "position_title": "Job Title",
            "manager_position": "Supervisor position",
            "manager_number": "Line manager",
            "hired_on": "Hire date",
            "trial_ends_on": "Probation end date",
            "leaves_on": "Termination date",
            "work_phone": "Phone",
            "language": "Preferred language",
        },
    ],
)
def test_headers_of_hr_software_are_recognised(expected):
    assert ColumnMapping.guess([*expected.values(), "Sexe", "Salaire"]).columns == expected


def test_a_title_is_not_taken_for_a_code_and_a_usual_name_wins_over_a_birth_name():
    guessed = ColumnMapping.guess(["Nom de naissance", "Nom", "Poste"])

    assert guessed.columns == {"last_name": "Nom", "birth_name": "Nom de naissance", "position_title": "Poste"}


def test_every_alias_is_folded_and_belongs_to_a_column():
    for tier in ALIASES:
        assert set(tier) <= set(COLUMNS)
        for names in tier.values():
            assert [name for name in names if folded(name) != name] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_precise_aliases_name_one_column_only(column):
    others = {name for other, names in ALIASES[0].items() if other != column for name in names}

    assert others.isdisjoint(ALIASES[0][column])


def test_mapping_is_remembered_as_json_and_overridden():
    mapping = ColumnMapping.from_json(ColumnMapping(HEADERS).as_json())
    assert mapping == ColumnMapping({name: HEADERS[name] for name in COLUMNS if name in HEADERS})

    other = mapping.with_(unit="Service parent", parent_unit="")
    assert other.columns["unit"] == "Service parent"
    assert not other.says("parent_unit")
    assert ColumnMapping.from_json({"salary": "Salaire", "unit": "S"}).columns == {"unit": "S"}
    with pytest.raises(ValueError, match="salary"):
        mapping.with_(salary="Salaire")


def test_signature_is_of_the_headers_whatever_their_order_case_and_accents():
    assert signature(["Prénom", "Nom"]) == signature(["NOM", "prenom"])
    assert signature(["Prénom", "Nom"]) != signature(["Prénom", "Nom", "Site"])


@translation.override("en")
def test_missing_columns_are_named():
    with pytest.raises(FileRefused) as refused:
        ColumnMapping({name: name for name in REQUIRED if name != "unit"}).places(list(COLUMNS))

    assert refused.value.code == "missing_columns"
    assert refused.value.sentence() == "No column of the file is: Unit (code, name or path), Last name."


@pytest.mark.parametrize(
    ("columns", "code"),
    [({"email": "Elsewhere"}, "unknown_headers"), ({"email": "unit"}, "header_used_twice")],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused(columns, code):
    with pytest.raises(FileRefused) as refused:
        ColumnMapping({name: name for name in (*REQUIRED, "last_name")} | columns).places(list(COLUMNS))

    assert refused.value.code == code
