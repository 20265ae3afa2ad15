"""How people come in, and how they go."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.web.limits import count, limited
from rse.core.web.views.responses import is_swap, swapped

from .. import queries, rules, services
from ..forms import AskForm, PersonForm, SuccessorForm
from ..visible_fields import cards_for, fields_for
from .doorstep import card_page, community_or_404, for_readers, head_of


@require_POST
@limited("joins", per_minute=20, per_day=30)
def community_join(request, slug):
    """Join an open community; done twice, it is done once."""
    community = community_or_404(request, slug)
    with suppress(services.AlreadyMember):
        services.join(person=request.user, community=community)
    return _door_closed(request, slug, said=_("You are a member now."))


def _door_closed(request, slug, *, said):
    """After a door: the line of the list that it stood on, which says ``said``, or the page of the community."""
    if is_swap(request):
        card = cards_for(request.user, [community_or_404(request, slug)])[0]
        answer = render(request, "communities/_community.html", {"card": card | {"new": 0}})
        return swapped(answer, said=said, focus=f"community-{card['community'].public_id}")
    return redirect("communities:detail", slug=slug)


@require_POST
@limited("joins", per_minute=20, per_day=30)
def community_ask(request, slug):
    """Ask the hosts to be let in."""
    community = community_or_404(request, slug)
    form = AskForm(request.POST)
    if not form.is_valid():
        return card_page(request, community, form)
    said = _("Your request waits for an answer.")
    try:
        services.ask_to_join(person=request.user, community=community, words=form.cleaned_data["words"])
    except services.AlreadyMember:
        said = _("You are a member now.")
    except services.AlreadyAsked:
        said = _("You have asked already.")
        messages.info(request, said)
    return _door_closed(request, slug, said=said)


@require_POST
def request_withdraw(request, slug):
    """Withdraw one's own request."""
    services.withdraw_request(person=request.user, community=community_or_404(request, slug))
    return _door_closed(request, slug, said=_("Your request is taken back."))


@require_http_methods(["GET", "HEAD", "POST"])
def community_leave(request, slug):
    """Leave the community; the last owner names who owns it next."""
    community = community_or_404(request, slug)
    if not rules.can_leave(request.user, community, community.my_role):
        raise PermissionDenied
    form, successor, is_last, is_alone = None, None, *queries.is_last_owner(request.user, community)
    if is_last:
        form = SuccessorForm(request.POST or None, reader=request.user, community=community)
        successor = form.cleaned_data["person"] if form.is_valid() else None
    if request.method == "POST" and (successor or not is_last):
        try:
            services.leave(person=request.user, community=community, successor=successor)
        except services.NotAMember:
            form.add_error("person", _("This person is no member here. Invite them first, or name somebody else."))
        except services.LastOwner:
            return redirect("communities:leave", slug=slug)
        else:
            messages.success(request, _("You are no member of “%(name)s” any more.") % {"name": community.name})
            return redirect("communities:list")
    context = {"community": community, "form": form, "is_alone": is_alone}
    return render(request, "communities/community_leave.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@for_readers
def community_waiting(request, community):
    """Render, for the hosts, who asks, who is invited, and the form that invites."""
    if not rules.can_answer_requests(request.user, community, community.my_role):
        raise PermissionDenied
    return _waiting_page(request, community)


def _waiting_page(request, community, form=None, link=None, status=200):
    context = head_of(request, community, "waiting") | {
        "requests": queries.waiting_for(request.user, community),
        "invitations": queries.invitations_into(request.user, community),
        "form": form or PersonForm(reader=request.user, community=community),
        "link": link,
    }
    return render(request, "communities/community_waiting.html", context, status=status)


@require_POST
def request_answer(request, slug, public_id):
    """Accept or decline a request to join."""
    community = community_or_404(request, slug)
    if not rules.can_answer_requests(request.user, community, community.my_role):
        raise PermissionDenied
    asked = queries.requests_to(request.user, community).filter(public_id=public_id).first()
    is_accepted = request.POST.get("answer") == "accept"
    try:
        if asked is None:
            raise services.AlreadyAnswered
        services.answer_request(host=request.user, request=asked, is_accepted=is_accepted)
    except services.AlreadyAnswered:
        messages.info(request, _("This request was answered by somebody else, or taken back."))
    except services.AlreadyMember:
        messages.info(request, _("%(name)s is a member already.") % {"name": asked.person.name})
    else:
        said = _("%(name)s is a member now.") if is_accepted else _("%(name)s is told that the answer is no.")
        messages.success(request, said % {"name": asked.person.name})
    return redirect("communities:waiting", slug=slug)


@require_POST
@for_readers
def community_invite(request, community):
    """Invite one person; the link is shown once."""
    if not rules.can_invite(request.user, community, community.my_role):
        raise PermissionDenied
    count("community_invitations", request.user.pk, per_minute=20)
    form = PersonForm(request.POST, reader=request.user, community=community)
    if not form.is_valid():
        return _waiting_page(request, community, form, status=422)
    person = form.cleaned_data["person"]
    try:
        invitation, token = services.invite(host=request.user, community=community, person=person)
    except services.AlreadyMember:
        form.add_error("person", _("%(name)s is a member already.") % {"name": person.name})
        return _waiting_page(request, community, form, status=422)
    address = request.build_absolute_uri(reverse("communities:invitation_link", args=[token]))
    return _waiting_page(request, community, link={"address": address, "person": person, "until": invitation.expires_at})


@require_POST
def invitation_withdraw(request, public_id):
    """Withdraw an invitation."""
    invitation = get_object_or_404(queries.open_invitations(request.user), public_id=public_id)
    services.withdraw_invitation(host=request.user, invitation=invitation)
    return redirect("communities:waiting", slug=invitation.community.slug)


@require_safe
def invitation_list(request):
    """Render one's own invitations that still work."""
    return render(request, "communities/invitation_list.html", {"invitations": queries.invitations_for(request.user)})


def _mine_or_404(request, public_id):
    return get_object_or_404(queries.invitations_for(request.user), public_id=public_id)


@require_safe
@limited("invitation_links", per_minute=20)
def invitation_link(request, token):
    """Redirect to the page of one's invitation; a link that is another's, used or wrong answers 404."""
    invitation = queries.invitation_of_token(request.user, token)
    if invitation is None:
        raise Http404
    return redirect("communities:invitation", public_id=invitation.public_id)


@require_safe
def invitation_detail(request, public_id):
    """Render who invites, into what."""
    invitation = _mine_or_404(request, public_id)
    fields = fields_for(request.user, invitation.community, is_read=False, is_invited=True)
    return render(request, "communities/invitation_detail.html", {"invitation": invitation, "fields": fields})


@require_POST
def invitation_accept(request, public_id):
    """Accept the invitation and come in."""
    invitation = _mine_or_404(request, public_id)
    try:
        services.accept_invitation(person=request.user, invitation=invitation)
    except services.InvitationOver as over:
        raise Http404 from over
    return redirect("communities:detail", slug=invitation.community.slug)


@require_POST
def invitation_decline(request, public_id):
    """Decline the invitation, without a word to anybody."""
    services.decline_invitation(person=request.user, invitation=_mine_or_404(request, public_id))
    return redirect("communities:list")
