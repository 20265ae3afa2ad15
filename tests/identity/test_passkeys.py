import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from rse.core.enums import PersonState, Role
from rse.core.models import Person, RecordedEvent
from rse.core.people.services.people import deactivate_person
from rse.core.web import stepup
from rse.demo.phone import code_now
from rse.identity import passkeys, second_factor
from rse.identity.models import Session
from rse.identity.services.invitations import redeem
from rse.identity.services.passwords import forget_second_factor
from rse.identity.services.reopenings import agree_to_reopening, ask_reopening
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .authenticator import Device, add_passkey, question, show_passkey
from .doors import come_in, give_second_factor, person_of, type_code, type_password

pytestmark = pytest.mark.django_db

ADD, DOOR = "/account/passkeys/add/", "/account/passkeys/sign-in/"


@pytest.fixture
def owner(client):
    """Somebody who signed in by password and added a passkey; the device is ``owner.device``."""
    person = PersonFactory()
    type_password(client, person.email)
    response, person.device = add_passkey(client)
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return person


def stored():
    return list(Authenticator.objects.order_by("pk").values_list("type", flat=True))


def test_passkey_is_added_with_recovery_codes_and_shown_to_its_owner(client, owner):
    assert stored() == ["webauthn", "recovery_codes"]
    assert len(second_factor.codes_left(owner)) == 10
    assert stepup.stepped_up(client.session)
    page = client.get(reverse("identity:security")).content.decode()
    (passkey,) = passkeys.passkeys_of(owner)
    assert passkey.name == "My phone"
    assert page.count("My phone") == 2
    assert reverse("mfa_remove_webauthn", args=[passkey.public_id]) in page
    assert [one.name for one in RecordedEvent.objects.filter(name="identity.passkey_added")] == ["identity.passkey_added"]


def test_passkey_without_a_name_is_given_one(client, signed_in):
    person = PersonFactory()
    type_password(client, person.email)
    add_passkey(client, name="")
    add_passkey(client, name="")
    first, second = passkeys.passkeys_of(person)
    assert first.name != second.name
    assert stored() == ["webauthn", "recovery_codes", "webauthn"]


def test_passkey_signs_in_without_a_name_and_proves_the_second_factor(owner):
    client = HouseClient()
    assert show_passkey(client, owner.device, next="/people/")["Location"] == "/people/"
    assert person_of(client) == str(owner.pk)
    assert stepup.stepped_up(client.session)
    assert client.session.get_expiry_age() == 7 * 24 * 3600


def test_passkey_is_enough_for_a_role_that_asks_for_a_second_factor():
    person, first = PersonFactory(role=Role.HR), HouseClient()
    type_password(first, person.email)
    assert first.get("/people/")["Location"].startswith(reverse("mfa_activate_totp"))
    _response, device = add_passkey(first)
    assert first.get("/people/").status_code == 200
    client = HouseClient()
    show_passkey(client, device)
    assert client.get(reverse("identity:invitations")).status_code == 200


def test_nothing_is_kept_of_when_somebody_was_last_here(owner, client):
    show_passkey(HouseClient(), owner.device)
    other, again = PersonFactory(), HouseClient()
    give_second_factor(other)
    come_in(again, other)
    assert set(Authenticator.objects.values_list("last_used_at", flat=True)) == {None}


def test_a_device_that_does_not_ask_who_holds_it_is_refused_when_it_is_added(client):
    person = PersonFactory()
    type_password(client, person.email)
    response, _device = add_passkey(client, Device(is_verified=False))
    assert (response.status_code, stored()) == (422, [])
    assert not RecordedEvent.objects.filter(name="identity.passkey_added").exists()


def test_a_device_that_did_not_ask_who_holds_it_opens_nothing(owner):
    owner.device.is_verified = False
    client = HouseClient()
    assert show_passkey(client, owner.device).status_code == 422
    assert person_of(client) is None


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "http://evil.localhost:8000", "http://localhost:8001", "https://localhost:8000", "null", ""]
)
def test_a_page_of_another_site_opens_nothing(owner, origin):
    owner.device.origin = origin
    client = HouseClient()
    assert show_passkey(client, owner.device).status_code == 422
    assert person_of(client) is None


