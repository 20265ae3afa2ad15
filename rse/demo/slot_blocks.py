"""What a demonstration adds to the pages: its people and their codes on the pages of the door, and its name on all others."""

from rse.core.models import Person
from rse.core.ops.installation import installation

from .personas import is_demo_here, personas
from .phone import code_now


def size(reader, page):
    """Return how many people are present, for whoever may choose to be one of them; None elsewhere."""
    return {"people": Person.objects.present().count()} if _offered(page["request"]) else None


def people_to_be(reader, page):
    """Return the personas that one may sign in as, each through the real form; None where none is offered."""
    offered = _offered(page["request"])
    return {"personas": offered} if offered else None


def _offered(request):
    """Return the personas to show to this request, read once for all blocks of its page."""
    if not hasattr(request, "_personas"):
        request._personas = personas() if is_demo_here(request) else []  # noqa: SLF001 - the request is where a request keeps things
        for persona in request._personas:  # noqa: SLF001 - see above
            persona.person.photo = None  # nobody is served one before they have signed in
    return request._personas  # noqa: SLF001


def code_of_phone(reader, page):
    """Return the code that the phone of the person who signs in would show; None outside a demonstration."""
    code = code_now(page["person"]) if is_demo_here(page["request"]) else ""
    return {"shown_code": code} if code else None


def mark(reader, page):
    """Return an empty context, which shows the mark of a demonstration; None anywhere else."""
    return {} if installation().is_demo else None
