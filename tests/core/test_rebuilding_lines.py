"""Lines and units are rebuilt while others act: whoever comes second waits, nobody fails, and no reader sees them empty."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from rse.core.enums import PersonState, Role
from rse.core.models import Holding, Person, ReportingLine, UnitClosure
from rse.core.organisation.services import reporting
from rse.core.people.services.people import deactivate_person
from tests.factories import PersonFactory, PositionFactory, UnitFactory
from tests.races import only_where_transactions_meet

from .test_organisation import LONG_AGO

LONGER_THAN_A_PAGE_WAITS = 2.6  # seconds: the connections of the product wait for two


@pytest.fixture
def company(transactional_db):
    top = PositionFactory(title="top")
    boss = PersonFactory()
    Holding.objects.create(person=boss, position=top, starts_on=LONG_AGO)
    people = PersonFactory.create_batch(6)
    for person in people:
        Holding.objects.create(person=person, position=PositionFactory(title="below", reports_to=top), starts_on=LONG_AGO)
    reporting.rebuild_reporting_lines()
    return boss, people


def in_a_thread(act):
    """Start ``act`` on a connection of its own; the thread, and a list of what it raised."""
    raised = []

    def run():
        try:
            act()
        except Exception as error:  # noqa: BLE001 - told to the test
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


@only_where_transactions_meet
@pytest.mark.parametrize("rebuild", [reporting.rebuild_reporting_lines, reporting.rebuild_units])
def test_access_is_cut_while_lines_or_units_are_rebuilt(company, rebuild):
    """A rebuild that takes longer than a page waits for a lock delays the cut, and neither fails."""
    _boss, people = company
    actor, rebuilt, ended = PersonFactory(role=Role.ADMINISTRATOR), threading.Event(), []

    def slow_rebuild():
        with transaction.atomic():
            rebuild()
            rebuilt.set()
            time.sleep(LONGER_THAN_A_PAGE_WAITS)
        ended.append(time.monotonic())

    thread, raised = in_a_thread(slow_rebuild)
    rebuilt.wait(10)
    deactivate_person(actor=actor, subject=people[0])
    cut_at = time.monotonic()
    thread.join()

    assert raised == []
    assert ended[0] <= cut_at + 0.2
    assert Person.objects.get(pk=people[0].pk).state == PersonState.LEFT
    assert not ReportingLine.objects.filter(person=people[0].pk).exists()


@only_where_transactions_meet
def test_cuts_and_rebuilds_at_once_all_succeed_and_agree(company):
    boss, people = company
    actor = PersonFactory(role=Role.ADMINISTRATOR)
    acts = [reporting.rebuild_reporting_lines] * 4 + [
        lambda person=person: deactivate_person(actor=actor, subject=person) for person in people[:4]
    ]
    threads = [in_a_thread(act) for act in acts]
    for thread, _raised in threads:
        thread.join()

    assert [raised for _thread, raised in threads if raised] == []
    assert set(ReportingLine.objects.values_list("person", "manager")) == {(person.pk, boss.pk) for person in people[4:]}


def test_no_reader_sees_an_empty_line_or_unit_while_they_are_rebuilt(company):
    seen, over = [], threading.Event()

    def read():
        while not over.is_set():
            seen.append((ReportingLine.objects.count(), UnitClosure.objects.count()))
            time.sleep(0.005)

    units = UnitClosure.objects.count()
    thread, raised = in_a_thread(read)
    while len(seen) < 12:
        with transaction.atomic():
            reporting.rebuild_units()
            reporting.rebuild_reporting_lines()
    over.set()
    thread.join()

    assert raised == []
    assert set(seen) == {(6, units)}


def test_rebuilding_what_stands_writes_no_row(company):
    UnitFactory(parent=UnitFactory())
    lines, units = set(ReportingLine.objects.values_list("pk", flat=True)), set(UnitClosure.objects.values_list("pk", flat=True))

    assert reporting.rebuild_reporting_lines() == len(lines) == 6
    assert reporting.rebuild_units() == len(units)

    assert set(ReportingLine.objects.values_list("pk", flat=True)) == lines
    assert set(UnitClosure.objects.values_list("pk", flat=True)) == units
    assert connection.in_atomic_block is False


def test_a_depth_that_changes_is_written(company):
    boss, people = company
    first, second = (Holding.objects.get(person=person).position for person in people[:2])
    second.reports_to = first
    second.save()

    reporting.rebuild_reporting_lines()

    assert dict(ReportingLine.objects.filter(person=people[1]).values_list("manager", "depth")) == {people[0].pk: 1, boss.pk: 2}
