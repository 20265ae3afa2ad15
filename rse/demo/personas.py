"""The people whom the sign-in page of a demonstration offers: through the real form, with the real second factor, on this machine only."""

import ipaddress
from dataclasses import dataclass
from typing import Any

from rse.core.enums import PersonState
from rse.core.ops.installation import installation

from .models import ShownPerson

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@dataclass(frozen=True)
class Persona:
    """``person`` as a card: ``label`` says who they are, and the button sends ``password`` through the real sign-in form."""

    person: Any
    label: str
    password: str


def personas() -> list[Persona]:
    """Return everybody who is offered, in the order of the page."""
    shown = ShownPerson.objects.filter(person__state=PersonState.ACTIVE).select_related("person__site", "person__unit").order_by("position")
    password = installation().demo_secret
    return [Persona(one.person, one.label, password) for one in shown]


def is_demo_here(request: Any) -> bool:
    """Return whether this is a demonstration and the request comes from the machine it runs on, straight and under a local name."""
    return _is_local(request) and installation().is_demo


def _is_local(request: Any) -> bool:
    if any(header in request.META for header in FORWARDED):
        return False
    host = request.get_host()
    name = host[1 : host.index("]")] if host.startswith("[") else host.partition(":")[0]
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and is_local_name(name)


def is_local_name(host: str) -> bool:
    """Return whether ``host`` is a name or an address that only this machine has."""
    return host == "localhost" or _is_loopback(host)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
