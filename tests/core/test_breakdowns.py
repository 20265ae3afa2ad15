"""What broke leaves one line that says where, and a page that needs nothing: neither holds a word of anybody."""

import io
import json
import logging
import sqlite3

import pytest
import structlog
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_safe

from rse.core.events import deliveries, subscriptions
from rse.core.models import RecordedEvent
from rse.core.web import error_pages
from rse.settings.logs import logging_for
from tests.every_form import typed_by
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.failing_deliveries]
CANARY = "zqcanary"
MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def break_(request, word):
    secret = CANARY  # what a frame holds
    try:
        raise LookupError(f"{secret} in the cause")
    except LookupError as error:
        raise ValueError(f"{secret}: somebody@company.example") from error


def fill(request):
    raise OSError(28, "No space left on device", f"/{CANARY}")


def be_away(request):
    raise OperationalError(CANARY)


@require_safe
def ask(request):
    return HttpResponse("asked")


class BrokenMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise ValueError(CANARY)


urlpatterns = [
    path("break/<word>/", break_, name="break"),
    path("fill/", fill, name="fill"),
    path("away/", be_away),
    path("ask/", ask),
    path("", include("rse.urls")),
]
handler400, handler403 = "rse.core.web.views.errors.bad_request", "rse.core.web.views.errors.not_open"
handler404, handler500 = "rse.core.web.views.errors.nothing_here", "rse.core.web.error_pages.broken"


@pytest.fixture(params=["DEBUG", "INFO", "WARNING", "ERROR"])
def logged(request, tmp_path):
    """The lines that the product would log, at each level, as objects."""
    wanted = logging_for(level=request.param, shape="json")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = dict(wanted["formatters"]["lines"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(request.param)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)
    structlog.reset_defaults()
    logging_for(level="INFO", shape="json")


@pytest.fixture
def browser():
    client = Client(raise_request_exception=False)
    client.force_login(PersonFactory())
    return client


def traces(lines):
    return [line for line in lines if "trace" in line]


def test_failure_leaves_one_line_with_its_place_and_its_request_at_every_level(logged, browser):
    answer = browser.post(f"/break/{CANARY}/", {"text": CANARY})

    assert answer.status_code == 500
    (line,) = traces(logged())
    assert line["exception_class"] == ["builtins.ValueError", "builtins.LookupError"]
    assert line["trace"][0][-1].startswith("tests/core/test_breakdowns.py:")
    assert line["trace"][0][-1].endswith("in break_")
    assert (line["request_id"], line["view"]) == (answer["X-Request-ID"], "break")
    assert CANARY not in json.dumps(logged())
    assert "company.example" not in json.dumps(logged())


def test_failure_of_middleware_leaves_one_line_too(logged, browser, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.core.test_breakdowns.BrokenMiddleware"]

    answer = browser.get("/ask/")

    assert answer.status_code == 500
    (line,) = traces(logged())
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["trace"][0][-1].endswith("in BrokenMiddleware.__call__") or line["trace"][0][-1].endswith("in __call__")
    assert CANARY not in json.dumps(logged())


@pytest.mark.parametrize("name", ["daphne.server", "asyncio", "django_tasks", "channels"])
def test_failure_in_a_socket_or_a_task_leaves_where_and_no_word(logged, name):
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        said = str(error)  # as servers say it
        logging.getLogger(name).exception("Exception inside application: %s", said)

    (line,) = traces(logged())
    assert CANARY not in json.dumps(line)
    assert line["event"] == f"exception in {name}"
    assert line["trace"][0][-1].endswith("_leaves_where_and_no_word")


def test_failed_delivery_leaves_where_and_no_word(logged, monkeypatch):
    def broken(event):
        raise LookupError(CANARY)

    monkeypatch.setattr(subscriptions, "SUBSCRIPTIONS", {"broken": subscriptions.Subscription("broken", broken, frozenset(), "")})
    with deliveries.held():
        delivery = deliveries.Delivery.objects.create(event=RecordedEvent.objects.create(name="x"), subscriber="broken")
    with deliveries.held():
        deliveries.attempt(delivery.pk)

    (line,) = traces(logged())
    assert line["trace"][0][-1].endswith("broken")
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize(
    ("address", "status"), [(f"/break/{CANARY}/", 500), ("/nowhere/", 404), ("/away/", 503), ("/fill/", 507), ("/ask/", 405)]
)
def test_error_pages_need_no_static_files(browser, settings, tmp_path, address, status):
    settings.STORAGES, settings.STATIC_ROOT = MANIFEST, tmp_path

    answer = browser.post(address)

    assert answer.status_code == status
    assert "</html>" in answer.text
    assert str(status) in answer.text
    assert CANARY not in answer.text


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("address", [f"/break/{CANARY}/", "/nowhere/", "/", "/people/"])
def test_error_pages_need_no_database(browser, signed_in, address):
    """Sessions and people are read in middleware: when they cannot be, the answer is to come back, in both languages."""
    client = browser if signed_in else Client(raise_request_exception=False)
    client.get("/healthz")

    def away(execute, sql, params, many, context):
        raise OperationalError(CANARY)

    with connection.execute_wrapper(away):
        answer = client.get(address)

    if signed_in:
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert "Le service revient" in answer.text
        assert "The service is back" in answer.text
    assert CANARY not in answer.text
    assert answer.status_code in {302, 404, 500, 503}


def test_f21_full_disk_is_said_and_the_text_is_given_back(browser):
    text = "Un long texte que personne ne veut taper deux fois."

    answer = browser.post("/fill/", {"body": text, "typed_by": typed_by(browser)})

    assert answer.status_code == 507
    assert text in answer.text
    assert CANARY not in answer.text


def test_f21_full_database_is_no_room_either():
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorname = "SQLITE_FULL"
    error = OperationalError("x")
    error.__cause__ = cause

    assert error_pages.is_out_of_room(error)
    assert not error_pages.is_out_of_room(OperationalError("x"))
