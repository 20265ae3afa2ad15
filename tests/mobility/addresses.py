"""What the addresses of openings and applications are made with, for the table of every URL × every role."""

import datetime

from rse.core import clock
from tests.factories import PersonFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory


def opening(**values):
    return lambda world: [OpeningFactory(**values).public_id]


def application(**values):
    """One that the subject sent."""
    return lambda world: [ApplicationFactory(applicant=world.SU, **values).public_id]


def mission_that_is_over(world):
    done = OpeningFactory(mission=True, starts_on=clock.today() - datetime.timedelta(weeks=20))
    return [ApplicationFactory(applicant=world.SU, opening=done, state="accepted").public_id]


def member(world):
    person = PersonFactory()
    return [OpeningFactory(team=[person]).public_id, person.handle]


ARGUMENTS = {
    **{f"jobs:{name}": opening() for name in ("detail", "keep", "edit", "close", "apply")},
    **{f"jobs:{name}": opening(draft=True) for name in ("publish", "delete")},
    "jobs:reopen": opening(closed=True),
    **{f"applications:{name}": application() for name in ("detail", "edit", "withdraw", "inform", "export", "move", "decide")},
    "applications:accept": application(state="offer"),
    "applications:confirm": mission_that_is_over,
    "recruitment:opening": opening(),
    "recruitment:member_add": opening(),
    "recruitment:member_remove": member,
}
FORMS = {"jobs:keep": {"kept": "1"}, "applications:move": {"state": "in_review"}}
