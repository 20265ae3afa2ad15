"""Cards of people who never came in: who prints and hands them, what they open, once, for a day; and every way around it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RoleGrant
from rse.core.people.services.people import deactivate_person
from rse.identity.models import RecoveryCode, SignInCard
from rse.identity.queries import people_to_card
from rse.identity.rules import can_print_card
from rse.identity.services.cards import (
    CardOver,
    card_by_code,
    card_by_token,
    hand_cards,
    print_card,
    print_cards,
    redeem_card,
    void_cards,
)
from rse.identity.services.invitations import NotYet
from rse.identity.services.passwords import set_password
from tests.factories import PersonFactory, RoleGrantFactory
from tests.guards import HouseClient
from tests.races import answers_of

from .doors import person_of, type_password
from .papers import NINE, WORDS, again, card_of, codes_shown, handed, on_paper, scan, type_card, worker, workshop

pytestmark = pytest.mark.django_db
MAY = {"HR of the unit", "HR of the company", "direct manager"}


@pytest.fixture
def shop():
    return workshop()


def test_who_prints_and_hands_a_card(shop):
    people, subject = shop
    for who, actor in people.items():
        if who in MAY:
            handed(actor, subject)
        else:
            with pytest.raises(PermissionDenied):
                print_card(actor=again(actor), person=subject)
            assert hand_cards(actor=again(actor), public_ids=[card_of(subject).public_id]) == 0
    assert SignInCard.objects.count() == len(MAY)


def test_list_of_those_to_print_for_says_what_the_rule_says(shop):
    people, _subject = shop
    worker("9", unit=people["HR of another unit"].unit)
    worker("10", role=Role.RECRUITER)
    worker("", state="active")
    PersonFactory(employee_number="11", unit=people["direct manager"].unit)
    everybody = Person.objects.order_by("pk")
    for who, actor in people.items():
        reader = again(actor)
        by_rule = {person.pk for person in everybody if can_print_card(reader, person)}
        assert set(people_to_card(reader).values_list("pk", flat=True)) == by_rule, who


def test_pages_of_printing_refuse_whoever_may_not(shop, signed_in):
    people, subject = shop
    for who, actor in people.items():
        browser = signed_in(actor)
        expected = 200 if who in MAY else 403
        assert browser.get(reverse("identity:card", args=[subject.handle])).status_code == expected, who
        assert browser.post(reverse("identity:card", args=[subject.handle])).status_code == expected, who
    assert SignInCard.objects.count() == len(MAY)


def test_page_prints_once_what_is_kept_nowhere(shop, signed_in):
    people, subject = shop
    page = signed_in(people["HR of the unit"]).post(reverse("identity:card", args=[subject.handle]))
    [code] = on_paper(page)
    assert "no-store" in page["Cache-Control"]
    assert ("<svg" in page.text, "0042" in page.text, subject.name in page.text, "/card/" in page.text) == (True, True, True, True)
    assert ("Fonctionne une" in page.text or "Scannez" in page.text, "Works once" in page.text) == (True, True)
    kept = SignInCard.objects.values().get()
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)
    reader = signed_in(people["HR of the unit"])
    assert code not in reader.get(reverse("identity:cards")).text + reader.get(reverse("identity:card", args=[subject.handle])).text


def test_manager_without_a_second_factor_is_led_to_set_it_up(shop):
    people, subject = shop
    browser = HouseClient()
    type_password(browser, people["direct manager"].email)
    asked = browser.get(reverse("identity:card", args=[subject.handle]))
    assert (asked.status_code, reverse("mfa_reauthenticate") in asked.url) == (302, True)
    assert reverse("mfa_activate_totp") in browser.get(asked.url).url
    assert browser.post(reverse("identity:card", args=[subject.handle])).status_code == 403
    assert not SignInCard.objects.exists()


def test_worker_comes_in_by_the_drawing_and_signs_in_by_number(shop):
    people, subject = shop
    printed = handed(people["direct manager"], subject)
    browser = HouseClient()
    assert browser.get(reverse("identity:come_in_by_card", args=[printed.token])).status_code == 200
    page = scan(printed.token, browser)
    assert person_of(browser) == str(subject.pk)
    assert len(set(codes_shown(page))) == RecoveryCode.objects.filter(person=subject).count() == 10
    assert type_password(HouseClient(), "42", WORDS).status_code == 302


def test_worker_comes_in_by_the_code_in_two_steps_and_loses_nothing_to_a_mistake(shop):
    people, subject = shop
    printed = handed(people["HR of the unit"], subject)
    browser = HouseClient()
    asked = type_card("42", printed.code.lower().replace("-", " "), browser)
    assert (asked.status_code, 'name="password1"' in asked.text) == (200, True)
    short = type_card("42", printed.code, browser, password="short")
    assert (short.status_code, f'value="{printed.code}"' in short.text) == (422, True)
    page = type_card("42", printed.code, browser, password=WORDS)
    assert (page.status_code, len(codes_shown(page)), person_of(browser)) == (200, 10, str(subject.pk))
    assert browser.get(reverse("identity:security")).status_code == 200


def test_card_works_once(shop):
    people, subject = shop
    printed = handed(people["HR of the unit"], subject)
    scan(printed.token)
    assert scan(printed.token, password="eight loud lighthouses hum").status_code == 404
    assert type_card("0042", printed.code).status_code == 422
    assert type_password(HouseClient(), "0042", WORDS).status_code == 302


def test_card_that_was_not_handed_over_opens_nothing(shop):
    people, subject = shop
    printed = print_card(actor=people["HR of the unit"], person=subject)
    assert scan(printed.token).status_code == 404
    assert type_card("0042", printed.code).status_code == 422
    assert not again(subject).has_account


@pytest.mark.parametrize(("seconds", "opens"), [(24 * 3600 - 1, True), (24 * 3600, False), (24 * 3600 + 1, False)])
def test_card_works_for_a_day_from_when_it_is_handed(shop, seconds, opens):
    people, subject = shop
    with clock.moved_to(NINE):
        printed = print_card(actor=again(people["direct manager"]), person=subject)
    with clock.moved_to(NINE + datetime.timedelta(days=3)):
        hand_cards(actor=again(people["direct manager"]), public_ids=[card_of(subject).public_id])
    with clock.moved_to(NINE + datetime.timedelta(days=3, seconds=seconds)):
        assert (card_by_token(printed.token) is not None, card_by_code(number="42", code=printed.code) is not None) == (opens, opens)


def test_card_is_void_with_a_newer_one(shop):
    people, subject = shop
    first = handed(people["direct manager"], subject)
    second = handed(people["HR of the unit"], subject)
    assert (card_by_token(first.token), card_by_code(number="42", code=first.code)) == (None, None)
    assert card_by_token(second.token) is not None


def test_database_keeps_one_open_card_for_each_person(shop):
    people, subject = shop
    print_card(actor=people["direct manager"], person=subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCard.objects.create(person=subject, number="0042", token_hash="t", code_hash="c")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCard.objects.filter(person=subject).update(used_at=clock.now())


def left(subject):
    deactivate_person(actor=PersonFactory(role=Role.ADMINISTRATOR), subject=again(subject))
    Person.objects.filter(pk=subject.pk).update(state="active", is_cut=False)  # back within the day: the card stays void


CHANGES = {
    "the person left": lambda subject: Person.objects.filter(pk=subject.pk).update(state="left"),
    "the access was cut, and given back": left,
    "another number": lambda subject: Person.objects.filter(pk=subject.pk).update(employee_number="0043"),
    "a password set otherwise": lambda subject: set_password(person=again(subject), password="eight loud lighthouses hum"),
    "came in, and the password is gone": lambda subject: Person.objects.filter(pk=subject.pk).update(has_account=True),
    "a role": lambda subject: RoleGrantFactory(person=subject, role=Role.RECRUITER),
    "a role to come": lambda subject: RoleGrantFactory(person=subject, role=Role.HR, starts_at=clock.now() + datetime.timedelta(days=9)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_card_ends_with_what_it_was_printed_for(shop, change):
    people, subject = shop
    printed = handed(people["HR of the unit"], subject)
    opened = card_by_token(printed.token)
    CHANGES[change](subject)
    assert (card_by_token(printed.token), card_by_code(number="42", code=printed.code)) == (None, None)
    with pytest.raises(CardOver):
        redeem_card(card=opened, password=WORDS)


def test_card_of_one_with_the_number_of_another_opens_nothing(shop):
    people, subject = shop
    other = worker("0099", unit=subject.unit)
    mine, theirs = handed(people["HR of the unit"], subject), handed(people["HR of the unit"], other)
    assert type_card("0099", mine.code).status_code == type_card("0042", theirs.code).status_code == 422
    assert not Person.objects.filter(pk__in=[subject.pk, other.pk], has_account=True).exists()


def test_every_code_that_opens_nothing_gets_the_same_answer(shop):
    people, subject = shop
    used, unhanded, void = worker("1"), worker("2"), worker("3")
    hr = people["HR of the company"]
    texts = []
    codes = {"1": handed(hr, used), "2": print_card(actor=hr, person=unhanded), "3": handed(hr, void)}
    scan(codes["1"].token)
    void_cards(actor=hr, public_ids=[card_of(void).public_id])
    tries = [*((number, card.code) for number, card in codes.items()), ("0042", "2222-2222-2222-2222"), ("777", "2222-2222-2222-2222")]
    for number, code in tries:
        answer = type_card(number, code)
        assert answer.status_code == 422
        texts.append(answer.text[answer.text.index("error-summary") :].split("</div>")[0])
    assert len(set(texts)) == 1
    pages = [HouseClient().get(reverse("identity:come_in_by_card", args=[token])) for token in (codes["1"].token, codes["2"].token, "none")]
    assert [page.status_code for page in pages] == [404] * 3
    assert subject.name not in "".join(page.text for page in pages)


def test_guessing_the_code_of_a_card_is_limited_by_number_and_by_address(shop):
    people, subject = shop
    printed = handed(people["HR of the unit"], subject)
    with clock.moved_to(clock.now()):
        answers = [type_card(("0042", "42", " 0042")[n % 3], "2222-2222-2222-2222").status_code for n in range(7)]
        assert answers == [422] * 5 + [429] * 2
        elsewhere = [type_card("42", "2222", REMOTE_ADDR=f"198.51.100.{number}").status_code for number in range(30)]
        assert elsewhere.count(429) == 5
        assert type_card("0042", printed.code).status_code == 200
        assert scan(printed.token).status_code == 200


def test_expected_person_is_printed_no_card_before_the_door_is_open():
    hr = PersonFactory(role=Role.HR)
    person = worker(expected=True, hired_on=clock.today() + datetime.timedelta(days=60), email=None, private_email="")
    with pytest.raises(NotYet):
        print_card(actor=hr, person=person)
    assert print_cards(actor=hr, person_ids=[person.pk]) == []
    assert not SignInCard.objects.exists()


def test_holder_of_a_role_and_somebody_who_came_in_get_no_card_of_one_person(shop):
    people, _subject = shop
    holder, user = worker("1", role=Role.RECRUITER), PersonFactory(email=None, employee_number="2")
    for person in (holder, user, worker("", employee_number=None)):
        with pytest.raises(PermissionDenied):
            print_card(actor=people["HR of the company"], person=person)
    assert print_cards(actor=people["HR of the company"], person_ids=[holder.pk, user.pk]) == []


def test_void_card_opens_nothing_and_a_stranger_voids_none(shop):
    people, subject = shop
    printed = handed(people["direct manager"], subject)
    public_id = card_of(subject).public_id
    for who in set(people) - MAY:
        assert void_cards(actor=again(people[who]), public_ids=[public_id]) == 0, who
    assert void_cards(actor=again(people["HR of the company"]), public_ids=[public_id]) == 1
    assert card_by_token(printed.token) is None
    assert hand_cards(actor=again(people["direct manager"]), public_ids=[public_id]) == 0


def test_handing_twice_gives_no_second_day(shop):
    people, subject = shop
    with clock.moved_to(NINE):
        printed = print_card(actor=again(people["direct manager"]), person=subject)
        public_id = card_of(subject).public_id
        hand_cards(actor=again(people["direct manager"]), public_ids=[public_id])
    with clock.moved_to(NINE + datetime.timedelta(hours=23)):
        assert hand_cards(actor=again(people["HR of the unit"]), public_ids=[public_id]) == 0
    with clock.moved_to(NINE + datetime.timedelta(hours=25)):
        assert card_by_token(printed.token) is None


def test_open_pages_of_a_former_hr_person_do_nothing(shop, signed_in):
    people, subject = shop
    hr = people["HR of the unit"]
    browser = signed_in(hr)
    browser.post(reverse("identity:card", args=[subject.handle]))
    public_id = card_of(subject).public_id
    assert subject.name in browser.get(reverse("identity:cards")).text
    RoleGrant.objects.filter(person=hr).update(ends_at=clock.now())
    browser = signed_in(again(hr))
    assert browser.get(reverse("identity:cards")).status_code == 403
    assert browser.post(reverse("identity:cards_chosen"), {"only": public_id}).status_code == 403
    assert browser.post(reverse("identity:card", args=[subject.handle])).status_code == 403
    assert browser.get(reverse("identity:cards_of_unit")).status_code == 403
    assert card_of(subject).handed_at is None


def test_list_shows_each_reader_the_cards_of_theirs_and_acts_for_those_who_may(shop, signed_in):
    people, subject = shop
    print_card(actor=people["direct manager"], person=subject)
    public_id = card_of(subject).public_id
    shown = {}
    for who, actor in people.items():
        page = signed_in(actor).get(reverse("identity:cards"))
        shown[who] = (page.status_code, subject.name in page.text, public_id in page.text)
    assert {who for who, seen in shown.items() if seen == (200, True, True)} == MAY
    assert shown["administrator"] == (200, True, False)
    assert shown["manager above"] == shown["manager of another team"] == shown["HR of another unit"] == (200, False, False)
    assert {shown[who] for who in ("colleague", "head of HR", "former HR")} == {(403, False, False)}
    for who in set(people) - MAY:
        assert signed_in(people[who]).post(reverse("identity:cards_chosen"), {"only": public_id}).status_code in (302, 403)
    assert card_of(subject).handed_at is None


def test_profile_leads_to_the_printed_cards_whoever_handles_one_there(shop, signed_in):
    people, subject = shop
    link = f'href="{reverse("identity:cards")}">'
    manager = signed_in(people["direct manager"])
    assert link not in manager.get(subject.get_absolute_url()).text
    print_card(actor=people["direct manager"], person=subject)
    leads = {who for who, actor in people.items() if "Cards that were printed" in signed_in(actor).get(subject.get_absolute_url()).text}
    assert leads == MAY
    assert link in manager.get(subject.get_absolute_url()).text


def test_list_marks_several_as_handed_and_voids(shop, signed_in):
    people, subject = shop
    others = [worker(str(number), unit=subject.unit) for number in range(2)]
    print_cards(actor=people["HR of the unit"], person_ids=[subject.pk, *(other.pk for other in others)])
    ids = list(SignInCard.objects.order_by("pk").values_list("public_id", flat=True))
    browser = signed_in(people["HR of the unit"])
    browser.post(reverse("identity:cards_chosen"), {"chosen": ids[:2], "do": "hand"})
    assert SignInCard.objects.filter(handed_by=people["HR of the unit"]).count() == 2
    browser.post(reverse("identity:cards_chosen"), {"chosen": ids[1:], "do": "void"})
    assert SignInCard.objects.open().count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_cards_costs_the_same_for_one_and_three(shop, signed_in, django_assert_num_queries, number):
    people, subject = shop
    print_cards(actor=people["HR of the unit"], person_ids=[subject.pk, *(worker(str(n), unit=subject.unit).pk for n in range(number - 1))])
    browser = signed_in(people["HR of the unit"])
    browser.get(reverse("identity:cards"))
    with django_assert_num_queries(6):
        browser.get(reverse("identity:cards"))


def test_cards_of_a_unit_leave_out_those_who_have_one(shop, signed_in):
    people, subject = shop
    worker("1", unit=subject.unit, private_email="home@home.example")
    worker("2", unit=people["HR of another unit"].unit)
    handed(people["HR of the unit"], subject)
    browser = signed_in(people["HR of the unit"])
    form = {"unit": people["manager above"].unit_id, "without": "on"}
    assert browser.post(reverse("identity:cards_of_unit"), form).status_code == 422
    assert len(on_paper(browser.post(reverse("identity:cards_of_unit"), form | {"again": "on"}))) == 1
    assert len(on_paper(browser.post(reverse("identity:cards_of_unit"), {"unit": form["unit"], "again": "on"}))) == 2


def test_cards_are_printed_for_those_chosen_among_invitations(shop, signed_in):
    people, subject = shop
    holder = worker("1", role=Role.RECRUITER, unit=subject.unit)
    browser = signed_in(people["HR of the unit"])
    assert "Print sign-in cards" in browser.get(reverse("identity:invitations")).text
    page = browser.post(reverse("identity:invitations_chosen"), {"chosen": [subject.handle, holder.handle], "do": "cards"})
    assert (page.status_code, len(on_paper(page)), "no-store" in page["Cache-Control"]) == (200, 1, True)
    administrator = signed_in(people["administrator"])
    assert "Print sign-in cards" not in administrator.get(reverse("identity:invitations")).text
    assert administrator.post(reverse("identity:invitations_chosen"), {"chosen": [subject.handle], "do": "cards"}).status_code == 302
    assert SignInCard.objects.count() == 1


def test_person_sees_their_own_cards_on_the_security_page(shop, signed_in):
    people, subject = shop
    printed = handed(people["direct manager"], subject)
    browser = HouseClient()
    scan(printed.token, browser)
    page = browser.get(reverse("identity:security"))
    assert people["direct manager"].name in page.text
    assert printed.code not in page.text
    assert "Cards printed for you" not in signed_in(PersonFactory()).get(reverse("identity:security")).text


def test_card_of_somebody_with_an_email_makes_no_recovery_codes(shop):
    people, subject = shop
    Person.objects.filter(pk=subject.pk).update(private_email="home@home.example")
    assert scan(handed(people["HR of the unit"], subject).token).status_code == 302
    assert not RecoveryCode.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_redemptions_at_once_set_one_password():
    hr, subject = PersonFactory(role=Role.HR), worker()
    card = card_by_token(handed(hr, subject).token)
    given, raised = answers_of(50, lambda number: redeem_card(card=card, password=f"{WORDS} {number}")[0].pk)
    assert given == [str(subject.pk)]
    assert set(raised) <= {"CardOver", "OperationalError"}
    assert RecoveryCode.objects.filter(person=subject).count() == 10
