import pytest
from django.urls import reverse

from tests.factories import PersonFactory

from .doors import come_in, give_second_factor

pytestmark = pytest.mark.django_db


def test_page_says_what_protects_the_account(client, signed_in):
    page = signed_in(PersonFactory()).get(reverse("identity:security")).content.decode()
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_view_recovery_codes") not in page
    person = PersonFactory()
    give_second_factor(person)
    come_in(client, person)
    page = client.get(reverse("identity:security")).content.decode()
    assert reverse("mfa_deactivate_totp") in page
    assert reverse("mfa_view_recovery_codes") in page


@pytest.mark.parametrize(
    "name", ["identity:security", "account_change_password", "mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate"]
)
def test_page_asks_who_is_there_first(client, name):
    assert client.get(reverse(name))["Location"].startswith("/account/login/?next=")


def test_way_out_and_security_stand_under_one_s_name(signed_in):
    page = signed_in(PersonFactory()).get("/people/").content.decode()
    assert f'href="{reverse("identity:security")}"' in page
    assert f'href="{reverse("account_logout")}"' in page


@pytest.mark.parametrize(
    "name", ["account_login", "account_logout", "account_change_password", "account_reset_password", "mfa_activate_totp"]
)
def test_pages_of_the_door_are_kept_by_nobody(signed_in, name):
    assert "no-store" in signed_in(PersonFactory()).get(reverse(name))["Cache-Control"] or name == "account_login"
