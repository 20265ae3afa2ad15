import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ... import clock
from ...access import rules
from ...access.readers import get_visible_or_404
from ...enums import ROLES_THAT_TAKE_TWO, Role
from ...models import RoleGrant, RoleRemoval, RoleRequest
from ...people.services.removals import NobodyAgrees, approve_removal, ask_end, refuse_removal
from ...people.services.roles import AlreadyAsked, TooManyHolders, approve_role, ask_role, end_role, refuse_role
from ...people.services.yeses import yeses_missing
from ..forms import RoleForm
from ..pagination import page_of
from ..stepup import needs_step_up


@require_safe
def role_list(request):
    """Render who holds which role over what, until when, and the requests that wait, cut to what this person may read."""
    if not rules.can_see_roles(request.user):
        raise PermissionDenied
    grants = RoleGrant.objects.visible_to(request.user).not_over().select_related("person", "unit", "granted_by")
    page = page_of(grants, request, order=("role", "starts_at", "pk"), size=40)
    waiting = list(RoleRequest.objects.visible_to(request.user).waiting())
    missing = yeses_missing(waiting) if waiting else {}
    removals = RoleRemoval.objects.visible_to(request.user).filter(closed_at=None).select_related("person", "grant__unit", "asked_by")
    removals = removals.order_by("asked_at", "pk")
    now = clock.now()
    context = {
        "page": page,
        "grants": [
            {
                "grant": grant,
                "may_end": rules.can_end_role(request.user, grant),
                "may_ask_end": grant.role in ROLES_THAT_TAKE_TWO and rules.can_ask_removal(request.user, grant.person),
                "is_future": grant.starts_at > now,
            }
            for grant in page
        ],
        "removals": [_removal_line(request.user, one) for one in removals],
        "requests": [_request_line(request.user, one, missing[one.pk]) for one in waiting],
        "may_ask": rules.can_ask_roles(request.user),
    }
    return render(request, "core/role_list.html", context)


def _request_line(person, request, missing):
    agreed = {approval.person_id for approval in request.approvals.all()}
    functions = rules.functions_for_approval(person, request) if person.pk not in agreed else frozenset()
    return {
        "request": request,
        "waits_for": [one.sentence() for one in missing],
        "functions": [(function, Role(function).label) for function in sorted(functions)],
        "may_withdraw": person.pk == request.asked_by_id,
    }


def _removal_line(person, removal):
    return {
        "removal": removal,
        "may_approve": rules.can_approve_removal(person, removal),
        "may_withdraw": person.pk == removal.asked_by_id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def role_ask(request):
    """Ask that somebody hold a role: it starts at once, or waits for those who must agree."""
    choices = [(role.value, role.label) for role in rules.roles_to_ask(request.user)]
    if not choices:
        raise PermissionDenied
    form = RoleForm(request.POST or None, choices=choices, reader=request.user, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ask_role(
                asker=request.user,
                person=said["person"],
                role=said["role"],
                unit=said["unit"],
                starts_at=_start_of(said["starts_on"]),
                ends_at=_start_of(said["ends_on"] + datetime.timedelta(days=1)) if said["ends_on"] else None,
            )
        except PermissionDenied:
            form.add_error("person", _("Nobody names themselves: ask somebody else who may."))
        except AlreadyAsked:
            form.add_error("role", _("This person holds this role over this unit, or it is already waiting for an answer."))
        except TooManyHolders:
            form.add_error("role", _("Ten people at most may read succession plans. End one of these roles first."))
        else:
            return redirect("roles:list")
    return render(request, "core/role_ask.html", {"form": form}, status=422 if form.is_bound else 200)


def _start_of(day):
    """The first instant of ``day`` in the reader's time zone; of today, now, so that a role given today runs today."""
    if day == clock.today():
        return clock.now()
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@require_POST
@needs_step_up()
def role_approve(request, public_id):
    """Approve a request."""
    waiting = get_visible_or_404(RoleRequest, request.user, public_id=public_id)
    try:
        approve_role(approver=request.user, request=waiting, function=request.POST.get("function", ""))
    except TooManyHolders:
        messages.error(request, _("Ten people at most may read succession plans. End one of these roles first."))
    return redirect("roles:list")


@require_POST
@needs_step_up()
def role_refuse(request, public_id):
    """Close a request without granting it."""
    refuse_role(refuser=request.user, request=get_visible_or_404(RoleRequest, request.user, public_id=public_id))
    return redirect("roles:list")


@require_POST
@needs_step_up()
def role_end(request, public_id):
    """End a role now."""
    end_role(ender=request.user, grant=get_visible_or_404(RoleGrant, request.user, public_id=public_id))
    return redirect("roles:list")


@require_POST
@needs_step_up()
def role_ask_end(request, public_id):
    """Ask another to agree that a role ends which takes two."""
    grant = get_visible_or_404(RoleGrant, request.user, public_id=public_id)
    try:
        ask_end(asker=request.user, grant=grant)
    except NobodyAgrees:
        messages.error(request, nobody_agrees(grant.person))
    except AlreadyAsked:
        messages.info(request, _("It is asked already, or has ended."))
    else:
        messages.success(request, _("It is asked. It happens once another person who may has agreed; everybody with a role is told."))
    return redirect("roles:list")


def nobody_agrees(person):
    """Return the sentence that says what is left to do where there is no second person."""
    return _("This takes two people, and nobody else here could agree. On the server: manage.py end_role ROLE %(email)s") % {
        "email": person.email or _("their e-mail")
    }


@require_POST
@needs_step_up()
def removal_approve(request, public_id):
    """Approve a removal as the second person: the role ends, or the access is cut."""
    approve_removal(approver=request.user, removal=get_visible_or_404(RoleRemoval, request.user, public_id=public_id))
    messages.success(request, _("It is done, and everybody with a role is told."))
    return redirect("roles:list")


@require_POST
@needs_step_up()
def removal_refuse(request, public_id):
    """Close a removal without acting on it."""
    refuse_removal(refuser=request.user, removal=get_visible_or_404(RoleRemoval, request.user, public_id=public_id))
    return redirect("roles:list")
