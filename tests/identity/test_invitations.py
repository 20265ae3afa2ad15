import datetime
import re
from hashlib import sha256

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events import deliveries
from rse.core.models import Person, RecordedEvent
from rse.core.people.services.people import deactivate
from rse.core.web.limits import TooOften
from rse.identity.enums import Way
from rse.identity.models import Invitation
from rse.identity.services.invitations import (
    InvitationOver,
    NoAddress,
    NotYet,
    hand_over,
    invite,
    invite_people,
    issue,
    open_invitation,
    redeem,
)
from tests.factories import PersonFactory, SiteFactory
from tests.guards import HouseClient

from .doors import at_once, person_of, type_password, who_may

pytestmark = pytest.mark.django_db

PASSWORD = "seven quiet lighthouses hum"
NINE = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def newcomer():
    return PersonFactory(password=False, email="awa@company.example", first_name="Awa")


def token_in(message):
    return re.search(r"/welcome/([\w-]+)/", message.body)[1]


def come(client, token, password=PASSWORD):
    return client.post(reverse("identity:welcome", args=[token]), {"password1": password, "password2": password})


def test_invitation_is_mailed_and_opens_once(client, administrator, newcomer):
    invite(actor=administrator, person=newcomer)
    [message] = mail.outbox
    token = token_in(message)
    assert message.to == ["awa@company.example"]
    assert f"http://localhost:8000/welcome/{token}/" in message.alternatives[0][0]
    page = client.get(reverse("identity:welcome", args=[token]))
    assert page.status_code == 200
    assert "awa@company.example" in page.content.decode()
    assert come(client, token)["Location"] == "/"
    assert person_of(client) == str(newcomer.pk)
    invitation = Invitation.objects.get()
    assert (invitation.created_by, invitation.sent_to, invitation.used_at is None) == (administrator, Way.WORK, False)
    assert type_password(HouseClient(), newcomer.email, PASSWORD).status_code == 302


def test_token_is_long_and_only_its_hash_is_kept(administrator, newcomer):
    invite(actor=administrator, person=newcomer)
    token = token_in(mail.outbox[0])
    assert len(token) >= 43  # 256 bits
    row = Invitation.objects.values().get()
    assert row["token_hash"] == sha256(token.encode()).hexdigest()
    assert token not in str(row) + str(list(RecordedEvent.objects.values()))


def test_mail_speaks_the_language_of_the_person(administrator):
    for language, word in (("en", "Hello"), ("fr", "Bonjour")):
        person = PersonFactory(password=False, language=language)
        invite(actor=administrator, person=person)
        assert mail.outbox[-1].to == [person.email]
        if language == "en":
            assert word in mail.outbox[-1].body


def test_used_unknown_expired_replaced_and_left_links_give_one_page(client, administrator):
    def fresh(**traits):
        person = PersonFactory(password=False, **traits)
        return person, issue(person=person, way=Way.HAND, actor_id=administrator.pk)

    _person, used = fresh()
    redeem(token=used, password=PASSWORD)
    person, replaced = fresh()
    issue(person=person, way=Way.HAND)
    gone, left = fresh()
    deactivate(person_ids=[gone.pk])
    with clock.moved_to(clock.now() - datetime.timedelta(days=14)):
        _person, expired = fresh()
    secret = re.compile(rb'(nonce|csrfmiddlewaretoken" value)="[^"]*"')
    pages = []
    for token in (used, replaced, left, expired, "never-was", "x" * 500):
        response = HouseClient().get(reverse("identity:welcome", args=[token]))
        pages.append((response.status_code, secret.sub(b"", response.content)))
        assert come(HouseClient(), token).status_code == 404
    assert [status for status, _page in pages] == [404] * 6
    assert len({page for _status, page in pages}) == 1
    assert reverse("account_login").encode() in pages[0][1]


def test_looking_at_the_page_uses_nothing_up(client, newcomer):
    token = issue(person=newcomer, way=Way.HAND)
    for _time in range(3):
        assert client.get(reverse("identity:welcome", args=[token])).status_code == 200
    assert come(client, token).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [("short", "short", "password1"), (PASSWORD, PASSWORD + "!", "password2"), ("x" * 257, "x" * 257, "password1"), ("", "", "password1")],
)
def test_refused_password_keeps_the_link(client, newcomer, first, second, where):
    token = issue(person=newcomer, way=Way.HAND)
    response = client.post(reverse("identity:welcome", args=[token]), {"password1": first, "password2": second})
    assert response.status_code == 422
    assert f'id="id_{where}_error"' in response.content.decode()
    assert come(client, token).status_code == 302


