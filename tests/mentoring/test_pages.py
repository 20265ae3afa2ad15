import re

import pytest
from django.urls import reverse

from mentoring.models import Goal, MentoringOffer, MentoringPair, MentoringRequest, Note, Session
from mentoring.services.offers import hide_offer, save_offer
from mentoring.services.pairs import settle_lines
from rse.core import clock, kinds
from rse.core.enums import Role
from rse.core.models import Person
from rse.governance.models import Moderation
from talent.models import HelpConfirmation
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mentoring import CANARY, MentoringOfferFactory, ask, goal_in, note_in, pair_of, session_in
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
    [{"skill_1": ""}, {"skill_1": "Une compétence inconnue"}, {"capacity": "9"}, {"capacity": ""}, {"text": "x" * 2001}, {"languages": ["xx"]}],
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

    assert signed_in(hr).post(reverse("mentoring:hide", args=[offer.pk]), {"article": "insult", "reason": ""}).status_code == 422
    signed_in(hr).post(reverse("mentoring:hide", args=[offer.pk]), {"article": "insult", "reason": "Un mot de trop"})

    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 404
    assert "hidden" in main(signed_in(offer.mentor).get(reverse("mentoring:my_offer")))
    assert "Un mot de trop" in signed_in(offer.mentor).get(Moderation.objects.get().get_absolute_url()).text
    signed_in(hr).post(reverse("mentoring:hide_undo", args=[offer.pk]))
    assert signed_in(PersonFactory()).get(offer.get_absolute_url()).status_code == 200


def test_offer_is_reported_like_any_public_text(signed_in):
    offer = MentoringOfferFactory()
    browser = signed_in(PersonFactory())

    assert reverse("report:new", args=["mentoring_offer", offer.pk]) in browser.get(offer.get_absolute_url()).text
    assert browser.get(reverse("report:new", args=["mentoring_offer", offer.pk])).status_code == 200


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

    assert signed_in(mentee).get(reverse("mentoring:ask", args=[offer.pk])).status_code == 200
    signed_in(mentee).post(reverse("mentoring:ask", args=[offer.pk]), {"message": CANARY})
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

    answer = signed_in(mentee).post(reverse("mentoring:ask", args=[offer.pk]), {"message": CANARY})

    assert answer.status_code == 409
    assert ("management line" in main(answer), CANARY in main(answer)) == (True, True)
    assert "management line" in main(signed_in(mentee).get(reverse("mentoring:find")))
    assert not MentoringRequest.objects.exists()


@pytest.mark.parametrize("message", ["", " ", "x" * 2001, "a\x00b"])
def test_request_that_says_nothing_is_refused_at_the_field(signed_in, message):
    answer = signed_in(PersonFactory()).post(reverse("mentoring:ask", args=[MentoringOfferFactory().pk]), {"message": message})
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


# Pairs


def test_pair_page_with_everything_in_it(signed_in):
    pair = pair_of()
    goal_in(pair, words="Un but"), session_in(pair, words="Un sujet"), note_in(pair, pair.mentor, "ours", "À deux")
    note_in(pair, pair.mentee, "mine", "À moi seule")

    theirs, mine = (main(signed_in(person).get(pair.get_absolute_url())) for person in (pair.mentor, pair.mentee))

    for page in (theirs, mine):
        assert [word for word in ("Un but", "Un sujet", "À deux", CANARY) if word not in page] == []
    assert ("À moi seule" in mine, "À moi seule" in theirs) == (True, False)


def test_screen_says_what_the_encryption_protects_from_and_what_not(signed_in):
    pair = pair_of()
    page = signed_in(pair.mentor).get(pair.get_absolute_url()).text
    assert "stolen copy of the database" in page
    assert "the people who operate the server" in page


def test_shared_piece_is_what_a_reload_shows(signed_in):
    pair = pair_of()
    goal_in(pair), session_in(pair), note_in(pair, kind="ours")
    browser = signed_in(pair.mentor)

    swapped = browser.get(pair.get_absolute_url(), headers=PIECE)
    whole = browser.get(pair.get_absolute_url())

    token = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert swapped.templates[0].name == "mentoring/_shared.html"
    assert token.sub("", swapped.text.strip()) in token.sub("", whole.text)


WRITTEN = [("goals", {"words": "Un but"}, Goal), ("sessions", {"words": "Un sujet", "on": "2026-12-01"}, Session)]
WRITTEN += [("notes", {"words": "Une note", "kind": kind}, Note) for kind in ("mine", "ours")]


