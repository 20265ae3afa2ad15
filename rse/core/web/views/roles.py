from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ... import clock
from ...access import rules
from ...access.readers import get_visible_or_404
from ...enums import ROLES_THAT_TAKE_TWO, Role
from ...models import RoleGrant, RoleRemoval, RoleRequest
from ...people.services.removals import NobodyAgrees, approve_removal, ask_end, refuse_removal
from ...people.services.roles import (
    AlreadyAsked,
    TooManyHolders,
    approve_role,
    ask_role,
    end_of,
    end_role,
    refuse_role,
    start_of,
    who_agrees_now,
    yeses_awaited,
)
from ..forms import RoleForm
from ..pagination import page_of
from ..stepup import needs_step_up

NAMED = 5


@require_safe
def role_list(request):
    """Render who holds which role over what, until when, and the requests that wait, cut to what this person may read."""
    if not rules.can_see_roles(request.user):
        raise PermissionDenied
    grants = RoleGrant.objects.visible_to(request.user).not_over().select_related("person", "unit", "granted_by")
    page = page_of(grants, request, order=("role", "starts_at", "pk"), size=40)
    waiting = list(RoleRequest.objects.visible_to(request.user).waiting())
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
        "requests": _request_lines(request.user, list(waiting)),
        "may_ask": rules.can_ask_roles(request.user),
    }
    return render(request, "core/role_list.html", context)


def _request_lines(person, requests):
    """What the page says of each request, with whose yes is awaited: the roles, and the people of those grants that ``person`` may read."""
    if not requests:
        return []
    agreeing = who_agrees_now()
    awaited = [
        yeses_awaited(
            role=one.role,
            person_id=one.person_id,
            asker_id=one.asked_by_id,
            said=[(approval.person_id, approval.function) for approval in one.approvals.all()],
            agreeing=agreeing,
        )
        for one in requests
    ]
    holders = {(role, holder) for role, holder, _since in agreeing}
    grants = RoleGrant.objects.visible_to(person).current().filter(person__in={holder for _role, holder in holders})
    names = {(grant.role, grant.person_id): grant.person.name for grant in grants.select_related("person").order_by("pk")}
    return [_request_line(person, one, [_awaited(wait, names) for wait in waits]) for one, waits in zip(requests, awaited, strict=True)]


def _awaited(wait, names):
    shown = {names[role, one]: None for role in wait.roles for one in wait.person_ids if (role, one) in names}
    return {"roles": in_words(wait.roles), "names": list(shown)[:NAMED], "more": len(shown) > NAMED}


def in_words(roles):
    """Return the labels of ``roles``, one of which is meant."""
    between = pgettext("between roles of which one is meant", "or")
    return f" {between} ".join(str(Role(role).label) for role in roles)


def _request_line(person, request, awaited):
    agreed = {approval.person_id for approval in request.approvals.all()}
    functions = rules.functions_for_approval(person, request) if person.pk not in agreed else frozenset()
    return {
        "request": request,
        "awaited": awaited,
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
                starts_at=start_of(said["starts_on"]),
                ends_at=end_of(said["ends_on"]),
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
