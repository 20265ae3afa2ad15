"""Pages of this site that somebody can be led to: after signing in, after a proof, after another language was chosen, after a form."""

import re
from functools import cache
from inspect import getclosurevars, isfunction
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_ADDRESS = 2000  # characters
# What a browser walks up and down by before it asks: the address that we would judge is then not the one that it opens.
STEPS = re.compile(r"(?:^|[/\\])\.\.?(?:[/\\]|$)")


def own_page(said: str, otherwise: Any) -> Any:
    """Return the address ``said`` where somebody may be sent there, and ``otherwise`` where not: whatever ``redirect`` takes."""
    return said if is_own_page(said) else otherwise


def is_own_page(said: str | None) -> bool:
    """Return whether ``said`` is a path of this site that a header can hold and that answers a GET."""
    if not said or len(said) > LONGEST_ADDRESS or not said.isascii() or not said.isprintable() or not said.startswith("/"):
        return False
    return url_has_allowed_host_and_scheme(said, allowed_hosts=None) and takes_get(said)


def page_left(request: HttpRequest) -> str:
    """Return the address of the page that the form of ``request`` stood on, or of the home page where that is no page of ours."""
    page = urlsplit(request.headers.get("Referer", ""))
    path = urlunsplit(("", "", page.path, page.query, "")) if page.netloc == request.get_host() else ""
    return own_page(path, resolve_url("home"))


def page_asked(request: HttpRequest) -> str:
    """Return the address of the page that a GET of ``request`` means: its own, or of a part of another page that page."""
    address = request.get_full_path()
    if not request.headers.get("HX-Request") or not request.headers.get("Referer"):
        return address
    page = page_left(request)
    return address if urlsplit(page).path == request.path else page


def takes_get(address: str) -> bool:
    """Return whether a view of ours answers a GET at ``address``, a path with or without a query."""
    try:
        path = urlsplit(address).path
        return not STEPS.search(unquote(path)) and _reads(resolve(path).func)
    except (Resolver404, ValueError):
        return False


@cache
def _reads(view: Any) -> bool:
    """Return whether ``view`` and everything that is wrapped around it let a GET through.

    Django's decorators keep the methods that they let through in a closure; a class says them by its own methods.
    """
    if (made_by := getattr(view, "view_class", None)) is not None:
        return hasattr(made_by, "get") and "get" in made_by.http_method_names
    while view is not None:
        if isfunction(view) and "GET" not in getclosurevars(view).nonlocals.get("request_method_list", ("GET",)):
            return False
        view = getattr(view, "__wrapped__", None)
    return True
