import pytest
from django.urls import reverse

from mentoring.models import MentoringOffer, MentoringPair, MentoringRequest
from mentoring.services.offers import hide_offer, save_offer
from rse.core.access import kinds
from rse.core.enums import Role
from rse.governance.models import Moderation
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mentoring import CANARY, MentoringOfferFactory, ask, pair_of
from tests.factories.talent import SkillFactory

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true"}


def main(page):
    return page.text.partition("<main")[2].partition("</main>")[0]


def of(pair, name, *rest):
    return reverse(f"mentoring:{name}", args=[pair.public_id, *rest])


# Offers


def said(**changed):
    return {"text": "Aider à préparer", "skill_1": SkillFactory().label_en, "capacity": "2", "version": "0"} | changed


def test_offer_is_written_read_paused_and_deleted(signed_in):
    mentor = PersonFactory()
    browser = signed_in(mentor)

    answer = browser.post(reverse("mentoring:my_offer"), said(skill_3=SkillFactory().label_en, languages=["en"]))

    offer = MentoringOffer.objects.get()
    assert answer.url == offer.get_absolute_url()
    assert (offer.capacity, offer.languages, offer.tags.count()) == (2, ["en"], 2)
    assert "Aider à préparer" in main(signed_in(PersonFactory()).get(reverse("mentoring:find")))
    browser.post(reverse("mentoring:my_offer_pause"), {"open": "0"})
    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 404
    assert browser.get(offer.get_absolute_url()).status_code == 200
    browser.post(reverse("mentoring:my_offer_pause"), {"open": "1"})
    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 200
    assert browser.get(reverse("mentoring:my_offer_delete")).status_code == 200
    browser.post(reverse("mentoring:my_offer_delete"))
    assert not MentoringOffer.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"skill_1": ""},
        {"skill_1": "Une compétence inconnue"},
        {"capacity": "9"},
        {"capacity": ""},
        {"text": "x" * 2001},
        {"languages": ["xx"]},
    ],
)
def test_wrong_offer_is_said_at_the_field_and_nothing_is_lost(signed_in, wrong):
    answer = signed_in(PersonFactory()).post(reverse("mentoring:my_offer"), said() | wrong)

    assert answer.status_code == 422
    assert "Aider à préparer" in answer.text or "text" in wrong
    assert not MentoringOffer.objects.exists()


def test_second_window_sees_both_versions_of_the_offer(signed_in):
    mentor, skill = PersonFactory(), SkillFactory()
    save_offer(mentor=mentor, version=0, text="La première", skills=[skill], capacity=2)

    answer = signed_in(mentor).post(reverse("mentoring:my_offer"), said(text="La seconde", version="0"))

    assert answer.status_code == 409
    assert ("La première" in main(answer), "La seconde" in main(answer)) == (True, True)
    assert 'name="version" value="1"' in answer.text
    assert MentoringOffer.objects.get().text == "La première"


def test_l102_too_few_places_are_refused_at_the_field(signed_in):
    mentor = PersonFactory()
    pair_of(mentor), pair_of(mentor)

    answer = signed_in(mentor).post(reverse("mentoring:my_offer"), said(capacity="1", version="1"))

    assert answer.status_code == 422
    assert "You accompany 2 people now" in answer.text


def test_hidden_offer_is_read_by_its_mentor_who_is_told_why(signed_in):
    offer, hr = MentoringOfferFactory(), PersonFactory(role=Role.HR)

    assert signed_in(hr).post(reverse("mentoring:hide", args=[offer.public_id]), {"article": "insult", "reason": ""}).status_code == 422
    signed_in(hr).post(reverse("mentoring:hide", args=[offer.public_id]), {"article": "insult", "reason": "Un mot de trop"})

    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 404
    assert "hidden" in main(signed_in(offer.mentor).get(reverse("mentoring:my_offer")))
    assert "Un mot de trop" in signed_in(offer.mentor).get(Moderation.objects.get().get_absolute_url()).text
    signed_in(hr).post(reverse("mentoring:hide_undo", args=[offer.public_id]))
    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 200


def test_offer_is_reported_like_any_public_text(signed_in):
    offer = MentoringOfferFactory()
    browser = signed_in(PersonFactory())

    assert reverse("report:new", args=["mentoring_offer", offer.public_id]) in browser.get(offer.get_absolute_url()).text
    assert browser.get(reverse("report:new", args=["mentoring_offer", offer.public_id])).status_code == 200


@pytest.mark.parametrize("name", ["mentoring_request", "mentoring_pair"])
def test_r33_what_is_confidential_is_neither_reported_nor_found(signed_in, name):
    pair = pair_of()
    row = pair if name == "mentoring_pair" else pair.request

    assert signed_in(pair.mentor).get(reverse("report:new", args=[name, row.public_id])).status_code in (403, 404)
    assert [kind.name for kind in kinds.every() if kind.name.startswith("mentoring") and kind.document] == []
    assert str(kinds.get(name).title(row)) in ("A private space", "A request")


