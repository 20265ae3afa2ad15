"""The guards that conftest puts around every test."""

import re
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.db import connections
from django.db.models.query import FlatValuesListIterable, ModelIterable, NamedValuesListIterable, ValuesIterable, ValuesListIterable
from django.http import HttpRequest
from django.test import Client
from django.test.testcases import TestCase
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

from rse.core.web import stepup

WRITES = re.compile(
    r"^\s*(?:WITH\b.*?\)\s*)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b", re.IGNORECASE | re.DOTALL
)
# What a GET may write: the session's own row, how often a link was tried and, before a sensitive page, the log of who opened it.
# Wagtail's form notes that its reader wants no mail about remarks.
MAY_BE_WRITTEN = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(?:django_session|identity_session|governance_access\w*'
    r"|wagtailcore_pagesubscription|core_keptcount)\b",
    re.IGNORECASE,
)
# The screens of Wagtail have a policy of their own, under this path and nowhere else.
SCREENS = "/cms/"
INLINE = (
    (re.compile(r"<script(?![^>]*\bnonce=)(?![^>]*\btype=\"application/json\")[^>]*>"), "a script without a nonce"),
    (re.compile(r"<style"), "an inline style sheet"),
    (re.compile(r"\sstyle=\""), "a style attribute"),
    (re.compile(r"\son[a-z]+=\""), "an inline handler"),
    (re.compile(r"\shx-on"), "an hx-on handler"),
    (re.compile(r"hx-vals=.js:"), "an evaluated hx-vals"),
)
FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)


class WriteInGet(AssertionError):
    """A GET or HEAD wrote to the database."""


def _refuse_writes(execute, sql, params, many, context):
    if WRITES.match(sql) and not MAY_BE_WRITTEN.search(sql):
        raise WriteInGet(sql[:200])
    return execute(sql, params, many, context)


class HouseClient(Client):
    """A browser that runs what a commit would run, refuses writes in a GET and reads every page it is given.

    ``force_login`` signs in with a second factor, as the roles that need one would.
    """

    def _login(self, user, backend=None):
        if settings.SESSION_COOKIE_NAME in self.cookies:
            super()._login(user, backend)
            session = self.session
            stepup.prove(session, user)
            session.save()
            return
        # As Django does, but written once: signing in is a tenth of what most tests cost.
        request = HttpRequest()
        request.user, request.session = user, import_module(settings.SESSION_ENGINE).SessionStore()
        request.session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()})
        stepup.prove(request.session, user)
        user_logged_in.send(type(user), request=request, user=user)
        request.session.save()
        self._set_login_cookies(request)

    def request(self, **request):
        safe = request.get("REQUEST_METHOD") in {"GET", "HEAD"}
        with TestCase.captureOnCommitCallbacks(execute=True):
            if safe:
                with connections["default"].execute_wrapper(_refuse_writes):
                    response = super().request(**request)
            else:
                response = super().request(**request)
        read_policy(response, request.get("PATH_INFO", ""))
        if not is_relaxed(response):
            read_page(response)
        return response


def is_relaxed(response):
    return "'unsafe-inline'" in response.get("Content-Security-Policy", "")


def read_policy(response, path):
    """Fail on a policy that lets scripts in where it must not, or says two things at once: a nonce makes browsers forget the rest."""
    policy = response.get("Content-Security-Policy", "")
    if is_relaxed(response):
        assert path.startswith(SCREENS), f"the policy of the screens on {path}"
        assert "'nonce-" not in policy
    assert "'unsafe-eval'" not in policy


def read_page(response):
    """Fail on what no page may hold."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    content = response.content.decode()
    for pattern, what in INLINE:
        found = pattern.search(content)
        assert not found, f"{what}: {content[found.start() : found.start() + 120]}"
    assert "{{" not in content, "template syntax in the page"
    assert "{%" not in content, "template syntax in the page"
    for form in FORM.finditer(content):
        assert "csrfmiddlewaretoken" in form.group(1), f"a form without its token: {form.group(0)[:160]}"


@contextmanager
def failures_of_deliveries(signal):
    """The exceptions that subscribers raised inside."""
    raised = []

    def note(sender, error, **kwargs):
        raised.append(error)

    signal.connect(note)
    try:
        yield raised
    finally:
        signal.disconnect(note)


@contextmanager
def failures_of_tasks():
    """The tasks that failed inside: the immediate backend says nothing of them."""
    broken = []

    def note(sender, task_result, **kwargs):
        if task_result.status == TaskResultStatus.FAILED:
            broken.append(f"{task_result.task.module_path}: {[error.traceback for error in task_result.errors]}")

    task_finished.connect(note)
    try:
        yield broken
    finally:
        task_finished.disconnect(note)


def shuffled_querysets(monkeypatch):
    """Rows that nobody ordered come in reverse of their keys, so that a test which relies on luck fails."""
    for iterable in (ModelIterable, ValuesIterable, ValuesListIterable, NamedValuesListIterable, FlatValuesListIterable):
        monkeypatch.setattr(iterable, "__iter__", _shuffled(iterable.__iter__))


def _shuffled(original):
    def rows_of(self):
        query = self.queryset.query
        rows = original(self)
        is_plain = not (query.order_by or query.extra_order_by or query.is_sliced or query.combinator or query.distinct_fields)
        if is_plain and query.standard_ordering and not self.chunked_fetch:
            rows = reversed(list(rows))
        yield from rows

    return rows_of
