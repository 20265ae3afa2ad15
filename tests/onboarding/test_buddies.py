"""Buddies: asked one at a time, twice at most, never from above, and nobody any more once it ends."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from onboarding import queries
from onboarding.enums import LONGEST_MESSAGE
from onboarding.models import BuddyRequest, Journey
from onboarding.services import buddies, cohorts, journeys
from rse.core import clock
from rse.core.events import deliveries
from rse.core.events.bus import publish
from rse.core.events.happenings import PeopleArrived, PeopleLeft, PeopleMoved
from rse.core.models import AudienceMember
from rse.core.people.services.people import deactivate
from talent.models import HelpConfirmation, LedgerLine
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.onboarding import BuddyRequestFactory, CohortFactory, JourneyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey():
    newcomer = PersonFactory()
    put_under(newcomer, PersonFactory(first_name="Manager"))
    return JourneyFactory(newcomer=newcomer, cohort=CohortFactory(open=True, members=[newcomer]))


@pytest.fixture
def manager(journey):
    return queries.managers_of(journey)[0]


def accepted(journey, person):
    asked = buddies.ask_buddy(actor=queries.managers_of(journey)[0], journey=journey, person=person)
    return buddies.accept_request(person=person, request=asked)


def in_cohort(journey, person):
    return AudienceMember.objects.filter(audience=journey.cohort.audience_id, person=person).exists()


def opens(person, journey):
    return Journey.objects.visible_to(type(person).objects.get(pk=person.pk)).filter(pk=journey.pk).exists()


@pytest.mark.parametrize("who", ["manager", "hr"])
def test_asked_and_accepted_a_buddy_reads_the_journey_and_joins_the_cohort(journey, manager, hr, told, who):
    buddy, actor = PersonFactory(), {"manager": manager, "hr": hr}[who]
    asked = buddies.ask_buddy(actor=actor, journey=journey, person=buddy, message="Tu connais le site")
    assert buddies.ask_buddy(actor=actor, journey=journey, person=buddy) == asked
    assert not opens(buddy, journey)

    buddies.accept_request(person=buddy, request=asked)
    buddies.accept_request(person=buddy, request=asked)

    assert opens(buddy, journey)
    assert in_cohort(journey, buddy)
    assert Journey.objects.values_list("buddy", "buddy_seat").get() == (buddy.pk, 1)
    assert told("buddy_asked") == [[buddy.pk]]
    assert told("buddy_accepted") == [sorted([journey.newcomer_id, actor.pk])]


@pytest.mark.parametrize("who", ["newcomer", "stranger", "buddy", "manager of others", "hr of elsewhere", "two above"])
def test_nobody_else_asks(journey, manager, who):
    above, other = PersonFactory(), PersonFactory()
    put_under(manager, above)
    put_under(PersonFactory(), other)
    elsewhere, buddy = PersonFactory(), PersonFactory()
    RoleGrantFactory(person=elsewhere, role="hr", unit=UnitFactory())
    people = {"newcomer": journey.newcomer, "stranger": PersonFactory(), "manager of others": other, "two above": above}
    people |= {"hr of elsewhere": elsewhere, "buddy": buddy}
    if who == "buddy":
        accepted(journey, buddy)
    count = BuddyRequest.objects.count()

    with pytest.raises(PermissionDenied):
        buddies.ask_buddy(actor=people[who], journey=journey, person=PersonFactory())
    assert BuddyRequest.objects.count() == count


@pytest.mark.parametrize("whom", ["newcomer", "manager", "two above", "expected", "left"])
def test_neither_the_newcomer_nor_who_stands_above_nor_who_is_not_here_is_asked(journey, manager, hr, whom):
    above = PersonFactory()
    put_under(manager, above)
    people = {"newcomer": journey.newcomer, "manager": manager, "two above": above}
    people |= {"expected": PersonFactory(expected=True), "left": PersonFactory(left=True)}

    with pytest.raises(buddies.NotABuddy):
        buddies.ask_buddy(actor=hr, journey=journey, person=people[whom])
    assert not BuddyRequest.objects.exists()
    assert people[whom] not in queries.possible_buddies(hr, journey)


def test_buddy_welcomes_two_at_the_most(hr):
    buddy = PersonFactory()
    first, second, third = JourneyFactory(), JourneyFactory(), JourneyFactory()
    for journey in (first, second):
        buddies.accept_request(person=buddy, request=buddies.ask_buddy(actor=hr, journey=journey, person=buddy))
    assert buddy not in queries.possible_buddies(hr, third)

    with pytest.raises(buddies.WelcomesEnough):
        buddies.ask_buddy(actor=hr, journey=third, person=buddy)
    waiting = BuddyRequestFactory(journey=third, person=buddy)
    with pytest.raises(buddies.WelcomesEnough):
        buddies.accept_request(person=buddy, request=waiting)
    for seat in (1, 2, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            Journey.objects.filter(pk=third.pk).update(buddy=buddy, buddy_seat=seat)

    journeys.archive_journey(actor=hr, journey=first)
    assert buddies.accept_request(person=buddy, request=waiting) == third


def test_word_to_a_buddy_is_short_whoever_calls(journey, manager):
    with pytest.raises(PermissionDenied):
        buddies.ask_buddy(actor=manager, journey=journey, person=PersonFactory(), message="é" * (LONGEST_MESSAGE + 1))
    assert not BuddyRequest.objects.exists()
    assert buddies.ask_buddy(actor=manager, journey=journey, person=PersonFactory(), message="é" * LONGEST_MESSAGE).state == "pending"


def test_another_is_asked_instead_and_the_first_can_answer_no_more(journey, manager):
    first, second = PersonFactory(), PersonFactory()
    before = buddies.ask_buddy(actor=manager, journey=journey, person=first)
    buddies.ask_buddy(actor=manager, journey=journey, person=second)

    with pytest.raises(buddies.RequestOver):
        buddies.accept_request(person=first, request=before)
    assert BuddyRequest.objects.standing().get().person == second
    with pytest.raises(IntegrityError), transaction.atomic():
        BuddyRequestFactory(journey=journey)


def test_no_needs_no_reason_and_yes_from_somebody_else_is_none(journey, manager, told):
    asked = buddies.ask_buddy(actor=manager, journey=journey, person=PersonFactory())
    for act in (buddies.accept_request, buddies.decline_request):
        with pytest.raises(PermissionDenied):
            act(person=PersonFactory(), request=asked)

    buddies.decline_request(person=asked.person, request=asked)
    buddies.decline_request(person=asked.person, request=asked)

    assert told("buddy_declined") == [[manager.pk]]
    with pytest.raises(buddies.RequestOver):
        buddies.accept_request(person=asked.person, request=asked)


def test_request_runs_out_after_ten_days(journey, manager, told, october):
    asked = buddies.ask_buddy(actor=manager, journey=journey, person=PersonFactory())
    with clock.moved_to(october + datetime.timedelta(days=10, seconds=-1)):
        assert buddies.expire_requests() == 0
    with clock.moved_to(october + datetime.timedelta(days=10)):
        with pytest.raises(buddies.RequestOver):
            buddies.accept_request(person=asked.person, request=asked)
        assert buddies.expire_requests() == 1
        assert buddies.expire_requests() == 0
    assert BuddyRequest.objects.get().state == "expired"
    assert told("buddy_declined") == [[manager.pk]]


@pytest.mark.parametrize("who", ["manager", "hr", "buddy"])
def test_x10_former_buddy_is_nobody_from_that_moment(journey, manager, hr, who):
    buddy = PersonFactory()
    accepted(journey, buddy)

    buddies.end_buddy(actor={"manager": manager, "hr": hr, "buddy": buddy}[who], journey=journey)

    assert not opens(buddy, journey)
    assert not in_cohort(journey, buddy)
    assert BuddyRequest.objects.get().state == "ended"
    assert not BuddyRequest.objects.visible_to(buddy).exists()


def test_former_buddy_stays_in_the_cohort_for_another_newcomer_of_it(journey, hr):
    buddy = PersonFactory()
    other = JourneyFactory(cohort=journey.cohort)
    accepted(journey, buddy)
    buddies.accept_request(person=buddy, request=buddies.ask_buddy(actor=hr, journey=other, person=buddy))

    buddies.end_buddy(actor=hr, journey=journey)

    assert in_cohort(journey, buddy)
    assert not opens(buddy, journey)
    assert opens(buddy, other)


def test_newcomer_does_not_end_it_nor_reads_what_was_said(journey, manager):
    buddies.ask_buddy(actor=manager, journey=journey, person=PersonFactory(), message="canary")
    assert not BuddyRequest.objects.visible_to(journey.newcomer).exists()

    accepted(journey, PersonFactory())
    with pytest.raises(PermissionDenied):
        buddies.end_buddy(actor=journey.newcomer, journey=journey)


def test_buddy_who_leaves_the_company_is_buddy_no_more(journey, manager, told):
    buddy = PersonFactory()
    accepted(journey, buddy)
    waiting = BuddyRequestFactory(journey=JourneyFactory(), person=buddy)

    deactivate(person_ids=[buddy.pk])

    assert Journey.objects.get(pk=journey.pk).buddy is None
    assert BuddyRequest.objects.get(pk=waiting.pk).state == "withdrawn"
    assert told("buddy_ended") == [[manager.pk]]


def test_buddy_who_comes_to_stand_above_is_buddy_no_more(journey):
    buddy = PersonFactory()
    accepted(journey, buddy)
    assert buddies.end_where_above() == 0

    put_under(journey.newcomer, buddy)

    assert buddies.end_where_above() == 1
    assert Journey.objects.get().buddy is None


@pytest.mark.parametrize("way", ["arrived", "left", "moved", "hour"])
def test_whatever_moves_the_lines_ends_a_buddy_who_stands_above(journey, way):
    buddy = PersonFactory()
    accepted(journey, buddy)
    put_under(journey.newcomer, buddy)

    if way == "hour":
        cohorts.tend()
    else:
        happened = {"arrived": PeopleArrived, "left": PeopleLeft, "moved": PeopleMoved}[way]
        with transaction.atomic():
            publish(happened(person_ids=(journey.newcomer_id,)))
        deliveries.drain()

    assert Journey.objects.get(pk=journey.pk).buddy is None


def test_same_site_comes_first_in_the_list_of_who_may_be_asked(journey, hr):
    near = PersonFactory(last_name="Zola", site=journey.newcomer.site)
    far = PersonFactory(last_name="Aubry", site=SiteFactory(name="Porto"))
    rows = list(queries.possible_buddies(hr, journey).order_by("elsewhere", "last_name", "pk"))

    assert rows.index(near) < rows.index(far)
    assert rows[-1] == far


# Thanks


def thank(journey, sentence="Merci pour les cafés."):
    return buddies.thank_buddy(newcomer=journey.newcomer, journey=journey, sentence=sentence)


def test_welcome_is_confirmed_once_and_proposed_to_the_buddy_alone(journey, django_capture_on_commit_callbacks):
    buddy = PersonFactory()
    accepted(journey, buddy)

    with django_capture_on_commit_callbacks(execute=True):
        thank(journey)
        thank(journey, "Merci encore.")

    line = LedgerLine.objects.get()
    assert (line.person, line.kind, line.is_kept, list(line.helped.all())) == (buddy, "buddying", False, [journey.newcomer])
    assert BuddyRequest.objects.get().thanks == "Merci encore."
    assert HelpConfirmation.objects.count() == 1
    assert not LedgerLine.objects.visible_to(PersonFactory()).exists()


def test_confirmation_taken_back_takes_its_act_along(journey, django_capture_on_commit_callbacks):
    accepted(journey, PersonFactory())
    with django_capture_on_commit_callbacks(execute=True):
        thank(journey)

    buddies.withdraw_thanks(newcomer=journey.newcomer, journey=journey)
    buddies.withdraw_thanks(newcomer=journey.newcomer, journey=journey)

    assert not HelpConfirmation.objects.exists()
    assert BuddyRequest.objects.get().thanks == ""


def test_new_buddy_does_not_wear_the_thanks_of_the_former_who_keeps_them(journey, manager):
    former, new = PersonFactory(), PersonFactory()
    accepted(journey, former)
    thank(journey)
    buddies.end_buddy(actor=manager, journey=journey)
    assert queries.thanks_of(Journey.objects.get(pk=journey.pk)) is None
    accepted(journey, new)
    assert queries.thanks_of(Journey.objects.get(pk=journey.pk)) is None

    buddies.withdraw_thanks(newcomer=journey.newcomer, journey=journey)

    assert list(HelpConfirmation.objects.values_list("person", flat=True)) == [former.pk]
    assert BuddyRequest.objects.get(person=former).thanks == "Merci pour les cafés."
    thank(journey, "Merci à toi.")
    assert queries.thanks_of(Journey.objects.get(pk=journey.pk)).person == new


@pytest.mark.parametrize("who", ["buddy", "manager", "hr", "nobody to thank", "not yet here"])
def test_only_the_newcomer_confirms_from_the_first_day_and_for_a_buddy(journey, manager, hr, who):
    buddy = PersonFactory()
    if who != "nobody to thank":
        accepted(journey, buddy)
    if who == "not yet here":
        type(buddy).objects.filter(pk=journey.newcomer_id).update(state="expected")
        journey.newcomer.refresh_from_db()
    actor = {"buddy": buddy, "manager": manager, "hr": hr}.get(who, journey.newcomer)

    with pytest.raises(PermissionDenied):
        buddies.thank_buddy(newcomer=actor, journey=journey, sentence="Merci")
    assert not HelpConfirmation.objects.exists()


@pytest.mark.parametrize("sentence", ["", "   ", "é" * 281])
def test_sentence_is_there_and_short(journey, sentence):
    accepted(journey, PersonFactory())

    with pytest.raises(buddies.NoSentence):
        thank(journey, sentence)
    assert not HelpConfirmation.objects.exists()
