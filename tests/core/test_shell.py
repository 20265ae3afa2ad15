"""What every page has around it: language, time zone, headers, the health of the process."""

import json
import logging

import pytest
from django.conf import settings

from rse.core.models import Person
from tests.factories import PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_page_speaks_the_language_of_its_person(signed_in):
    french, english = PersonFactory(language="fr"), PersonFactory(language="en")

    assert '<html lang="fr"' in signed_in(french).get("/").text
    assert '<html lang="en"' in signed_in(english).get("/").text


@pytest.mark.parametrize(("accepts", "language"), [("fr", "fr"), ("en-GB,en;q=0.9", "en"), ("de", "fr")])
def test_page_without_a_person_speaks_the_language_of_the_browser(client, accepts, language):
    page = client.get("/account/login/", headers={"Accept-Language": accepts})

    assert f'<html lang="{language}"' in page.text


def test_language_is_switched_and_kept(signed_in):
    person = PersonFactory(language="fr")
    browser = signed_in(person)

    answer = browser.post("/language/", {"language": "en", "next": "/people/"})

    assert answer.url == "/people/"
    assert Person.objects.get(pk=person.pk).language == "en"
    assert '<html lang="en"' in browser.get("/people/").text


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"]
)
def test_l84_language_switch_stays_on_this_host(client, target):
    assert client.post("/language/", {"language": "en", "next": target}).url == "/"


@pytest.mark.parametrize("language", [None, "", "xx", "fr\x00", "fr" * 5000, ["en", "xx"], "../fr", "😀", "zh-hans"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_unknown_language_changes_nothing(client, signed_in, language, is_signed_in):
    person = PersonFactory(language="fr")
    browser = signed_in(person) if is_signed_in else client
    answer = browser.post("/language/", {"next": "/people/"} | ({} if language is None else {"language": language}))
    assert (answer.status_code, answer.url) == (302, "/people/")
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert Person.objects.get(pk=person.pk).language == "fr"


@pytest.mark.parametrize(
    "target", ["/people/\r\nSet-Cookie: a=b", "/\x00", "/" + "a" * 70_000, "/é", "\u2028/", "/\t", ["/a", "//evil.example"]]
)
def test_language_is_switched_whatever_address_is_named(signed_in, target):
    person = PersonFactory(language="fr")
    answer = signed_in(person).post("/language/", {"language": "en", "next": target})
    assert (answer.status_code, answer.url) == (302, "/")
    assert Person.objects.get(pk=person.pk).language == "en"


def test_private_page_is_kept_by_nobody_and_runs_no_foreign_code(signed_in):
    page = signed_in(PersonFactory()).get("/people/")

    assert page["Cache-Control"] == "no-store, private"
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page["X-Frame-Options"] == "DENY"


def test_dates_are_those_of_the_site_of_the_reader(signed_in):
    from datetime import UTC, datetime

    from rse.core.enums import Role
    from tests.factories import RoleGrantFactory

    reader = PersonFactory(site=SiteFactory(name="Montréal", time_zone="America/Toronto"), role=Role.ADMINISTRATOR, language="en")
    RoleGrantFactory(role=Role.EDITOR, starts_at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC))

    assert "03/01/2026" in signed_in(reader).get("/roles/").text


def test_health_says_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {"database": True, "cache": True, "channel_layer": True, "migrations": True, "queue": True}


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "not a host", "", "evil.example", "[::1"])
def test_health_is_answered_under_any_host_and_nothing_else_is(client, host):
    known = {path: client.get(path) for path in ("/healthz", "/readyz")}
    for path, asked in known.items():
        answer = client.get(path, HTTP_HOST=host)
        assert (answer.status_code, answer.content) == (200, asked.content)
        assert not {name for name in answer.headers if name not in asked.headers}
    for path in ("/", "/account/login/", "/healthz/", "/readyz/more"):
        refused = client.get(path, HTTP_HOST=host)
        assert refused.status_code == 400
        assert host not in refused.text or not host


def test_readiness_fails_when_the_queue_stands_still(client):
    import datetime

    from rse.core import clock
    from rse.core.models import Delivery, RecordedEvent

    event = RecordedEvent.objects.create(name="stuck")
    Delivery.objects.create(event=event, subscriber="x", due_at=clock.now() - datetime.timedelta(hours=1))

    ready = client.get("/readyz")

    assert ready.status_code == 503
    assert ready.json()["checks"]["queue"] is False


def test_l81_log_line_is_one_line_and_holds_no_address(signed_in, caplog):
    person = PersonFactory(handle="a-very-own-handle")
    with caplog.at_level(logging.INFO, logger="rse.request"):
        signed_in(person).get(person.get_absolute_url(), headers={"User-Agent": "\x1b[31m\r\nforged"})

    lines = [json.dumps(record.msg, default=str) if isinstance(record.msg, dict) else record.getMessage() for record in caplog.records]
    assert any("people:detail" in line for line in lines)
    assert not any("a-very-own-handle" in line or "forged" in line or "\n" in line for line in lines)


def test_home_says_what_to_do_next(signed_in):
    page = signed_in(PersonFactory(language="en")).get("/")

    assert page.status_code == 200
