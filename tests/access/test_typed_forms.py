"""Every form in which somebody writes × every refusal: what they typed comes back, and nothing of what it was about."""

import csv
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from rse.core.models import AudienceMember
from tests.access.test_urls import ARGUMENTS, ROWS
from tests.core.test_drafts import named_drafts
from tests.every_form import typed_by
from tests.factories import PersonFactory
from tests.factories.feed import PostFactory
from tests.factories.mobility import OpeningFactory
from tests.governance.test_urls import ARGUMENTS as OF_REPORTS
from tests.guards import HouseClient

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PRINCIPALS = ["AN", "EM", "HR", "WE"]
TEXT = "Ce que j'ai écrit pendant\nune heure, & que je ne veux pas perdre."
TABLE = list(csv.DictReader((Path(__file__).parent / "typed_forms.csv").read_text(encoding="utf-8").splitlines()))
FORMS = sorted({(row["url"], row["field"]) for row in TABLE if row["field"]})
TAKEN_FROM_ALL = {"communities:ask", "mentoring:ask"}  # each of the four may send these: a page open for too long refuses them below
every_form = pytest.mark.parametrize(("url", "field"), FORMS)


def address_of(url, world):
    found = OF_REPORTS.get(url) or ARGUMENTS.get(url, lambda world: [])
    return reverse(url, args=found(world))


def given_back(response):
    """Whether the text stands in the page, to copy or in its field; no cache keeps it."""
    assert "no-store" in response["Cache-Control"]
    return response.text.replace("\r\n", "\n").count(escape(TEXT)) >= 1


def nameless(page):
    return re.sub(r'nonce="[^"]*"', "", page)


def test_every_form_that_is_kept_stands_in_the_table():
    assert sorted(named_drafts()) == sorted({row["draft"] for row in TABLE})
    assert {row["url"] for row in TABLE} <= {row["url"] for row in ROWS}


@every_form
def test_refused_form_gives_back_what_was_typed(url, field, company):
    refused = set()
    for column in ["EM", "HR", "WE", "SU"]:
        with company.seen_by(column) as (world, _person, browser):
            address = address_of(url, world)
            sent = {field: TEXT, "typed_by": typed_by(browser)}
            response = browser.post(address, sent)
            if response.status_code >= 400:
                refused.add(column)
                assert given_back(response), (column, response.status_code)
            if response.status_code == 404:
                never = browser.post(re.sub(r"[\w-]{22}|subject[\w.-]*", "A" * 22, address), sent)
                assert never.status_code == 404
                assert nameless(never.text) == nameless(response.text)
            nobodys = browser.post(address, {field: TEXT})
            assert nobodys.status_code in {200, 302, 409, 422} or escape(TEXT) not in nobodys.text
    assert bool(refused) != (url in TAKEN_FROM_ALL)


@every_form
def test_form_of_a_page_that_was_open_for_too_long_is_given_back_to_its_person_alone(url, field, company):
    with company.seen_by("HR") as (world, person, browser):
        address, sent = address_of(url, world), {field: TEXT, "typed_by": typed_by(browser)}
        for one, is_theirs in ((person, True), (world.SU, False)):
            stale = HouseClient(enforce_csrf_checks=True)
            stale.force_login(one)
            refused = stale.post(address, sent)
            assert refused.status_code == 403
            assert given_back(refused) == is_theirs


@every_form
def test_form_that_is_too_large_is_given_back(url, field, company):
    with company.seen_by("HR") as (world, _person, browser):
        sent = {field: TEXT, "typed_by": typed_by(browser), "more": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        browser.handler.enforce_csrf_checks = True  # whose token is looked for in the body
        browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
        refused = browser.post(address_of(url, world), urlencode(sent), content_type="application/x-www-form-urlencoded")
        assert refused.status_code == 413
        assert given_back(refused)


@every_form
def test_session_that_ended_leads_back_to_the_page_of_the_form(url, field, company):
    with company.seen_by("AN") as (world, _person, browser):
        address = address_of(url, world)
        for left, back in (("/people/me/edit/", "/people/me/edit/"), ("/posts/publish/", "/"), ("", "/")):
            asked = browser.post(address, {field: TEXT}, headers={"referer": f"http://testserver{left}" if left else ""})
            assert asked.status_code == 302
            assert asked.url == f"{reverse('account_login')}?next={back.replace('/', '%2F')}&unsent=1"
        page = browser.get(asked.url).text
        assert page.count("Votre session a pris fin avant l’envoi") == 2  # with and without script
        assert escape(TEXT) not in page


def test_method_that_an_address_does_not_take_gives_back_what_was_typed(signed_in):
    browser = signed_in(PersonFactory())
    refused = browser.post("/", {"body": TEXT, "typed_by": typed_by(browser)})
    assert refused.status_code == 405
    assert given_back(refused)


def test_limit_gives_back_what_was_typed(signed_in):
    browser = signed_in(PersonFactory())
    audience = PostFactory().audience
    AudienceMember.objects.create(audience=audience, person_id=browser.session["_auth_user_id"])
    sent = {"words": TEXT, "typed_by": typed_by(browser), "category": "content"}
    for _time in range(60):
        refused = browser.post(reverse("report:new", args=["person", PersonFactory().handle]), sent)
        if refused.status_code == 429:
            break
    assert refused.status_code == 429
    assert given_back(refused)


def test_thing_that_closed_meanwhile_says_so_to_those_who_may_see_it(signed_in):
    browser, opening = signed_in(PersonFactory()), OpeningFactory(closed=True)
    refused = browser.post(reverse("jobs:apply", args=[opening.public_id]), {"letter": TEXT, "typed_by": typed_by(browser)})
    assert refused.status_code in {403, 404, 409}
    assert given_back(refused)
