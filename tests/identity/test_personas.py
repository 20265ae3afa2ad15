import pytest
from django.urls import reverse

from rse.core.ops.installation import describe
from rse.identity import personas
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

from .doors import give_second_factor, person_of, type_code

pytestmark = pytest.mark.django_db

LOCAL = {"HTTP_HOST": "localhost"}


@pytest.fixture
def offered(monkeypatch):
    """Two people of a demonstration that is written down as one, with their provider registered."""
    people = [PersonFactory(first_name="Inès", last_name="Caron"), PersonFactory(expected=True, first_name="Paul", last_name="Garnier")]
    monkeypatch.setattr(personas, "_providers", [])
    personas.register(
        lambda: [{"person": one, "label": f"Rôle de {one.first_name}", "password": PASSWORD, "needs_code": False} for one in people]
    )
    return people


@pytest.fixture
def demo(offered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        describe(is_demo=True, company="Fonderies de l’Estuaire")
    return offered


def door(client, **extra):
    return client.get(reverse("account_login"), **{**LOCAL, **extra}).content.decode()


def test_cards_stand_at_the_door_of_a_demonstration(client, demo):
    page = door(client)
    assert all(f"{one.first_name} {one.last_name}" in page and f"Rôle de {one.first_name}" in page for one in demo)
    assert "Fonderies de l’Estuaire" in page


def test_card_sends_the_real_form(client, demo):
    for person in demo:
        client.post(reverse("account_login"), {"login": person.email or person.private_email, "password": PASSWORD}, **LOCAL)
        assert person_of(client) == str(person.pk)
        client.post(reverse("account_logout"), **LOCAL)


def test_company_that_is_no_demonstration_shows_nobody(client, offered, settings):
    settings.DEBUG = True
    page = door(client)
    assert "Caron" not in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "::ffff:192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "testserver"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_demonstration_seen_from_elsewhere_shows_nobody(client, demo, extra):
    page = door(client, **extra)
    assert "Caron" not in page
    assert PASSWORD not in page


@pytest.mark.parametrize("extra", [{}, {"HTTP_HOST": "127.0.0.1:8000"}, {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}])
def test_demonstration_on_this_machine(client, demo, extra):
    assert "Caron" in door(client, **extra)


def test_code_is_shown_on_this_machine_and_works(client, demo):
    person = demo[0]
    give_second_factor(person)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
    elsewhere = client.get(reverse("mfa_authenticate"), **LOCAL, REMOTE_ADDR="192.0.2.1")
    assert elsewhere.context["shown_code"] == ""
    page = client.get(reverse("mfa_authenticate"), **LOCAL)
    code = page.context["shown_code"]
    assert f'id="shown-code">{code}<' in page.content.decode()
    assert type_code(client, code)["Location"] == "/"


def test_code_shown_is_one_that_was_not_used(client, demo):
    person = demo[0]
    give_second_factor(person)
    for _time in range(2):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
        code = client.get(reverse("mfa_authenticate"), **LOCAL).context["shown_code"]
        assert type_code(client, code)["Location"] == "/"
        client.post(reverse("account_logout"), **LOCAL)


def test_no_code_is_shown_where_there_is_no_demonstration(client, offered):
    person = offered[0]
    give_second_factor(person)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
    assert client.get(reverse("mfa_authenticate"), **LOCAL).context["shown_code"] == ""
