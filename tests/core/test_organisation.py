import datetime

import pytest

from rse.core import clock
from rse.core.models import Holding, ReportingLine, Unit, UnitClosure
from rse.core.organisation.services.reporting import CycleInTree, rebuild_reporting_lines, rebuild_units
from tests.core.companies import random_company
from tests.factories import PersonFactory, PositionFactory, UnitFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2019, 1, 1)


def hold(person, position, **more):
    return Holding.objects.create(person=person, position=position, starts_on=more.pop("starts_on", LONG_AGO), **more)


def lines():
    return {(line.person_id, line.manager_id): line.depth for line in ReportingLine.objects.all()}


def chain(*titles):
    positions = []
    for title in titles:
        positions.append(PositionFactory(title=title, reports_to=positions[-1] if positions else None))
    return positions


def test_line_climbs_through_a_vacant_position_without_counting_it():
    top, _vacant, bottom = chain("top", "middle", "bottom")
    director, worker = PersonFactory(), PersonFactory()
    hold(director, top)
    hold(worker, bottom)

    rebuild_reporting_lines()

    assert lines() == {(worker.pk, director.pk): 1}


def test_line_takes_every_holder_of_a_shared_position_and_the_interim_one():
    top, bottom = chain("top", "bottom")
    first, second, interim, worker = PersonFactory.create_batch(4)
    top.is_shared = True
    top.save()
    hold(first, top, seat=1)
    hold(second, top, seat=2)
    hold(interim, top, is_interim=True)
    hold(worker, bottom)

    rebuild_reporting_lines()

    assert lines() == {(worker.pk, first.pk): 1, (worker.pk, second.pk): 1, (worker.pk, interim.pk): 1}


def test_line_never_holds_a_person_above_themselves():
    top, middle, bottom = chain("top", "middle", "bottom")
    director, person, worker = PersonFactory.create_batch(3)
    hold(director, top)
    hold(person, bottom)
    hold(person, middle, is_interim=True)

    hold(worker, PositionFactory(reports_to=bottom))
    rebuild_reporting_lines()

    assert lines()[worker.pk, person.pk] == 1
    assert (person.pk, person.pk) not in lines()
    assert lines()[person.pk, director.pk] == 1


def test_line_follows_dated_places():
    top, bottom = chain("top", "bottom")
    now, later, worker = PersonFactory.create_batch(3)
    today = clock.today()
    hold(now, top, ends_on=today)
    hold(later, top, starts_on=today + datetime.timedelta(days=1))
    hold(worker, bottom)

    rebuild_reporting_lines()
    assert lines() == {(worker.pk, now.pk): 1}

    rebuild_reporting_lines(on=today + datetime.timedelta(days=1))
    assert lines() == {(worker.pk, later.pk): 1}


def test_expected_person_has_a_line_and_stands_in_nobodys():
    top, middle, bottom = chain("top", "middle", "bottom")
    director, expected, worker = PersonFactory(), PersonFactory(expected=True), PersonFactory()
    hold(director, top)
    hold(expected, middle, starts_on=clock.today() + datetime.timedelta(days=10))
    hold(worker, bottom)

    rebuild_reporting_lines()

    assert lines() == {(expected.pk, director.pk): 1, (worker.pk, director.pk): 1}


@pytest.mark.parametrize("seed", range(15))
def test_closure_equals_a_climb_by_hand(seed):
    random_company(seed)
    today = clock.today()
    current = [
        holding
        for holding in Holding.objects.select_related("person", "position")
        if holding.starts_on <= today and (holding.ends_on is None or holding.ends_on >= today) and holding.person.state == "active"
    ]
    filled = {}
    for holding in current:
        filled.setdefault(holding.position_id, set()).add(holding.person_id)
    coming = [
        holding
        for holding in Holding.objects.select_related("person")
        if holding.person.state == "expected" and (holding.ends_on is None or holding.ends_on >= today)
    ]
    parents = {holding.position_id: None for holding in current}
    from rse.core.models import Position

    parents = dict(Position.objects.values_list("pk", "reports_to"))
    expected = {}
    for holding in [*current, *coming]:
        above, depth = parents[holding.position_id], 0
        while above:
            depth += above in filled
            for manager in filled.get(above, ()):
                if manager != holding.person_id:
                    key = (holding.person_id, manager)
                    expected[key] = min(depth, expected.get(key, depth))
            above = parents[above]

    assert lines() == expected


def test_units_closure_holds_each_unit_and_all_above():
    top = UnitFactory()
    middle = UnitFactory(parent=top)
    bottom = UnitFactory(parent=middle)

    above = set(UnitClosure.objects.filter(unit=bottom).values_list("ancestor", "depth"))

    assert above == {(bottom.pk, 0), (middle.pk, 1), (top.pk, 2)}


def test_cycle_of_units_is_refused_and_named():
    first = UnitFactory(code="A")
    second = UnitFactory(code="B", parent=first)
    Unit.objects.filter(pk=first.pk).update(parent=second)

    with pytest.raises(CycleInTree) as refused:
        rebuild_units()

    assert refused.value.codes == ["A", "B"]