def test_profile_says_what_somebody_offers_help_on(signed_in):
    offer = MentoringOfferFactory()
    assert "Offers help on" in signed_in(PersonFactory()).get(offer.mentor.get_absolute_url()).text
    hide_offer(by=PersonFactory(role=Role.HR), offer=offer, article="insult", reason="Un mot")
    assert "Offers help on" not in signed_in(PersonFactory()).get(offer.mentor.get_absolute_url()).text


@pytest.mark.parametrize("query", ["?skill=unknown", "?order=best", "?page=0", "?page=x", "?page=99", "?skill=%00", "?page=²"])
def test_finder_leaves_nonsense_aside(signed_in, query):
    MentoringOfferFactory()
    assert signed_in(PersonFactory()).get(reverse("mentoring:find") + query).status_code == 200


def test_finder_holds_no_score_and_no_share(signed_in):
    MentoringOfferFactory()
    page = main(signed_in(PersonFactory()).get(reverse("mentoring:find")))
    assert [word for word in ("%", "score:", "★", "match") if word in page] == []


# Requests


def test_request_is_sent_read_and_accepted(signed_in):
    mentee, offer = PersonFactory(), MentoringOfferFactory()

    assert signed_in(mentee).get(reverse("mentoring:ask", args=[offer.public_id])).status_code == 200
    signed_in(mentee).post(reverse("mentoring:ask", args=[offer.public_id]), {"message": CANARY})
    request = MentoringRequest.objects.get()

    assert request.get_absolute_url() in main(signed_in(offer.mentor).get(reverse("mentoring:my_pairs")))
    assert "A request waits for your answer" in signed_in(offer.mentor).get(reverse("home")).text
    for reader in (mentee, offer.mentor):
        assert CANARY in main(signed_in(reader).get(request.get_absolute_url()))
    accept = reverse("mentoring:request_accept", args=[request.public_id])
    answer = signed_in(offer.mentor).post(accept)
    pair = MentoringPair.objects.get()
    assert answer.url == pair.get_absolute_url()
    assert signed_in(offer.mentor).post(accept).url == pair.get_absolute_url()
    assert MentoringPair.objects.count() == 1


def test_who_cannot_be_asked_is_told_why_and_keeps_what_was_typed(signed_in):
    mentee = PersonFactory()
    offer = MentoringOfferFactory()
    put_under(mentee, offer.mentor)

    answer = signed_in(mentee).post(reverse("mentoring:ask", args=[offer.public_id]), {"message": CANARY})

    assert answer.status_code == 409
    assert ("management line" in main(answer), CANARY in main(answer)) == (True, True)
    assert "management line" in main(signed_in(mentee).get(reverse("mentoring:find")))
    assert not MentoringRequest.objects.exists()


@pytest.mark.parametrize("message", ["", " ", "x" * 2001, "a\x00b"])
def test_request_that_says_nothing_is_refused_at_the_field(signed_in, message):
    answer = signed_in(PersonFactory()).post(reverse("mentoring:ask", args=[MentoringOfferFactory().public_id]), {"message": message})
    assert answer.status_code == 422
    assert not MentoringRequest.objects.exists()


def test_declined_request_shows_a_neutral_reason_to_who_asked_and_nothing_to_the_mentor(signed_in):
    request = ask()
    decline = reverse("mentoring:request_decline", args=[request.public_id])

    assert signed_in(request.mentor).post(decline, {"reason": "not good enough"}).status_code == 422
    signed_in(request.mentor).post(decline, {"reason": "no_time"})

    page = main(signed_in(request.mentee).get(request.get_absolute_url()))
    assert ("I have no time for this now" in page, CANARY in page) == (True, True)
    assert signed_in(request.mentor).get(request.get_absolute_url()).status_code == 404


def test_acceptance_beyond_the_capacity_or_inside_the_line_is_explained(signed_in):
    offer = MentoringOfferFactory(capacity=1)
    first, second = ask(mentor=offer.mentor), ask(mentor=offer.mentor)
    browser = signed_in(offer.mentor)
    browser.post(reverse("mentoring:request_accept", args=[first.public_id]))

    page = browser.post(reverse("mentoring:request_accept", args=[second.public_id]), follow=True)
    assert "All your places are taken" in page.text
    put_under(second.mentee, offer.mentor)
    page = browser.post(reverse("mentoring:request_accept", args=[second.public_id]), follow=True)
    assert "management line" in page.text
    assert MentoringPair.objects.count() == 1


def test_withdrawn_twice_is_said_calmly(signed_in):
    request = ask()
    browser = signed_in(request.mentee)
    withdraw = reverse("mentoring:request_withdraw", args=[request.public_id])
    browser.post(withdraw)
    assert "waits no more" in browser.post(withdraw, follow=True).text