def test_link_for_somebody_signs_the_other_out(signed_in, newcomer):
    client = signed_in(PersonFactory())
    token = issue(person=newcomer, way=Way.HAND)
    assert client.get(reverse("identity:welcome", args=[token])).status_code == 200
    come(client, token)
    assert person_of(client) == str(newcomer.pk)


@pytest.mark.django_db(transaction=True)
def test_l39_fifty_redemptions_at_once_give_one_success():
    person = PersonFactory(password=False)
    token = issue(person=person, way=Way.HAND)

    def attempt(number):
        def run():
            try:
                return redeem(token=token, password=f"{PASSWORD} {number}").pk
            except InvitationOver:
                return None

        return run

    results = at_once([attempt(number) for number in range(50)])
    assert sorted(results, key=bool) == [None] * 49 + [person.pk]


@pytest.mark.django_db(transaction=True)
def test_links_made_at_once_leave_one_that_works():
    person = PersonFactory(password=False)
    tokens = at_once([lambda: issue(person=person, way=Way.HAND)] * 8)
    assert len([token for token in tokens if open_invitation(token)]) == 1


def test_l39_invitation_is_bound_to_its_person(client, newcomer):
    other = PersonFactory(password=False, email="other@company.example")
    token = issue(person=newcomer, way=Way.HAND)
    client.post(
        reverse("identity:welcome", args=[token]),
        {"password1": PASSWORD, "password2": PASSWORD, "login": other.email, "email": other.email, "person": other.pk},
    )
    assert person_of(client) == str(newcomer.pk)
    assert not Person.objects.get(pk=other.pk).has_usable_password()


def test_l40_link_of_somebody_who_left_is_dead_after_a_return(newcomer):
    token = issue(person=newcomer, way=Way.HAND)
    deactivate(person_ids=[newcomer.pk])
    Person.objects.filter(pk=newcomer.pk).update(state=PersonState.ACTIVE)
    assert open_invitation(token) is None


def test_expected_person_is_invited_fifteen_days_before_at_their_private_address(administrator):
    person = PersonFactory(expected=True, password=False, hired_on=datetime.date(2027, 3, 16), private_email="awa@home.example")
    nine = datetime.datetime(2027, 2, 28, 9, 0, tzinfo=datetime.UTC)
    with clock.moved_to(nine), pytest.raises(NotYet) as early:
        invite(actor=administrator, person=person)
    assert early.value.day == datetime.date(2027, 3, 1)
    with clock.moved_to(nine + datetime.timedelta(days=1)):
        invite(actor=administrator, person=person)
        token = token_in(mail.outbox[0])
        assert mail.outbox[0].to == ["awa@home.example"]
        assert redeem(token=token, password=PASSWORD) == person


@pytest.mark.parametrize(
    ("zone", "hired_on", "until", "said"),
    [
        (
            "Europe/Paris",
            datetime.date(2027, 3, 16),
            datetime.datetime(2027, 3, 23, 23, tzinfo=datetime.UTC),
            "11:59 p.m. on March 23, 2027",
        ),
        ("Asia/Tokyo", datetime.date(2027, 3, 16), datetime.datetime(2027, 3, 23, 15, tzinfo=datetime.UTC), "11:59 p.m. on March 23, 2027"),
        ("Asia/Tokyo", datetime.date(2027, 3, 6), datetime.datetime(2027, 3, 16, 9, tzinfo=datetime.UTC), "5:59 p.m. on March 16, 2027"),
        ("Europe/Paris", datetime.date(2040, 1, 1), datetime.datetime(2027, 3, 16, 9, tzinfo=datetime.UTC), "9:59 a.m. on March 16, 2027"),
    ],
)
def test_invitation_works_until_a_week_after_a_first_day_that_is_near(administrator, client, zone, hired_on, until, said):
    person = PersonFactory(password=False, hired_on=hired_on, site=SiteFactory(name=zone, time_zone=zone))
    with clock.moved_to(datetime.datetime(2027, 3, 2, 9, tzinfo=datetime.UTC)):
        invite(actor=administrator, person=person)
    [message] = mail.outbox
    assert Invitation.objects.get().expires_at == until
    assert f"The link works once, until {said}." in message.body
    assert f"The link works once, until {said}." in message.alternatives[0][0]
    with clock.moved_to(until - datetime.timedelta(seconds=1)):
        assert client.get(reverse("identity:welcome", args=[token_in(message)])).status_code == 200
    with clock.moved_to(until):
        page = client.get(reverse("identity:welcome", args=[token_in(message)]))
    assert (page.status_code, "demandez-en une autre" in page.text, person.name in page.text) == (404, True, False)


