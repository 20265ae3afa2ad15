import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from rse.identity.backends import PersonBackend
from rse.identity.models import Session
from rse.identity.queries import folded
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD
from tests.guards import HouseClient

from .doors import person_of, type_password

pytestmark = pytest.mark.django_db

NONCE = re.compile(rb'(nonce|value)="[^"]*"')


def without_secrets(response):
    return NONCE.sub(b"", response.content)


def test_sign_in_by_work_email_leads_home(client):
    person = PersonFactory(email="lea@company.example")
    response = type_password(client, "  Lea@Company.example ")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert person_of(client) == str(person.pk)
    assert Session.objects.get(session_key=client.session.session_key).person_id == person.pk


def test_sign_in_page_is_private_to_the_browser_and_in_french(client):
    response = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="fr")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_expected_person_signs_in_by_the_private_email_of_the_file(client):
    person = PersonFactory(expected=True, private_email="Awa@Home.example")
    type_password(client, "awa@home.example")
    assert person_of(client) == str(person.pk)


def test_private_email_opens_nothing_once_there_is_a_work_email(client):
    PersonFactory(email="awa@company.example", private_email="awa@home.example")
    assert type_password(client, "awa@home.example").status_code == 422
    assert person_of(client) is None


def test_private_email_of_two_people_opens_nothing(client):
    PersonFactory.create_batch(2, expected=True, private_email="both@home.example")
    assert type_password(client, "both@home.example").status_code == 422


def test_private_email_never_shadows_somebody_else_s_work_email(client):
    owner = PersonFactory(email="x@company.example", password="the first horse battery staple")
    PersonFactory(expected=True, private_email="x@company.example", password="another horse battery staple")
    assert type_password(client, "x@company.example", "another horse battery staple").status_code == 422
    type_password(client, "x@company.example", "the first horse battery staple")
    assert person_of(client) == str(owner.pk)


def failures():
    """Every way in which signing in fails, each with its login and its password."""
    PersonFactory(email="existing@company.example")
    PersonFactory(email="left@company.example", left=True)
    PersonFactory(email="unset@company.example", password=False)
    PersonFactory(expected=True, private_email="expected@home.example")
    return [
        ("existing@company.example", "wrong horse battery staple"),
        ("absent@company.example", PASSWORD),
        ("left@company.example", PASSWORD),
        ("left@company.example", "wrong horse battery staple"),
        ("unset@company.example", PASSWORD),
        ("expected@home.example", "wrong horse battery staple"),
    ]


def test_l92_every_failure_says_the_same_for_the_same_number_of_queries(monkeypatch):
    hashed = []
    original = PersonBackend.authenticate

    def counted(self, request, **credentials):
        from django.contrib.auth.hashers import MD5PasswordHasher

        encode = MD5PasswordHasher.encode
        with monkeypatch.context() as patch:
            patch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
            return original(self, request, **credentials)

    monkeypatch.setattr(PersonBackend, "authenticate", counted)
    HouseClient().get(reverse("account_login"))  # what is read once per process is read
    seen = []
    for login, password in failures():
        hashed.clear()
        client = HouseClient()
        with CaptureQueriesContext(connection) as queries:
            response = type_password(client, login, password)
        assert response.status_code == 422
        seen.append((without_secrets(response).replace(login.encode(), b""), len(queries), len(hashed), sorted(response.headers)))
    assert [one[1:] for one in seen] == [seen[0][1:]] * len(seen)
    assert {one[0] for one in seen} == {seen[0][0]}
    assert seen[0][2] == 1


@pytest.mark.parametrize("length", [257, 100_000])
def test_a17_long_password_is_refused_before_hashing(client, monkeypatch, length):
    person = PersonFactory()
    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", lambda *args: pytest.fail("hashed"))
    start = time.perf_counter()
    assert PersonBackend().authenticate(None, email=person.email, password="x" * length) is None
    assert time.perf_counter() - start < 0.02
    response = type_password(client, person.email, "x" * length)
    assert response.status_code == 422
    assert "256" in response.content.decode()


def test_left_person_with_the_right_password_stays_out(client):
    person = PersonFactory(left=True)
    type_password(client, person.email)
    assert person_of(client) is None


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "///evil.example/",
        "https://evil.example/",
        "http://testserver/people/",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "https:evil.example",
        "https://testserver@evil.example/",
        "//testserver@evil.example",
        "https://evil。example/",
        "//evil．example",
        "javascript:alert(1)",
        "\x00//evil.example",
        " //evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "evil.example",
        "",
    ],
)
def test_l84_next_never_leads_off_the_site(client, target):
    person = PersonFactory()
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": target})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_next_on_the_site_is_kept_through_a_mistake(client):
    person = PersonFactory()
    page = client.get(reverse("account_login"), {"next": "/people/?q=a"})
    assert 'name="next" value="/people/?q=a"' in page.content.decode()
    wrong = client.post(reverse("account_login"), {"login": person.email, "password": "no", "next": "/people/?q=a"})
    assert 'name="next" value="/people/?q=a"' in wrong.content.decode()
    right = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": "/people/?q=a"})
    assert right["Location"] == "/people/?q=a"


def test_l84_signing_out_never_leads_off_the_site(signed_in):
    response = signed_in(PersonFactory()).post(reverse("account_logout"), {"next": "//evil.example"})
    assert response["Location"] == reverse("account_login")


def test_l86_doors_refuse_a_form_without_its_token():
    strict = HouseClient(enforce_csrf_checks=True)
    person = PersonFactory()
    strict.force_login(person)
    for name in ("account_login", "account_logout", "account_change_password", "account_reset_password", "identity:invitations_chosen"):
        assert strict.post(reverse(name), {}).status_code == 403, name


def test_l86_signing_out_takes_more_than_a_get(signed_in):
    client = signed_in(PersonFactory())
    assert client.get(reverse("account_logout")).status_code == 200
    assert person_of(client) is not None
    client.post(reverse("account_logout"))
    assert person_of(client) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "account_signup",
            "account_email",
            "account_confirm_email",
            "account_set_password",
            "account_inactive",
            "account_confirm_login_code",
        ),
        *("mfa_index", "mfa_trust", "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_signup_webauthn"),
    ],
)
def test_what_the_library_could_do_besides_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic eDp5", "Token abc", "Bearer null"])
def test_l62_a_header_signs_nobody_in(client, header):
    response = client.get("/people/", HTTP_AUTHORIZATION=header)
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/people/")


def test_fold_makes_one_name_of_its_spellings():
    assert (
        len({folded(one) for one in ("Zoé@x.example", " ZOE@x.example", "zoe\u0301@x.example", "z o e@x.example", "ｚoe@x.example")}) == 1
    )
