from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import count
from rse.core.web.pagination import page_of
from rse.governance.decorators import seen_only_if_logged

from .. import queries, rules
from ..enums import Relation
from ..forms import ManagerForm
from ..models import Opening
from ..page_context import application_form, apply_page, initial_of, log_opening
from ..services import applications

FORM = ["GET", "HEAD", "POST"]


@require_safe
@seen_only_if_logged
def mine(request):
    """Render one's own applications, what moved last first, and what people of one's team told; the latter is logged."""
    page = page_of(queries.applications_of(request.user), request, order=("-stage_at", "-pk"), size=20)
    informed = queries.informing(request.user)
    log_opening(request.user, informed, Relation.MANAGER)
    return render(request, "mobility/mine.html", {"page": page, "informed": informed})


@require_http_methods(FORM)
def apply(request, public_id):
    """Write an application: kept as a draft, or sent to those who will read it, who are named beside the button."""
    opening = get_visible_or_404(Opening, request.user, public_id=public_id)
    row = queries.own_states(request.user, [opening]).get(opening.pk)
    if row is not None and row.is_sent:
        return _sent_already(request, row)
    if not rules.can_apply(request.user, opening, is_in_team=applications.recruits(request.user, opening)):
        return render(request, "mobility/not_open.html", {"opening": opening}, status=403)
    form = application_form(request.user, request.POST or None, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        count("applications", request.user.pk, per_minute=20, per_hour=100)
        try:
            return _written(request, opening, form)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except applications.AlreadyApplied as already:
            return _sent_already(request, already.application)
        except EditedMeanwhile as meanwhile:
            context = apply_page(request.user, opening, form, row)
            return conflicts.answer(request, "mobility/apply.html", context, form=form, theirs=initial_of(meanwhile.current))
        except applications.TooManyWait:
            form.add_error(None, _("Twenty applications of yours wait for an answer. Withdraw one first, or wait."))
        except applications.NobodyOutsideTheLine:
            form.add_error(None, _("Nobody outside your management line can receive this today. It was not sent, and nobody was told."))
    context = apply_page(request.user, opening, form, row)
    return render(request, "mobility/apply.html", context, status=422 if form.is_bound else 200)


def _written(request, opening, form):
    said = {"applicant": request.user, "opening": opening, "version": form.cleaned_data["version"], "content": form.content()}
    if request.POST.get("do") == "send":
        count("applications_sent", request.user.pk, per_day=10)
        row = applications.send_application(**said)
        messages.success(request, _("Sent. You see below who knows, at any moment."))
    else:
        row = applications.save_draft(**said)
        messages.success(request, _("Your draft is kept. Nobody else reads it."))
    return redirect(row)


def _sent_already(request, row):
    """It was sent once, and stays so."""
    if request.method != "POST":
        return redirect(row)
    return render(request, "mobility/applied.html", {"application": row}, status=409)


def _own_or_404(request, public_id):
    """One's own application; 403 for who may read it otherwise, and the 404 of what does not exist for everybody else."""
    row = queries.application_of(request.user, public_id)
    if row is None:
        raise Http404
    if not rules.is_own(request.user, row):
        raise PermissionDenied
    return row


@require_http_methods(FORM)
def edit(request, public_id):
    """Save a new version of what was sent, until somebody has begun to read it."""
    row = _own_or_404(request, public_id)
    if not row.is_sent:
        return redirect("jobs:apply", public_id=row.opening.public_id)
    if not rules.can_renew(request.user, row):
        raise PermissionDenied
    form = application_form(request.user, request.POST or None, initial=initial_of(row))
    context = {"application": row} | apply_page(request.user, row.opening, form, row)
    if request.method == "POST" and form.is_valid():
        try:
            applications.renew_application(
                applicant=request.user, application=row, version=form.cleaned_data["version"], content=form.content()
            )
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "mobility/apply.html", context, form=form, theirs=initial_of(meanwhile.current))
        else:
            messages.success(request, _("Your new version is in place of the other."))
            return redirect(row)
    return render(request, "mobility/apply.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
def withdraw(request, public_id):
    """Withdraw an application, after a page that says what that means."""
    row = _own_or_404(request, public_id)
    if request.method == "POST":
        applications.withdraw_application(applicant=request.user, application=row)
        messages.success(request, _("Withdrawn: what you had written is erased."))
        return redirect("applications:mine")
    if not rules.can_withdraw(request.user, row):
        raise PermissionDenied
    return render(request, "mobility/withdraw.html", {"application": row})


@require_http_methods(FORM)
def inform(request, public_id):
    """Tell one's direct manager, after a page that says what they will see."""
    row = _own_or_404(request, public_id)
    if not rules.can_inform_manager(request.user, row):
        raise PermissionDenied
    managers = queries.direct_managers_of(request.user)
    form = ManagerForm(request.POST or None, managers=managers)
    if request.method == "POST" and form.is_valid():
        try:
            applications.inform_manager(applicant=request.user, application=row, manager=form.cleaned_data["manager"])
        except applications.NotTheManager:
            form.add_error("manager", _("This person is not your direct manager today."))
        else:
            messages.success(request, _("%(name)s knows now.") % {"name": form.cleaned_data["manager"].name})
            return redirect(row)
    context = {"application": row, "form": form, "managers": managers}
    return render(request, "mobility/inform.html", context, status=422 if form.is_bound else 200)


@require_POST
def accept(request, public_id):
    """Accept an offer."""
    row = _own_or_404(request, public_id)
    applications.accept_offer(applicant=request.user, application=row)
    messages.success(request, _("Your yes is sent. HR will see the rest through with you."))
    return redirect(row)