@pytest.mark.parametrize(("what", "form", "model"), WRITTEN)
def test_piece_is_written_edited_and_erased(signed_in, what, form, model):
    pair = pair_of()
    browser = signed_in(pair.mentee)

    assert browser.post(of(pair, "piece_add", what), form).status_code == 302
    row = model.objects.get()
    address = of(pair, "piece_edit", what, row.public_id)
    assert form["words"] in main(browser.get(address))
    browser.post(address, form | {"words": "Autrement", "version": "1"})
    assert "Autrement" in main(browser.get(pair.get_absolute_url()))
    late = browser.post(address, form | {"words": "Trop tard", "version": "1"})
    assert late.status_code == 409
    assert ("Autrement" in main(late), "Trop tard" in main(late)) == (True, True)
    browser.post(of(pair, "piece_erase", what, row.public_id))
    assert not model.objects.exists()
    assert browser.post(address, form | {"version": "2"}).status_code == 404


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("goals", {"words": ""}),
        ("goals", {"words": "x" * 301}),
        ("sessions", {"words": "Un sujet", "on": "demain"}),
        ("sessions", {"words": "Un sujet", "on": "1999-01-01"}),
        ("notes", {"words": "Gardez ceci", "kind": "all"}),
        ("notes", {"words": "a\x00b", "kind": "mine"}),
    ],
)
def test_wrong_piece_is_said_at_the_field_and_nothing_is_written(signed_in, what, wrong):
    pair = pair_of()
    answer = signed_in(pair.mentee).post(of(pair, "piece_add", what), wrong)

    assert answer.status_code == 422
    assert (Goal.objects.count(), Session.objects.count(), Note.objects.count()) == (0, 0, 0)
    assert "Gardez ceci" not in wrong["words"] or "Gardez ceci" in answer.text


def test_unknown_piece_is_absent(signed_in):
    pair, other = pair_of(), pair_of()
    browser = signed_in(pair.mentee)
    note, elsewhere = note_in(pair, pair.mentor, "mine"), goal_in(other)

    for what, public_id in (("notes", note.public_id), ("goals", elsewhere.public_id), ("secrets", "x"), ("goals", note.public_id)):
        assert browser.get(of(pair, "piece_edit", what, public_id)).status_code == 404
        assert browser.post(of(pair, "piece_erase", what, public_id)).status_code == 404
    assert browser.post(of(pair, "piece_add", "secrets"), {"words": "x"}).status_code == 404


def test_note_is_handed_to_its_author_as_text(signed_in):
    note = note_in(pair_of(), kind="ours")

    answer = signed_in(note.author).get(of(note.pair, "piece_download", note.public_id))

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store, private")
    assert CANARY in answer.text
    assert signed_in(note.pair.mentor).get(of(note.pair, "piece_download", note.public_id)).status_code == 403


def test_other_key_is_said_on_every_page_and_nothing_breaks(signed_in, settings):
    pair, request = pair_of(), ask()
    goal, note = goal_in(pair), note_in(pair)
    session_in(pair)
    settings.NOTES_KEY = "another-key-for-notes-of-more-than-thirty-two-characters"
    browser = signed_in(pair.mentee)

    page = browser.get(pair.get_absolute_url())
    assert (page.status_code, "cannot be opened on this server" in page.text, CANARY in page.text) == (200, True, False)
    assert "cannot be read" in signed_in(request.mentor).get(request.get_absolute_url()).text
    for what, row in (("goals", goal), ("notes", note)):
        assert "cannot be opened" in browser.get(of(pair, "piece_edit", what, row.public_id)).text
        answer = browser.post(of(pair, "piece_edit", what, row.public_id), {"words": "Gardez ceci", "version": "1"})
        assert (answer.status_code, "Gardez ceci" in answer.text) == (422, True)
    answer = browser.post(of(pair, "piece_add", "goals"), {"words": "Gardez ceci"})
    assert (answer.status_code, "Gardez ceci" in answer.text, Goal.objects.count()) == (422, True, 1)
    assert browser.get(of(pair, "piece_download", note.public_id)).url == pair.get_absolute_url()


def test_frozen_and_ended_pages_say_so_and_offer_nothing_to_write(signed_in):
    pair = pair_of()
    note_in(pair)
    browser = signed_in(pair.mentee)
    put_under(pair.mentee, pair.mentor)
    settle_lines()

    page = browser.get(pair.get_absolute_url())
    assert ("This space is paused" in page.text, "Write this note" in page.text, CANARY in page.text) == (True, False, True)
    assert browser.post(of(pair, "piece_add", "notes"), {"words": "x", "kind": "mine"}).status_code == 403
    assert browser.get(of(pair, "pair_end")).status_code == 200
    browser.post(of(pair, "pair_end"))
    page = browser.get(pair.get_absolute_url())
    assert ("It is over." in page.text, "Our goals" in page.text, CANARY in main(page)) == (True, False, True)
    assert "Ended" in main(browser.get(reverse("mentoring:my_pairs")))


