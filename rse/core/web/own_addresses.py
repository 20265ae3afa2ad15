"""Where somebody is sent afterwards, as the browser said: an address of ours that a page can be asked for at, or nowhere."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_ADDRESS = 2000  # characters


def own_address(said: str, otherwise: Any) -> Any:
    """Return ``said`` where somebody may be sent there, and ``otherwise`` where not: whatever ``redirect`` takes."""
    return said if is_own_address(said) else otherwise


def is_own_address(said: str | None) -> bool:
    """Return whether ``said`` is a path of this site that a header can hold and that takes a GET."""
    if not said or len(said) > LONGEST_ADDRESS or not said.isascii() or not said.isprintable() or not said.startswith("/"):
        return False
    return url_has_allowed_host_and_scheme(said, allowed_hosts=None) and not _is_for_sending_only(urlsplit(said).path)


def _is_for_sending_only(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    methods = _methods_of(view)
    return methods is not None and "GET" not in methods


def _methods_of(view: Callable[..., Any] | None) -> list[str] | None:
    """Return what ``require_http_methods`` lets through to ``view``, which keeps it in no other place; None where it guards nothing."""
    while view is not None:
        code, cells = getattr(view, "__code__", None), getattr(view, "__closure__", None)
        if code and cells and "request_method_list" in code.co_freevars:
            return cells[code.co_freevars.index("request_method_list")].cell_contents
        view = getattr(view, "__wrapped__", None)
    return None
