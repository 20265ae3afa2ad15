"""Roles asked for by a file: what each line would do, and then all of it after a yes."""

import datetime
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rse.core.access.rules import can_ask_roles
from rse.core.days import date_format
from rse.core.enums import Role
from rse.core.web.sealing import seal, unseal
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.roles import in_words

from ..files.problems import FileRefused
from ..files.role_lines import UnknownColumns, sentence_of
from ..forms import RoleFileForm
from ..services.role_files import MADE, MOST_BY_ONE_YES, REFUSED, STANDS, FileGone, PlanMoved, name_by_file, plan_of, preview_roles

SHOWN_ROLES = 300
PLACE = "file of roles"


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def role_file(request):
    """Render what a file of roles would do, line by line; and do it after a yes to what was shown."""
    if not can_ask_roles(request.user):
        raise PermissionDenied
    if request.method == "POST" and "plan" in request.POST:
        return _say_yes_to_roles(request)
    form = RoleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            name, plan = preview_roles(actor=request.user, upload=form.cleaned_data["file"])
        except FileRefused as refused:
            form.add_error("file", sentence_of(refused))
        except UnknownColumns:
            form.add_error("file", _("No column says which role, or for whom. Name one “Employee number” or “E-mail”, and one “Role”."))
        else:
            return render(request, "hris/roles.html", {"form": RoleFileForm(), **_planned(request, name, plan)})
    return render(request, "hris/roles.html", {"form": form, "plan": None}, status=422 if request.method == "POST" else 200)


def _say_yes_to_roles(request):
    name, seen = unseal(request.POST["plan"], reader=request.user, place=PLACE) or ("nothing", "")
    try:
        return _asked(request, name, seen)
    except FileGone:
        return render(request, "hris/roles.html", {"form": RoleFileForm(), "plan": None, "gone": True}, status=409)


def _asked(request, name, seen):
    try:
        number, left = name_by_file(actor=request.user, name=name, seen=seen)
    except PlanMoved:
        context = {"form": RoleFileForm(), "moved": True, **_planned(request, name)}
        return render(request, "hris/roles.html", context, status=409)
    _tell_asked(request, number)
    with suppress(FileGone):  # another window had the rest asked meanwhile: the list says so
        if left:
            return render(request, "hris/roles.html", {"form": RoleFileForm(), **_planned(request, name)})
    return redirect("roles:list")


def _tell_asked(request, number):
    said = ngettext(
        "%(count)d role was asked for: the list says where it stands.",
        "%(count)d roles were asked for: the list says where they stand.",
        number,
    )
    messages.success(request, said % {"count": number})


def _planned(request, name, plan=None):
    plan = plan or plan_of(actor=request.user, name=name)
    lines = [_role_line(one) for one in sorted(plan.lines, key=lambda one: not one.is_refused)[:SHOWN_ROLES]]
    return {
        "plan": plan,
        "by_this_yes": min(plan.counts["made"], MOST_BY_ONE_YES),
        "counts": plan.counts,
        "refused": [line for line in lines if line["is_refused"]],
        "others": [line for line in lines if not line["is_refused"]],
        "more": max(0, len(plan.lines) - SHOWN_ROLES),
        "sealed": seal([name, plan.fingerprint], reader=request.user, place=PLACE),
    }


def _role_line(one):
    params = dict(one.params)
    if one.code == "later":
        params["day"] = date_format(one.starts_on)
    elif one.code == "past":
        params["day"] = date_format(datetime.date.fromisoformat(params["day"]))
    elif one.code == "waits":
        params["roles"] = ", ".join(in_words(roles) for roles in params["roles"])
    sentence = (MADE | STANDS | REFUSED)[one.code]
    said = [one.line.cells.get(column, "") for column in ("number", "email", "name")]
    return {
        "number": one.line.number,
        "who": one.person.name if one.person else ", ".join(text for text in said if text),
        "role": Role(one.line.role).label if one.line.role else one.line.cells.get("role", ""),
        "unit": one.unit or one.line.cells.get("unit", ""),
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "sentence": sentence % params if params else sentence,
        "is_refused": one.is_refused,
        "is_made": one.is_made,
    }
