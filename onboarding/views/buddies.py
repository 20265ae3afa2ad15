"""Asking for a buddy, and being one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.limits import limited
from rse.core.web.pagination import page_of

from .. import queries, rules
from ..decorators import of_a_journey
from ..forms import MessageForm
from ..services import buddies

ANY_FORM = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


@of_a_journey
@require_safe
@limited("buddies", per_minute=60)
def find(request, journey):
    """Render who may be asked, the people of the newcomer's site first."""
    if not rules.can_ask_buddy(request.user, journey):
        raise PermissionDenied
    people = queries.possible_buddies(request.user, journey)
    page = page_of(people, request, order=("elsewhere", "sorts_as", "pk"), size=ON_A_PAGE)
    standing = queries.standing_request(request.user, journey)
    return render(request, "onboarding/buddy_find.html", {"journey": journey, "page": page, "standing": standing})


@of_a_journey
@require_http_methods(ANY_FORM)
@limited("buddies", per_minute=60)
def ask(request, journey, handle):
    """Ask one colleague to be a buddy, with a word."""
    if not rules.can_ask_buddy(request.user, journey):
        raise PermissionDenied
    person = get_visible_or_404(Person, request.user, handle=handle)
    form = MessageForm(request.POST or None, about=journey.newcomer)
    if request.method == "POST" and form.is_valid():
        try:
            buddies.ask_buddy(actor=request.user, journey=journey, person=person, **form.cleaned_data)
        except buddies.HasABuddy:
            messages.info(request, _("This newcomer has a buddy already."))
        except buddies.NotABuddy:
            form.add_error(None, _("This person cannot be their buddy: they manage the newcomer, or are not here."))
        except buddies.WelcomesEnough:
            form.add_error(None, _("This person welcomes two newcomers already. Ask somebody else."))
        else:
            messages.success(request, _("%(name)s is asked, and has ten days to answer.") % {"name": person.name})
        if form.is_valid():
            return redirect(journey)
    return render(
        request, "onboarding/buddy_ask.html", {"journey": journey, "person": person, "form": form}, status=422 if form.is_bound else 200
    )


@of_a_journey
@require_POST
def withdraw(request, journey):
    """Withdraw the request to a buddy."""
    buddies.withdraw_request(actor=request.user, journey=journey)
    messages.success(request, _("Nobody is asked any more."))
    return redirect(journey)


@of_a_journey
@require_POST
def end(request, journey):
    """End the relation with a buddy; the buddy may do so too."""
    was_buddy = journey.buddy_id == request.user.pk
    buddies.end_buddy(actor=request.user, journey=journey)
    messages.success(request, _("It is ended: they may ask somebody else."))
    return redirect("journeys:followed" if was_buddy else journey.get_absolute_url())


@require_http_methods(ANY_FORM)
def answer(request, request_id):
    """Render who asks, for whom, with which words, and take a yes or a no, without a reason."""
    asked = queries.requests_of(request.user).filter(public_id=request_id).first()
    if asked is None:
        raise Http404
    said, is_post = request.POST.get("answer"), request.method == "POST"
    if said not in ("yes", "no"):
        context = {"asked": asked, "may_answer": rules.can_answer(request.user, asked), "says_neither": is_post}
        return render(request, "onboarding/buddy_answer.html", context, status=422 if is_post else 200)
    try:
        if said == "yes":
            journey = buddies.accept_request(person=request.user, request=asked)
            thanks = _("Thank you for %(name)s! Their journey is yours to follow from now on.")
            messages.success(request, thanks % {"name": journey.newcomer.name})
            return redirect(journey)
        buddies.decline_request(person=request.user, request=asked)
    except buddies.RequestOver:
        messages.info(request, _("This request is over: it was answered, taken back, or ran out."))
    except buddies.NotABuddy:
        messages.info(request, _("You stand above this person by now, and cannot be their buddy."))
    except buddies.WelcomesEnough:
        messages.info(request, _("You welcome two newcomers already: end one of them first, or say no."))
        return redirect(asked)
    else:
        messages.success(request, _("You said no. Who asked is told, without a reason."))
    return redirect("home")
