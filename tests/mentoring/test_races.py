"""Many at once: places are never given twice, and nothing that is once is there twice. On both databases, with real threads."""

import pytest

from mentoring.models import MentoringOffer, MentoringPair, MentoringRequest
from mentoring.services.asking import CannotAsk, NoPlaceLeft, RequestOver, accept_request, ask_mentor, withdraw_request
from mentoring.services.offers import CapacityTaken, save_offer
from mentoring.services.pairs import confirm_mentor, end_pair
from rse.core.people.services.audiences import ensure_everyone
from rse.core.versions import EditedMeanwhile
from talent.models import HelpConfirmation
from tests.factories import PersonFactory
from tests.factories.mentoring import MentoringOfferFactory, ask, pair_of
from tests.factories.talent import SkillFactory
from tests.identity.doors import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act, *refusals):
    """What ``act`` gives, or the name of how it was refused."""

    def run():
        try:
            act()
        except refusals as refusal:
            return type(refusal).__name__
        return "done"

    return run


def requests_for(offer, count):
    """Requests that wait, written as they come: they were asked while there was a place."""
    MentoringOffer.objects.filter(pk=offer.pk).update(capacity=5)
    made = [ask(mentor=offer.mentor) for _ in range(count)]
    MentoringOffer.objects.filter(pk=offer.pk).update(capacity=offer.capacity)
    return made


def test_l102_of_many_requests_accepted_at_once_three_find_a_place():
    offer = MentoringOfferFactory(capacity=3)
    requests = requests_for(offer, 24)

    results = at_once([tried(lambda one=one: accept_request(mentor=offer.mentor, request=one), NoPlaceLeft) for one in requests])

    assert sorted(results) == ["NoPlaceLeft"] * 21 + ["done"] * 3
    assert sorted(MentoringPair.objects.values_list("seat", flat=True)) == [1, 2, 3]
    assert MentoringRequest.objects.filter(state="pending").count() == 21


def test_l102_capacity_lowered_while_people_are_accepted_is_never_exceeded():
    offer = MentoringOfferFactory(capacity=3)
    requests = requests_for(offer, 8)
    skill = SkillFactory()

    def lower():
        save_offer(mentor=offer.mentor, version=1, text="Moins", skills=[skill], capacity=1)

    at_once(
        [tried(lower, CapacityTaken)]
        + [tried(lambda one=one: accept_request(mentor=offer.mentor, request=one), NoPlaceLeft) for one in requests]
    )

    taken, capacity = MentoringPair.objects.count(), MentoringOffer.objects.get().capacity
    assert capacity in (1, 3)
    assert taken == capacity


def test_one_request_answered_in_many_windows_is_one_pair():
    request = ask()

    results = at_once([tried(lambda: accept_request(mentor=request.mentor, request=request), RequestOver)] * 8)

    assert sorted(results) == ["RequestOver"] * 7 + ["done"]
    assert MentoringPair.objects.count() == 1


def test_accepted_and_withdrawn_at_once_is_one_of_the_two():
    request = ask()

    at_once(
        [
            tried(lambda: accept_request(mentor=request.mentor, request=request), RequestOver),
            tried(lambda: withdraw_request(mentee=request.mentee, request=request), RequestOver),
        ]
    )

    request.refresh_from_db()
    assert (request.state, MentoringPair.objects.count()) in {("accepted", 1), ("withdrawn", 0)}


def test_three_wait_at_most_from_many_windows():
    mentee, offers = PersonFactory(), [MentoringOfferFactory() for _ in range(10)]

    results = at_once([tried(lambda one=one: ask_mentor(mentee=mentee, offer=one, message="Bonjour"), CannotAsk) for one in offers])

    assert results.count("done") == 3
    assert sorted(MentoringRequest.objects.values_list("place", flat=True)) == [1, 2, 3]


def test_one_mentor_asked_from_many_windows_is_asked_once():
    mentee, offer = PersonFactory(), MentoringOfferFactory()

    results = at_once([tried(lambda: ask_mentor(mentee=mentee, offer=offer, message="Bonjour"), CannotAsk)] * 8)

    assert results.count("done") == MentoringRequest.objects.count() == 1


def test_first_offer_saved_from_many_windows_is_one():
    mentor, skill = PersonFactory(), SkillFactory()

    results = at_once([tried(lambda: save_offer(mentor=mentor, version=0, text="Aider", skills=[skill], capacity=2), EditedMeanwhile)] * 6)

    assert results.count("done") == MentoringOffer.objects.count() == 1


def test_ended_and_confirmed_many_times_at_once_is_once():
    pair = pair_of(days=14)
    ensure_everyone()

    at_once([lambda: confirm_mentor(mentee=pair.mentee, pair=pair)] * 6)
    at_once([lambda: end_pair(actor=pair.mentee, pair=pair), lambda: end_pair(actor=pair.mentor, pair=pair)] * 3)

    assert (HelpConfirmation.objects.count(), MentoringPair.objects.get().state) == (1, "ended")
