"""Secret communities wait for HR, who learn what they are for and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.people.services.refusals import allow
from rse.governance.charter import require_charter

from .. import events, rules
from ..enums import CommunityKind
from ..models import CreationRequest
from ..queries import who_decides
from .communities import found, locked, turn_into
from .invitations import AlreadyAnswered, AlreadyAsked
from .validators import check_unlike, check_words

if TYPE_CHECKING:
    from rse.core.models import Person

    from ..models import Community


@transaction.atomic
def create_secret(*, owner: Person, name: str, purpose: str, is_protected: bool = False, is_meant: bool = False) -> CreationRequest:
    """Ask HR for a secret community, which is made when they approve.

    Raises:
        PermissionDenied: the person is not here yet.
        CharterRequired: the charter has to be accepted first.
        ValidationError: the name or the purpose is missing or too long, or the name looks like another and is not said to be meant.
        AlreadyAsked: another request of theirs waits.

    """
    allow(rules.can_create(owner))
    require_charter(owner)
    name, purpose = check_words(name, purpose)
    if not is_meant:
        check_unlike(name, by=owner)
    return _ask(owner, name=name, purpose=purpose, is_protected=is_protected)


@transaction.atomic
def ask_to_hide(*, owner: Person, community: Community) -> CreationRequest:
    """Ask HR that an open or closed community become secret.

    Raises:
        PermissionDenied: it is not theirs, or it is secret.
        AlreadyAsked: a request of theirs waits.

    """
    community = locked(community)
    allow(rules.can_change_kind(owner, community, CommunityKind.SECRET))
    return _ask(owner, name=community.name, purpose=community.purpose, community=community, is_protected=community.audience.is_protected)


def _ask(owner: Person, **values: Any) -> CreationRequest:
    try:
        with transaction.atomic():
            request = CreationRequest.objects.create(asked_by=owner, asked_at=clock.now(), **values)
    except IntegrityError as error:
        raise AlreadyAsked from error
    publish(events.CreationRequested(actor_id=owner.pk, subject=("community_creation", request.pk), recipient_ids=who_decides(request)))
    return request


@transaction.atomic
def answer_creation(*, decider: Person, request: CreationRequest, is_approved: bool) -> Community | None:
    """Approve, and the community is there, or is secret from now on; or refuse. Whoever asked is told either way.

    Raises:
        PermissionDenied: not HR over their unit, or one's own request; or whoever asked no longer owns it.
        AlreadyAnswered: it was, or it was taken back.

    """
    asked = CreationRequest.objects.select_related("asked_by", "community__audience").filter(pk=request.pk).first()
    if asked is None or not asked.is_open:
        raise AlreadyAnswered
    allow(rules.can_decide_creation(decider, asked))
    waiting = CreationRequest.objects.filter(pk=asked.pk, answered_at=None)
    if not waiting.update(answered_at=clock.now(), answered_by=decider, is_approved=is_approved):
        raise AlreadyAnswered
    community = _carry_out(asked) if is_approved else None
    publish(events.CreationAnswered(actor_id=decider.pk, subject=("community_creation", asked.pk), recipient_ids=(asked.asked_by_id,)))
    return community


def _carry_out(request: CreationRequest) -> Community:
    owner = request.asked_by
    if request.community_id is None:
        allow(rules.can_create(owner))
        return found(name=request.name, purpose=request.purpose, kind=CommunityKind.SECRET, owner=owner, is_protected=request.is_protected)
    community = locked(request.community)
    allow(rules.can_change_kind(owner, community, CommunityKind.SECRET))
    turn_into(community=community, kind=CommunityKind.SECRET, actor_id=owner.pk)
    community.refresh_from_db()
    return community


@transaction.atomic
def withdraw_creation(*, person: Person, request: CreationRequest) -> None:
    """Withdraw one's own request.

    Raises:
        PermissionDenied: it is not theirs, or it was answered.

    """
    allow(rules.can_withdraw_creation(person, request))
    CreationRequest.objects.filter(pk=request.pk, answered_at=None).delete()
