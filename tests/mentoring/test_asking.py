import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mentoring import queries
from mentoring.enums import DeclineReason, Obstacle
from mentoring.models import MentoringPair, MentoringRequest, NotesKey
from mentoring.services import asking
from mentoring.services.asking import CannotAsk, NoPlaceLeft, RequestOver
from mentoring.services.offers import pause_offer
from rse.core import clock
from rse.core.models import RecordedEvent
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mentoring import CANARY, MentoringOfferFactory, ask, pair_of

pytestmark = pytest.mark.django_db


def days_later(days):
    return clock.moved_to(clock.now() + datetime.timedelta(days=days))


def read(request):
    return queries.read_words(queries.opened_key(request.key), request)


def refused(mentee, offer):
    with pytest.raises(CannotAsk) as refusal:
        asking.ask_mentor(mentee=mentee, offer=offer, message="Bonjour")
    return refusal.value.obstacle


def test_request_waits_ten_days_in_sealed_words():
    mentee, offer = PersonFactory(), MentoringOfferFactory()

    request = asking.ask_mentor(mentee=mentee, offer=offer, message=CANARY)

    assert (request.state, request.place, request.expires_at - request.asked_at) == ("pending", 1, datetime.timedelta(days=10))
    stored = MentoringRequest.objects.get()
    assert CANARY.encode() not in bytes(stored.words)
    assert read(stored) == CANARY
    assert [notice.recipient for notice in Notification.objects.all()] == [offer.mentor]


@pytest.mark.parametrize("message", ["", "   ", "x" * 2001])
def test_request_without_words_or_with_too_many_is_refused(message):
    with pytest.raises(PermissionDenied):
        asking.ask_mentor(mentee=PersonFactory(), offer=MentoringOfferFactory(), message=message)
    assert (MentoringRequest.objects.count(), NotesKey.objects.count()) == (0, 0)


def test_x04_mentor_stands_in_neither_direction_of_the_line_at_the_request():
    mentee, above, below = (PersonFactory() for _ in range(3))
    put_under(mentee, above)
    put_under(below, mentee)

    for mentor in (above, below):
        assert refused(mentee, MentoringOfferFactory(mentor=mentor)) == Obstacle.LINE
    assert not MentoringRequest.objects.exists()


def test_x04_line_is_asked_again_at_the_acceptance():
    request = ask()
    put_under(request.mentee, request.mentor)

    with pytest.raises(PermissionDenied):
        asking.accept_request(mentor=request.mentor, request=request)
    request.refresh_from_db()
    assert (request.state, MentoringPair.objects.count()) == ("pending", 0)


def test_who_cannot_be_asked():
    mentee = PersonFactory()
    full = MentoringOfferFactory(capacity=1)
    pair_of(full.mentor)
    waiting = ask(mentee).offer
    together = pair_of(mentee=mentee)

    assert refused(mentee, MentoringOfferFactory(mentor=mentee)) == Obstacle.ONESELF
    assert asking.ask_mentor(mentee=PersonFactory(), offer=full, message="Bonjour").is_pending
    assert refused(mentee, waiting) == Obstacle.WAITING
    assert refused(mentee, together.request.offer) == Obstacle.PAIR
    for offer in (MentoringOfferFactory(paused=True), MentoringOfferFactory(hidden=True)):
        with pytest.raises(PermissionDenied):
            asking.ask_mentor(mentee=mentee, offer=offer, message="Bonjour")
    with pytest.raises(PermissionDenied):
        asking.ask_mentor(mentee=PersonFactory(expected=True), offer=MentoringOfferFactory(), message="Bonjour")


def test_three_requests_wait_at_most_and_one_withdrawn_makes_room():
    mentee = PersonFactory()
    requests = [ask(mentee) for _ in range(3)]

    assert refused(mentee, MentoringOfferFactory()) == Obstacle.TOO_MANY
    asking.withdraw_request(mentee=mentee, request=requests[1])
    assert ask(mentee).place == 2


