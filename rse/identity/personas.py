"""The people of a demonstration, offered on the sign-in page: only where this installation is one, and only on this very machine."""

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rse.core.ops.installation import installation

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@dataclass(frozen=True)
class Persona:
    """``person`` as a card: ``label`` says who they are, and the button sends ``password`` through the real sign-in form."""

    person: Any
    label: str
    password: str
    needs_code: bool = False


_providers: list[Callable[[], Iterable[dict[str, Any]]]] = []


def register(provider: Callable[[], Iterable[dict[str, Any]]]) -> None:
    """Register ``provider()``, which gives personas: dicts with ``person``, ``label``, ``password`` and ``needs_code``."""
    if provider not in _providers:
        _providers.append(provider)


def offered(request: Any) -> list[Persona]:
    """Return the personas to show to this request: none but in a demonstration, on this machine."""
    return [Persona(**one) for provider in _providers for one in provider()] if is_demo_here(request) else []


def is_demo_here(request: Any) -> bool:
    """Return whether this is a demonstration and the request comes from its own machine, straight and under a local name."""
    return _is_local(request) and installation().is_demo


def _is_local(request: Any) -> bool:
    if any(header in request.META for header in FORWARDED):
        return False
    host = request.get_host()
    name = host[1 : host.index("]")] if host.startswith("[") else host.partition(":")[0]
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (name == "localhost" or _is_loopback(name))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
