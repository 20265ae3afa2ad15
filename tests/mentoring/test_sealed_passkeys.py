"""A passkey takes the seal off somebody's words when it was there before the seal, and never when it came later."""

import pytest
from django.urls import reverse

from mentoring.models import Seal
from rse.identity import second_factor
from rse.identity.services.passwords import forget_second_factor, reset_password
from tests.factories.core import PASSWORD
from tests.guards import HouseClient
from tests.identity.authenticator import Device, add_passkey, show_passkey
from tests.identity.doors import person_of, type_code, type_password

from .under_seal import ANOTHER

pytestmark = pytest.mark.django_db


def with_passkey(person, password=PASSWORD):
    browser = HouseClient()
    type_password(browser, person.email, password)
    _response, device = add_passkey(browser)
    return browser, device


def test_passkey_of_before_takes_the_seal_off(world):
    pair, _pieces = world
    _browser, device = with_passkey(pair.mentee)
    reset_password(person=pair.mentee, password=ANOTHER)
    assert Seal.objects.count() == 1
    assert show_passkey(HouseClient(), device)["Location"] == "/"
    assert not Seal.objects.exists()


def test_passkey_added_after_the_reset_opens_nothing(world):
    pair, _pieces = world
    reset_password(person=pair.mentee, password=ANOTHER)
    browser, device = with_passkey(pair.mentee, ANOTHER)
    again = HouseClient()
    assert show_passkey(again, device)["Location"] == "/"
    assert (person_of(again), Seal.objects.count()) == (str(pair.mentee_id), 1)
    code = second_factor.codes_left(pair.mentee)[0]
    assert browser.post(reverse("mentoring:sealed"), {"code": code}).status_code == 422
    assert Seal.objects.count() == 1


def test_passkey_added_beside_one_of_before_opens_nothing_by_itself(world):
    pair, _pieces = world
    _browser, old = with_passkey(pair.mentee)
    code = second_factor.codes_left(pair.mentee)[0]
    reset_password(person=pair.mentee, password=ANOTHER)
    seal = Seal.objects.get()
    browser = HouseClient()
    show_passkey(browser, old)
    assert not Seal.objects.exists()
    seal.pk = None
    seal.save()  # as it stood before the old one was shown
    _response, new = add_passkey(browser)
    show_passkey(HouseClient(), new)
    assert Seal.objects.count() == 1
    again = HouseClient()
    type_password(again, pair.mentee.email, ANOTHER)
    type_code(again, code)
    assert not Seal.objects.exists()


def test_passkey_forgotten_from_the_server_is_another_when_the_device_is_added_again(world):
    pair, _pieces = world
    _browser, device = with_passkey(pair.mentee)
    code = second_factor.codes_left(pair.mentee)[3]
    assert forget_second_factor(person=pair.mentee)
    browser = HouseClient()
    type_password(browser, pair.mentee.email)
    add_passkey(browser, Device(number=device.number))
    assert Seal.objects.count() == 1
    assert browser.post(reverse("mentoring:sealed"), {"code": code}).status_code == 302
    assert not Seal.objects.exists()


def test_what_is_kept_of_a_passkey_is_no_key(world):
    pair, _pieces = world
    with_passkey(pair.mentee)
    reset_password(person=pair.mentee, password=ANOTHER)
    kept = Seal.objects.get().kept
    assert sorted(kept) == ["recovery_codes", "webauthn"]
    assert [len(one) for one in kept["webauthn"]["passkeys"]] == [64]
