from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.public_ids import is_public_id
from rse.core.web.limits import limited
from rse.core.web.own_pages import own_page
from rse.core.web.views.responses import is_swap, swapped
from rse.governance.services.access_log import AccessLogUnavailable

from .. import page_context, queries, rules, slot_blocks
from ..forms import CommentForm, KeepForm, TagForm
from ..models import LedgerLine
from ..services import ledger


@require_safe
def mine(request):
    """Render everything that the company can read of what one did, with the forms to keep, comment, hide, erase and stop."""
    return render(request, "talent/contributions_mine.html", page_context.my_contributions(request.user))


@require_safe
@limited("contributions", per_minute=60)
def of(request, handle):
    """Render the lines of a person that this reader may open, narrowed to those that a figure counted; the opening is logged before."""
    subject = get_visible_or_404(Person, request.user, handle=handle)
    try:
        function = slot_blocks.opened_by(request.user, subject)
    except AccessLogUnavailable:
        return render(request, "governance/log_unavailable.html", status=503)
    context = page_context.contributions_of(request.user, subject, request.GET)
    return render(request, "talent/contributions_of.html", context | {"is_logged": function is not None})


@require_safe
@limited("contribution_exports", per_day=3)
def export(request):
    """Return one's own lines as a JSON file."""
    if not rules.can_export_lines(request.user, request.user):
        raise PermissionDenied
    answer = JsonResponse({"contributions": page_context.exported_lines(request.user, request.user)}, json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="contributions.json"'
    return answer


@require_POST
def keep(request, public_id):
    line = get_visible_or_404(LedgerLine, request.user, public_id=public_id)
    if not rules.can_change_line(request.user, line):
        raise PermissionDenied
    form = KeepForm(request.POST, line=line, auto_id=f"id_keep_{line.public_id}_%s")
    if not form.is_valid():
        return _mine(request, line=line, form=form)
    try:
        ledger.keep_line(person=request.user, line=line, audience=form.cleaned_data["audience"])
    except ledger.NotForThese:
        form.add_error("audience", _("A contribution is shown to everyone or to one of your spaces."))
        return _mine(request, line=line, form=form)
    return _after(request, _("The contribution stands in your profile."), line)


@require_POST
def erase(request, public_id):
    ledger.erase_line(person=request.user, line=get_visible_or_404(LedgerLine, request.user, public_id=public_id))
    return _after(request, _("The contribution is erased."))


@require_POST
def hide(request):
    """Hide the lines of one moment from everybody else, or show them again."""
    ids = [one for one in request.POST.getlist("line")[:200] if is_public_id(one)]
    lines = queries.own_lines(request.user, ids)
    if not lines:
        raise Http404
    is_hidden = request.POST.get("show") != "1"
    ledger.hide_lines(person=request.user, lines=lines, is_hidden=is_hidden)
    return _after(request, _("Nobody else sees it any more.") if is_hidden else _("It is shown again."))


@require_POST
def comment(request, public_id):
    line = get_visible_or_404(LedgerLine, request.user, public_id=public_id)
    if not rules.can_change_line(request.user, line):
        raise PermissionDenied
    form = CommentForm(request.POST, about=request.user, auto_id=f"id_comment_{line.public_id}_%s")
    if not form.is_valid():
        return _mine(request, line=line, form=form)
    try:
        ledger.comment_line(person=request.user, line=line, comment=form.cleaned_data["comment"])
    except ValidationError as error:
        form.add_error("comment", error)
        return _mine(request, line=line, form=form)
    return _after(request, _("Your comment is shown with the contribution."), line)


@require_POST
def tag(request, public_id):
    """Add a skill to one's own line, or take one away."""
    line = get_visible_or_404(LedgerLine, request.user, public_id=public_id)
    if not rules.can_change_line(request.user, line):
        raise PermissionDenied
    kept = [one for one in line.skills.order_by("code") if one.code != request.POST.get("without")]
    form = TagForm(request.POST, auto_id=f"id_tag_{line.public_id}_%s")
    if "without" not in request.POST:
        if not form.is_valid():
            return _mine(request, line=line, form=form)
        kept.append(form.cleaned_data["skill"])
    ledger.tag_line(person=request.user, line=line, skills=kept)
    return _after(request, _("The skills of this contribution are saved."), line)


@require_POST
def stop(request):
    """Stop the ledger: every line is deleted in this one step."""
    ledger.opt_out(person=request.user)
    return _after(request, _("Nothing is kept any more. Nobody else is told."))


@require_POST
def start(request):
    ledger.opt_in(person=request.user)
    return _after(request, _("From now on, what you do for others is noted for you."))


def _after(request, said, line=None):
    """The piece of the page that asked, as a reload would show it; without script, the page again."""
    if is_swap(request):
        if is_doing := request.htmx.target == "doing":
            answer = render(request, "talent/_doing.html", slot_blocks.doing_side(request.user, request.user))
        else:
            answer = render(request, "talent/_mine.html", page_context.my_contributions(request.user))
        whole = "doing" if is_doing else "contributions"
        return swapped(answer, said=said, focus=whole if is_doing or line is None else f"line-{line.public_id}")
    messages.success(request, said)
    return redirect(own_page(request.POST.get("next", ""), "contributions:mine"))


def _mine(request, *, line, form):
    context = page_context.my_contributions(request.user, open_line=line.pk, open_form=form)
    template = "talent/_mine.html" if is_swap(request) else "talent/contributions_mine.html"
    return render(request, template, context, status=422)
