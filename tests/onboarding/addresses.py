"""What the addresses of this room are made with, for the table of every URL × every role. The subject is the newcomer."""

from onboarding.services import templates
from tests.factories import PersonFactory
from tests.factories.onboarding import BuddyRequestFactory, CohortFactory, JourneyFactory, step_of


def journey(world):
    return [JourneyFactory(newcomer=world.SU).public_id]


def step(kind=None):
    def made(world):
        running = JourneyFactory(newcomer=world.SU)
        return [running.public_id, step_of(running, "newcomer", kind).position]

    return made


def draft_step(world):
    draft = templates.start_draft(editor=PersonFactory(role="hr"))
    return [draft.steps.order_by("position").first().public_id]


def draft(world):
    templates.start_draft(editor=PersonFactory(role="hr"))
    return []


def cohort(world):
    return [CohortFactory().public_id]


ARGUMENTS = {
    "journeys:buddy_answer": lambda world: [BuddyRequestFactory().public_id],
    **{f"journeys:{name}": journey for name in ("detail", "export", "thank", "unthank", "buddy_find", "buddy_withdraw", "buddy_end")},
    **{f"journeys:{name}": journey for name in ("note", "shift", "pause", "archive")},
    "journeys:tick": step(),
    "journeys:write": step("write"),
    "journeys:erase": step("write"),
    "journeys:buddy_ask": lambda world: [*journey(world), PersonFactory().handle],
    "cohorts:detail": cohort,
    "cohorts:host": cohort,
    **{f"template:{name}": draft for name in ("detail", "start", "discard", "publish", "step_add")},
    **{f"template:{name}": draft_step for name in ("step_edit", "step_remove", "step_move")},
}
FORMS = {"journeys:tick": {"done": "1"}, "journeys:buddy_answer": {"answer": "yes"}, "template:step_move": {"to": "down"}}
