"""What HR does with journeys, how they end, and when they are erased."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from onboarding.dates import months_after
from onboarding.enums import LONGEST_WORDS
from onboarding.models import BuddyRequest, Journey, JourneyStep
from onboarding.services import journeys
from rse.core import clock
from rse.core.models import RoleGrant
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from rse.core.versions import EditedMeanwhile
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.onboarding import BuddyRequestFactory, JourneyFactory, step_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_hr_begins_a_journey_once(hr):
    newcomer = PersonFactory()

    journey = journeys.create_journey(actor=hr, newcomer=newcomer, starts_on=datetime.date(2026, 11, 2))

    assert (journey.state, journey.steps.count(), journey.starts_on) == ("active", 10, datetime.date(2026, 11, 2))
    with pytest.raises(journeys.AlreadyRunning) as running:
        journeys.create_journey(actor=hr, newcomer=newcomer)
    assert running.value.journey == journey
    with pytest.raises(journeys.NoFirstDay):
        journeys.create_journey(actor=hr, newcomer=PersonFactory(hired_on=None))


@pytest.mark.parametrize("who", ["stranger", "manager", "oneself", "hr of elsewhere", "administrator"])
def test_nobody_else_begins_one(who):
    newcomer = PersonFactory(role="hr") if who == "oneself" else PersonFactory()
    actors = {"stranger": PersonFactory(), "manager": PersonFactory(), "oneself": newcomer, "hr of elsewhere": PersonFactory()}
    actors["administrator"] = PersonFactory(role="administrator")
    put_under(newcomer, actors["manager"])
    RoleGrantFactory(person=actors["hr of elsewhere"], role="hr", unit=UnitFactory())

    with pytest.raises(PermissionDenied):
        journeys.create_journey(actor=actors[who], newcomer=newcomer)
    assert not Journey.objects.exists()


def test_database_refuses_a_second_running_journey():
    journey = JourneyFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.create(newcomer=journey.newcomer, hired_on=clock.today(), starts_on=clock.today())


def test_shift_counts_what_is_not_done_again(hr):
    journey = JourneyFactory()
    done, open_step = step_of(journey, "hr"), step_of(journey, "newcomer")
    JourneyStep.objects.filter(pk=done.pk).update(done_at=clock.now())

    journeys.shift_journey(actor=hr, journey=journey, starts_on=journey.starts_on + 28 * DAY)

    assert JourneyStep.objects.get(pk=done.pk).due_on == done.due_on
    assert JourneyStep.objects.get(pk=open_step.pk).due_on == open_step.due_on + 28 * DAY


def test_pause_moves_what_is_not_done_by_as_many_days(october, hr):
    journey = JourneyFactory()
    before = dict(journey.steps.values_list("position", "due_on"))

    journeys.pause_journey(actor=hr, journey=journey)
    journeys.pause_journey(actor=hr, journey=journey)
    with clock.moved_to(october + 14 * DAY):
        journeys.resume_journey(actor=hr, journey=journey)
        journeys.resume_journey(actor=hr, journey=journey)

    assert Journey.objects.get().state == "active"
    assert dict(journey.steps.values_list("position", "due_on")) == {place: day + 14 * DAY for place, day in before.items()}


def test_archive_ends_it_with_what_was_asked(hr):
    journey = JourneyFactory()
    BuddyRequestFactory(journey=journey)

    journeys.archive_journey(actor=hr, journey=journey)
    journeys.archive_journey(actor=hr, journey=journey)

    journey.refresh_from_db()
    assert (journey.state, journey.ended_because) == ("archived", "by_hand")
    assert BuddyRequest.objects.get().state == "withdrawn"


@pytest.mark.parametrize("verb", ["shift", "pause", "resume", "archive", "note"])
@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy", "stranger", "hr of elsewhere"])
def test_nobody_but_hr_steers(who, verb):
    people = {name: PersonFactory() for name in ("newcomer", "manager", "buddy", "stranger", "hr of elsewhere")}
    put_under(people["newcomer"], people["manager"])
    RoleGrantFactory(person=people["hr of elsewhere"], role="hr", unit=UnitFactory())
    journey = JourneyFactory(newcomer=people["newcomer"], buddy=people["buddy"])
    act = {
        "shift": lambda who: journeys.shift_journey(actor=who, journey=journey, starts_on=clock.today()),
        "pause": lambda who: journeys.pause_journey(actor=who, journey=journey),
        "resume": lambda who: journeys.resume_journey(actor=who, journey=journey),
        "archive": lambda who: journeys.archive_journey(actor=who, journey=journey),
        "note": lambda who: journeys.save_note(actor=who, journey=journey, version=1, note="Bien"),
    }[verb]
    before = Journey.objects.values().get()

    with pytest.raises(PermissionDenied):
        act(people[who])
    assert Journey.objects.values().get() == before


def test_note_of_hr_is_no_longer_than_its_form_says(hr):
    journey = JourneyFactory()

    with pytest.raises(PermissionDenied):
        journeys.save_note(actor=hr, journey=journey, version=1, note="é" * (LONGEST_WORDS + 1))
    assert Journey.objects.get().hr_note == ""
    journeys.save_note(actor=hr, journey=journey, version=1, note="é" * LONGEST_WORDS)
    assert Journey.objects.get().hr_note == "é" * LONGEST_WORDS


def test_note_of_hr_is_saved_once_per_version_and_never_by_who_stands_above(hr):
    journey = JourneyFactory()
    journeys.save_note(actor=hr, journey=journey, version=1, note="Premier")

    with pytest.raises(EditedMeanwhile) as meanwhile:
        journeys.save_note(actor=hr, journey=journey, version=1, note="Second")
    assert meanwhile.value.current.hr_note == "Premier"

    put_under(journey.newcomer, hr)
    with pytest.raises(PermissionDenied):
        journeys.save_note(actor=type(hr).objects.get(pk=hr.pk), journey=journey, version=2, note="Troisième")


def test_journey_closes_when_all_is_done_and_past_or_long_past(october):
    done, late, still = JourneyFactory(), JourneyFactory(), JourneyFactory()
    done.steps.update(done_at=clock.now(), due_on=clock.today() - DAY)
    late.steps.update(due_on=clock.today() - 31 * DAY)
    still.steps.update(due_on=clock.today() - 30 * DAY)

    assert journeys.close_over() == 2
    states = dict(Journey.objects.values_list("pk", "state"))
    assert states == {done.pk: "closed", late.pk: "closed", still.pk: "active"}


def test_leaving_archives_ones_journey_and_losing_a_role_does_not(hr):
    journey = JourneyFactory(newcomer=PersonFactory(role="recruiter"))
    from rse.core.people.services.roles import end_role

    end_role(ender=hr, grant=RoleGrant.objects.get(person=journey.newcomer))
    assert Journey.objects.get().state == "active"

    deactivate(person_ids=[journey.newcomer_id])
    assert Journey.objects.values_list("state", "ended_because").get() == ("archived", "left")


@pytest.mark.parametrize(("trial", "months", "kept"), [(True, 14, True), (True, 16, False), (False, 23, True), (False, 25, False)])
def test_r_retention_erases_twelve_months_after_the_trial_period(trial, months, kept):
    today = clock.today()
    hired_on = months_after(today, -months)
    newcomer = PersonFactory(hired_on=hired_on, trial_ends_on=months_after(hired_on, 3) if trial else None)
    journey = JourneyFactory(newcomer=newcomer, hired_on=hired_on)
    assert retention.forget("onboarding.Journey") == 0  # it still runs

    journeys.end_journeys(rows=Journey.objects.all(), state="closed", because="over")

    assert retention.forget("onboarding.Journey") == (0 if kept else 1)
    assert JourneyStep.objects.filter(journey=journey.pk).exists() is kept
