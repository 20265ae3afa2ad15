"""Three years of monthly files of one company, with all that payroll does to numbers and rows, end with exactly the right people."""

import dataclasses
import datetime
import random

import pytest

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Holding, Person, ReportingLine
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.models import UnlistedPerson
from rse.hris.services import unlisted
from rse.hris.services.application import preview
from rse.hris.services.imports import import_from_server
from tests.factories import PersonFactory
from tests.hris.companies import FIRST, written

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONTHS, AT_FIRST, MERGER, ZEROS_LOST = 36, 40, 18, (9, 10)
UNITS = ("ATELIER", "LOGISTIQUE", "BUREAUX", "QUALITE")
TITLES = ("Régleur", "Cariste", "Comptable", "Contrôleuse")
COLUMNS = (
    *("employee_number", "first_name", "last_name", "email", "unit", "unit_name", "site", "site_time_zone"),
    *("position_title", "manager_number", "hired_on", "leaves_on"),
)


@dataclasses.dataclass(eq=False)
class Human:
    """Somebody of flesh and blood, whom payroll calls by changing numbers."""

    number: str
    first: str
    last: str
    email: str
    unit: str
    title: str
    manager: "Human | None"
    hired_on: datetime.date
    leaves_on: datetime.date | None = None
    pk: int = 0

    def row(self, number):
        above = self.manager
        return {
            "employee_number": number(self.number),
            "first_name": self.first,
            "last_name": self.last,
            "email": self.email,
            "unit": self.unit,
            "unit_name": self.unit.title(),
            "site": "Nantes",
            "site_time_zone": "Europe/Paris",
            "position_title": self.title,
            "manager_number": number(above.number) if above else "",
            "hired_on": self.hired_on,
            "leaves_on": self.leaves_on or "",
        }


class Company:
    """What is true of the company, month after month: who works there, who came back, and what payroll did to their numbers."""

    def __init__(self, today):
        self.chance, self.numbered, self.ever, self.gone = random.Random(12), 0, [], []
        self.here, self.silent, self.forgotten = [], set(), set()
        self.number = str
        top = self.hire(today - datetime.timedelta(days=5000))
        self.leads = [self.hire(today - datetime.timedelta(days=4000), unit=unit, manager=top) for unit in UNITS]
        for _ in range(AT_FIRST - len(self.here)):
            self.hire(today - datetime.timedelta(days=self.chance.randrange(40, 3000)))

    def new_number(self):
        self.numbered += 1
        return f"{self.numbered:06}"

    def hire(self, day, **said):
        place = self.chance.randrange(len(UNITS))
        serial = len(self.ever)
        human = Human(
            number=self.new_number(),
            first=self.chance.choice(FIRST),
            last=f"{'Martin Petit Roux Faure Noël'.split()[serial % 5]}-{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[serial // 5]}olin",
            email=f"p{serial}@exemple.fr" if serial % 3 == 0 else "",
            **{"unit": UNITS[place], "manager": None, **said},
            title=self.chance.choice(TITLES),
            hired_on=day,
        )
        if human.manager is None and self.here:
            human.manager = next(lead for lead in self.leads if lead.unit == human.unit)
        self.ever.append(human)
        self.here.append(human)
        return human

    def workers(self):
        return [one for one in self.here if one.pk and one.leaves_on is None and one.manager and one not in self.leads]

    def live(self, month, today):
        """Let a month pass."""
        self.here = [one for one in self.here if one.leaves_on is None]  # payroll forgets them a month after they left
        self.forgotten = set()
        self.people_come_and_go(month, today)
        self.facts_change(month)
        self.payroll_renumbers(month)

    def people_come_and_go(self, month, today):
        worker = self.chance.choice
        for _ in range(self.chance.randrange(1, 3)):
            self.hire(today - datetime.timedelta(days=self.chance.randrange(0, 25)))
        one = worker(self.workers())
        one.leaves_on = today - datetime.timedelta(days=self.chance.randrange(1, 20))
        self.gone.append((month, one))
        if month % 2:  # nobody wrote it into the software, the row is simply gone
            self.here.remove(one)
            self.silent = {one} if month % 4 == 1 else set()
        if month % 3 == 0:
            self.forgotten = {worker(self.workers())}
        if month % 7 == 0:
            _month, back = self.gone.pop(0)
            back.leaves_on, back.hired_on, back.number = None, today - datetime.timedelta(days=3), self.new_number()
            back.manager = next(lead for lead in self.leads if lead.unit == back.unit)
            if back not in self.here:
                self.here.append(back)

    def facts_change(self, month):
        worker = self.chance.choice
        if month % 5 == 0:
            moved = worker(self.workers())
            moved.unit = worker(UNITS)
            moved.manager, moved.title = next(lead for lead in self.leads if lead.unit == moved.unit), worker(TITLES)
        if month % 6 == 1:
            worker(self.workers()).last += "-Morel"  # a marriage

    def payroll_renumbers(self, month):
        if month % 4 == 0:
            self.chance.choice(self.workers()).number = self.new_number()
        if month == MERGER:
            for one in self.here:
                one.number = f"X{one.number}"
        self.number = (lambda number: number.lstrip("0")) if month in ZEROS_LOST else str

    def rows(self):
        return [one.row(self.number) for one in self.here if one not in self.forgotten]