def test_database_refuses_a_fourth_and_a_second_to_the_same_mentor():
    mentee = PersonFactory()
    one = ask(mentee)
    for changed in ({"place": 4}, {"place": 0}, {"place": None}, {"mentor": mentee}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MentoringRequest.objects.filter(pk=one.pk).update(**changed)
    other = ask(mentee)
    for changed in ({"place": 1}, {"mentor": one.mentor}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MentoringRequest.objects.filter(pk=other.pk).update(**changed)


def test_acceptance_makes_a_pair_with_the_key_of_the_request():
    request = ask()

    pair = asking.accept_request(mentor=request.mentor, request=request)

    request.refresh_from_db()
    assert (request.state, request.place, pair.seat, pair.key, pair.began_on) == ("accepted", None, 1, request.key, clock.today())
    assert read(request) == CANARY
    assert Notification.objects.filter(recipient=request.mentee, event="mentoring.request_answered").exists()


def test_l102_no_place_beyond_the_capacity():
    offer = MentoringOfferFactory(capacity=1)
    first, second = ask(mentor=offer.mentor), ask(mentor=offer.mentor)
    asking.accept_request(mentor=offer.mentor, request=first)

    with pytest.raises(NoPlaceLeft):
        asking.accept_request(mentor=offer.mentor, request=second)

    second.refresh_from_db()
    assert (second.state, MentoringPair.objects.count()) == ("pending", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentoringPair.objects.create(mentor=offer.mentor, mentee=second.mentee, seat=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentoringPair.objects.create(mentor=offer.mentor, mentee=second.mentee, seat=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentoringPair.objects.create(mentor=offer.mentor, mentee=second.mentee, seat=None)


@pytest.mark.parametrize("reason", ["", *DeclineReason.values])
def test_no_needs_no_reason_and_takes_only_neutral_ones(reason):
    request = ask()

    asking.decline_request(mentor=request.mentor, request=request, reason=reason)

    request.refresh_from_db()
    assert (request.state, request.reason) == ("declined", reason)
    assert not MentoringRequest.objects.visible_to(request.mentor).exists()
    assert list(MentoringRequest.objects.visible_to(request.mentee)) == [request]


def test_reason_that_is_not_on_the_list_is_refused():
    request = ask()
    with pytest.raises(PermissionDenied):
        asking.decline_request(mentor=request.mentor, request=request, reason="not good enough")
    request.refresh_from_db()
    assert request.state == "pending"


ANSWERS = {
    "accept": lambda person, request: asking.accept_request(mentor=person, request=request),
    "decline": lambda person, request: asking.decline_request(mentor=person, request=request),
    "withdraw": lambda person, request: asking.withdraw_request(mentee=person, request=request),
}


@pytest.mark.parametrize("verb", ANSWERS)
def test_only_its_own_half_answers_or_withdraws(verb):
    request = ask()
    wrong = [PersonFactory(role="hr"), request.mentor if verb == "withdraw" else request.mentee]

    for person in wrong:
        with pytest.raises(PermissionDenied):
            ANSWERS[verb](person, request)
    request.refresh_from_db()
    assert request.state == "pending"


@pytest.mark.parametrize("verb", ANSWERS)
def test_request_that_is_closed_is_not_answered_again(verb):
    request = ask()
    asking.withdraw_request(mentee=request.mentee, request=request)
    person = request.mentee if verb == "withdraw" else request.mentor

    with pytest.raises(RequestOver):
        ANSWERS[verb](person, MentoringRequest.objects.get())
    with pytest.raises(RequestOver):  # read before it was closed
        ANSWERS[verb](person, request)
    assert not MentoringPair.objects.exists()


def test_request_runs_out_after_ten_days_and_who_asked_is_told():
    request = ask()
    with days_later(9):
        assert asking.expire_requests() == 0
    with days_later(10):
        with pytest.raises(RequestOver):  # even before the clock's job has run
            asking.accept_request(mentor=request.mentor, request=request)
        assert asking.expire_requests() == 1
        assert asking.expire_requests() == 0
    request.refresh_from_db()
    assert (request.state, request.place) == ("expired", None)
    assert [one.facets["recipient_ids"] for one in RecordedEvent.objects.filter(name="mentoring.request_closed")] == [[request.mentee_id]]


def test_paused_offer_still_lets_what_waits_be_answered():
    request = ask()
    pause_offer(mentor=request.mentor, offer=request.offer)

    assert asking.accept_request(mentor=request.mentor, request=request).mentee == request.mentee
