from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access import kinds
from rse.core.access.readers import get_visible_or_404

from .. import rules
from ..forms import AppealDecisionForm, AppealForm
from ..models import Moderation
from ..services.moderation import AlreadyAnswered, AlreadyAppealed, appeal, decide_appeal, show_hidden


@require_safe
def moderation_detail(request, public_id):
    """Render why something was hidden, for its author and for those who moderate, with the appeal and its answer."""
    return _page(request, get_visible_or_404(Moderation, request.user, public_id=public_id))


def _page(request, moderation, *, appeal_form=None, answer_form=None, status=200):
    person = request.user
    thing = kinds.resolve([(moderation.kind, moderation.row_id)], person).get((moderation.kind, moderation.row_id))
    kind = kinds.get(moderation.kind)
    context = {
        "moderation": moderation,
        "is_author": person.pk == moderation.author_id,
        "thing": {"label": kind.label, "address": kind.address(thing), "title": kind.title(thing)} if kind and thing is not None else None,
        "appeal_form": (appeal_form or AppealForm()) if rules.can_appeal(person, moderation) else None,
        "answer_form": (answer_form or AppealDecisionForm()) if rules.can_decide_appeal(person, moderation) else None,
        "may_show": rules.can_show(person, moderation),
    }
    return render(request, "governance/moderation_detail.html", context, status=status)


@require_POST
def moderation_appeal(request, public_id):
    """Submit the one appeal of the author."""
    moderation = get_visible_or_404(Moderation, request.user, public_id=public_id)
    form = AppealForm(request.POST)
    if not rules.can_appeal(request.user, moderation) and moderation.appealed_at is None:
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, moderation, appeal_form=form, status=422)
    try:
        appeal(author=request.user, moderation=moderation, words=form.cleaned_data["words"])
    except AlreadyAppealed:
        messages.info(request, _("You have contested this decision already."))
    else:
        messages.success(request, _("Somebody else than who decided will read this and answer you."))
    return redirect(moderation)


@require_POST
def moderation_answer(request, public_id):
    """Answer an appeal as another moderator."""
    moderation = get_visible_or_404(Moderation, request.user, public_id=public_id)
    form = AppealDecisionForm(request.POST)
    if moderation.appeal_outcome:
        return render(request, "409.html", status=409)
    if not rules.can_decide_appeal(request.user, moderation):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, moderation, answer_form=form, status=422)
    try:
        decide_appeal(decider=request.user, moderation=moderation, outcome=form.cleaned_data["outcome"], answer=form.cleaned_data["answer"])
    except AlreadyAnswered:
        return render(request, "409.html", status=409)
    messages.success(request, _("Answered: the author has been told."))
    return redirect("reports:queue")


@require_POST
def moderation_lift(request, public_id):
    """Show again what was hidden."""
    moderation = get_visible_or_404(Moderation, request.user, public_id=public_id)
    show_hidden(by=request.user, moderation=moderation)
    messages.success(request, _("It can be read again, and its author has been told."))
    return redirect(moderation)
