from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import limited
from rse.core.web.views.responses import is_swap
from rse.feed.forms import HideForm
from rse.governance.charter import charter_required
from rse.governance.rules import can_report
from rse.governance.services.moderation import AlreadyHidden, ReasonMissing

from .. import queries, rules
from ..decorators import for_present, of_an_offer
from ..forms import OfferForm
from ..page_context import find_page, offer_said, tabs
from ..services import offers

ANY_FORM = ["GET", "HEAD", "POST"]


@require_safe
@for_present
@limited("mentors", per_minute=60)
def find(request):
    """Render who offers help, each with the facts that this reader may open."""
    return render(request, "mentoring/_find.html" if is_swap(request) else "mentoring/find.html", find_page(request))


@require_http_methods(ANY_FORM)
@for_present
@limited("mentoring_offer", per_minute=60)
@charter_required
def mine(request):
    """Render and save one's own offer; when another window saved meanwhile, show both versions."""
    offer = queries.offer_of(request.user)
    spoken = [*request.user.languages, *(offer.languages if offer else ())]
    form = OfferForm(request.POST or None, about=request.user, initial=offer_said(offer), spoken=spoken)
    context = {"offer": offer, "form": form, "tabs": tabs(request.user, "my_offer"), "options": []}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = offers.save_offer(
                mentor=request.user,
                version=said["version"],
                text=said["text"],
                skills=form.skills(),
                capacity=said["capacity"],
                languages=said["languages"],
            )
        except offers.CapacityTaken as taken:
            form.add_error("capacity", _too_few(taken.taken))
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "mentoring/my_offer.html", context, form=form, theirs=offer_said(meanwhile.current))
        else:
            messages.success(request, _("Saved."))
            return redirect(saved)
    return render(request, "mentoring/my_offer.html", context, status=422 if form.is_bound else 200)


def _too_few(taken):
    return ngettext(
        "You accompany %(count)d person now: no fewer places than that.",
        "You accompany %(count)d people now: no fewer places than that.",
        taken,
    ) % {"count": taken}


def _own_offer(request):
    offer = queries.offer_of(request.user)
    if offer is None:
        raise Http404
    return offer


@require_POST
@for_present
def pause(request):
    """Hide one's offer, or open it again."""
    is_open = request.POST.get("open") == "1"
    offers.pause_offer(mentor=request.user, offer=_own_offer(request), is_open=is_open)
    messages.success(request, _("Your offer can be found again.") if is_open else _("Your offer is paused: nobody else sees it."))
    return redirect("mentoring:my_offer")


@require_http_methods(ANY_FORM)
@for_present
def delete(request):
    """Delete one's offer, after a page that asks once."""
    offer = _own_offer(request)
    if request.method == "POST":
        offers.delete_offer(mentor=request.user, offer=offer)
        messages.success(request, _("Your offer is deleted."))
        return redirect("mentoring:my_offer")
    return render(request, "mentoring/my_offer_delete.html", {"offer": offer})


@require_safe
@of_an_offer
def detail(request, offer):
    """Render one offer, with the facts that this reader may open."""
    context = {
        "one": queries.found_offer(request.user, offer),
        "may_hide": rules.can_hide_offer(request.user, offer) and not offer.is_hidden,
        "may_show": rules.can_hide_offer(request.user, offer) and offer.is_hidden,
        "may_report": can_report(request.user, "mentoring_offer", offer),
        "is_own": request.user.pk == offer.mentor_id,
    }
    return render(request, "mentoring/offer.html", context)


@require_http_methods(ANY_FORM)
@of_an_offer
def hide(request, offer):
    """Hide an offer as HR, under an article and with a reason that its mentor reads."""
    if not rules.can_hide_offer(request.user, offer):
        raise PermissionDenied
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offers.hide_offer(by=request.user, offer=offer, **form.cleaned_data)
        except AlreadyHidden:
            messages.info(request, _("It is hidden already."))
            return redirect("mentoring:find")
        except ReasonMissing:
            form.add_error("reason", _("Say why: its author reads it."))
        else:
            messages.success(request, _("The offer is hidden, and its author is told why."))
            return redirect("mentoring:find")
    return render(request, "mentoring/hide.html", {"offer": offer, "form": form}, status=422 if form.is_bound else 200)


@require_POST
@of_an_offer
def show(request, offer):
    offers.show_offer(by=request.user, offer=offer)
    messages.success(request, _("The offer can be read again, and its author is told."))
    return redirect(offer)
