import pytest

from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.models import Person, RowGrant
from talent.succession import queries
from talent.succession.models import KeyPosition, Plan
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory

from . import plans

pytestmark = pytest.mark.django_db


def fresh(person):
    return Person.objects.get(pk=person.pk)


def opens(person, plan):
    return Plan.objects.visible_to(fresh(person)).filter(pk=plan.pk).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR_SUCCESSION])
def test_no_other_role_opens_a_plan(role, plan):
    assert not opens(PersonFactory(role=role), plan)


def test_plan_is_for_who_prepares_plans_of_the_company_and_for_whom_it_was_opened(plan, planner):
    member, of_a_unit = PersonFactory(), PersonFactory()
    RowGrant.objects.create(person=member, kind="plan", row_id=plan.pk)
    RoleGrantFactory(person=of_a_unit, role=Role.HR_SUCCESSION, unit=UnitFactory())

    assert opens(planner, plan)
    assert opens(member, plan)
    assert not opens(of_a_unit, plan)
    assert set(readers_of(plan)) == {planner, member}


def test_x02_who_is_named_loses_the_plan_and_the_position_in_every_cycle(plan):
    other, named = plans.planner(), plans.planner()
    plans.name(plan, named)
    elsewhere = plans.plan_for()
    Plan.objects.filter(pk=plan.pk).update(state="decided", decided_at="2026-01-05T08:00Z", decision="Retenue.", is_current=False)
    following = Plan.objects.create(key_position=plan.key_position, unit=plan.unit)

    assert not opens(named, plan)
    assert not opens(named, following)
    assert opens(named, elsewhere)
    assert opens(other, plan)
    assert not KeyPosition.objects.visible_to(fresh(named)).filter(pk=plan.key_position_id).exists()
    assert named not in readers_of(plan)


def test_x02_figures_of_who_is_named_are_those_of_a_register_without_the_plan(planner):
    subject = plans.planner()
    first, second = plans.plan_for(), plans.plan_for()
    for one in (first, second):
        plans.name(one)
        plans.name(one, readiness="soon")
    before = queries.coverage_for(fresh(subject))
    assert (before.positions, before.covered, before.empty) == (2, 2, 0)

    plans.name(second, subject)
    with_name = queries.coverage_for(fresh(subject))
    second.delete()
    without_plan = queries.coverage_for(fresh(subject))

    assert with_name == without_plan


def test_figures_count_who_is_here_and_ready_within_24_months(planner):
    one, two, three, four = (plans.plan_for() for _ in range(4))
    everywhere = PersonFactory()
    for plan in (one, two, three):
        plans.name(plan, everywhere)
    plans.name(one, readiness="soon")
    plans.name(two, readiness="later")
    plans.name(three, readiness="interim")
    plans.name(four, PersonFactory(left=True))

    coverage = queries.coverage_for(planner)
    register = queries.register_of(planner)

    assert (coverage.positions, coverage.covered, coverage.empty, coverage.named_often, coverage.share) == (4, 1, 1, 1, 25)
    assert list(queries.covered(register)) == [one]
    assert list(queries.empty(register)) == [four]
    assert [(person, len(rows)) for person, rows in queries.named_often(planner)] == [(everywhere, 3)]