def test_a_page_that_frames_ours_opens_nothing(owner):
    client = HouseClient()
    sent = owner.device.show(question(client, "mfa_login_webauthn"), crossOrigin=True)
    assert client.post(DOOR, {"credential": sent}).status_code == 422


def test_the_site_comes_from_the_settings_and_never_from_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    asked = client.get(DOOR, headers={"accept": "application/json", "host": "evil.example"}).json()
    assert asked["publicKey"]["rpId"] == "localhost"
    settings.SITE_HOST = "network.example.org"
    asked = client.get(DOOR, headers={"accept": "application/json"}).json()
    assert asked["publicKey"]["rpId"] == "network.example.org"
    assert asked["publicKey"]["userVerification"] == "required"
    assert not asked["publicKey"].get("allowCredentials")


def test_an_answer_works_once_and_for_its_own_question(owner):
    client = HouseClient()
    sent = owner.device.show(question(client, "mfa_login_webauthn"))
    other = HouseClient()
    question(other, "mfa_login_webauthn")
    assert other.post(DOOR, {"credential": sent}).status_code == 422
    assert HouseClient().post(DOOR, {"credential": sent}).status_code == 422
    assert client.post(DOOR, {"credential": sent})["Location"] == "/"
    client.post(reverse("account_logout"))
    assert client.post(DOOR, {"credential": sent}).status_code == 422


def test_another_key_under_a_number_that_is_known_opens_nothing(owner, client):
    forged = Device(number=owner.device.number)
    assert show_passkey(HouseClient(), forged).status_code == 422
    response, _device = add_passkey(client, forged)
    assert response.status_code == 422
    assert stored() == ["webauthn", "recovery_codes"]


def test_unknown_passkey_and_that_of_somebody_who_left_are_told_the_same(owner):
    unknown = show_passkey(HouseClient(), Device())
    Person.objects.filter(pk=owner.pk).update(state=PersonState.LEFT)
    client = HouseClient()
    left = show_passkey(client, owner.device)
    assert (unknown.status_code, left.status_code, person_of(client)) == (422, 422, None)
    assert unknown.context["form"].errors == left.context["form"].errors
    assert len(left.context["form"].errors["credential"]) == 1


def test_an_account_that_was_shut_is_not_opened_by_a_passkey(owner):
    Person.objects.filter(pk=owner.pk).update(password="", state=PersonState.ACTIVE)
    client = HouseClient()
    assert show_passkey(client, owner.device).status_code == 422
    assert person_of(client) is None


@pytest.mark.parametrize(
    "credential",
    [
        *("", "{}", "[]", "null", "0", '"x"', '{"id":"a"}', '{"id":"a","rawId":"a","type":"public-key","response":{}}'),
        '{"id":"a","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ","signature":"YQ"}}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","attestationObject":"gYGB"}}',
        "[" * 50_000,
    ],
)
def test_what_no_browser_sends_is_refused(client, credential):
    person = PersonFactory()
    give_second_factor(person)
    door = HouseClient()
    question(door, "mfa_login_webauthn")
    assert door.post(DOOR, {"credential": credential}).status_code == 422
    type_password(client, person.email)
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 422
    assert type_code(client, code_now(person))["Location"] == "/"
    question(client, "mfa_add_webauthn")
    assert client.post(ADD, {"credential": credential}).status_code == 422
    assert stored() == ["totp", "recovery_codes"]


def test_attempts_are_counted_by_address_and_what_succeeds_is_not(owner, monkeypatch):
    monkeypatch.setattr("rse.identity.attempts.FROM_ONE_ADDRESS", ((3, 3600),))
    client = HouseClient()
    for _number in range(5):
        assert show_passkey(client, owner.device)["Location"] == "/"
        client.post(reverse("account_logout"))
    statuses = [show_passkey(client, Device()).status_code for _number in range(4)]
    assert statuses == [422, 422, 422, 429]
    assert show_passkey(client, owner.device).status_code == 429


