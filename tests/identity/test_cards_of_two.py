"""Cards for accounts that exist: two people of HR agree, outside the person's line; and the address that somebody adds by themselves."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.access import reopening
from rse.core.enums import Role
from rse.core.events.bus import publish
from rse.core.models import Person, RoleGrant
from rse.core.people.services.people import deactivate_person
from rse.identity.events import ReopeningCardHanded
from rse.identity.models import AccountReopening, RecoveryCode, Session, SignInCard
from rse.identity.services.cards import card_by_token, hand_cards, print_card
from rse.identity.services.invitations import redeem
from rse.identity.services.recovery import make_codes
from rse.identity.services.reopenings import agree_by_card, agree_to_reopening, ask_reopening
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.guards import HouseClient

from .doors import give_second_factor, person_of, type_code, type_password
from .papers import again, card_of, codes_shown, on_paper, scan, workshop

pytestmark = pytest.mark.django_db
ANOTHER = "eight loud lighthouses hum"


def type_code_of_paper(number, code):
    return HouseClient().post(reverse("identity:reset_by_code"), {"number": number, "code": code})


@pytest.fixture
def shop():
    """The people around somebody who came in, by their number, and forgot their password."""
    people, _newcomer = workshop()
    awa = PersonFactory(email=None, private_email="", employee_number="0077", unit=people["direct manager"].unit)
    put_under(awa, people["direct manager"])
    people["HR in the line"] = PersonFactory(role=Role.HR)
    put_under(people["manager above"], people["HR in the line"])
    people["HR since today"] = PersonFactory()
    RoleGrantFactory(person=people["HR since today"], role=Role.HR, starts_at=clock.now())
    return people, awa


PAIR = ("HR of the unit", "HR of the company")


def agreed(people, awa):
    asked = ask_reopening(actor=again(people[PAIR[0]]), person=awa, reason="forgotten")
    return agree_by_card(actor=again(people[PAIR[1]]), reopening=asked)


def test_two_people_of_hr_print_a_card_and_the_person_is_told(shop, signed_in):
    people, awa = shop
    first, second = (signed_in(people[who]) for who in PAIR)
    address = reverse("identity:reopen", args=[awa.handle])
    assert first.post(address, {"do": "ask", "reason": "forgotten"}).status_code == 302
    assert awa.name in second.get(reverse("identity:waiting")).text
    page = second.post(address, {"do": "agree"})
    assert (len(on_paper(page)), "/welcome/" in page.text, "no-store" in page["Cache-Control"]) == (1, False, True)
    told = Notification.objects.filter(recipient=awa).order_by("pk").values_list("event", flat=True)
    assert list(told) == ["identity.reopening_asked", "identity.account_reopened"]
    card = card_of(awa)
    assert (card.printed_by, card.reopening.asked_by) == (people[PAIR[1]], people[PAIR[0]])
    assert type_password(HouseClient(), "77").status_code == 302  # until the card is used, the password of today goes on


def test_card_of_two_replaces_the_password_as_a_reset_does(shop, signed_in):
    people, awa = shop
    printed = agreed(people, awa)
    signed_in(awa)
    assert scan(printed.token).status_code == 404
    assert hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id]) == 1
    sealed, browser = [], HouseClient()
    reopening._hooks["of this test"] = sealed.extend
    try:
        page = scan(printed.token, browser, ANOTHER)
    finally:
        del reopening._hooks["of this test"]
    assert (sealed, len(codes_shown(page)), person_of(browser)) == ([awa.pk], 10, str(awa.pk))
    assert Session.objects.filter(person=awa).count() == 1
    assert type_password(HouseClient(), "77").status_code == 422
    assert Notification.objects.filter(recipient=awa, event="identity.password_replaced").exists()


def test_second_factor_is_asked_after_a_card_of_two(shop):
    people, awa = shop
    give_second_factor(awa)
    printed = agreed(people, awa)
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    browser = HouseClient()
    assert scan(printed.token, browser, ANOTHER).url == reverse("mfa_authenticate")
    assert person_of(browser) is None
    assert type_code(browser, "000000").status_code == 422
    assert not RecoveryCode.objects.exists()


def test_nobody_else_asks_or_agrees(shop, signed_in):
    people, awa = shop
    address = reverse("identity:reopen", args=[awa.handle])
    asked = ask_reopening(actor=people[PAIR[0]], person=awa, reason="forgotten")
    for who, actor in people.items():
        if who == PAIR[1]:
            continue
        with pytest.raises(PermissionDenied):
            agree_by_card(actor=again(actor), reopening=asked)
        assert signed_in(actor).post(address, {"do": "agree"}).status_code == 403, who
        with pytest.raises(PermissionDenied):
            print_card(actor=again(actor), person=awa)
    assert not SignInCard.objects.exists()


def test_request_of_somebody_who_is_no_longer_of_hr_counts_for_nothing(shop):
    people, awa = shop
    asked = ask_reopening(actor=people[PAIR[0]], person=awa, reason="forgotten")
    RoleGrant.objects.filter(person=people[PAIR[0]]).update(ends_at=clock.now())
    with pytest.raises(PermissionDenied):
        agree_by_card(actor=again(people[PAIR[1]]), reopening=asked)
    assert not SignInCard.objects.exists()


def test_only_the_second_person_hands_the_card_of_two(shop):
    people, awa = shop
    printed = agreed(people, awa)
    public_id = card_of(awa).public_id
    for who, actor in people.items():
        if who != PAIR[1]:
            assert hand_cards(actor=again(actor), public_ids=[public_id]) == 0, who
    assert card_by_token(printed.token) is None


@pytest.mark.parametrize(("hours", "hands"), [(23, 1), (24, 0), (24 * 300, 0)])
def test_card_of_two_is_handed_within_a_day_of_the_agreement(shop, hours, hands):
    people, awa = shop
    printed = agreed(people, awa)
    card = card_of(awa)
    with clock.moved_to(card.printed_at + datetime.timedelta(hours=hours)):
        assert card.state == ("printed" if hands else "ended")
        assert hand_cards(actor=again(people[PAIR[1]]), public_ids=[card.public_id]) == hands
        assert (card_by_token(printed.token) is not None) == bool(hands)


def test_card_of_two_works_for_a_day_after_it_was_printed(shop):
    people, awa = shop
    printed = agreed(people, awa)
    printed_at = card_of(awa).printed_at
    with clock.moved_to(printed_at + datetime.timedelta(hours=23)):
        hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
        assert card_by_token(printed.token) is not None
    with clock.moved_to(printed_at + datetime.timedelta(hours=24)):
        assert card_by_token(printed.token) is None
        assert card_of(awa).state == "over"


def test_card_of_two_is_not_handed_once_the_first_person_may_no_longer_agree(shop):
    people, awa = shop
    agreed(people, awa)
    RoleGrant.objects.filter(person=people[PAIR[0]]).update(ends_at=clock.now())
    assert hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id]) == 0
    assert card_of(awa).handed_at is None


def test_owner_is_told_in_the_app_when_the_card_of_two_is_handed(shop):
    people, awa = shop
    agreed(people, awa)
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    assert Notification.objects.filter(recipient=awa, event="identity.reopening_card_handed").count() == 1


def test_owner_is_told_by_mail_when_the_card_of_two_is_handed():
    awa = PersonFactory(email="awa@company.example", private_email="awa@home.example")
    publish(ReopeningCardHanded(subject=("person", awa.pk), recipient_ids=(awa.pk,)))
    assert sorted(message.to[0] for message in mail.outbox) == ["awa@company.example", "awa@home.example"]
    assert "was handed over" in mail.outbox[0].body


def test_managers_do_not_learn_of_a_card_of_two(shop, signed_in):
    people, awa = shop
    agreed(people, awa)
    assert awa.name not in signed_in(people["direct manager"]).get(reverse("identity:cards")).text
    assert awa.name in signed_in(people["administrator"]).get(reverse("identity:cards")).text


def test_card_of_two_ends_with_the_next_cut(shop):
    people, awa = shop
    printed = agreed(people, awa)
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    deactivate_person(actor=again(people["administrator"]), subject=awa)
    Person.objects.filter(pk=awa.pk).update(state="active", is_cut=False)
    assert card_by_token(printed.token) is None


def test_access_that_was_cut_comes_back_by_a_card(shop):
    people, awa = shop
    deactivate_person(actor=people["administrator"], subject=awa)
    printed = agreed(people, again(awa))
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    assert scan(printed.token, password=ANOTHER).status_code == 200
    assert again(awa).is_present


def test_codes_of_before_a_cut_open_nothing_when_two_people_open_the_account(shop):
    people, awa = shop
    codes = make_codes(person=awa)
    deactivate_person(actor=people["administrator"], subject=awa)
    printed = agreed(people, again(awa))
    assert type_code_of_paper("77", codes[0]).status_code == 422
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    scan(printed.token, password=ANOTHER)
    assert type_code_of_paper("77", codes[0]).status_code == 422


def test_card_of_two_ends_the_codes_of_whoever_may_make_none(shop):
    people, awa = shop
    make_codes(person=awa)
    give_second_factor(awa)
    printed = agreed(people, awa)
    hand_cards(actor=again(people[PAIR[1]]), public_ids=[card_of(awa).public_id])
    scan(printed.token, password=ANOTHER)
    assert not RecoveryCode.objects.exists()


def test_link_of_two_ends_the_codes(shop):
    people, awa = shop
    make_codes(person=awa)
    Person.objects.filter(pk=awa.pk).update(email="awa@company.example", password="!gone")
    asked = ask_reopening(actor=people["administrator"], person=again(awa), reason="lost")
    redeem(token=agree_to_reopening(actor=people[PAIR[1]], reopening=asked), password=ANOTHER)
    assert not RecoveryCode.objects.exists()


def test_whoever_has_an_email_is_given_a_link_and_never_a_card(shop):
    people, _awa = shop
    lea = PersonFactory(email="lea@company.example", unit=people["direct manager"].unit)
    Person.objects.filter(pk=lea.pk).update(password="!gone")
    asked = ask_reopening(actor=people["administrator"], person=again(lea), reason="lost")
    with pytest.raises(PermissionDenied):
        agree_by_card(actor=people[PAIR[1]], reopening=asked)
    assert agree_to_reopening(actor=people[PAIR[1]], reopening=AccountReopening.objects.get())
    assert not SignInCard.objects.exists()


def test_administrators_are_not_offered_accounts_that_take_a_card(shop, signed_in):
    people, awa = shop
    ask_reopening(actor=people[PAIR[0]], person=awa, reason="forgotten")
    browser = signed_in(people["administrator"])
    assert awa.name not in browser.get(reverse("identity:waiting")).text
    assert browser.get(reverse("identity:reopen", args=[awa.handle])).status_code == 403


def test_person_without_an_email_adds_one_of_their_own_that_the_mailbox_confirms(shop, client):
    people, awa = shop
    type_password(client, "77")
    form = {"kind": "private_email", "address": "awa@home.example"}
    assert client.post(reverse("identity:ask_address"), form).status_code == 302
    assert [message.to for message in mail.outbox] == [["awa@home.example"]]
    assert again(awa).private_email == ""
    path = re.search(r"/account/new-address/[\w-]+/", mail.outbox[0].body)[0]
    assert HouseClient().post(path).status_code == 200
    assert again(awa).private_email == "awa@home.example"
    for login in ("awa@home.example", "77"):
        assert type_password(HouseClient(), login).status_code == 302
    assert people


def test_nobody_else_sees_the_address_that_a_person_added(shop, signed_in):
    people, awa = shop
    Person.objects.filter(pk=awa.pk).update(private_email="awa@home.example")
    for who, actor in people.items():
        assert "awa@home.example" not in signed_in(actor).get(awa.get_absolute_url()).text, who


def test_work_email_is_not_added_by_oneself(shop, client):
    _people, awa = shop
    type_password(client, "77")
    answer = client.post(reverse("identity:ask_address"), {"kind": "email", "address": "awa@company.example"})
    assert answer.status_code == 422
    assert (again(awa).email, mail.outbox) == (None, [])
