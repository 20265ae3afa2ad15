"""Steps: each ticks their own, and what the newcomer writes is read by two."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from onboarding.dates import due_on, months_after, week_of
from onboarding.enums import LONGEST_WORDS
from onboarding.models import Journey, JourneyStep
from onboarding.services import journeys, steps
from rse.core import clock
from rse.core.versions import EditedMeanwhile
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import CohortFactory, JourneyFactory, step_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def people(hr):
    """A journey with everybody who has a part in it, and a stranger."""
    newcomer, manager, buddy = PersonFactory(), PersonFactory(), PersonFactory()
    put_under(newcomer, manager)
    return {
        "newcomer": newcomer,
        "manager": manager,
        "buddy": buddy,
        "hr": hr,
        "stranger": PersonFactory(),
        "journey": JourneyFactory(newcomer=newcomer, buddy=buddy),
    }


@pytest.mark.parametrize("actor", ["newcomer", "manager", "buddy", "hr"])
@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy", "hr", "stranger"])
def test_each_ticks_their_own_steps_and_no_other(people, who, actor):
    journey = people["journey"]
    step = step_of(journey, actor)
    tick = lambda is_done: steps.tick_step(actor=people[who], journey=journey, position=step.position, is_done=is_done)  # noqa: E731

    if who != actor:
        with pytest.raises(PermissionDenied):
            tick(True)
        assert JourneyStep.objects.get(pk=step.pk).done_at is None
        return
    tick(True)
    tick(True)
    step.refresh_from_db()
    assert (step.done_at is not None, step.done_by) == (True, people[who])
    assert Journey.objects.get().version == journey.version + 1
    tick(False)
    assert JourneyStep.objects.get(pk=step.pk).done_at is None


@pytest.mark.parametrize("state", ["paused", "archived"])
def test_nothing_is_ticked_while_it_stands_still_or_is_over(people, hr, state):
    journey = people["journey"]
    {"paused": journeys.pause_journey, "archived": journeys.archive_journey}[state](actor=hr, journey=journey)

    with pytest.raises(PermissionDenied):
        steps.tick_step(actor=people["newcomer"], journey=journey, position=step_of(journey, "newcomer").position, is_done=True)


def test_who_is_expected_ticks_before_the_first_day():
    newcomer = PersonFactory(expected=True)
    journey = JourneyFactory(newcomer=newcomer, hired_on=newcomer.hired_on)

    steps.tick_step(actor=newcomer, journey=journey, position=step_of(journey, "newcomer").position, is_done=True)

    assert journey.steps.exclude(done_at=None).count() == 1


def test_newcomer_writes_edits_and_erases(people):
    journey, newcomer = people["journey"], people["newcomer"]
    step = step_of(journey, "newcomer", "write")
    write = lambda words, version: steps.write_words(  # noqa: E731
        newcomer=newcomer, journey=journey, position=step.position, words=words, version=version
    )

    write("Bonjour", 1)
    write("Bonsoir", 2)
    step.refresh_from_db()
    assert (step.words, step.done_at is not None) == ("Bonsoir", True)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        write("Trop tard", 1)
    assert meanwhile.value.current.words == "Bonsoir"

    steps.erase_words(newcomer=newcomer, journey=journey, position=step.position)
    assert JourneyStep.objects.get(pk=step.pk).words == ""


def test_what_a_newcomer_writes_is_no_longer_than_its_form_says(people):
    journey, newcomer = people["journey"], people["newcomer"]
    said = {"newcomer": newcomer, "journey": journey, "position": step_of(journey, "newcomer", "write").position, "version": 1}

    with pytest.raises(PermissionDenied):
        steps.write_words(words="é" * (LONGEST_WORDS + 1), **said)
    assert not journey.steps.filter(words__startswith="é").exists()
    steps.write_words(words="é" * LONGEST_WORDS, **said)
    assert journey.steps.filter(words__startswith="é").count() == 1


@pytest.mark.parametrize("who", ["manager", "buddy", "hr", "stranger"])
def test_nobody_writes_or_erases_for_the_newcomer(people, who):
    journey = people["journey"]
    step = step_of(journey, "newcomer", "write")
    JourneyStep.objects.filter(pk=step.pk).update(words="À moi")

    with pytest.raises(PermissionDenied):
        steps.write_words(newcomer=people[who], journey=journey, position=step.position, words="À toi", version=1)
    with pytest.raises(PermissionDenied):
        steps.erase_words(newcomer=people[who], journey=journey, position=step.position)
    assert JourneyStep.objects.get(pk=step.pk).words == "À moi"


def test_only_a_step_to_write_takes_words(people):
    journey = people["journey"]
    step = step_of(journey, "newcomer", "join")

    with pytest.raises(steps.NoSuchStep):
        steps.write_words(newcomer=people["newcomer"], journey=journey, position=step.position, words="Ici", version=1)
    with pytest.raises(steps.NoSuchStep):
        steps.tick_step(actor=people["newcomer"], journey=journey, position=99, is_done=True)


def test_what_was_written_is_erased_once_the_journey_is_over_too(people, hr):
    journey = people["journey"]
    step = step_of(journey, "newcomer", "write")
    JourneyStep.objects.filter(pk=step.pk).update(words="À moi")
    journeys.archive_journey(actor=hr, journey=journey)

    steps.erase_words(newcomer=people["newcomer"], journey=journey, position=step.position)

    assert JourneyStep.objects.get(pk=step.pk).words == ""


def test_each_late_step_is_told_once_to_whose_it_is(people, told):
    host = PersonFactory()
    journey = people["journey"]
    Journey.objects.filter(pk=journey.pk).update(cohort=CohortFactory(open=True, host=host))
    journey.steps.update(due_on=clock.today() - 2 * DAY)
    assert steps.remind_of_late_steps() == 0

    journey.steps.update(due_on=clock.today() - 3 * DAY)
    step = step_of(journey, "newcomer")
    steps.tick_step(actor=people["newcomer"], journey=journey, position=step.position, is_done=True)
    assert steps.remind_of_late_steps() == 9
    assert steps.remind_of_late_steps() == 0
    everybody = [people[who].pk for who in ("newcomer", "manager", "buddy")] + [host.pk]
    assert told("steps_overdue") == [sorted(everybody)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, datetime.date(2026, 11, 2)),
        (2, datetime.date(2026, 11, 3)),
        (6, datetime.date(2026, 11, 9)),  # a Saturday moves to the Monday
        (8, datetime.date(2026, 11, 9)),
        (-1, datetime.date(2026, 10, 30)),  # a Sunday moves to the Friday
        (-5, datetime.date(2026, 10, 28)),
    ],
)
def test_day_is_counted_from_the_first_and_never_falls_on_a_weekend(day, expected):
    assert due_on(datetime.date(2026, 11, 2), day) == expected


def test_weeks_and_months_are_counted():
    monday = datetime.date(2026, 11, 2)
    assert [week_of(monday, monday + n * DAY) for n in (-1, 0, 6, 7)] == [0, 1, 1, 2]
    assert months_after(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert months_after(datetime.date(2026, 1, 15), -12) == datetime.date(2025, 1, 15)
