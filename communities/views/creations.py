from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404

from .. import rules, services
from ..models import CreationRequest


@require_safe
def creation_detail(request, public_id):
    """Render a request for a secret community: with its name for whoever asked, and for HR what it is for and whose."""
    asked = get_visible_or_404(CreationRequest, request.user, public_id=public_id)
    is_mine = asked.asked_by_id == request.user.pk
    context = {
        "asked": asked,
        "name": asked.name if is_mine else "",
        "is_mine": is_mine,
        "may_decide": rules.can_decide_creation(request.user, asked),
        "may_withdraw": rules.can_withdraw_creation(request.user, asked),
    }
    return render(request, "communities/creation_detail.html", context)


@require_POST
def creation_answer(request, public_id):
    """Approve a secret community, or refuse it."""
    asked = get_visible_or_404(CreationRequest, request.user, public_id=public_id)
    try:
        services.answer_creation(decider=request.user, request=asked, is_approved=request.POST.get("answer") == "approve")
    except services.AlreadyAnswered:
        messages.info(request, _("It was answered already, or taken back."))
    if not CreationRequest.objects.visible_to(request.user).filter(pk=asked.pk).exists():
        messages.success(request, _("Your answer is given. It concerns a protected space: nothing of it is shown to you from now on."))
        return redirect("home")
    return redirect("communities:creation", public_id=public_id)


@require_POST
def creation_withdraw(request, public_id):
    """Withdraw one's own request."""
    services.withdraw_creation(person=request.user, request=get_visible_or_404(CreationRequest, request.user, public_id=public_id))
    messages.success(request, _("Your request is taken back."))
    return redirect("communities:list")
