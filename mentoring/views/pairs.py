from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.web.views.responses import is_swap

from .. import queries, rules
from ..decorators import for_present, of_a_pair, open_only
from ..forms import ConfirmForm
from ..page_context import pair_page, tabs
from ..services import pairs


@require_safe
@for_present
@open_only
def mine(request):
    """Render what waits for an answer, what one asked, and one's pairs."""
    context = {
        "tabs": tabs(request.user, "my_pairs"),
        "received": list(queries.requests_received(request.user)),
        "sent": list(queries.requests_sent(request.user)),
        "pairs": [{"pair": pair, "other": pair.other_than(request.user)} for pair in queries.pairs_of(request.user)],
    }
    return render(request, "mentoring/mine.html", context)


@require_safe
@of_a_pair
def detail(request, pair):
    """Render a pair, for one of its two; the part that the other may change asks itself again."""
    template = "mentoring/_shared.html" if is_swap(request) else "mentoring/pair.html"
    return render(request, template, pair_page(request.user, pair))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_pair
def end(request, pair):
    """End the pair, after a page that asks once; nobody is asked why."""
    if request.method == "POST":
        pairs.end_pair(actor=request.user, pair=pair)
        messages.success(request, _("It is over. You can read the notes that you wrote for three months, then they are erased."))
        return redirect(pair)
    return render(request, "mentoring/pair_end.html", {"pair": pair, "other": pair.other_than(request.user)})


@require_POST
@of_a_pair
def confirm(request, pair):
    """Confirm as the mentee that the mentor helped."""
    if not rules.can_confirm_help(request.user, pair):
        raise PermissionDenied
    offer = queries.offer_of_other(request.user, pair.mentor)
    form = ConfirmForm(request.POST, skills=queries.skills_of_offer(offer) if offer else ())
    if not form.is_valid():
        return render(request, "mentoring/pair.html", pair_page(request.user, pair, confirm=form), status=422)
    pairs.confirm_mentor(mentee=request.user, pair=pair, skills=list(form.cleaned_data.get("skills", ())))
    messages.success(request, _("Thank you. Your mentor decides whether it is shown; your name is not."))
    return redirect(pair)


@require_POST
@of_a_pair
def unconfirm(request, pair):
    pairs.withdraw_confirmation(mentee=request.user, pair=pair)
    messages.success(request, _("It is taken back."))
    return redirect(pair)
