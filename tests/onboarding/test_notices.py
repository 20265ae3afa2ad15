"""Who is told what, and nothing any more once they may not open it."""

import pytest

from onboarding.services import buddies, journeys, steps
from rse.core import clock
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import JourneyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return PersonFactory()


@pytest.fixture
def journey(manager):
    newcomer = PersonFactory()
    put_under(newcomer, manager)
    return JourneyFactory(newcomer=newcomer)


def notices(signed_in, person):
    return signed_in(person).get("/notices/").text


def test_each_notice_is_worded_for_who_is_told(journey, manager, signed_in, django_capture_on_commit_callbacks):
    buddy, other = PersonFactory(), PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        declined = buddies.ask_buddy(actor=manager, journey=journey, person=other)
        buddies.decline_request(person=other, request=declined)
        asked = buddies.ask_buddy(actor=manager, journey=journey, person=buddy)
        buddies.accept_request(person=buddy, request=asked)
        journey.steps.update(due_on=clock.today().replace(year=2020))
        steps.remind_of_late_steps()
        buddies.end_buddy(actor=buddy, journey=journey)

    told = {row.event for row in Notification.objects.all()}
    names = ("journey_started", "buddy_asked", "buddy_accepted", "buddy_declined", "buddy_ended", "steps_overdue")
    assert told == {f"onboarding.{name}" for name in names}
    page = notices(signed_in, manager)
    for words in ("cannot this time", "is the buddy of", "has no buddy any more", "is past its date"):
        assert words in page
    assert "is your buddy" in notices(signed_in, journey.newcomer)


def test_x10_former_buddy_finds_no_line_of_it(journey, manager, signed_in, django_capture_on_commit_callbacks):
    buddy = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        asked = buddies.ask_buddy(actor=manager, journey=journey, person=buddy)
    assert journey.newcomer.name in notices(signed_in, buddy)
    with django_capture_on_commit_callbacks(execute=True):
        buddies.accept_request(person=buddy, request=asked)
        buddies.end_buddy(actor=manager, journey=journey)

    assert journey.newcomer.name not in notices(signed_in, buddy)


def test_newcomer_and_manager_are_told_that_it_began(manager, hr, signed_in, django_capture_on_commit_callbacks):
    newcomer = PersonFactory()
    put_under(newcomer, manager)
    with django_capture_on_commit_callbacks(execute=True):
        journey = journeys.create_journey(actor=hr, newcomer=newcomer)

    assert "Your journey is ready" in notices(signed_in, newcomer)
    assert newcomer.name in notices(signed_in, manager)
    with django_capture_on_commit_callbacks(execute=True):
        journeys.archive_journey(actor=hr, journey=journey)
    assert newcomer.name not in notices(signed_in, manager)
