"""What a page of refusal gives back: a text for others to read, and never a secret."""

import pytest
from django import forms
from django.shortcuts import render
from django.test import Client

from rse.core.access.stepup import ask
from rse.core.web import typed_text
from rse.core.web.limits import TooOften
from rse.core.web.middleware import Refusals
from rse.core.web.typed_text import CARRIED, SHOWN, WITHHELD, family_of
from rse.identity.forms import CodeInput
from tests.every_form import field_names, form_classes
from tests.factories import PersonFactory

SECRET = "le mot de passe très long que personne ne doit lire"
TEXT = "Bonjour à tous, voici ce que j'ai appris cette semaine."
ALL_WITHHELD = sorted(WITHHELD | CARRIED | {"anything_undeclared", "newpassword", "token"})


def test_l110_every_field_stands_in_one_list():
    names = {family_of(name) for name in field_names()}
    assert {"password", "body", "words", "skill_", "needed_", "alt-", "code", "note"} <= names
    assert names - (SHOWN | CARRIED | WITHHELD) == set()
    assert set() == (SHOWN & CARRIED) | (SHOWN & WITHHELD) | (CARRIED & WITHHELD)


def test_l110_secrets_and_addresses_are_in_no_list_of_what_may_be_given_back():
    for form in form_classes():
        for name, field in getattr(form, "base_fields", {}).items():
            is_secret = isinstance(field, forms.EmailField) or isinstance(field.widget, forms.PasswordInput | CodeInput)
            assert not (is_secret and family_of(name) in SHOWN | CARRIED), (form, name)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/account/reauthenticate/", "/account/password/change/"])
def test_l110_stale_form_gives_back_no_secret(address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(PersonFactory())
    sent = dict.fromkeys(ALL_WITHHELD, SECRET)
    refused = browser.post(address, sent)
    assert refused.status_code == 403
    assert "mot de passe très long" not in refused.text
    assert "l&#x27;ai" not in refused.text

    shown = browser.post(address, sent | {"body": TEXT, "its_title": "court"})
    assert "appris cette semaine" in shown.text
    assert "mot de passe très long" not in shown.text


@pytest.mark.django_db
def test_l110_page_that_asks_for_a_code_again_gives_back_no_secret(rf):
    request = rf.post("/somewhere/", dict.fromkeys(ALL_WITHHELD, SECRET) | {"body": TEXT})
    request.user, request.session = PersonFactory(), {}
    page = ask(request)
    assert page.status_code == 403
    assert "appris cette semaine" in page.content.decode()
    assert "mot de passe très long" not in page.content.decode()


@pytest.mark.django_db
def test_l110_page_of_a_limit_gives_back_no_secret(rf):
    request = rf.post("/somewhere/", dict.fromkeys(ALL_WITHHELD, SECRET) | {"body": TEXT})
    request.user = PersonFactory()
    page = Refusals(lambda _request: None).process_exception(request, TooOften(limit=1, used=1, retry_after=9))
    assert page.status_code == 429
    assert "appris cette semaine" in page.content.decode()
    assert "mot de passe très long" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400", "404", "409", "413", "500"])
def test_l110_other_pages_of_refusal_print_nothing_that_was_sent(name, rf):
    request = rf.post("/", {"body": TEXT, "password": SECRET})
    page = render(request, f"{name}.html").content.decode()
    assert "appris cette semaine" not in page
    assert "mot de passe" not in page


def test_l110_a_code_is_never_filled_in_again():
    assert "123456" not in CodeInput().render("code", "123456")


@pytest.mark.django_db
def test_l110_charter_page_carries_no_secret(rf):
    request = rf.post("/", dict.fromkeys(WITHHELD, SECRET) | {"body": TEXT, "alt-1f": "une photo", "skill_2": "Tri"})
    assert dict(typed_text.sent_again(request)) == {"body": TEXT, "alt-1f": "une photo", "skill_2": "Tri"}
