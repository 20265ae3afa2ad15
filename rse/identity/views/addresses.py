"""Other addresses that wait: what their owner sees, what the old address is shown, and what HR and administrators say."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rse.core.access.readers import get_visible_or_404
from rse.core.elision import of
from rse.core.web.limits import count_from
from rse.core.web.pagination import page_of
from rse.core.web.stepup import needs_step_up

from .. import rules, shared_terminals
from ..enums import AddressKind, ChangeState
from ..forms import OwnAddressForm, VouchForm
from ..models import AddressChange, AddressMove
from ..queries import accounts_to_open, changes_of_others, changes_to_look_at, login_of
from ..services import address_writing, domains
from ..services import addresses as services
from ..services.own_addresses import AskedLately, OtherDomain, SameAddress, ask_own, change_of_new, confirm_from_new_address

MOST_SHOWN = 50


@require_http_methods(["GET", "HEAD"])
@needs_step_up()
def waiting(request):
    """Render what waits for a decision: moves to another domain, addresses one by one, accounts that are shut."""
    if not rules.can_see_waiting(request.user):
        raise PermissionDenied
    one_by_one = changes_to_look_at(request.user).filter(Q(move=None) | Q(move__second_at__isnull=False))
    page = page_of(one_by_one, request, order=("asked_at", "pk"), size=MOST_SHOWN)
    moves = AddressMove.objects.visible_to(request.user).filter(second_at=None, refused_at=None).order_by("asked_at", "pk")
    accounts = accounts_to_open(request.user).by_name()[:MOST_SHOWN] if rules.can_see_invitations(request.user) else []
    context = {
        "page": page,
        "moves": list(moves.select_related("first_by")[:MOST_SHOWN]),
        "accounts": list(accounts),
        "may_open_accounts": rules.can_see_invitations(request.user),
    }
    return render(request, "identity/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def address_change(request, public_id):
    """Render and answer one address that waits: vouch for it, agree as head of HR, or refuse."""
    if not rules.can_see_waiting(request.user):
        raise PermissionDenied
    if AddressChange.objects.visible_to(request.user).filter(person=request.user, public_id=public_id).exists():
        raise PermissionDenied
    change = get_object_or_404(changes_of_others(request.user), public_id=public_id)
    form = VouchForm(request.POST if request.POST.get("do") == "vouch" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if request.method == "POST":
        try:
            done = _say(request, change, form)
        except (services.ChangeOver, services.SaidAlready, address_writing.AddressTaken) as error:
            refusal, status = _why(error), 409
        else:
            if done:
                return redirect("identity:waiting")
    change.refresh_from_db()
    yeses = list(change.yeses.select_related("person").order_by("at", "pk"))
    has_said = any(yes.person_id == request.user.pk for yes in yeses)
    context = {
        "change": change,
        "subject": change.person,
        "kind": AddressKind(change.kind).label,
        "yeses": [{"name": yes.person.name, "voice": yes.get_voice_display(), "at": yes.at} for yes in yeses],
        "missing": services.what_is_missing(change),
        "is_taken": bool(address_writing.taken_among([change])),
        "is_waiting": change.state == ChangeState.WAITING,
        "may_vouch": not has_said and rules.can_vouch(request.user, change.person),
        "may_agree": not has_said and rules.can_agree_as_head(request.user, change.person, change),
        "may_refuse": rules.can_stop_change(request.user, change.person),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "identity/address_change.html", context, status=status)


def _say(request, change, form):
    """Do what the button said; whether there is nothing more to say here."""
    do, actor = request.POST.get("do"), request.user
    if do == "refuse":
        services.refuse(actor=actor, change=change)
        messages.success(request, _("The old address %(of_name)s goes on.") % {"of_name": of(change.person.name)})
        return True
    if do == "head":
        made = services.agree_as_head(actor=actor, change=change)
    elif form.is_valid():
        made = services.vouch(actor=actor, change=change, reason=form.cleaned_data["reason"])
    else:
        return False
    said = (
        _("%(name)s signs in by the new address from now on.")
        if made
        else _("Your yes for %(name)s is written down. Others must say theirs.")
    )
    messages.success(request, said % {"name": change.person.name})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def address_move(request, public_id):
    """Render and answer the move of a company to another domain: two people agree once, for everybody."""
    move = get_visible_or_404(AddressMove, request.user, public_id=public_id)
    if not rules.can_move_domain(request.user):
        raise PermissionDenied
    refusal, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "refuse":
                domains.refuse_move(actor=request.user, move=move)
                messages.success(request, _("Every address stays what it is."))
            elif domains.agree_to_move(actor=request.user, move=move):
                messages.success(request, _("The new addresses are in use. Who holds a role may still wait for the head of HR."))
            else:
                messages.success(request, _("Your yes is written down. A second person must say theirs."))
        except (services.ChangeOver, services.SaidAlready) as error:
            refusal, status = _why(error), 409
        else:
            return redirect("identity:waiting")
    changes = changes_to_look_at(request.user).filter(move=move)
    page = page_of(changes, request, order=("asked_at", "pk"), size=MOST_SHOWN)
    context = {"move": move, "page": page, "people": changes.count(), "has_said": move.first_by_id == request.user.pk, "refusal": refusal}
    return render(request, "identity/address_move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required(app="allauth.account")
def ask_address(request):
    """Ask for another address of one's own, after one's password or code: the mailbox of today and the new one say yes."""
    if not rules.can_ask_address(request.user):
        raise PermissionDenied
    form = OwnAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_own(person=request.user, **form.cleaned_data)
        except SameAddress:
            form.add_error("address", _("This is your address already."))
        except OtherDomain:
            form.add_error("address", _("A work e-mail stays in its domain. HR writes another one in its file."))
        except AskedLately:
            form.add_error("address", _("Another address waits already, or this one was refused within thirty days. HR can help."))
        else:
            both = _("We wrote to the address that you sign in with and to the new one. Nothing changes before both have said yes.")
            new = _("We wrote to the new address. Nothing changes before you followed the link in that mail.")
            messages.success(request, new if rules.lacks_address(request.user) else both)
            shared_terminals.drop_proofs(request)
            return redirect("identity:security")
    context = {"form": form, "login": login_of(request.user), "has_mailbox": not rules.lacks_address(request.user)}
    return render(request, "identity/ask_address.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required(app="allauth.account")
def my_address(request, public_id):
    """Render and answer one's own new address."""
    change = AddressChange.objects.visible_to(request.user).filter(public_id=public_id, person=request.user).first()
    if change is None:
        raise Http404
    refusal, status = "", 200
    if request.method == "POST":
        try:
            _answer(request, change)
        except (services.ChangeOver, services.SaidAlready) as error:
            refusal, status = _why(error), 409
        else:
            shared_terminals.drop_proofs(request)
            return redirect("identity:security")
    context = {"change": change, "kind": AddressKind(change.kind).label, "login": login_of(request.user), "refusal": refusal}
    context["is_waiting"] = change.state == ChangeState.WAITING
    context["may_confirm"] = rules.can_confirm(request.user, change)
    return render(request, "identity/my_address.html", context, status=status)


