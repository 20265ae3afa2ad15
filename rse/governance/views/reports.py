from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rse.core.access import kinds
from rse.core.access.readers import get_visible_or_404
from rse.core.web.pagination import page_of

from .. import queries, rules
from ..enums import Outcome
from ..forms import DecisionForm, ReportForm
from ..kind_cards import card_of
from ..models import Report
from ..services.moderation import CannotBeHidden
from ..services.reports import AlreadyDecided, AlreadyReported, decide_report, is_handled_by_somebody, report_thing


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request, kind, row):
    """Report one thing that this person reads: what it is about, in words if they wish, and who will read it."""
    thing = _readable_or_404(request.user, kind, row)
    if not rules.can_report(request.user, kind, thing):
        raise PermissionDenied
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = report_thing(reporter=request.user, kind=kind, row_id=thing.pk, category=said["category"], words=said["words"])
        except AlreadyReported:
            messages.info(request, _("You have reported this already, and it is being handled."))
        else:
            _thank(request, made.report)
        return redirect("reports:mine")
    about, audience = rules.author_of(kind, thing), rules.audience_that_decides(kind, thing)
    context = {"form": form, "thing": card_of(request, kind, thing), "about_id": about, "audience_id": audience}
    return render(request, "governance/report_new.html", context, status=422 if form.is_bound else 200)


def _readable_or_404(person, kind, row):
    """The thing; hidden, absent and what is never reported are the same."""
    known = kinds.get(kind)
    if known is None or not rules.is_reportable(kind):
        raise Http404
    thing = kinds.named(known, row, person)
    if thing is None:
        raise Http404
    return thing


def _thank(request, report):
    if is_handled_by_somebody(report):
        messages.success(request, _("Thank you. Those who handle reports have been told; you will read here when it is dealt with."))
    else:
        messages.warning(
            request,
            _("Your report is kept. Nobody who may handle it is available yet, because of who is concerned: somebody else is being named."),
        )


@require_safe
def report_mine(request):
    """Render what this person reported, and whether it was handled; what of theirs was hidden, and why."""
    context = {"made": queries.reports_made_by(request.user), "decisions": queries.decisions_about(request.user)}
    return render(request, "governance/report_mine.html", context)


@require_safe
def report_queue(request):
    """Render what waits for a decision of this person: reports and appeals, oldest first."""
    if not rules.can_see_moderation_queue(request.user):
        raise PermissionDenied
    page = page_of(queries.open_reports_for(request.user), request, order=("opened_at", "pk"), size=30)
    lines = [{"report": report, "kind": kinds.get(report.kind)} for report in page]
    appeals = [{"moderation": one, "kind": kinds.get(one.kind)} for one in queries.pending_appeals_for(request.user)[:100]]
    return render(request, "governance/report_queue.html", {"page": page, "lines": lines, "appeals": appeals})


@require_http_methods(["GET", "HEAD", "POST"])
def report_detail(request, public_id):
    """Render and decide one report, for whoever handles it: the thing, what was said, and the decision."""
    report = get_visible_or_404(Report, request.user, public_id=public_id)
    thing = queries.reported_thing(report, request.user)
    kind = kinds.get(report.kind)
    may_hide = bool(kind and kind.hide) and thing is not None
    form = DecisionForm(request.POST or None, may_hide=may_hide)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decide_report(
                decider=request.user, report=report, outcome=said["outcome"], article=said.get("article", ""), reason=said.get("reason", "")
            )
        except AlreadyDecided:
            return render(request, "409.html", status=409)
        except CannotBeHidden:
            form.add_error("outcome", _("It is gone: there is nothing left to hide."))
        else:
            messages.success(request, _("Decided. Those who reported it know that it was handled."))
            return redirect("reports:queue")
    context = {
        "report": report,
        "kind": kind,
        "thing": card_of(request, report.kind, thing) if thing is not None else None,
        "reporters": queries.reporters_for(request.user, report),
        "form": form,
        "may_decide": rules.can_decide_report(request.user, report),
        "was_hidden": report.outcome == Outcome.HIDDEN,
    }
    return render(request, "governance/report_detail.html", context, status=422 if form.is_bound else 200)
