"""Whom the pages of the door offer in a demonstration, and to whom they offer nobody."""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from rse.core.ops.installation import installation
from rse.core.web import slots
from tests.core.test_fields import test_every_field_is_declared_and_nothing_else as assert_every_field_is_declared
from tests.core.test_fields import test_every_personal_field_says_why_and_how_long as assert_every_field_says_why
from tests.core.test_order import twice
from tests.factories.core import PASSWORD
from tests.factories.photos import photo_of
from tests.identity.doors import give_second_factor, person_of, type_code

pytestmark = pytest.mark.django_db

LOCAL = {"HTTP_HOST": "localhost"}
QUERIES_OF_THE_DOOR = 2


def door(client, **extra):
    return client.get(reverse("account_login"), **{**LOCAL, **extra}).content.decode()


def code_in(page):
    """The code that a page shows; None when it shows none."""
    found = re.search(r'id="shown-code">(\d{6})<', page.content.decode())
    return found and found[1]


def test_cards_stand_at_the_door_of_a_demonstration(client, demo):
    page = door(client)
    assert all(f"{one.first_name} {one.last_name}" in page and f"Rôle de {one.first_name}" in page for one in demo)
    assert "Chez Fonderies de l’Estuaire, 2 personnes." in page


def test_door_shows_no_photo(client, demo):
    photo = photo_of(demo[0])
    assert photo not in door(client)
    client.force_login(demo[0])
    assert photo in client.get("/people/", **LOCAL).text


def test_card_sends_the_real_form(client, demo):
    for person in demo:
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
        assert person_of(client) == str(person.pk)
        client.post(reverse("account_logout"), **LOCAL)


def test_company_that_is_no_demonstration_shows_nobody(client, shown, settings):
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
    assert code_in(elsewhere) is None
    code = code_in(client.get(reverse("mfa_authenticate"), **LOCAL))
    assert type_code(client, code)["Location"] == "/"


def test_code_shown_is_one_that_was_not_used(client, demo):
    person = demo[0]
    give_second_factor(person)
    for _time in range(2):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
        code = code_in(client.get(reverse("mfa_authenticate"), **LOCAL))
        assert type_code(client, code)["Location"] == "/"
        client.post(reverse("account_logout"), **LOCAL)


def test_no_code_is_shown_where_there_is_no_demonstration(client, shown):
    person = shown[0]
    give_second_factor(person)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, **LOCAL)
    assert code_in(client.get(reverse("mfa_authenticate"), **LOCAL)) is None


def test_code_is_shown_again_before_what_is_sensitive(client, demo):
    give_second_factor(demo[0])
    client.force_login(demo[0])
    again = reverse("mfa_reauthenticate")
    assert code_in(client.get(again, **LOCAL))
    assert code_in(client.get(again, **LOCAL, REMOTE_ADDR="192.0.2.1")) is None


@pytest.mark.parametrize("is_demo", [True, False])
def test_every_page_says_that_this_is_a_demonstration(request, signed_in, is_demo):
    person = request.getfixturevalue("demo" if is_demo else "shown")[0]
    assert ("rail-demo" in signed_in(person).get("/people/").text) == is_demo


def test_sign_in_page_costs_the_same_for_any_number_of_people(client, demo, django_assert_num_queries):
    client.get(reverse("account_login"), **LOCAL)
    with django_assert_num_queries(QUERIES_OF_THE_DOOR):
        door(client)
    apps.get_model("demo.ShownPerson").objects.filter(position=1).delete()
    with django_assert_num_queries(QUERIES_OF_THE_DOOR):
        door(client)


def test_fields_and_blocks_of_the_demonstration_are_declared_like_all_others(demo_app):
    assert_every_field_is_declared()
    assert_every_field_says_why()
    assert all(twice(block.order for block in slots.blocks(name)) == [] for name in slots.NAMES)


def test_installation_without_a_row_shows_nobody(client, demo_app):
    assert not installation().is_demo
    assert "persona-" not in door(client)
