import re

import pytest
from django.urls import reverse

from mentoring.models import Goal, MentoringOffer, MentoringPair, Note, Session
from mentoring.services.pairs import settle_lines
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person
from talent.models import HelpConfirmation
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mentoring import CANARY, MentoringOfferFactory, ask, goal_in, note_in, pair_of, session_in

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true"}


def main(page):
    return page.text.partition("<main")[2].partition("</main>")[0]


def of(pair, name, *rest):
    return reverse(f"mentoring:{name}", args=[pair.public_id, *rest])


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


@pytest.mark.parametrize(("what", "form", "model"), WRITTEN)
def test_form_sent_twice_writes_once(signed_in, what, form, model):
    pair = pair_of()
    browser = signed_in(pair.mentee)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', browser.get(pair.get_absolute_url()).text)[1]

    for _click in range(2):
        assert browser.post(of(pair, "piece_add", what), form | {"key": key}).status_code == 302
    assert model.objects.count() == 1
    assert MentoringPair.objects.get().version == (1 if form.get("kind") == "mine" else 2)
    signed_in(pair.mentor).post(of(pair, "piece_add", what), form | {"key": key})
    assert model.objects.count() == 2


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
    pair = pair_of(days=14)
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


def test_mentee_of_a_pair_that_begins_reads_when_they_can_say_so(signed_in):
    pair = pair_of()
    browser = signed_in(pair.mentee)

    page = browser.get(pair.get_absolute_url())
    assert "from the day after your first session" in page.text
    assert of(pair, "pair_confirm") not in page.text
    assert browser.post(of(pair, "pair_confirm")).status_code == 403


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


PAIR_QUERIES, MINE_QUERIES, FIGURES_QUERIES = 14, 11, 8