def _answer(request, change):
    if request.POST.get("do") == "refuse":
        services.refuse(actor=request.user, change=change)
        messages.success(request, _("You said no: your old address goes on."))
    elif services.confirm(person=request.user, change=change, session=request.session):
        said = _("Your yes is written down. Unless HR must look at it first, you sign in by the new address from now on, and only here.")
        messages.success(request, said)
    else:
        messages.success(request, _("Your yes is written down. As you hold a role, the head of HR says theirs next."))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def old_address(request, token):
    """Answer by the link mailed to the old address; links that do not work give one and the same page."""
    count_from("old-address", request)
    change = services.change_of(token)
    if change is None:
        return render(request, "identity/old_address_over.html", status=404)
    answer, refusal = "", ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "refuse":
                services.refuse_from_old_address(token=token)
                answer = "refused"
            else:
                answer = "made" if services.confirm_from_old_address(token=token) else "said"
        except services.ChangeOver:
            return render(request, "identity/old_address_over.html", status=404)
        except services.SaidAlready as error:
            refusal = _why(error)
    context = {"change": change, "kind": AddressKind(change.kind).label, "answer": answer, "refusal": refusal}
    return render(request, "identity/old_address.html", context, status=409 if refusal else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request, token):
    """Confirm by the link mailed to a new address; it signs nobody in, and links that do not work give one and the same page."""
    count_from("new-address", request)
    change = change_of_new(token)
    if change is None:
        return render(request, "identity/old_address_over.html", status=404)
    answer = ""
    if request.method == "POST":
        try:
            answer = "made" if confirm_from_new_address(token=token) else "said"
        except services.ChangeOver:
            return render(request, "identity/old_address_over.html", status=404)
    context = {"change": change, "kind": AddressKind(change.kind).label, "answer": answer}
    return render(request, "identity/new_address.html", context)


def _why(error):
    if isinstance(error, address_writing.AddressTaken):
        return _("Somebody else has this address, so nothing changed. HR looks at it with both of you.")
    if isinstance(error, services.SaidAlready):
        return _("A yes from this person is written down already: somebody else must say the next one.")
    return _("This change no longer waits: it was made, refused or replaced meanwhile.")
