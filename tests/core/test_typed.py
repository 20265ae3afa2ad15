"""What a page of refusal gives back: the texts of whoever typed them, and never a secret."""

import re
from urllib.parse import urlencode

import pytest
from django import forms
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.utils.html import escape

from rse.core.web import drafts, typed_text
from rse.core.web.typed_text import CARRIED, TEXTS, WITHHELD, family_of
from rse.identity.forms import CodeInput
from tests.every_form import field_names, form_classes, html_name, typed_by
from tests.factories import PersonFactory

SECRET = "le mot de passe très long que personne ne doit lire"
TEXT = "Bonjour à tous, voici ce que j'ai appris cette semaine."
ALL_WITHHELD = sorted(WITHHELD | CARRIED | {"anything_undeclared", "newpassword", "token"})


def test_l110_every_field_stands_in_one_list():
    names = {family_of(name) for name in field_names()}
    assert {"password", "body", "words", "skill_", "needed_", "alt-", "code", "note"} <= names
    assert names - (TEXTS | CARRIED | WITHHELD) == set()
    assert set() == (TEXTS & CARRIED) | (TEXTS & WITHHELD) | (CARRIED & WITHHELD)


def test_no_form_stands_among_the_views():
    assert [form for form in form_classes() if "views" in form.__module__.split(".")] == []


def test_l110_secrets_and_addresses_are_in_no_list_of_what_may_be_given_back():
    for form in form_classes():
        for name, field in getattr(form, "base_fields", {}).items():
            is_secret = isinstance(field, forms.EmailField) or isinstance(field.widget, forms.PasswordInput | CodeInput)
            assert not (is_secret and family_of(name) in TEXTS | CARRIED), (form, name)


def test_every_long_text_is_given_back():
    areas = {
        html_name(form, name)
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
    }
    assert areas - TEXTS == set()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/account/reauthenticate/", "/account/password/change/", "/people/me/edit/"])
def test_l110_refusal_gives_back_no_secret_and_nothing_to_anybody_else(address):
    ines, marc = PersonFactory.create_batch(2)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ines)
    sent = dict.fromkeys(ALL_WITHHELD, SECRET) | {"body": TEXT, "letter": "À vous seuls.", "answer": "yes"}
    sent["typed_by"] = typed_by(browser)

    refused = browser.post(address, sent)
    assert refused.status_code == 403
    assert re.search(r'id="typed">([^<]*)<', refused.text)[1] == f"{escape(TEXT)}\n\nÀ vous seuls."
    assert "mot de passe très long" not in refused.text
    assert "no-store" in refused["Cache-Control"]

    browser.force_login(marc)
    assert "appris cette semaine" not in browser.post(address, sent).text
    browser.logout()
    assert "appris cette semaine" not in browser.post(address, sent).text
    browser.force_login(ines)
    assert "appris cette semaine" not in browser.post(address, sent | {"typed_by": ""}).text


@pytest.mark.django_db
def test_refused_part_of_a_page_keeps_its_root(rf):
    request = rf.post("/")
    request.user, request.drafts = PersonFactory(), ".holder"
    request.POST = QueryDict(urlencode({"body": TEXT, "note": "Déjà là, dans son champ.", "typed_by": drafts.name_of(request)}))
    response = HttpResponse("<div><textarea>Déjà là, dans son\r\nchamp.</textarea></div>\n", status=409)
    typed_text.give_back(request, response)
    assert response.text.startswith("<div><textarea>")
    assert response.text.endswith("</section>\n\n</div>\n")
    assert response.text.count("Déjà là") == 1
    assert escape(TEXT) in response.text


def test_l110_a_code_is_never_filled_in_again():
    assert "123456" not in CodeInput().render("code", "123456")


@pytest.mark.django_db
def test_l110_charter_page_carries_no_secret(rf):
    request = rf.post("/", dict.fromkeys(WITHHELD, SECRET) | {"body": TEXT, "letter": TEXT, "alt-1f": "une photo", "skill_2": "Tri"})
    assert dict(typed_text.sent_again(request)) == {"body": TEXT, "letter": TEXT, "alt-1f": "une photo", "skill_2": "Tri"}
