from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.web.limits import limited

from .. import queries, rules
from ..decorators import for_present, of_a_request, of_an_offer, open_only
from ..forms import AskForm, DeclineForm
from ..services import asking


@require_http_methods(["GET", "HEAD", "POST"])
@for_present
@open_only
@of_an_offer
@limited("ask_mentor", per_minute=20, per_hour=60)
def ask(request, offer):
    """Ask the mentor of an offer; when they cannot be asked, the page says why, and keeps what was typed."""
    form = AskForm(request.POST or None)
    obstacle = queries.obstacle_for(request.user, offer)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask_mentor(mentee=request.user, offer=offer, message=form.cleaned_data["message"])
        except asking.CannotAsk as refusal:
            obstacle, status = refusal.obstacle, 409
        else:
            messages.success(request, _("Your request is sent. It waits for an answer for ten days."))
            return redirect("mentoring:my_pairs")
    context = {"one": queries.found_offer(request.user, offer), "form": form, "obstacle": obstacle.label if obstacle else ""}
    return render(request, "mentoring/ask.html", context, status=status)


@require_safe
@of_a_request
def detail(request, asked):
    """Render a request, for whoever asked and for whoever is asked."""
    return render(request, "mentoring/request.html", _page(request, asked))


def _page(request, asked, form=None):
    may_read = queries.may_read_request(request.user, asked)
    return {
        "asked": asked,
        "is_mine": request.user.pk == asked.mentee_id,
        "other": asked.mentor if request.user.pk == asked.mentee_id else asked.mentee,
        "words": queries.read_words(queries.opened_key(asked.key), asked) if may_read else None,
        "may_read": may_read,
        "pair": queries.pair_of_request(request.user, asked),
        "may_answer": rules.can_answer(request.user, asked),
        "may_withdraw": rules.can_withdraw(request.user, asked),
        "form": form or DeclineForm(),
    }


def _over(request):
    messages.info(request, _("This request waits no more."))
    return redirect("mentoring:my_pairs")


@require_POST
@of_a_request
def accept(request, asked):
    """Accept a request: the two are a pair. Said twice, it leads to the pair."""
    if request.user.pk != asked.mentor_id:
        raise PermissionDenied
    try:
        pair = asking.accept_request(mentor=request.user, request=asked)
    except asking.RequestOver:
        existing = queries.pair_of_request(request.user, asked)
        return redirect(existing) if existing else _over(request)
    except asking.NoPlaceLeft:
        messages.error(request, _("All your places are taken. Give yourself one more in your offer, or answer later."))
        return redirect(asked)
    except PermissionDenied:
        messages.error(request, _("One of you stands in the management line of the other by now: a mentor stands outside it."))
        return redirect(asked)
    return redirect(pair)


@require_POST
@of_a_request
def decline(request, asked):
    """Decline a request, with a neutral reason or without."""
    if request.user.pk != asked.mentor_id:
        raise PermissionDenied
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "mentoring/request.html", _page(request, asked, form), status=422)
    try:
        asking.decline_request(mentor=request.user, request=asked, reason=form.cleaned_data["reason"])
    except asking.RequestOver:
        return _over(request)
    messages.success(request, _("Your answer is given. You keep nothing of what was asked."))
    return redirect("mentoring:my_pairs")


@require_POST
@of_a_request
def withdraw(request, asked):
    """Withdraw one's request."""
    try:
        asking.withdraw_request(mentee=request.user, request=asked)
    except asking.RequestOver:
        return _over(request)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("mentoring:my_pairs")