def test_too_early_is_refused_with_a_sentence(signed_in, administrator):
    person = PersonFactory(expected=True, password=False, hired_on=datetime.date(2040, 1, 20))
    client = signed_in(administrator)
    client.post("/language/", {"language": "en"})
    page = client.post(reverse("identity:invite", args=[person.handle]), follow=True).content.decode()
    assert "can be invited from" in page
    refused = client.post(reverse("identity:hand_over", args=[person.handle]))
    assert refused.status_code == 409
    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_expected_without_a_first_day_is_not_invited(administrator):
    person = PersonFactory(expected=True, password=False, hired_on=None)
    with pytest.raises(NotYet) as early:
        invite(actor=administrator, person=person)
    assert early.value.day is None


def test_nobody_without_an_address_is_mailed(administrator):
    with pytest.raises(NoAddress):
        invite(actor=administrator, person=PersonFactory(password=False, email=None))


def test_who_may_invite():
    people, subject = who_may()
    may = set()
    for name, actor in people.items():
        try:
            hand_over(actor=actor, person=subject)
        except PermissionDenied:
            continue
        may.add(name)
    assert may == {"administrator", "HR of the company", "HR of the unit"}


def test_nobody_is_given_a_link_to_an_account_with_a_password(administrator, signed_in):
    person = PersonFactory()
    for act in (invite, hand_over):
        with pytest.raises(PermissionDenied):
            act(actor=administrator, person=person)
    client = signed_in(administrator)
    assert client.get(reverse("identity:hand_over", args=[person.handle])).status_code == 403
    assert client.post(reverse("identity:invite", args=[person.handle])).status_code == 403
    assert not Invitation.objects.exists()


def test_a02_three_invitations_an_hour(administrator, newcomer):
    with clock.moved_to(NINE + datetime.timedelta(days=90)):
        for _time in range(3):
            invite(actor=administrator, person=newcomer)
        with pytest.raises(TooOften):
            invite(actor=administrator, person=newcomer)
        assert invite_people(person_ids=[newcomer.pk], actor=administrator) == 0
    assert len(mail.outbox) == 3


def test_many_are_invited_by_one_event_and_a_mail_each(administrator):
    people = PersonFactory.create_batch(3, password=False)
    left, has_one = PersonFactory(left=True, password=False), PersonFactory()
    early = PersonFactory(expected=True, password=False, hired_on=datetime.date(2040, 1, 1))
    everybody = [one.pk for one in (*people, left, has_one, early)]
    with deliveries.held():
        assert invite_people(person_ids=everybody, actor=None) == 3
        assert RecordedEvent.objects.filter(name="identity.people_invited").count() == 1
    deliveries.drain()
    assert sorted(message.to for message in mail.outbox) == sorted([one.email] for one in people)


def test_link_is_shown_once(signed_in, administrator, newcomer):
    client = signed_in(administrator)
    address = reverse("identity:hand_over", args=[newcomer.handle])
    assert "/welcome/" not in client.get(address).content.decode()
    page = client.post(address)
    token = re.search(r"http://localhost:8000/welcome/([\w-]+)/", page.content.decode())[1]
    assert "no-store" in page["Cache-Control"]
    assert "/welcome/" not in client.get(address).content.decode()
    assert come(HouseClient(), token).status_code == 302


def test_profile_offers_what_this_reader_may_do(signed_in, administrator, newcomer):
    profile = reverse("people:detail", args=[newcomer.handle])
    page = signed_in(administrator).get(profile).content.decode()
    assert reverse("identity:invite", args=[newcomer.handle]) in page
    assert reverse("identity:deactivate", args=[newcomer.handle]) in page
    page = signed_in(PersonFactory()).get(profile).content.decode()
    assert reverse("identity:invite", args=[newcomer.handle]) not in page
    assert reverse("identity:deactivate", args=[newcomer.handle]) not in page


def test_hidden_person_is_not_found(signed_in):
    expected = PersonFactory(expected=True, password=False)
    client = signed_in(PersonFactory(role=Role.RECRUITER))
    for name in ("identity:hand_over", "identity:deactivate"):
        assert client.get(reverse(name, args=[expected.handle])).status_code == 404
    assert client.post(reverse("identity:invite", args=[expected.handle])).status_code == 404