def test_mentee_says_that_it_helped_and_takes_it_back(signed_in):
    pair = pair_of()
    skill = MentoringOffer.objects.get().skills.get()
    browser = signed_in(pair.mentee)

    browser.post(of(pair, "pair_confirm"), {"skills": [skill.code]})
    assert "You said so" in browser.get(pair.get_absolute_url()).text
    assert HelpConfirmation.objects.get().person == pair.mentor
    browser.post(of(pair, "pair_unconfirm"))
    assert not HelpConfirmation.objects.exists()
    assert browser.post(of(pair, "pair_confirm"), {"skills": ["unknown"]}).status_code == 422
    for verb in ("pair_confirm", "pair_unconfirm"):
        assert signed_in(pair.mentor).post(of(pair, verb)).status_code == 403


def test_hidden_and_absent_pair_give_the_same_page(signed_in):
    pair, browser = pair_of(), signed_in(PersonFactory())
    there, absent = browser.get(pair.get_absolute_url()), browser.get(reverse("mentoring:pair", args=["nothing"]))
    assert (there.status_code, absent.status_code) == (404, 404)
    nonce = re.compile(r'nonce="[^"]*"|/mentoring/pairs/[^/"]+/|[A-Za-z0-9]{64}')
    assert nonce.sub("", there.text) == nonce.sub("", absent.text)


def test_pair_shows_in_no_page_of_others(signed_in):
    pair = pair_of()
    goal_in(pair), note_in(pair, kind="ours"), session_in(pair)
    for reader in (PersonFactory(), PersonFactory(role=Role.HR), PersonFactory(role=Role.ADMINISTRATOR)):
        browser = signed_in(reader)
        pages = [reverse("home"), reverse("mentoring:my_pairs"), pair.mentee.get_absolute_url(), reverse("mentoring:find"), "/notices/"]
        pages += [reverse("mentoring:figures")] if reader.holds(Role.HR) else []
        for address in pages:
            text = browser.get(address).text
            assert [word for word in (pair.public_id, CANARY) if word in text] == []
        if reader.holds(Role.HR):
            figures = main(browser.get(reverse("mentoring:figures")))
            assert [name for name in (pair.mentee.last_name, pair.mentor.last_name) if name in figures] == []


def test_next_session_is_on_the_home_page_without_a_name(signed_in):
    pair = pair_of()
    session_in(pair, days=2)
    page = main(signed_in(pair.mentee).get(reverse("home")))
    assert ("Your next session" in page, pair.mentor.name in page) == (True, False)


@pytest.mark.parametrize("item_count", [1, 3])
def test_pages_cost_the_same_for_three_things_as_for_one(signed_in, django_assert_num_queries, item_count):
    pair = pair_of()
    for _item in range(item_count):
        goal_in(pair), session_in(pair), note_in(pair), note_in(pair, pair.mentor, "ours")
    browser = signed_in(Person.objects.get(pk=pair.mentee_id))
    browser.get(pair.get_absolute_url())

    with django_assert_num_queries(PAIR_QUERIES):
        browser.get(pair.get_absolute_url(), headers=PIECE)


@pytest.mark.parametrize("item_count", [1, 3])
def test_own_page_costs_the_same_for_three_things_as_for_one(signed_in, django_assert_num_queries, item_count):
    person = PersonFactory()
    MentoringOfferFactory(mentor=person, capacity=5)
    for _item in range(item_count):
        pair_of(person), ask(mentor=person), ask(person)
    browser = signed_in(person)
    browser.get(reverse("mentoring:my_pairs"))

    with django_assert_num_queries(MINE_QUERIES):
        browser.get(reverse("mentoring:my_pairs"))


@pytest.mark.parametrize("item_count", [1, 3])
def test_figures_cost_the_same_for_three_things_as_for_one(signed_in, django_assert_num_queries, item_count):
    for _item in range(item_count):
        session_in(pair_of())
    browser = signed_in(PersonFactory(role=Role.HR))
    browser.get(reverse("mentoring:figures"))

    with django_assert_num_queries(FIGURES_QUERIES):
        browser.get(reverse("mentoring:figures"))


def test_today_is_read_from_the_clock(signed_in):
    import datetime

    person = PersonFactory()
    request = ask(mentor=person)
    with clock.moved_to(clock.now() + datetime.timedelta(days=11)):
        assert request.get_absolute_url() not in main(signed_in(person).get(reverse("mentoring:my_pairs")))


PAIR_QUERIES, MINE_QUERIES, FIGURES_QUERIES = 12, 11, 9
