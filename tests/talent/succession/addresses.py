"""What the addresses of plans are made with, for the table of every URL × every role. The gate is open; the subject is named."""

from rse.core import clock
from talent.succession.models import Plan
from tests.factories import PersonFactory
from tests.talent.succession import plans


def nothing(world):
    plans.open_gate()
    return []


def of_plan(world, **changed):
    """The address of a plan in which the subject stands."""
    plans.open_gate()
    plan = plans.plan_for()
    plans.name(plan, world.SU)
    Plan.objects.filter(pk=plan.pk).update(**changed)
    return [plan.public_id]


def decided(world):
    return of_plan(world, state="decided", decided_at=clock.now(), decision="Retenue.")


def of_name(world):
    return [*of_plan(world), world.SU.handle]


def of_action(world):
    address = of_plan(world)
    return [*address, plans.action(Plan.objects.get(public_id=address[0]).nominations.get()).public_id]


ARGUMENTS = {
    "succession:register": nothing,
    "succession:declare": nothing,
    "succession:plan": of_plan,
    "succession:edit": of_plan,
    "succession:own": of_plan,
    "succession:decide": of_plan,
    "succession:again": decided,
    "succession:delete": of_plan,
    "succession:keep": lambda world: of_plan(world, deletion_asked_by=PersonFactory()),
    "succession:name_find": of_plan,
    "succession:name_add": lambda world: [*of_plan(world), PersonFactory().handle],
    "succession:name_edit": of_name,
    "succession:name_remove": of_name,
    "succession:action_add": of_name,
    "succession:action_mark": of_action,
    "succession:action_remove": of_action,
}
FORMS = {"succession:action_mark": {"done": "1"}}
