"""Whatever system exports the company, the same company comes out."""

import datetime

import pytest

from rse.core import clock
from rse.hris.files.checking import check
from rse.hris.files.formats import open_table
from rse.hris.files.proposal import propose
from tests.hris.systems import LAYOUTS, UNITS, export, people

pytestmark = pytest.mark.once
NEVER = ("naissance", "birth", "geburt", "salaire", "pay", "ssn", "bank", "security", "ss", "plz", "straße", "address", "geschlecht")


@pytest.mark.parametrize("system", LAYOUTS)
def test_the_company_is_the_same_whatever_exports_it(tmp_path, system):
    said = export(tmp_path / "people.csv", system)
    table = open_table(tmp_path / "people.csv")
    proposal = propose(table)
    with clock.moved_to(datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)):
        company = check(table, proposal.mapping, is_full=True)

    assert [problem.code for problem in company.problems.kept] == []
    assert len(company.people) == len(people())
    assert sum(one.is_left for one in company.people.values()) == said.get("gone", 4)
    assert {unit.name for unit in company.units.values()} == set(UNITS)
    bosses = {one.number: one.boss.number if one.boss else None for one in people()}
    places = {int("".join(filter(str.isdigit, number))): one for number, one in company.people.items()}
    numbers = {one.place: number for number, one in places.items()}
    found = {number: numbers.get(company.above(one.place)) for number, one in places.items() if not one.is_left}
    assert found == {number: bosses[number] for number in found}
    if said.get("has_days", True):
        assert {number: one.starts for number, one in places.items()} == {one.number: one.hired for one in people()}


@pytest.mark.parametrize("system", LAYOUTS)
def test_nothing_of_homes_pay_and_births_is_proposed(tmp_path, system):
    export(tmp_path / "people.csv", system)
    proposal = propose(open_table(tmp_path / "people.csv"))

    private = {header for header in proposal.survey.columns if set(header.lower().replace("(", " ").replace(")", " ").split()) & set(NEVER)}
    private -= {"Nom de naissance", "Adresse e-mail", "Email Address [Required]", "Payroll Name"}
    assert private <= {*proposal.private, *proposal.ambiguous}
    assert not private & set(proposal.mapping.columns.values())
