import time

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from rse.core.enums import PersonState, Role
from rse.core.models import Person
from rse.core.web import stepup
from rse.demo.phone import code_now
from rse.identity import rules, second_factor
from rse.identity.models import Session
from tests.factories import PersonFactory, RoleGrantFactory
from tests.guards import HouseClient

from .doors import at_once, come_in, give_second_factor, has_second_factor, person_of, type_code, type_password

pytestmark = pytest.mark.django_db

SET_UP, AGAIN = "/account/second-factor/set-up/", "/account/code/again/"


def set_up(client, person):
    """Go through the page that sets a second factor up."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    from allauth.mfa.totp.internal import auth

    _before, counter, _after = auth.yield_hotp_counters_from_time()
    return client.post(reverse("mfa_activate_totp"), {"code": auth.format_hotp_value(auth.hotp_value(secret, counter))})


def test_code_is_asked_for_after_the_password(client):
    person = PersonFactory()
    give_second_factor(person)
    assert type_password(client, person.email)["Location"] == reverse("mfa_authenticate")
    assert person_of(client) is None
    assert type_code(client, code_now(person))["Location"] == "/"
    assert person_of(client) == str(person.pk)
    assert stepup.stepped_up(client.session)


def test_next_survives_the_code(client):
    person = PersonFactory()
    give_second_factor(person)
    client.post(reverse("account_login"), {"login": person.email, "password": "correct horse battery staple", "next": "/people/"})
    assert type_code(client, code_now(person))["Location"] == "/people/"


@pytest.mark.parametrize(
    "path", ["/", "/people/", "/account/security/", "/account/password/change/", SET_UP, AGAIN, "/account/recovery-codes/"]
)
def test_l67_no_address_goes_around_the_code(client, path):
    person = PersonFactory()
    give_second_factor(person)
    type_password(client, person.email)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
    assert person_of(client) is None


def test_l67_code_page_without_a_password_leads_to_the_door(client):
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")
    assert type_code(client, "123456")["Location"] == reverse("account_login")


@pytest.mark.parametrize(
    "data", [{}, {"code": ""}, {"code": ["", ""]}, {"credential": "{}"}, {"code": "0"}, {"code": "x" * 500}, {"code": "None"}]
)
def test_l67_malformed_code_opens_nothing(client, data):
    person = PersonFactory()
    give_second_factor(person)
    type_password(client, person.email)
    response = client.post(reverse("mfa_authenticate"), data)
    assert response.status_code == 422
    assert person_of(client) is None


def test_l67_code_is_used_once(client):
    person = PersonFactory()
    give_second_factor(person)
    code = code_now(person)
    type_password(client, person.email)
    type_code(client, code)
    again = HouseClient()
    type_password(again, person.email)
    assert type_code(again, code).status_code == 422
    assert person_of(again) is None


def test_l67_code_is_refused_a_second_time_for_as_long_as_the_clock_accepts_it(client, monkeypatch):
    person = PersonFactory()
    give_second_factor(person)
    code = code_now(person)
    assert come_in(client, person)["Location"] == "/"
    later = time.time() + 30
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    from django.core.cache import cache

    cache.delete(f"allauth.mfa.totp.used?user={person.pk}&code={code}")  # the library forgets after thirty seconds
    again = HouseClient()
    type_password(again, person.email)
    assert type_code(again, code).status_code == 422


def test_l67_somebody_else_s_code_opens_nothing(client):
    person, other = PersonFactory(), PersonFactory()
    give_second_factor(person)
    give_second_factor(other)
    type_password(client, person.email)
    assert type_code(client, code_now(other)).status_code == 422


def test_l67_recovery_code_works_once(client):
    person = PersonFactory()
    give_second_factor(person)
    code = second_factor.codes_left(person)[0]
    type_password(client, person.email)
    assert type_code(client, code)["Location"] == "/"
    assert len(second_factor.codes_left(person)) == 9
    again = HouseClient()
    type_password(again, person.email)
    assert type_code(again, code).status_code == 422


def test_five_wrong_codes_then_a_wait(client):
    person = PersonFactory()
    give_second_factor(person)
    type_password(client, person.email)
    assert [type_code(client, f"00000{number}").status_code for number in range(7)] == [422] * 5 + [429] * 2
    assert type_code(client, code_now(person)).status_code == 429


def test_left_between_password_and_code_stays_out(client):
    person = PersonFactory()
    give_second_factor(person)
    type_password(client, person.email)
    Person.objects.filter(pk=person.pk).update(state=PersonState.LEFT)
    assert type_code(client, code_now(person))["Location"] == reverse("account_login")
    assert person_of(client) is None


@pytest.mark.django_db(transaction=True)
def test_l67_one_code_at_many_doors_at_once_opens_one():
    person = PersonFactory()
    give_second_factor(person)
    code = code_now(person)
    clients = [HouseClient() for _door in range(8)]
    for number, client in enumerate(clients):
        type_password(client, person.email, REMOTE_ADDR=f"192.0.2.{number}")
    opened = at_once([lambda client=client: type_code(client, code).status_code for client in clients])
    assert opened.count(302) == 1
    assert len([client for client in clients if person_of(client)]) == 1


@pytest.mark.parametrize("role", sorted(rules.SECOND_FACTOR_ROLES))
def test_role_without_a_second_factor_is_led_to_set_it_up(client, role):
    person = PersonFactory(role=role)
    type_password(client, person.email)
    for path in ("/", "/people/", "/roles/", "/account/security/", "/account/password/change/", "/invitations/"):
        response = client.get(path)
        assert response["Location"].partition("?")[0] == SET_UP, path
    assert client.post(reverse("identity:invitations_chosen"), {"chosen": "1"})["Location"] == SET_UP
    assert client.get("/healthz").status_code == 200
    assert client.post("/language/", {"language": "en", "next": "/"})["Location"] == "/"
    assert set_up(client, person)["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get("/").status_code == 200


def test_led_away_swap_opens_the_page(client):
    type_password(client, PersonFactory(role=Role.HR).email)
    response = client.get("/people/", HTTP_HX_REQUEST="true")
    assert response["HX-Redirect"].startswith(SET_UP)


@pytest.mark.parametrize("role", sorted(set(Role) - rules.SECOND_FACTOR_ROLES))
def test_other_roles_may_do_without(client, role):
    type_password(client, PersonFactory(role=role).email)
    assert client.get("/").status_code == 200


def test_role_given_during_a_session_asks_at_the_next_page(client):
    person = PersonFactory()
    type_password(client, person.email)
    assert client.get("/").status_code == 200
    RoleGrantFactory(person=person, role=Role.HR)
    assert client.get("/")["Location"].startswith(SET_UP)


def test_l67_password_again_is_no_second_factor(client):
    person = PersonFactory(role=Role.HR)
    type_password(client, person.email)
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery staple"})
    assert client.get("/")["Location"].startswith(SET_UP)


def test_set_up_draws_a_code_that_any_page_may_hold(client):
    person = PersonFactory(role=Role.HR)
    type_password(client, person.email)
    page = client.get(SET_UP).content.decode()
    assert '<svg class="qr"' in page
    assert "data:" not in page.partition("<main")[2]
    assert "style=" not in page


def test_set_up_refuses_a_wrong_code_and_keeps_the_key(client):
    person = PersonFactory(role=Role.HR)
    type_password(client, person.email)
    secret = client.get(SET_UP).context["form"].secret
    response = client.post(SET_UP, {"code": "000000"})
    assert response.status_code == 422
    assert response.context["form"].secret == secret
    assert not has_second_factor(person)


def test_secret_is_not_readable_where_it_is_kept():
    person = PersonFactory()
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in str(Authenticator.objects.get(user=person).data)
    assert code_now(person).isdecimal()


def test_secrets_outlive_a_new_secret_key(settings):
    person = PersonFactory()
    give_second_factor(person)
    code = code_now(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-more-than-thirty-two-characters"
    assert code_now(person) == code


def test_t03_setting_up_ends_the_other_sessions(client, signed_in):
    person = PersonFactory()
    elsewhere = signed_in(person)
    type_password(client, person.email)
    set_up(client, person)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Session.objects.filter(person=person).count() == 1


def test_t03_giving_up_ends_the_other_sessions_and_the_proof(client):
    person = PersonFactory()
    give_second_factor(person)
    elsewhere = HouseClient()
    elsewhere.force_login(person)
    come_in(client, person)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response["Location"] == reverse("identity:security")
    assert not Authenticator.objects.filter(user=person).exists()
    assert not stepup.stepped_up(client.session)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_giving_up_is_followed_by_another_one_where_the_role_asks(client):
    person = PersonFactory(role=Role.DPO)
    give_second_factor(person)
    come_in(client, person)
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/")["Location"].startswith(SET_UP)


def test_recovery_codes_are_shown_kept_and_renewed(client):
    person = PersonFactory()
    give_second_factor(person)
    come_in(client, person)
    before = second_factor.codes_left(person)
    assert len(before) == 10
    assert all(code in client.get(reverse("mfa_view_recovery_codes")).content.decode() for code in before)
    kept = client.get(reverse("mfa_download_recovery_codes"))
    assert kept.content.decode().split() == before
    assert kept["Content-Type"] == "text/plain; charset=utf-8"
    assert client.post(reverse("mfa_generate_recovery_codes"))["Location"] == reverse("mfa_view_recovery_codes")
    assert not set(before) & set(second_factor.codes_left(person))


def test_l95_recovery_codes_ask_again_after_a_quarter_of_an_hour(client, monkeypatch):
    person = PersonFactory()
    give_second_factor(person)
    come_in(client, person)
    later = time.time() + 901
    monkeypatch.setattr("rse.identity.adapters.time.time", lambda: later)
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith(f"{AGAIN}?"), name
    assert client.post(reverse("mfa_deactivate_totp"))["Location"].startswith(f"{AGAIN}?")
    assert has_second_factor(person)


def test_l95_second_factor_cannot_be_set_up_from_an_old_session(client, monkeypatch):
    person = PersonFactory()
    type_password(client, person.email)
    later = time.time() + 901
    monkeypatch.setattr("rse.identity.adapters.time.time", lambda: later)
    assert client.get(SET_UP)["Location"].startswith("/account/reauthenticate/?")
    assert client.post(reverse("account_reauthenticate"), {"password": "no"}).status_code == 422


def test_recovery_codes_of_who_has_none_are_nowhere(signed_in):
    client = signed_in(PersonFactory())
    from allauth.account.internal.flows.login import record_authentication  # noqa: F401

    response = client.get(reverse("mfa_view_recovery_codes"))
    assert response["Location"].startswith("/account/reauthenticate/")
