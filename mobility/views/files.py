"""An application as each of its readers opens it. Whoever is not the applicant opens it in writing first."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import limited
from rse.core.web.views.responses import is_swap
from rse.governance.decorators import seen_only_if_logged

from .. import queries, rules
from ..enums import OUTCOMES, Relation
from ..exports import application_table
from ..forms import DecisionForm, StepForm
from ..page_context import application_page, decision_of, file_page, log_opening
from ..services import handling

TEMPLATES = {Relation.APPLICANT: "application", Relation.MANAGER: "informed"}


def opened(view):
    """Pass the view the application that the address names and the capacity in which it is read; others than the applicant are logged."""

    @seen_only_if_logged
    @wraps(view)
    def door(request, public_id):
        row = queries.application_of(request.user, public_id)
        if row is None:
            raise Http404
        relation = queries.relation_to(request.user, row)
        log_opening(request.user, [row], relation)
        return view(request, row, relation)

    return door


def _handled(request, row):
    if not rules.can_handle(request.user, row):
        raise PermissionDenied


@require_safe
@opened
def detail(request, row, relation):
    """Render one's own application with who knows, or that of another with the fields that are open in that capacity."""
    name = TEMPLATES.get(relation, "file")
    context = application_page(request.user, row) if relation == Relation.APPLICANT else file_page(request.user, row, relation)
    return render(request, f"mobility/{'_' if is_swap(request) else ''}{name}.html", context)


@require_safe
@limited("application_exports", per_day=3)
@opened
def export(request, row, relation):
    """Return what this reader sees of the application, as a table."""
    if not rules.can_export_application(request.user, row):
        raise PermissionDenied
    whole = relation in (Relation.APPLICANT, Relation.HR, Relation.HEAD)
    return application_table(request.user, row, relation=relation, has_free_text=whole)


@require_POST
@opened
def move(request, row, relation):
    """Move the application one step further."""
    _handled(request, row)
    form = StepForm(request.POST, reader=request.user, application=row)
    if not form.is_valid():
        return render(request, "mobility/file.html", file_page(request.user, row, relation, step_form=form), status=422)
    said = form.cleaned_data
    try:
        handling.move_application(actor=request.user, application=row, version=said["version"], state=said["state"], due_on=said["due_on"])
    except EditedMeanwhile:
        return _moved_meanwhile(request, _as_it_stands(request, row), relation, form)
    messages.success(request, _("Done: the applicant is told."))
    return redirect(row)


def _as_it_stands(request, row):
    fresh = queries.application_of(request.user, row.public_id)
    if fresh is None:
        raise Http404
    _handled(request, fresh)
    return fresh


def _moved_meanwhile(request, row, relation, form=None):
    """The page as it stands, with the day that was typed into ``form``."""
    if form:
        form.meet({"version": row.version})
    return render(request, "mobility/file.html", file_page(request.user, row, relation, step_form=form) | {"was_moved": True}, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def decide(request, row, relation):
    """Decide with an offer or a refusal, and its record; when somebody else took it further meanwhile, both are shown with 409."""
    _handled(request, row)
    if row.state not in OUTCOMES:
        if request.method == "POST":
            return _moved_meanwhile(request, row, relation)
        raise PermissionDenied
    lines, _skills = queries.attached_to(request.user, row)
    form = DecisionForm(request.POST or None, reader=request.user, application=row, about=row.applicant, lines=lines)
    form.offer(OUTCOMES[row.state])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            handling.decide_application(
                actor=request.user,
                application=row,
                version=said["version"],
                outcome=said["outcome"],
                reason=said["reason"],
                alternatives=said["alternatives"],
                line_ids=form.line_ids(),
                due_on=said["due_on"],
            )
        except EditedMeanwhile:
            fresh = _as_it_stands(request, row)
            if fresh.state not in OUTCOMES:
                return _moved_meanwhile(request, fresh, relation)
            form.offer(OUTCOMES[fresh.state])
            theirs = decision_of(request.user, fresh, relation)
            return conflicts.answer(request, "mobility/decide.html", {"application": fresh}, form=form, theirs=theirs)
        messages.success(request, _("Done: the applicant is told, and reads your words."))
        return redirect(row)
    return render(request, "mobility/decide.html", {"application": row, "form": form}, status=422 if form.is_bound else 200)


@require_POST
@opened
def confirm(request, row, relation):
    """Confirm that the mission was carried out."""
    _handled(request, row)
    handling.confirm_mission(actor=request.user, application=row)
    messages.success(request, _("Thank you. It is proposed to them, and theirs to keep or not."))
    return redirect(row)