def test_passkey_is_asked_for_after_the_password_and_answers_there(owner):
    client = HouseClient()
    assert type_password(client, owner.email)["Location"] == reverse("mfa_authenticate")
    page = client.get(reverse("mfa_authenticate"))
    asked = json.loads(page.context["question"])
    assert 'data-passkey="show"' in page.content.decode()
    stranger = client.post(reverse("mfa_authenticate"), {"credential": Device().show(asked)})
    assert (stranger.status_code, person_of(client)) == (422, None)
    asked = json.loads(stranger.context["question"])
    assert client.post(reverse("mfa_authenticate"), {"credential": owner.device.show(asked)})["Location"] == "/"
    assert stepup.stepped_up(client.session)


def test_without_the_device_a_recovery_code_signs_in(owner):
    client = HouseClient()
    type_password(client, owner.email)
    assert type_code(client, second_factor.codes_left(owner)[0])["Location"] == "/"


def test_somebody_else_s_passkey_is_no_second_factor(owner):
    other, client = PersonFactory(), HouseClient()
    give_second_factor(other)
    type_password(client, other.email)
    asked = json.loads(client.get(reverse("mfa_authenticate")).context["question"])
    assert client.post(reverse("mfa_authenticate"), {"credential": owner.device.show(asked)}).status_code == 422
    assert person_of(client) is None


def test_step_up_takes_a_passkey_and_leads_back(client, owner):
    session = client.session
    stepup.forget(session)
    session.save()
    address = reverse("mfa_reauthenticate_webauthn")
    assert client.get(address + "?next=/people/")["Location"] == reverse("mfa_reauthenticate") + "?next=%2Fpeople%2F"
    page = client.get(reverse("mfa_reauthenticate") + "?next=/people/").content.decode()
    assert f'action="{address}"' in page
    assert client.post(address, {"credential": Device().show(question(client, "mfa_reauthenticate_webauthn"))}).status_code == 422
    assert not stepup.stepped_up(client.session)
    sent = owner.device.show(question(client, "mfa_reauthenticate_webauthn"))
    assert client.post(address, {"credential": sent, "next": "/people/"})["Location"] == "/people/"
    assert stepup.stepped_up(client.session)


def test_step_up_without_a_passkey_stays_with_the_code(client):
    person = PersonFactory()
    give_second_factor(person)
    come_in(client, person)
    assert 'data-passkey="show"' not in client.get(reverse("mfa_reauthenticate")).content.decode()
    assert client.get(reverse("mfa_reauthenticate_webauthn")).status_code == 302


