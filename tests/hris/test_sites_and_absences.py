"""Sites have the public holidays of where they are; people have absences that are dates alone, and that nobody reads."""

import datetime

import pytest

from rse.core import clock
from rse.core.models import Absence, Person, Site
from rse.core.working_days import country_named, is_worked, region_named
from rse.hris.services.undoing import undo
from tests.factories import PersonFactory
from tests.hris.team import BOSS, NOON, changed, person
from tests.hris.test_undoing import written  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *(
            ("FR", "FR"),
            ("fra", "FR"),
            ("France", "FR"),
            ("Frankreich", "FR"),
            ("Allemagne", "DE"),
            ("Deutschland", "DE"),
            ("Germany", "DE"),
        ),
        *(("Royaume-Uni", "GB"), ("UK", "GB"), ("United States", "US"), ("Côte", None), ("XX", None), ("", None)),
    ],
)
def test_country_is_known_by_its_code_or_its_name(said, code):
    assert country_named(said) == code


def test_region_is_known_by_its_code_or_its_name():
    assert region_named("FR", "moselle") == "57"
    assert region_named("DE", "BY") == "BY"
    assert region_named("FR", "Bavière") is None
    assert region_named("XX", "BY") is None


def test_day_is_worked_or_not_by_the_calendar_of_the_site():
    moselle, nowhere = Site(country="FR", region="57"), Site()
    assert not is_worked(datetime.date(2024, 12, 26), moselle)
    assert is_worked(datetime.date(2024, 12, 26), nowhere)
    assert not is_worked(datetime.date(2024, 12, 25), nowhere)
    assert not is_worked(datetime.date(2024, 12, 28))


def test_file_gives_sites_their_country_and_region(imported):
    rows = [BOSS | {"site_country": "Allemagne", "site_region": "Bayern"}, person("E2", site="Metz", site_country="FR", site_region="57")]
    imported(rows)
    assert list(Site.objects.order_by("name").values_list("name", "country", "region")) == [("Metz", "FR", "57"), ("Nantes", "DE", "BY")]
    assert imported(rows).is_empty

    outcome = imported([rows[0] | {"site_country": "FR", "site_region": ""}, rows[1]])
    assert changed(outcome) == {"changed_sites": 1, "unchanged": 2}
    assert Site.objects.get(name="Nantes").region == ""


def test_country_or_region_that_nobody_knows_is_a_remark_and_no_error(imported):
    outcome = imported([BOSS | {"site_country": "Syldavie"}, person("E2", site="Metz", site_country="FR", site_region="Klow")])
    assert {problem.code for problem in outcome.problems.kept} == {"unknown_country", "unknown_region"}
    assert outcome.problems.errors == 0
    assert list(Site.objects.order_by("name").values_list("country", "region")) == [("FR", ""), ("", "")]


def test_absences_are_dates_replaced_by_each_file_and_never_an_old_one(imported):
    rows = [
        BOSS,
        person("E2", absent_from="10/11/2026", absent_until="31/01/2027"),
        person("E3", absent_from="01/01/2026", absent_until="01/02/2026"),
    ]
    imported(rows)
    assert list(Absence.objects.values_list("person__employee_number", "starts_on", "ends_on")) == [
        ("E2", datetime.date(2026, 11, 10), datetime.date(2027, 1, 31))
    ]
    assert imported(rows).is_empty

    longer = [rows[0], rows[1] | {"absent_until": "31/03/2027"}, rows[2]]
    outcome = imported(longer)
    assert outcome.examples[0].fields == [("absence", None)]
    assert Absence.objects.get().ends_on == datetime.date(2027, 3, 31)

    imported([rows[0], rows[1] | {"absent_from": "", "absent_until": ""}, rows[2]])
    assert not Absence.objects.exists()


def test_absence_that_ends_before_it_begins_is_left_out(imported):
    outcome = imported([BOSS, person("E2", absent_from="10/12/2026", absent_until="01/12/2026")])
    assert [problem.code for problem in outcome.problems.kept] == ["absence_reversed"]
    assert not Absence.objects.exists()


def test_nobody_else_reads_an_absence():
    away = PersonFactory()
    row = Absence.objects.create(person=away, starts_on=clock.today())
    assert list(Absence.objects.visible_to(away)) == [row]
    for role in ("hr", "hr_head", "administrator", "dpo"):
        assert not Absence.objects.visible_to(PersonFactory(role=role)).exists()


def test_undone_import_brings_absences_back(written):  # noqa: F811 - the fixture
    written([BOSS, person("E2", absent_from="10/11/2026", absent_until="31/01/2027")])
    batch = written([BOSS, person("E2", absent_from="", absent_until="")])
    assert not Absence.objects.exists()
    with clock.moved_to(NOON):
        undo(batch)
    assert Absence.objects.get().person == Person.objects.get(employee_number="E2")
