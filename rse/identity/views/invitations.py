"""Inviting people, and the page behind the link that they get."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core import clock
from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.limits import count_from
from rse.core.web.listing import chosen_of, listing_of
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.responses import is_swap

from .. import mail, rules
from ..forms import InvitationsForm, WelcomeForm
from ..queries import address_for, login_of, people_to_invite, runs_for
from ..services.invitations import (
    InvitationOver,
    NoAddress,
    NotYet,
    hand_over,
    invite,
    invite_people,
    last_minute,
    lives_until,
    open_invitation,
    redeem,
    withdraw_invitations,
)
from ..services.recovery import may_use_codes
from .answers import too_early
from .cards import print_chosen
from .runs import words_of

ON_A_PAGE = 15
RUNS_SHOWN = 5
NOWHERE = gettext_lazy(
    "Nothing was sent: links would lead to the machine of whoever reads the mail. Set SITE_URL to the address by which people reach this "
    "site, then start it again."
)
ACTIONS = [
    {"value": "invite", "label": gettext_lazy("Send the invitation"), "icon": "mail-plus"},
    {"value": "cards", "label": gettext_lazy("Print sign-in cards"), "icon": "printer"},
    {"value": "withdraw", "label": gettext_lazy("Take the link back"), "icon": "x"},
]


@require_safe
@needs_step_up()
def invitation_list(request):
    """Render those who never came in, and what became of their invitation."""
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    form = InvitationsForm(request.GET)
    listing = listing_of(request, people_to_invite(request.user, **form.asked()), form=form, size=ON_A_PAGE)
    lines = [_line(person) for person in listing.rows]
    may_print = rules.can_print_cards(request.user)
    actions = [one for one in ACTIONS if may_print or one["value"] != "cards"]
    context = {"listing": listing, "lines": lines, "actions": actions}
    if is_swap(request):
        return render(request, "identity/_invitations.html", context)
    runs = [{"run": run, "words": words_of(run)} for run in runs_for(request.user)[:RUNS_SHOWN]]
    return render(request, "identity/invitation_list.html", context | {"runs": runs, "leads_nowhere": mail.leads_nowhere()})


def _line(person):
    is_open, has_address = rules.is_open_to(person), bool(address_for(person)[0])
    if not is_open:
        state = "early" if person.hired_on else "unknown"
    elif person.invited_until and person.invited_until > clock.now():
        state = "sent"
    elif person.invited_at:
        state = "over"
    else:
        state = "never" if has_address else "nowhere"
    return {"person": person, "state": state, "opens_on": rules.opens_on(person), "is_open": is_open, "may_mail": is_open and has_address}


@never_cache
@require_POST
@needs_step_up()
def act_on_chosen(request):
    """Send invitations to those who were chosen in the list, take theirs back, or print cards; and come back to the list as narrowed."""
    if not rules.can_see_invitations(request.user):
        raise PermissionDenied
    chosen = chosen_of(request, people_to_invite(request.user), field="handle", most=ON_A_PAGE)
    ids = list(chosen.order_by("sorts_as", "pk").values_list("pk", flat=True))
    if not ids:
        messages.info(request, _("Nobody was chosen: tick those it is about first."))
    elif request.POST.get("do") == "withdraw":
        number = withdraw_invitations(actor=request.user, person_ids=ids)
        said = ngettext("%(count)d link works no longer.", "%(count)d links work no longer.", number)
        messages.success(request, said % {"count": number})
    elif request.POST.get("do") == "cards" and "only" not in request.POST:
        if page := print_chosen(request, ids):
            return page
        messages.info(request, _("None of them is given a card by one person: all have an account, a role, no number, or come later."))
    elif request.POST.get("only"):
        _invite(request, chosen.get(pk=ids[0]))
    elif request.POST.get("do") == "invite":
        _invite_many(request, ids)
    else:
        messages.info(request, _("Nothing was done: say what with those who were chosen."))
    query = request.GET.urlencode()
    return redirect(reverse("identity:invitations") + (f"?{query}" if query else ""))


def _invite_many(request, ids):
    try:
        number = invite_people(person_ids=ids, actor=request.user)
    except mail.NoPublicAddress:
        messages.error(request, NOWHERE)
        return
    said = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", number)
    messages.success(request, said % {"count": number})
    if left_out := len(ids) - number:
        said = ngettext(
            "%(count)d person was left out: without an e-mail, too early, or written to within the hour.",
            "%(count)d people were left out: without an e-mail, too early, or written to within the hour.",
            left_out,
        )
        messages.info(request, said % {"count": left_out})


@require_POST
@needs_step_up()
def invite_person(request, handle):
    """Invite one person by mail, and come back to their profile."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    _invite(request, person)
    return redirect(person)


def _invite(request, person):
    """Invite ``person`` and say what became of it; the fourth mail within an hour is refused with 429."""
    try:
        invite(actor=request.user, person=person)
    except NotYet as early:
        messages.warning(request, too_early(person, early))
    except mail.NoPublicAddress:
        messages.error(request, NOWHERE)
    except NoAddress:
        messages.warning(request, _("There is no e-mail of this person in the file. Hand over a link instead."))
    else:
        messages.success(request, _("An invitation to %(name)s is on its way.") % {"name": person.name})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def link_over(request, handle):
    """Generate a link to give to somebody by hand; it is shown in this one answer."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not rules.can_hand_over(request.user, person):
        raise PermissionDenied
    context = {"subject": person, "until": None, "link": "", "login": login_of(person), "refusal": ""}
    if request.method == "POST":
        try:
            token = hand_over(actor=request.user, person=person)
        except NotYet as early:
            return render(request, "identity/hand_over.html", context | {"refusal": too_early(person, early)}, status=409)
        context["until"] = last_minute(person, lives_until(person))
        context["link"] = mail.absolute(reverse("identity:welcome", args=[token]))
    return render(request, "identity/hand_over.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request, token):
    """Set the first password and come in; a link that does not work, or no longer, gives one and the same page."""
    count_from("welcome", request)
    invitation = open_invitation(token)
    if invitation is None:
        return render(request, "identity/welcome_over.html", status=404)
    person = invitation.person
    form = WelcomeForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        try:
            person = redeem(token=token, password=form.cleaned_data["password1"])
        except InvitationOver:
            return render(request, "identity/welcome_over.html", status=404)
        if request.user.is_authenticated:
            logout(request)
        record_authentication(request, person, method="invitation")
        way_back = reverse("identity:way_back") if may_use_codes(person) else None
        return perform_login(request, Login(user=person, redirect_url=way_back))
    return render(
        request, "identity/welcome.html", {"form": form, "subject": person, "login": login_of(person)}, status=422 if form.is_bound else 200
    )