def test_one_more_passkey_needs_a_fresh_second_factor(client, owner):
    session = client.session
    stepup.forget(session)
    session.save()
    assert client.get(ADD)["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(ADD, {"credential": "{}"}).status_code == 403
    assert stored() == ["webauthn", "recovery_codes"]


def test_adding_asks_who_sits_there_when_the_password_is_long_ago(client, settings):
    type_password(client, PersonFactory().email)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get(ADD)["Location"].startswith(reverse("account_reauthenticate"))


def test_adding_and_removing_end_the_other_sessions_and_tell_every_address(client, mailoutbox):
    person, other = PersonFactory(private_email="home@example.org"), HouseClient()
    type_password(other, person.email)
    type_password(client, person.email)
    add_passkey(client)
    assert (person_of(other), person_of(client)) == (None, str(person.pk))
    assert sorted(to for mail in mailoutbox for to in mail.to) == sorted([person.email, "home@example.org"])
    mailoutbox.clear()
    (passkey,) = passkeys.passkeys_of(person)
    address = reverse("mfa_remove_webauthn", args=[passkey.public_id])
    assert client.get(address).context["is_last"]
    key = client.session.session_key
    assert client.post(address)["Location"] == reverse("identity:security")
    assert client.session.session_key != key
    assert Session.objects.filter(person=person).count() == 1
    assert stored() == []
    assert stepup.proved_at(client.session) is None
    assert sorted(to for mail in mailoutbox for to in mail.to) == sorted([person.email, "home@example.org"])


def test_passkey_of_before_a_reopening_signs_in_only_beside_the_new_password(owner):
    administrator, second = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(role=Role.HR)
    deactivate_person(actor=administrator, subject=owner)
    asked = ask_reopening(actor=Person.objects.get(pk=administrator.pk), person=Person.objects.get(pk=owner.pk), reason="lost")
    token = agree_to_reopening(actor=second, reopening=asked)
    redeem(token=token, password="eight loud lighthouses hum")
    browser = HouseClient()
    assert show_passkey(browser, owner.device).status_code == 422
    assert person_of(browser) is None
    type_password(browser, owner.email, "eight loud lighthouses hum")
    asked = json.loads(browser.get(reverse("mfa_authenticate")).context["question"])
    browser.post(reverse("mfa_authenticate"), {"credential": owner.device.show(asked)})
    assert person_of(browser) == str(owner.pk)
    _answer, device = add_passkey(browser)
    assert show_passkey(HouseClient(), device).status_code == 302


def test_removed_passkey_opens_nothing(client, owner):
    (passkey,) = passkeys.passkeys_of(owner)
    client.post(reverse("mfa_remove_webauthn", args=[passkey.public_id]))
    assert show_passkey(HouseClient(), owner.device).status_code == 422


def test_passkey_of_somebody_else_is_not_there_to_remove(client, owner):
    other, theirs = PersonFactory(), HouseClient()
    type_password(theirs, other.email)
    add_passkey(theirs)
    (passkey,) = passkeys.passkeys_of(owner)
    address = reverse("mfa_remove_webauthn", args=[passkey.public_id])
    assert (theirs.get(address).status_code, theirs.post(address).status_code) == (404, 404)
    assert len(passkeys.passkeys_of(owner)) == 1
    assert len(passkeys.passkeys_of(other)) == 1


def test_app_is_given_up_and_the_passkey_and_the_recovery_codes_stay(client):
    person = PersonFactory()
    give_second_factor(person)
    come_in(client, person)
    _response, device = add_passkey(client)
    codes = second_factor.codes_left(person)
    client.post(reverse("mfa_deactivate_totp"))
    assert second_factor.codes_left(person) == codes
    assert second_factor.is_set_up(person)
    assert show_passkey(HouseClient(), device)["Location"] == "/"


def test_there_are_ten_passkeys_at_most(client):
    type_password(client, PersonFactory().email)
    statuses = [add_passkey(client)[0].status_code for _number in range(passkeys.MOST + 1)]
    assert statuses == [302] * passkeys.MOST + [422]
    assert stored().count("webauthn") == passkeys.MOST


def test_the_server_forgets_passkeys_with_the_second_factor(client, owner):
    assert forget_second_factor(person=owner)
    assert stored() == []
    assert show_passkey(HouseClient(), owner.device).status_code == 422


def test_no_key_of_a_row_reaches_the_device(client):
    person = PersonFactory()
    type_password(client, person.email)
    asked = question(client, "mfa_add_webauthn")["publicKey"]
    assert asked["user"]["name"] == person.email
    assert len(asked["user"]["id"]) == 43
    assert asked["rp"]["id"] == "localhost"
    assert (asked["authenticatorSelection"]["residentKey"], asked["authenticatorSelection"]["userVerification"]) == ("required", "required")


def test_of_what_a_browser_says_beside_the_key_nothing_is_kept(client, owner):
    row = Authenticator.objects.get(type="webauthn")
    assert sorted(row.data["credential"]) == ["clientExtensionResults", "id", "rawId", "response", "type"]
    assert row.data["credential"]["clientExtensionResults"] == {}


@pytest.mark.parametrize(("made", "queries"), [(1, 1), (3, 1)])
def test_list_of_passkeys_costs_one_query(client, django_assert_num_queries, made, queries):
    person = PersonFactory()
    type_password(client, person.email)
    for _number in range(made):
        add_passkey(client)
    with django_assert_num_queries(queries):
        assert len(passkeys.passkeys_of(person)) == made
