"""The door of every publication: the charter in force is accepted first, and nothing that was typed is lost on the way."""

from functools import wraps

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rse.core.people.handles import held
from rse.core.web.markdown import render_markdown
from rse.core.web.typed_text import sent_again
from rse.core.web.views.responses import swapped

from .models import Charter
from .services.charter import LONGEST, NotTheCharterInForce, accept_charter

ACCEPTED = "charter_accepted"  # the hidden field through which the page of this module says yes
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CharterRequired(Exception):
    """``charter`` is to be accepted before anything is published."""

    code = "charter_required"

    def __init__(self, charter):
        self.charter = charter
        super().__init__(f"version {charter.version}")


def charter_due(person):
    """Return the charter that ``person`` has to accept before publishing, or None; one query, asked once per person object.

    While no charter exists, none is required.
    """
    if "charter_due" not in person.__dict__:
        newest = Charter.objects.with_accepted(person).newest_first().first()
        person.__dict__["charter_due"] = newest if newest and not newest.is_accepted else None
    return person.__dict__["charter_due"]


def require_charter(person):
    """Check that ``person`` has accepted the charter in force, for services and interfaces that publish without a page.

    Raises:
        CharterRequired: the charter in force is not accepted.

    """
    if due := charter_due(person):
        raise CharterRequired(due)


def charter_required(view):
    """Let a view that publishes run once the charter in force is accepted; before, what was sent gets a 409.

    The page of the 409 shows the charter, and its button accepts it and sends the same fields again to the same address. Files cannot be
    sent again by a page: it names them, so that they are added afterwards. Reading is never stopped.
    """

    @wraps(view)
    def agreed(request, *args, **kwargs):
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        due = charter_due(request.user)
        if due and request.POST.get(ACCEPTED) == str(due.version):
            try:
                accept_charter(person=request.user, version=due.version)
            except NotTheCharterInForce:
                request.user.__dict__.pop("charter_due", None)
                due = charter_due(request.user)
            else:
                due = None
        return _asked(request, due) if due else view(request, *args, **kwargs)

    return agreed


def _asked(request, charter):
    if request.content_type == "application/json" or not request.accepts("text/html"):
        return JsonResponse(_contract(charter), status=409)
    context = {
        "charter": charter,
        "body": render_markdown(held(charter.body), top_heading=2, longest=LONGEST),
        "address": request.get_full_path(),
        "kept": sent_again(request),
        "files": [file.name for _name, files in request.FILES.lists() for file in files],
        "accepted_field": ACCEPTED,
    }
    if request.htmx:
        # The piece of a page that asked cannot hold this: it takes the place of the content.
        response = render(request, "governance/_charter_required.html", context, status=409)
        swapped(response, said=_("Accept the charter first: what you typed waits on this page."), focus="content")
        response["HX-Retarget"], response["HX-Reswap"] = "#content", "innerHTML show:window:top"
        return response
    return render(request, "governance/charter_required.html", context, status=409)


def _contract(charter):
    said = {}
    for language in ("fr", "en"):
        with translation.override(language):
            said[language] = _("Accept the charter, version %(version)s, before you publish.") % {"version": charter.version}
    return {
        "code": CharterRequired.code,
        "message_fr": said["fr"],
        "message_en": said["en"],
        "version": charter.version,
        "url": reverse("charter:detail"),
    }
