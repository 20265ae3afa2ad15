"""Many at once: what is once stays once, on a database where transactions really run side by side."""

import datetime

import pytest

from onboarding.models import BuddyRequest, Cohort, Journey, TemplateVersion
from onboarding.services import buddies, cohorts, journeys, templates
from rse.core import clock
from tests.factories import PersonFactory
from tests.factories.onboarding import BuddyRequestFactory, JourneyFactory
from tests.races import only_where_transactions_meet, side_by_side

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, only_where_transactions_meet]


def test_gathering_in_many_processes_makes_one_journey_and_one_cohort():
    PersonFactory(expected=True, hired_on=clock.today() + datetime.timedelta(days=2))
    templates.current_version()

    assert side_by_side(6, lambda _number: cohorts.tend()) == []
    assert (Journey.objects.count(), Cohort.objects.count()) == (1, 1)
    assert Cohort.objects.get().state == "open"


def test_buddy_who_accepts_three_at_once_has_two():
    buddy = PersonFactory()
    asked = [BuddyRequestFactory(journey=JourneyFactory(), person=buddy) for _ in range(3)]

    raised = side_by_side(3, lambda number: buddies.accept_request(person=buddy, request=asked[number]))

    assert raised == ["WelcomesEnough"]
    assert sorted(Journey.objects.filter(buddy=buddy).values_list("buddy_seat", flat=True)) == [1, 2]


def test_of_two_who_are_asked_at_once_one_stands():
    hr, journey = PersonFactory(role="hr"), JourneyFactory()
    people = PersonFactory.create_batch(4)

    side_by_side(4, lambda number: buddies.ask_buddy(actor=type(hr).objects.get(pk=hr.pk), journey=journey, person=people[number]))

    assert BuddyRequest.objects.standing().count() == 1


def test_first_use_in_many_processes_loads_one_starter_and_one_draft():
    hr = PersonFactory(role="hr")

    assert side_by_side(5, lambda _number: templates.current_version()) == []
    assert side_by_side(5, lambda _number: templates.start_draft(editor=type(hr).objects.get(pk=hr.pk))) == []
    assert [one.state for one in TemplateVersion.objects.order_by("number")] == ["published", "draft"]


def test_two_who_begin_a_journey_at_once_begin_one():
    hr, newcomer = PersonFactory(role="hr"), PersonFactory()
    templates.current_version()

    raised = side_by_side(4, lambda _number: journeys.create_journey(actor=type(hr).objects.get(pk=hr.pk), newcomer=newcomer))

    assert raised == ["AlreadyRunning"] * 3
    assert Journey.objects.count() == 1
