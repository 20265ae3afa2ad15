"""Inviting everybody whom the filter of the list names, and following the mails that leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.web.sealing import seal, unseal
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.responses import is_swap

from .. import mail, rules
from ..enums import RunSource
from ..forms import InvitationsForm
from ..models import InvitationRun
from ..queries import failed_in, figures_of
from ..services.runs import FilterMoved, start_run, stop_run, whom_to_invite

PLACE = "everybody of the list of invitations"
FAILED_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def invite_everybody(request):
    """Render whom an invitation of everybody of the filter would reach, and send it: to those who were shown, or to nobody."""
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    form = InvitationsForm(request.GET)
    back = f"{reverse('identity:invitations')}?{request.GET.urlencode()}"
    if form.errors:  # what makes no sense narrows nothing: the list says where
        return redirect(back)
    shown = unseal(request.POST.get("seen", ""), reader=request.user, place=PLACE) if request.method == "POST" else None
    context = {"form": form, "back": back, "had": None, "leads_nowhere": mail.leads_nowhere()}
    if request.method == "POST":
        try:
            seen = shown[1] if shown else ""
            run = start_run(actor=request.user, asked=form.asked(), address=form.address(), seen=seen)
        except FilterMoved:
            context["had"] = shown[0] if shown else -1
        except mail.NoPublicAddress:
            pass
        else:
            return redirect("identity:invitations_run", public_id=run.public_id)
    whom = whom_to_invite(request.user, **form.asked())
    sealed = seal([len(whom.mailed), whom.fingerprint], reader=request.user, place=PLACE)
    context |= {"whom": whom, "sealed": sealed, "query": request.GET.urlencode()}
    return render(request, "identity/invite_everybody.html", context, status=409 if request.method == "POST" else 200)


@require_safe
@needs_step_up()
def run_detail(request, public_id):
    """Render how many mails of a run left, failed and are to come."""
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    run = get_visible_or_404(InvitationRun, request.user, public_id=public_id)
    figures = figures_of(run)
    context = {
        "run": run,
        "words": words_of(run),
        "figures": figures,
        "done": run.count - figures["remain"],
        "failed": failed_in(run, request.user)[:FAILED_SHOWN] if figures["failed"] else [],
        "may_stop": run.ended_at is None and rules.can_stop_run(request.user, run),
    }
    return render(request, "identity/_run.html" if is_swap(request) else "identity/run_detail.html", context)


def words_of(run):
    """Return for whom the run is: what narrowed the list, in the language of the reader, or where its people come from."""
    told = InvitationsForm(run.asked).told() if run.source == RunSource.FILTER else []
    return ", ".join(told) or RunSource(run.source).label


@require_POST
@needs_step_up()
def stop(request, public_id):
    """Stop what has not left of a run."""
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    run = get_visible_or_404(InvitationRun, request.user, public_id=public_id)
    number = stop_run(actor=request.user, run=run)
    said = ngettext("Stopped: %(count)d mail stays here.", "Stopped: %(count)d mails stay here.", number)
    messages.info(request, said % {"count": number})
    return redirect("identity:invitations_run", public_id=run.public_id)
