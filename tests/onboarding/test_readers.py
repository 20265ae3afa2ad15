"""Who reads a journey, and what of it: the same whichever way it is asked."""

import pytest

from onboarding import visible_fields
from onboarding.models import BuddyRequest, Cohort, Journey, JourneyStep
from onboarding.services import journeys
from rse.core.access.readers import readers_of
from rse.core.access.who_sees import who_never_reads, who_reads
from rse.core.models import Person
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.onboarding import CohortFactory, JourneyFactory, step_of

pytestmark = pytest.mark.django_db


def fresh(person):
    return Person.objects.get(pk=person.pk)


def opens(person, journey):
    return Journey.objects.visible_to(fresh(person)).filter(pk=journey.pk).exists()


@pytest.fixture
def world():
    """A journey with a word of the newcomer, a note of HR, a sentence for the buddy and a private step that is done."""
    people = {name: PersonFactory(first_name=name) for name in ("newcomer", "manager", "above", "buddy", "hr", "elsewhere", "stranger")}
    put_under(people["newcomer"], people["manager"])
    put_under(people["manager"], people["above"])
    RoleGrantFactory(person=people["hr"], role="hr", unit=people["newcomer"].unit)
    RoleGrantFactory(person=people["elsewhere"], role="hr", unit=UnitFactory())
    journey = JourneyFactory(newcomer=people["newcomer"], buddy=people["buddy"], hr_note="canary of HR")
    journey.steps.filter(template_step__kind="write").update(words="canary of the newcomer")
    BuddyRequest.objects.filter(journey=journey).update(thanks="canary of thanks", message="canary of the request")
    return people | {"journey": journey}


def seen_by(world, who):
    return visible_fields.fields_for(fresh(world[who]), Journey.objects.with_card().get())


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        *((who, True) for who in ("newcomer", "manager", "buddy", "hr")),
        *((who, False) for who in ("above", "elsewhere", "stranger")),
    ],
)
def test_journey_is_for_its_newcomer_direct_manager_buddy_and_hr(world, who, expected):
    assert opens(world[who], world["journey"]) is expected
    assert (world[who] in readers_of(world["journey"])) is expected


@pytest.mark.parametrize(
    ("who", "words", "note", "thanks", "count"),
    [
        ("newcomer", True, False, True, 10),
        ("hr", True, True, True, 10),
        ("manager", False, False, False, 9),
        ("buddy", False, False, True, 9),
    ],
)
def test_words_are_for_the_newcomer_and_hr_alone(world, who, words, note, thanks, count):
    shown = seen_by(world, who)

    assert ("canary of the newcomer" in [step.words for step in shown.steps]) is words
    assert (shown.note == "canary of HR") is note
    assert (shown.thanks == "canary of thanks") is thanks
    assert shown.count == count
    assert ("canary of the newcomer" in str(visible_fields.exported(fresh(world[who]), world["journey"]))) is words


@pytest.mark.parametrize("who", ["manager", "above", "buddy"])
def test_who_stands_above_or_is_the_buddy_reads_no_word_whatever_role_they_hold(world, who):
    RoleGrantFactory(person=world[who], role="hr")

    shown = seen_by(world, who)

    assert opens(world[who], world["journey"])
    assert {step.words for step in shown.steps} == {None}
    assert (shown.note, shown.reads_words) == (None, False)


def test_newcomer_who_holds_hr_reads_no_note_about_themselves(world):
    RoleGrantFactory(person=world["newcomer"], role="hr")

    assert seen_by(world, "newcomer").note is None
    assert not BuddyRequest.objects.visible_to(fresh(world["newcomer"])).exists()


def test_r02_whether_the_charter_was_read_is_seen_by_the_newcomer_and_hr_alone(world):
    charter = step_of(world["journey"], "newcomer", "read")
    titles = {who: [step.title for step in seen_by(world, who).steps] for who in ("newcomer", "hr", "manager", "buddy")}

    assert {who: charter.template_step.title in found for who, found in titles.items()} == {
        "newcomer": True,
        "hr": True,
        "manager": False,
        "buddy": False,
    }


def test_t05_new_manager_sees_it_and_the_old_one_no_longer(world):
    after = PersonFactory()

    put_under(world["newcomer"], after)

    assert opens(after, world["journey"])
    assert not opens(world["manager"], world["journey"])
    step = next(step for step in visible_fields.fields_for(fresh(after), world["journey"]).steps if step.actor == "manager")
    assert step.is_mine


@pytest.mark.parametrize("state", ["closed", "archived"])
def test_journey_that_is_over_is_for_the_newcomer_and_hr(world, state):
    journeys.end_journeys(rows=Journey.objects.all(), state=state, because="over")

    assert [opens(world[who], world["journey"]) for who in ("newcomer", "hr", "manager", "buddy")] == [True, True, False, False]


def test_cohort_is_for_its_members_its_host_and_hr_of_its_newcomers(world):
    host, member = PersonFactory(), PersonFactory(expected=True)
    opened = CohortFactory(open=True, host=host, members=[member])
    planned = CohortFactory(host=host, site=SiteFactory(name="Lyon"))
    Journey.objects.update(cohort=opened)
    seen = {
        name: set(Cohort.objects.visible_to(fresh(person)))
        for name, person in {**world, "host": host, "member": member}.items()
        if name != "journey"
    }

    assert seen["host"] == {opened, planned}
    assert seen["member"] == seen["hr"] == {opened}
    assert seen["elsewhere"] == seen["stranger"] == seen["manager"] == set()


def test_words_are_in_no_row_but_the_steps(world):
    assert JourneyStep.objects.filter(words="canary of the newcomer").count() == 2


@pytest.mark.parametrize("has_every_role", [False, True])
def test_form_of_a_word_names_whoever_reads_it_and_nobody_else(world, has_every_role):
    journey, people = world["journey"], {name: one for name, one in world.items() if name != "journey"}
    if has_every_role:
        for person in people.values():
            RoleGrantFactory(person=person, role="hr", unit=people["newcomer"].unit)

    named, never = (
        {person.pk for part in parts(journey, "words") for person in part.people(journey)} for parts in (who_reads, who_never_reads)
    )

    assert {one.pk for name, one in people.items() if "canary of the newcomer" in str(seen_by(world, name))} == named - never
