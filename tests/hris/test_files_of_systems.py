"""Files as HR systems export them: read as they are given, with nothing to do but to confirm."""

import datetime
from pathlib import Path

import pytest

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Person, Unit
from rse.hris.files.aliases import ALIASES
from rse.hris.files.checking import check
from rse.hris.files.formats import open_table
from rse.hris.files.private import is_private_by_name, is_private_by_values
from rse.hris.files.proposal import propose
from rse.hris.services.application import apply, preview
from tests.hris.team import a_batch

FILES = Path(__file__).parent / "files"
DAY = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
# File: present, to come, gone, people without anybody above (None where the file names no superiors)
EXPECTED = {
    "bamboohr.csv": (64, 1, 5, 1),
    "bamboohr-us.csv": (64, 1, 5, 1),
    "successfactors.csv": (84, 0, 6, 1),
    "personio.xlsx": (75, 0, 5, 1),
    "silae.csv": (111, 1, 8, None),
    "odoo.csv": (60, 0, 0, 1),
}


@pytest.fixture(autouse=True)
def _december():
    with clock.moved_to(DAY):
        yield


def opened(name):
    table = open_table(FILES / name)
    return table, propose(table)


def states(company):
    today = DAY.date()
    left = sum(said.is_left for said in company.people.values())
    to_come = sum(not said.is_left and said.starts is not None and said.starts > today for said in company.people.values())
    return len(company.people) - left - to_come, to_come, left


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_understood_as_it_is(name):
    table, proposal = opened(name)

    company = check(table, proposal.mapping, is_full=True)

    *counts, tops = EXPECTED[name]
    assert states(company) == tuple(counts)
    assert company.problems.errors == 0
    if tops is not None:
        assert sum(not company.above(said.place) for said in company.people.values() if not said.is_left) == tops


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_written_and_changes_nothing_the_second_time(name):
    table, proposal = opened(name)
    present, to_come, _gone, _tops = EXPECTED[name]

    apply(table, proposal.mapping, is_full=True, batch_id=a_batch())
    again = preview(table, proposal.mapping, is_full=True)

    people = Person.objects.filter(employee_number__isnull=False)
    assert people.filter(state=PersonState.ACTIVE).count() == present
    assert people.filter(state=PersonState.EXPECTED).count() == to_come
    assert people.count() == present + to_come
    assert again.is_empty


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_of_homes_pay_or_accounts_is_kept(name):
    table, proposal = opened(name)
    private = [proposal.survey.columns[header] for header in (*proposal.private, *proposal.ambiguous)]
    taken = set(proposal.mapping.columns.values())
    assert not taken & {column.header for column in private}

    apply(table, proposal.mapping, is_full=True, batch_id=a_batch())

    kept = {str(value) for row in Person.objects.values_list() for value in row}
    shown = {value for column in private for value in column.values if len(value) > 9}
    assert not kept & shown
    assert set(Person.objects.values_list("private_email", flat=True)) == {""}


def test_private_columns_are_named():
    assert set(opened("silae.csv")[1].private) >= {
        "N° de sécurité sociale",
        "Date de naissance",
        "Adresse",
        "CP",
        "Salaire de base",
        "IBAN",
        "BIC",
    }
    assert opened("silae.csv")[1].ambiguous == ("Ville",)
    assert "Compensation: Pay rate" in opened("bamboohr.csv")[1].private


def test_what_is_asked_for_is_never_taken_for_private():
    assert {name for tier in ALIASES for names in tier.values() for name in names if is_private_by_name(name)} == set()


PRIVATE = """Brut mensuel|Net à payer|Grundgehalt|Bruttolohn|Steuer-ID|SV-Nummer|Krankenkasse|Schwerbehinderung|N° SS|Né(e) le|Date naiss.|
DATENAISSANCE|Geb.-Datum|Âge|Domicile|Numéro de compte|Tél. perso|Home phone|IBAN paie|Salaire par matricule|
E-mail de la personne à prévenir|Nom de naissance du conjoint"""


@pytest.mark.parametrize("header", PRIVATE.replace("\n", "").split("|"))
def test_private_columns_are_known_by_many_names(header):
    assert is_private_by_name(header)


@pytest.mark.parametrize("address", ["12 rue de la Paix\n75002 Paris", "12 Main Street\nLeeds", "Hauptstr. 12\n10115 Berlin"])
def test_addresses_of_homes_are_known_on_two_lines(address):
    assert is_private_by_values([address])


def test_the_order_of_days_is_found_in_the_column():
    company = check(*opened_with("bamboohr-us.csv"), is_full=True)

    assert company.people["1001"].starts == datetime.date(2014, 4, 20)
    assert {seen.order for seen in company.decisions.evidence.values()} == {"mdy"}


def opened_with(name):
    table, proposal = opened(name)
    return table, proposal.mapping


@pytest.mark.django_db
def test_codes_in_brackets_name_units_and_leave_sites_their_names():
    apply(*opened_with("successfactors.csv"), is_full=True, batch_id=a_batch())

    assert Unit.objects.get(code="LOG").name == "Logistique"
    assert set(Person.objects.values_list("site__name", flat=True)) >= {"Nantes", "Lyon"}
    assert not Person.objects.filter(site__name__contains="(").exists()


@pytest.mark.django_db
def test_ways_through_the_organisation_make_a_tree():
    apply(*opened_with("odoo.csv"), is_full=True, batch_id=a_batch())

    workshop = Unit.objects.get(name="Atelier 1 — Usinage")
    above = []
    while workshop.parent:
        workshop = workshop.parent
        above.append(workshop.name)
    assert above == ["Production", "Direction industrielle", "Direction générale"]
    assert set(Person.objects.values_list("hired_on", flat=True)) == {None}


@pytest.mark.django_db
def test_the_contract_in_force_wins_and_the_stay_begins_with_the_first():
    apply(*opened_with("silae.csv"), is_full=True, batch_id=a_batch())

    person = Person.objects.get(employee_number="01101")
    assert (person.last_name, person.hired_on, person.leaves_on) == ("Schneider", datetime.date(2016, 9, 29), None)
    assert Person.objects.get(employee_number="01001").last_name == "Brun"  # no name of use: that of birth


# A file whose headers say nothing: what its values propose all the same.
BY_VALUES = {
    "bamboohr.csv": {"employee_number", "first_name", "last_name", "email", "hired_on", "leaves_on", "manager_number", "status"},
    "odoo.csv": {"employee_number", "full_name", "email", "manager_number"},
    "successfactors.csv": {"employee_number", "first_name", "last_name", "email", "hired_on", "manager_number", "status"},
}


@pytest.mark.parametrize("name", BY_VALUES)
def test_values_alone_propose_number_names_addresses_days_and_superior(name, tmp_path):
    table, known = opened(name)
    path = tmp_path / "people.csv"
    lines = (FILES / name).read_text(encoding="utf-8-sig").split("\n")
    blank = ",".join(f"C{place}" for place in range(len(table.headers)))
    path.write_text("\n".join([blank, *lines[table.header_line :]]), encoding="utf-8")

    proposal = propose(open_table(path))

    meant = {header: f"C{place}" for place, header in enumerate(table.headers)}
    wanted = {column: meant[known.mapping.columns[column]] for column in BY_VALUES[name]}
    assert {column: proposal.mapping.columns.get(column) for column in wanted} == wanted
    assert proposal.by_values >= BY_VALUES[name]
