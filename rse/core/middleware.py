"""What every request passes through: its id and its one line in the log; then the language and the time zone of who asks."""

import secrets
import time
from http import HTTPStatus

import structlog
from django.http import JsonResponse
from django.utils import timezone, translation

from . import error_pages
from .limits import TooOften

log = structlog.get_logger("rse.request")


class RequestLog:
    """Gives each request an id, on every line it logs and in its answer, and logs one line without an address that was asked.

    The name of the view stands for the address: addresses carry handles of people.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)
        start = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request.id
        match = request.resolver_match
        log.info(
            "request",
            method=request.method if request.method in {"GET", "HEAD", "POST"} else "other",
            view=match.view_name if match else "none",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - start) * 1000, 1),
        )
        return response


class PersonSettings:
    """Speaks the person's language, in the time zone of their site.

    Private pages are never kept by a browser or a proxy.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        translation.activate(person.language)
        request.LANGUAGE_CODE = person.language
        with timezone.override(person.time_zone):
            response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response


class Refusals:
    """Turns a limit that was reached into a 429 that says how long to wait, and keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content and request.accepts("text/html"):
            response.content = error_pages.plain(response.status_code).content
        return response

    def process_exception(self, request, exception):
        if error_pages.is_out_of_room(exception):
            error_pages.note(self, request)
            return error_pages.page(request, HTTPStatus.INSUFFICIENT_STORAGE, {"typed": _typed(request)})
        if not isinstance(exception, TooOften):
            return None
        if request.accepts("text/html"):
            response = error_pages.page(request, 429, {"refusal": exception, "typed": _typed(request)})
        else:
            response = JsonResponse(_contract(exception), status=429)
        response["Retry-After"] = str(exception.retry_after)
        return response


def _typed(request):
    """The longest text of the form, so that it can be copied back."""
    texts = [value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"]
    longest = max(texts, key=len, default="")
    return longest if len(longest) > 20 else ""


def _contract(exception):
    with translation.override("fr"):
        french = exception.sentence()
    with translation.override("en"):
        english = exception.sentence()
    return {
        "code": exception.code,
        "message_fr": french,
        "message_en": english,
        "limit": exception.limit,
        "used": exception.used,
        "retry_after": exception.retry_after,
    }
