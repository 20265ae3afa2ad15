from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rse.core.access.readers import get_visible_or_404
from rse.core.access.rules import can_ask_cut, can_deactivate, can_give_access_back
from rse.core.models import Person
from rse.core.people.services.people import deactivate_person, give_access_back
from rse.core.people.services.removals import NobodyAgrees, ask_cut
from rse.core.people.services.roles import AlreadyAsked
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.roles import nobody_agrees


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def deactivate(request, handle):
    """Cut somebody's access, after a page that says what ends with it: at once, or once a second person agreed."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    takes_two = can_ask_cut(request.user, person)
    if not (takes_two or can_deactivate(request.user, person)):
        raise PermissionDenied
    if request.method == "POST" and takes_two:
        return _ask(request, person)
    if request.method == "POST":
        deactivate_person(actor=request.user, subject=person)
        messages.success(request, _("%(name)s no longer has access: every session of theirs has ended.") % {"name": person.name})
        return redirect(person)
    return render(request, "identity/deactivate.html", {"subject": person, "takes_two": takes_two})


def _ask(request, person):
    try:
        ask_cut(asker=request.user, subject=person)
    except NobodyAgrees:
        messages.error(request, nobody_agrees(person))
    except AlreadyAsked:
        messages.info(request, _("It is asked already."))
    else:
        messages.success(request, _("It is asked. It happens once another person who may has agreed; everybody with a role is told."))
    return redirect("roles:list")


@require_POST
@needs_step_up()
def give_back(request, handle):
    """Undo a cut of somebody who never came in: they are here again, and need a new invitation."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not can_give_access_back(request.user, person):
        raise PermissionDenied
    give_access_back(actor=request.user, subject=person)
    messages.success(request, _("%(name)s is here again, without a role and without a password: invite them.") % {"name": person.name})
    return redirect(person)
