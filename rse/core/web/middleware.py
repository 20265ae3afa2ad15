"""What every request passes through: its id and its one line in the log; then the language and the time zone of who asks."""

import secrets
import time
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation

from ..people import handles
from . import drafts, error_pages
from .former_addresses import present_address
from .limits import TooOften
from .typed_text import give_back

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


class HealthOfAnyHost:
    """Lets the addresses of health be asked for under any host: what balances the load calls a process by its address.

    Whatever name was asked for, the request goes on under the name of this site, and nothing reads the other one.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.paths = frozenset({reverse("healthz"), reverse("readyz")})

    def __call__(self, request):
        if request.path_info in self.paths:
            request.META["HTTP_HOST"] = settings.SITE_HOST
        return self.get_response(request)


class PersonSettings:
    """Speaks the person's language, in the time zone of their site.

    Private pages are never kept by a browser or a proxy; drafts are kept by the browser, in the name of this person.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        translation.activate(person.language)
        request.LANGUAGE_CODE = person.language
        drafts.begin(request)
        with timezone.override(person.time_zone):
            response = self.get_response(request)
        drafts.carry(request, response)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response


class FormerAddresses:
    """Leads from an address of somebody or something that has another name now to the present one, for those who may read it.

    For anybody else the answer is the one for what does not exist, unchanged.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None or not match.kwargs or not request.user.is_authenticated:
            return response
        address = present_address(match, request.user)
        if address is None:
            return response
        if query := request.META.get("QUERY_STRING"):
            address = f"{address}?{query}"
        # What was typed into a form goes where the form would go today.
        return HttpResponseRedirect(address, status=302 if request.method in {"GET", "HEAD"} else 307)


class PresentNames:
    """Says whom the handles of plain words mean today, for this reader: one look-up for all the texts of a response."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        escaped = handles.ESCAPED.get(response.headers.get("Content-Type", "").partition(";")[0])
        if escaped and not response.streaming:
            text = response.content.decode(response.charset)
            if handles.HELD.search(text):
                response.content = handles.filled(text, request.user, escaped=escaped)
        return response


class Refusals:
    """Turns a limit that was reached into a 429 that says how long to wait, and gives back what was typed into any form that is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content and request.accepts("text/html"):
            response.content = error_pages.plain(response.status_code).content
        if request.method == "POST" and response.status_code >= HTTPStatus.BAD_REQUEST:
            give_back(request, response)
        return response

    def process_exception(self, request, exception):
        if error_pages.is_out_of_room(exception):
            error_pages.note(self, request)
            return error_pages.page(request, HTTPStatus.INSUFFICIENT_STORAGE)
        if not isinstance(exception, TooOften):
            return None
        if request.accepts("text/html"):
            response = error_pages.page(request, 429, {"refusal": exception}, words=exception.in_both())
        else:
            response = JsonResponse(_contract(exception), status=429)
        response["Retry-After"] = str(exception.retry_after)
        return response


def _contract(exception):
    french, english = exception.in_both()
    return {
        "code": exception.code,
        "message_fr": french,
        "message_en": english,
        "limit": exception.limit,
        "used": exception.used,
        "retry_after": exception.retry_after,
    }
