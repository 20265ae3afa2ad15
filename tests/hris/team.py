"""A small company to import, and what an import leaves of it, by codes."""

import datetime
from collections import Counter

from rse.core.models import Holding, JobFamily, Person, Position, RecordedEvent, ReportingLine, Site, Unit, UnitClosure
from rse.hris.files.columns import COLUMNS
from rse.hris.models import ImportBatch
from tests.hris.companies import TODAY

NOON = datetime.datetime.combine(TODAY, datetime.time(12), tzinfo=datetime.UTC)
OURS = {name: name for name in COLUMNS}
NOBODY = {"position": "P-0", "position_title": "Directeur", "unit": "S1"}


def person(number="E2", **said):
    row = {
        "employee_number": number,
        "first_name": "Léa",
        "last_name": f"Martin {number}",
        "email": f"{number.lower()}@exemple.fr",
        "unit": "S1",
        "unit_name": "Siège",
        "site": "Nantes",
        "site_time_zone": "Europe/Paris",
        "job_family": "Finances",
        "position": f"P-{number}",
        "position_title": "Comptable",
        "manager_number": "" if number == "E1" else "E1",
        "hired_on": "06/01/2020",
    }
    return row | said


BOSS = person("E1")
TEAM = [BOSS, *(person(f"E{number}") for number in range(2, 24))]


def changed(outcome):
    return {name: count for name, count in outcome.counts.items() if count}


def with_(rows, number, **said):
    return [row | said if row["employee_number"] == number else row for row in rows]


def state():
    """Everything an import writes, by codes."""
    return {
        "units": sorted(Unit.objects.values_list("code", "name", "parent__code")),
        "closure": sorted(UnitClosure.objects.values_list("unit__code", "ancestor__code", "depth")),
        "people": sorted(Person.objects.values_list("employee_number", "state", "title", "unit__code", "email", "hired_on"), key=repr),
        "positions": sorted(Position.objects.values_list("code", "title", "unit__code", "reports_to__code", "is_shared"), key=repr),
        "holdings": sorted(
            Holding.objects.values_list("person__employee_number", "position__code", "starts_on", "ends_on", "is_interim", "seat"), key=repr
        ),
        "lines": sorted(ReportingLine.objects.values_list("person__employee_number", "manager__employee_number", "depth")),
        "sites": sorted(Site.objects.values_list("name", "time_zone")),
        "families": sorted(JobFamily.objects.values_list("label", flat=True)),
        "events": RecordedEvent.objects.count(),
    }


def events():
    return Counter(RecordedEvent.objects.values_list("name", flat=True))


def held(number):
    return list(
        Holding.objects.filter(person__employee_number=number)
        .order_by("starts_on", "pk")
        .values_list("position__code", "starts_on", "ends_on", "is_interim")
    )


def refuse_writes(execute, sql, params, many, context):
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)


def a_batch():
    """The key of a file that waits."""
    return ImportBatch.objects.get_or_create(pk=7, defaults={"file_name": "people.csv", "kind": "full"})[0].pk