@pytest.fixture
def send(tmp_path):
    """Writes a file and imports it as a person of HR does who knows everybody: each question has the true answer."""

    def run(company, month):
        path = tmp_path / f"personnel_{month:02}.csv"
        path.write_text(written(company.rows(), headers={name: name for name in COLUMNS}), encoding="utf-8")
        table = open_table(path)
        mapping = ColumnMapping.guess(table.headers)
        asked = preview(table, mapping, is_full=True)
        by_pk = {one.pk: one for one in company.ever if one.pk}
        same = {}
        for problem in asked.problems.in_order():
            assert problem.code == "same_person", (month, problem)
            meant = by_pk[problem.params["person"]]
            same[problem.params["number"]] = str(meant.pk) if company.number(meant.number) == problem.params["number"] else "-"
        answered = dataclasses.replace(mapping, same=same)
        import_from_server(table=table, mapping=answered, file_name=path.name, is_full=True, allows_departures=True)
        return len(same)

    return run


def present():
    return Person.objects.exclude(state=PersonState.LEFT).exclude(employee_number=None)


def test_three_years_of_monthly_files_end_with_exactly_the_right_people(send):
    start = datetime.datetime(2023, 12, 1, 12, tzinfo=datetime.UTC)
    with clock.moved_to(start):
        hr = PersonFactory(role=Role.HR, employee_number=None)
    company, questions = Company(start.date()), 0
    for month in range(MONTHS):
        noon = start.replace(year=2023 + (11 + month) // 12, month=(11 + month) % 12 + 1)
        with clock.moved_to(noon):
            if month:
                company.live(month, noon.date())
            questions += send(company, month)
            for one in company.ever:
                if not one.pk:
                    one.pk = Person.objects.get(employee_number=company.number(one.number)).pk
            for row in UnlistedPerson.objects.waiting().select_related("person"):
                human = next(one for one in company.ever if one.pk == row.person_id)
                if human in company.forgotten and month % 2:
                    unlisted.say_still_here(actor=hr, people=[row.person])
                elif human in company.here and human in company.forgotten:
                    pass  # nobody answers in time for somebody who works here
                elif human.leaves_on and human not in company.silent:
                    unlisted.say_left(actor=hr, people=[row.person], last_day=human.leaves_on)
        for day in (4, 8, 12, 26):
            with clock.moved_to(noon + datetime.timedelta(days=day)):
                unlisted.settle()
        expected = {company.number(one.number): one.pk for one in company.here if not one.leaves_on and one not in company.forgotten}
        found = dict(present().values_list("employee_number", "pk"))
        missed = {number: pk for number, pk in found.items() if expected.get(number) != pk}
        assert expected.items() <= found.items(), (month, expected.items() - found.items())
        assert {one.pk for one in company.ever if one in company.forgotten} >= set(missed.values()), (month, missed)

    with clock.moved_to(noon + datetime.timedelta(days=27)):
        send(company, MONTHS)
    assert Person.objects.exclude(employee_number=None).count() == len(company.ever)
    here = {one.pk: one for one in company.here if not one.leaves_on and one not in company.forgotten}
    names = present().values_list("pk", "first_name", "last_name", "unit__code")
    assert {pk: (first, last, unit) for pk, first, last, unit in names} == {pk: (one.first, one.last, one.unit) for pk, one in here.items()}
    lines = dict(ReportingLine.objects.filter(depth=1).values_list("person", "manager"))
    assert lines == {pk: one.manager.pk for pk, one in here.items() if one.manager}
    held = Holding.objects.filter(ends_on=None, is_interim=False).values_list("person", "position__title")
    assert sorted(held) == sorted((pk, one.title) for pk, one in here.items())
    assert questions > AT_FIRST * 2
