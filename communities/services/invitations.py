"""Two doors: people ask, and hosts answer; hosts invite, and people come in, once."""

from __future__ import annotations

import datetime
import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.characters import clean_text
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.people.services.refusals import allow
from rse.notify import live

from .. import events, rules
from ..enums import LONGEST_REQUEST
from ..models import CommunityInvitation, JoinRequest
from ..queries import hash_of, host_ids
from .communities import locked
from .membership import AlreadyMember, let_in

if TYPE_CHECKING:
    from ..models import Community

LIVES = datetime.timedelta(days=14)
ASKED_AGAIN_AFTER = datetime.timedelta(days=30)


class AlreadyAsked(Exception):
    """Their request waits already, or was refused less than thirty days ago."""


class AlreadyAnswered(Exception):
    """Another host was faster, or the request was taken back."""


class InvitationOver(Exception):
    """It was used, taken back, has expired, or is somebody else's."""


@transaction.atomic
def ask_to_join(*, person: Person, community: Community, words: str = "") -> JoinRequest:
    """Ask the hosts of a closed community to let ``person`` in.

    Raises:
        AlreadyMember: they are a member.
        PermissionDenied: there is nothing to ask for there.
        AlreadyAsked: a request waits, or was refused lately.

    """
    community = locked(community)
    if rules.role_of(person, community):
        raise AlreadyMember
    allow(rules.can_ask_to_join(person, community))
    since = clock.now() - ASKED_AGAIN_AFTER
    if JoinRequest.objects.filter(community=community, person=person, is_accepted=False, answered_at__gt=since).exists():
        raise AlreadyAsked
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                community=community,
                audience_id=community.audience_id,
                person=person,
                words=clean_text(words).strip()[:LONGEST_REQUEST],
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    live.poke("community", community.public_id)
    publish(events.JoinRequested(actor_id=person.pk, subject=("join_request", request.pk), recipient_ids=host_ids(community)))
    return request


@transaction.atomic
def answer_request(*, host: Person, request: JoinRequest, is_accepted: bool) -> None:
    """Accept or decline a request to join; whoever asked is told either way.

    Raises:
        PermissionDenied: not a host there, or whoever asked is no longer here.
        AlreadyAnswered: it was, or it was taken back.

    """
    community = locked(request.community)
    allow(rules.can_answer_requests(host, community))
    waiting = JoinRequest.objects.filter(pk=request.pk, answered_at=None)
    if not waiting.update(answered_at=clock.now(), answered_by=host, is_accepted=is_accepted):
        raise AlreadyAnswered
    person = Person.objects.get(pk=request.person_id)
    if is_accepted:
        allow(person.is_present and not community.is_archived)
        let_in(community=community, person=person)
    else:
        live.poke("community", community.public_id)
    publish(events.JoinAnswered(actor_id=host.pk, subject=("join_request", request.pk), recipient_ids=(person.pk,)))


@transaction.atomic
def withdraw_request(*, person: Person, community: Community) -> None:
    """Withdraw one's own request, if it still waits."""
    if JoinRequest.objects.filter(community=community, person=person, answered_at=None).delete()[0]:
        live.poke("community", community.public_id)


@transaction.atomic
def invite(*, host: Person, community: Community, person: Person) -> tuple[CommunityInvitation, str]:
    """Create an invitation for ``person`` alone and return it with its token, which is kept nowhere; an earlier one no longer works.

    Raises:
        PermissionDenied: the host may not, or may not know the person.
        AlreadyMember: they are a member.

    """
    community = locked(community)
    allow(rules.can_invite(host, community) and Person.objects.visible_to(host).filter(pk=person.pk).exists() and person.may_sign_in)
    if rules.role_of(person, community):
        raise AlreadyMember
    CommunityInvitation.objects.filter(community=community, person=person, used_at=None).delete()
    token, now = secrets.token_urlsafe(32), clock.now()
    invitation = CommunityInvitation.objects.create(
        community=community,
        audience_id=community.audience_id,
        person=person,
        invited_by=host,
        token_hash=hash_of(token),
        created_at=now,
        expires_at=now + LIVES,
    )
    publish(events.MemberInvited(actor_id=host.pk, subject=("community_invitation", invitation.pk), recipient_ids=(person.pk,)))
    return invitation, token


@transaction.atomic
def accept_invitation(*, person: Person, invitation: CommunityInvitation) -> None:
    """Admit ``person`` by their invitation; of any number of attempts, one succeeds.

    Raises:
        InvitationOver: it does not work, or no longer, or is not theirs.

    """
    community = locked(invitation.community)
    mine = CommunityInvitation.objects.open().filter(pk=invitation.pk, person=person.pk).select_related("invited_by").first()
    if mine is None or not person.may_sign_in or not rules.can_invite(mine.invited_by, community):
        raise InvitationOver
    if not CommunityInvitation.objects.open().filter(pk=mine.pk, person=person.pk).update(used_at=clock.now()):
        raise InvitationOver
    try:
        let_in(community=community, person=person)
    except AlreadyMember as error:
        raise InvitationOver from error
    publish(events.InvitationAccepted(actor_id=person.pk, subject=("community", community.pk), recipient_ids=(mine.invited_by_id,)))


@transaction.atomic
def decline_invitation(*, person: Person, invitation: CommunityInvitation) -> None:
    """Delete the invitation, and tell nobody."""
    CommunityInvitation.objects.filter(pk=invitation.pk, person=person.pk, used_at=None).delete()


@transaction.atomic
def withdraw_invitation(*, host: Person, invitation: CommunityInvitation) -> None:
    """Delete the invitation as a host: it no longer works.

    Raises:
        PermissionDenied: not a host there.

    """
    community = locked(invitation.community)
    if not rules.can_answer_requests(host, community):
        raise PermissionDenied
    CommunityInvitation.objects.filter(pk=invitation.pk, used_at=None).delete()
