"""What a demonstration adds to the pages: its people and their codes on the pages of the door, and its name on all others."""

from rse.core.models import Person
from rse.core.ops.installation import installation

from .personas import is_demo_here, personas
from .phone import code_now


def size(reader, page):
    """How many people the company has, to whoever may choose to be one of them."""
    return {"people": Person.objects.present().count()} if _offered(page["request"]) else None


def people_to_be(reader, page):
    """The people one may come in as, each behind the real form."""
    offered = _offered(page["request"])
    return {"personas": offered} if offered else None


def _offered(request):
    """The personas to show to this request, read once for all blocks of its page."""
    if not hasattr(request, "_personas"):
        request._personas = personas() if is_demo_here(request) else []  # noqa: SLF001 - the request is where a request keeps things
    return request._personas  # noqa: SLF001


def code_of_phone(reader, page):
    """The code that the phone of whoever comes in would show."""
    code = code_now(page["person"]) if is_demo_here(page["request"]) else ""
    return {"shown_code": code} if code else None


def mark(reader, page):
    """The word that this is a demonstration."""
    return {} if installation().is_demo else None
