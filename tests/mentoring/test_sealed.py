"""Whoever comes in by a link, or after a second factor was forgotten, reads no word until they show what they had before."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.urls import reverse

from mentoring import live_topics
from mentoring.models import Goal, MentoringPair, MentoringRequest, Note, Seal, SealConfirmation, Session
from mentoring.services import asking, pairs, seals, writing
from rse.core import clock
from rse.core.access import reopening
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.demo.phone import code_now
from rse.identity import second_factor
from rse.identity.services.passwords import forget_second_factor, reset_password
from tests.every_form import typed_by
from tests.factories import PersonFactory
from tests.factories.mentoring import CANARY, MentoringOfferFactory, ask, goal_in, pair_of
from tests.guards import HouseClient
from tests.identity.doors import give_second_factor, person_of, type_code

from .under_seal import ANOTHER, WEEK, fresh, main

pytestmark = pytest.mark.django_db


def reset(person):
    """Choose another password by the link of a mail, as anybody who reads that mailbox does; the browser of who did."""
    browser = HouseClient()
    browser.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https?://[^/\s]+(\S+)", mail.outbox[-1].body)[1]
    form = browser.get(link)["Location"]
    assert browser.post(form, {"password1": ANOTHER, "password2": ANOTHER}).status_code == 302
    return browser


def addresses_of(pair, pieces):
    goal, session, ours, mine = pieces
    named = [(row, what) for row, what in ((goal, "goals"), (session, "sessions"), (ours, "notes"), (mine, "notes"))]
    gets = [reverse("mentoring:my_pairs"), pair.get_absolute_url(), pair.request.get_absolute_url()]
    gets += [reverse("mentoring:pair_end", args=[pair.public_id])]
    gets += [reverse("mentoring:piece_edit", args=[pair.public_id, what, row.public_id]) for row, what in named]
    gets += [reverse("mentoring:piece_download", args=[pair.public_id, row.public_id]) for row in (ours, mine)]
    posts = [reverse(f"mentoring:{name}", args=[pair.public_id]) for name in ("pair_end", "pair_confirm", "pair_unconfirm")]
    posts += [reverse("mentoring:piece_add", args=[pair.public_id, what]) for what in ("goals", "sessions", "notes")]
    posts += [reverse("mentoring:piece_edit", args=[pair.public_id, what, row.public_id]) for row, what in named]
    posts += [reverse("mentoring:piece_erase", args=[pair.public_id, what, row.public_id]) for row, what in named]
    posts += [reverse("mentoring:piece_tick", args=[pair.public_id, goal.public_id])]
    posts += [reverse(f"mentoring:request_{verb}", args=[pair.request.public_id]) for verb in ("accept", "decline", "withdraw")]
    return gets, posts


FORM = {"words": "Autre chose", "on": "2026-12-01", "kind": "mine", "version": 1, "done": "1"}


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_l108_reset_opens_no_word_on_any_page(world, side):
    pair, pieces = world
    browser = reset(getattr(pair, side))
    assert person_of(browser) == str(getattr(pair, side).pk)
    gets, posts = addresses_of(pair, pieces)

    for address in gets:
        page = browser.get(address)
        assert (page.status_code, "under seal" in page.text, CANARY in page.text) == (403, True, False), address
    for address in posts:
        page = browser.post(address, FORM)
        assert (page.status_code, "under seal" in page.text, CANARY in page.text) == (403, True, False), address
    swapped = browser.get(pair.get_absolute_url(), headers={"HX-Request": "true"})
    assert CANARY not in swapped.text
    for address in (reverse("home"), reverse("mentoring:find"), "/notices/", "/search/?q=canari", pair.mentor.get_absolute_url()):
        page = browser.get(address)
        assert page.status_code == 200
        assert [word for word in (CANARY, pair.public_id, "Your next session") if word in main(page)] == []
    assert [(fresh(row).version, bytes(fresh(row).words)) for row in pieces] == [(1, bytes(row.words)) for row in pieces]
    assert (fresh(pair).state, Goal.objects.count(), Note.objects.count(), Session.objects.count()) == ("active", 1, 2, 1)


def test_l108_what_was_typed_is_given_back(world):
    pair, _pieces = world
    browser = reset(pair.mentee)
    page = browser.post(
        reverse("mentoring:piece_add", args=[pair.public_id, "goals"]), {"words": "Gardez ceci", "typed_by": typed_by(browser)}
    )
    assert "Gardez ceci" in main(page)


def test_l108_seal_answers_alike_for_pairs_that_exist_and_for_others(world):
    pair, _pieces = world
    other = pair_of()
    browser = reset(pair.mentee)
    browser.get(reverse("home"))  # what was said of the reset is said
    changing = re.compile(r'nonce="[^"]*"|/mentoring/pairs/[^/"]+/|[A-Za-z0-9]{64}')
    pages = [browser.get(reverse("mentoring:pair", args=[one])) for one in (pair.public_id, other.public_id, "nothing")]
    assert {(page.status_code, changing.sub("", page.text)) for page in pages} == {(403, changing.sub("", pages[0].text))}


def test_l108_rows_counts_and_readers_close_with_the_seal(world):
    pair, pieces = world
    waiting = ask(pair.mentee)
    reopening.run([pair.mentee_id])

    for model in (MentoringPair, MentoringRequest, Goal, Session, Note):
        assert not model.objects.visible_to(pair.mentee).exists()
    for row in (pair, waiting, *pieces):
        assert pair.mentee not in readers_of(row)
    for row in (pair, pair.request, *pieces[:3]):
        assert pair.mentor in readers_of(row)
    assert live_topics._readable(pair.mentee, [pair.public_id]) == set()
    assert live_topics._readers(pair.public_id, {pair.mentor_id, pair.mentee_id}) == {pair.mentor_id}


def test_l108_services_refuse_in_the_name_of_whoever_is_sealed(world):
    pair, (goal, session, ours, mine) = world
    sent, received = ask(pair.mentee), ask(mentor=pair.mentee)
    person, offer = pair.mentee, MentoringOfferFactory()
    reopening.run([person.pk])
    acts = [
        lambda: writing.write_goal(author=person, pair=pair, words="x"),
        lambda: writing.plan_session(author=person, pair=pair, on=clock.today(), words="x"),
        lambda: writing.write_note(author=person, pair=pair, kind="mine", words="x"),
        lambda: writing.tick_goal(actor=person, goal=goal, is_done=True),
        *(lambda row=row: writing.rewrite(actor=person, piece=row, version=1, words="x") for row in (goal, session, ours, mine)),
        *(lambda row=row: writing.erase(actor=person, piece=row) for row in (goal, session, ours, mine)),
        lambda: pairs.end_pair(actor=person, pair=pair),
        lambda: pairs.confirm_mentor(mentee=person, pair=pair),
        lambda: pairs.withdraw_confirmation(mentee=person, pair=pair),
        lambda: asking.ask_mentor(mentee=person, offer=offer, message="x"),
        lambda: asking.withdraw_request(mentee=person, request=sent),
        lambda: asking.accept_request(mentor=person, request=received),
        lambda: asking.decline_request(mentor=person, request=received),
    ]
    for act in acts:
        with pytest.raises(seals.WordsSealed):
            act()
    assert (Goal.objects.count(), Session.objects.count(), Note.objects.count(), MentoringRequest.objects.count()) == (1, 1, 2, 3)
    assert set(MentoringRequest.objects.exclude(pk=pair.request_id).values_list("state", flat=True)) == {"pending"}


def test_l108_other_half_sees_nothing_of_it(world, signed_in):
    pair, _pieces = world
    browser = signed_in(pair.mentor)
    pages = [pair.get_absolute_url(), reverse("mentoring:my_pairs"), reverse("home"), "/notices/"]
    changing = re.compile(
        r'nonce="[^"]*"|[A-Za-z0-9]{64}|value="[0-9a-f]{32}"|(?:since|after)=[\w-]+'
        r'|name="(?:newest|opened)" value="[^"]*"|<time[^>]*>[^<]*</time>'
    )
    before = [changing.sub("", browser.get(address).text) for address in pages]
    reset(pair.mentee)
    assert [changing.sub("", browser.get(address).text) for address in pages] == before
    goal_in(pair, pair.mentor, "Encore un but")
    assert CANARY in browser.get(pair.get_absolute_url()).text


def test_l108_nobody_without_words_is_sealed():
    person = PersonFactory()
    reset(person)
    assert not Seal.objects.exists()


def test_password_changed_by_who_knows_it_seals_nothing(world, signed_in):
    pair, _pieces = world
    browser = signed_in(pair.mentee)
    form = {"oldpassword": "correct horse battery staple", "password1": ANOTHER, "password2": ANOTHER}
    assert browser.post(reverse("account_change_password"), form).status_code == 302
    assert fresh(pair.mentee).check_password(ANOTHER)
    assert not Seal.objects.exists()


# The second factor of before


def test_reset_and_the_code_of_before_at_the_door_open_at_once(world):
    pair, _pieces = world
    give_second_factor(pair.mentee)
    browser = reset(pair.mentee)
    assert (person_of(browser), Seal.objects.count()) == (None, 1)

    assert type_code(browser, code_now(pair.mentee)).status_code == 302

    assert not Seal.objects.exists()
    assert CANARY in main(browser.get(pair.get_absolute_url()))


def set_up_another(browser):
    """A second factor set up through the pages, after the reset."""
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, list(auth.yield_hotp_counters_from_time())[1]))
    return browser.post(reverse("mfa_activate_totp"), {"code": code})


def test_l108_second_factor_set_up_after_the_reset_opens_nothing(world):
    pair, _pieces = world
    browser = reset(pair.mentee)
    assert set_up_another(browser).status_code == 302
    codes = [code_now(pair.mentee), second_factor.codes_left(pair.mentee)[0]]

    for code in codes:
        assert browser.post(reverse("mentoring:sealed"), {"code": code}).status_code == 422
    again = HouseClient()
    again.post(reverse("account_login"), {"login": pair.mentee.email, "password": ANOTHER})
    type_code(again, second_factor.codes_left(pair.mentee)[1])

    assert (person_of(again), Seal.objects.count()) == (str(pair.mentee_id), 1)
    assert CANARY not in again.get(pair.get_absolute_url()).text


@pytest.mark.parametrize("which", ["code", "recovery code"])
def test_factor_forgotten_from_the_server_still_opens_as_it_was_before(world, signed_in, which):
    pair, _pieces = world
    give_second_factor(pair.mentee)
    code = code_now(pair.mentee) if which == "code" else second_factor.codes_left(pair.mentee)[3]
    assert forget_second_factor(person=pair.mentee)
    assert not Authenticator.objects.exists()
    give_second_factor(pair.mentee)
    browser = signed_in(pair.mentee)
    assert "under seal" in main(browser.get(pair.get_absolute_url()))

    wrong = browser.post(reverse("mentoring:sealed"), {"code": code_now(pair.mentee)})
    assert (wrong.status_code, Seal.objects.count()) == (422, 1)
    assert browser.post(reverse("mentoring:sealed"), {"code": code}).status_code == 302

    assert CANARY in main(browser.get(pair.get_absolute_url()))
    assert Authenticator.objects.count() == 2


def test_second_reset_keeps_the_factor_of_the_first_and_voids_what_was_asked(world):
    pair, _pieces = world
    reopening.run([pair.mentee_id])
    seals.ask_hr(person=pair.mentee)
    hr = PersonFactory(role=Role.HR)
    with clock.moved_to(clock.now() + WEEK):
        seals.confirm(by=hr, seal=Seal.objects.get())
        give_second_factor(pair.mentee)
        reset_password(person=pair.mentee, password=ANOTHER)

    seal = Seal.objects.get()
    assert (seal.kept, seal.asked_at, SealConfirmation.objects.count()) == ({}, None, 0)


def test_codes_are_guessed_ten_times_an_hour_at_most(world, signed_in):
    pair, _pieces = world
    give_second_factor(pair.mentee)
    forget_second_factor(person=pair.mentee)
    browser = signed_in(pair.mentee)
    with clock.moved_to(datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)):
        answers = [browser.post(reverse("mentoring:sealed"), {"code": f"{number:06}"}).status_code for number in range(7)]
    assert answers == [422] * 5 + [429] * 2
