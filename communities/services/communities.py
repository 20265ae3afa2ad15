"""Communities: made, described, widened and narrowed, archived, deleted and brought back."""

from __future__ import annotations

import datetime
import secrets
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.text import slugify

from rse.core import clock
from rse.core.columns import beside_names
from rse.core.enums import Addressed, AudienceType, PersonState
from rse.core.events.bus import publish
from rse.core.models import AudienceMember
from rse.core.people.services import addresses, audiences
from rse.core.people.services.refusals import allow
from rse.core.versions import save_over
from rse.governance.charter import require_charter
from rse.notify import live

from .. import events, rules
from ..enums import CommunityKind, MemberRole
from ..models import Community, CommunityInvitation, CreationRequest, JoinRequest, SetAsideMembership
from ..queries import host_ids
from .validators import check_unlike, check_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from rse.core.models import Person

NOTICE = datetime.timedelta(days=7)
UNDO = datetime.timedelta(days=30)


class WaitsForHR(Exception):
    """What becomes secret waits for the yes of HR: ask for it."""


def locked(community: Community) -> Community:
    """Lock the community until the transaction ends and return it as it is now."""
    return Community.objects.select_for_update(of=("self",), no_key=True).select_related("audience").get(pk=community.pk)


@transaction.atomic
def create_community(
    *, owner: Person, name: str, purpose: str, kind: str, is_protected: bool = False, key: str = "", is_meant: bool = False
) -> Community:
    """Create an open or closed community with its first owner. One ``key`` makes one community, however often it is sent.

    Raises:
        PermissionDenied: the person is not here yet, or it would be secret without the yes of HR.
        CharterRequired: the charter has to be accepted first.
        ValidationError: the name or the purpose is missing or too long, or the name looks like another and is not said to be meant.

    """
    allow(rules.can_create(owner) and kind in (CommunityKind.OPEN, CommunityKind.CLOSED))
    require_charter(owner)
    name, purpose = check_words(name, purpose)
    made = Community.objects.filter(created_by=owner, submission=key).first() if key else None
    if made:
        return made
    if not is_meant:
        check_unlike(name, by=owner)
    try:
        with transaction.atomic():
            return found(name=name, purpose=purpose, kind=kind, owner=owner, is_protected=is_protected, key=key)
    except IntegrityError:
        if key and (made := Community.objects.filter(created_by=owner, submission=key).first()):
            return made
        raise


@transaction.atomic
def found(
    *,
    name: str,
    purpose: str,
    kind: str,
    owner: Person | None = None,
    is_protected: bool = False,
    audience_type: str = AudienceType.COMMUNITY,
    key: str = "",
) -> Community:
    """Create a community and its audience, whoever asked for it: the caller asked who may."""
    audience = audiences.open_audience(kind=audience_type, label=name, is_protected=is_protected, **_flags(kind, is_protected=is_protected))
    slug = _slug(name, is_hidden=_is_hidden(kind, is_protected=is_protected))
    community = Community.objects.create(
        audience=audience,
        slug=slug,
        name=name,
        purpose=purpose,
        kind=kind,
        created_by=owner,
        created_at=clock.now(),
        submission=key or None,
    )
    addresses.keep(kind=Addressed.COMMUNITY, addresses=[(community.pk, slug)])
    audiences.describe(audience.pk, address=community.get_absolute_url())
    if owner:
        audiences.admit(audience.pk, owner, role=MemberRole.OWNER)
    publish(events.CommunityCreated(actor_id=owner.pk if owner else None, subject=_subject(community), document=_subject(community)))
    return Community.objects.select_related("audience").get(pk=community.pk)


def found_cohort(*, name: str, purpose: str, host: Person | None = None) -> Community:
    """Create the community of a cohort: known to everyone, read by its members, with the named host as its owner.

    Raises:
        ValidationError: the name or the purpose is missing or too long.

    """
    name, purpose = check_words(name, purpose)
    return found(name=name, purpose=purpose, kind=CommunityKind.CLOSED, owner=host, audience_type=AudienceType.COHORT)


def _is_hidden(kind: str, *, is_protected: bool) -> bool:
    """Return whether nobody outside knows of it: what is secret, and what is protected unless everybody reads it."""
    return kind == CommunityKind.SECRET or (is_protected and kind != CommunityKind.OPEN)


def _flags(kind: str, *, is_protected: bool) -> dict[str, bool]:
    return {"is_open": kind == CommunityKind.OPEN, "is_secret": _is_hidden(kind, is_protected=is_protected)}


def _slug(name: str, *, is_hidden: bool) -> str:
    """Words of the name and a few letters of chance: that an address is taken tells nobody of a secret one."""
    chance = secrets.token_hex(10 if is_hidden else 4)
    words = _words(name, is_hidden=is_hidden)
    return f"{words}-{chance}" if words else chance


def _hide_creations(community: Community) -> None:
    """Take the requests that ``community`` came from out of the sight of HR: it is protected now.

    A request does not know what became of it: all that its founder was granted are meant.
    """
    granted = Q(community=None, asked_by=community.created_by_id, is_approved=True)
    CreationRequest.objects.filter(Q(community=community) | granted).update(is_protected=True)


def _words(name: str, *, is_hidden: bool) -> str:
    """The words of an address: none for what nobody outside knows, which no address may tell of."""
    return "" if is_hidden else slugify(name)[:60].strip("-")


def _follow_name(before: Community) -> None:
    """Give it another address if what its name and its kind say in one changed since ``before``; the former one leads there."""
    community = Community.objects.select_related("audience").get(pk=before.pk)
    is_hidden = community.audience.is_secret
    if _words(before.name, is_hidden=before.audience.is_secret) == _words(community.name, is_hidden=is_hidden):
        return
    addresses.claim(kind=Addressed.COMMUNITY, row_id=community.pk, address=community.slug)
    community.slug = _slug(community.name, is_hidden=is_hidden)
    addresses.keep(kind=Addressed.COMMUNITY, addresses=[(community.pk, community.slug)])
    Community.objects.filter(pk=community.pk).update(slug=community.slug)
    audiences.describe(community.audience_id, address=community.get_absolute_url())


def _subject(community: Community) -> tuple[str, int]:
    return ("community", community.pk)


@transaction.atomic
def edit_community(
    *,
    editor: Person,
    community: Community,
    name: str,
    purpose: str,
    version: int,
    is_protected: bool | None = None,
    is_meant: bool = False,
) -> Community:
    """Save the name and the purpose, if nobody saved since ``version``.

    What is protected once stays so: it was written under that promise.

    Raises:
        PermissionDenied: the editor is no host there, or protects without owning it.
        CharterRequired: the charter has to be accepted first.
        EditedMeanwhile: another version was saved; nothing was written.
        ValidationError: the name or the purpose is missing or too long, or the new name looks like another and is not said to be meant.

    """
    community = locked(community)
    allow(rules.can_edit(editor, community))
    require_charter(editor)
    name, purpose = check_words(name, purpose)
    if name != community.name and not is_meant:
        check_unlike(name, by=editor, but=community)
    protects = bool(is_protected) and not community.audience.is_protected
    allow(not protects or rules.can_protect(editor, community))
    values = beside_names(Community, name=name, purpose=purpose)
    save_over(Community.objects.filter(pk=community.pk), version, values, current=lambda: community)
    audiences.describe(community.audience_id, label=name)
    if protects:
        audiences.describe(community.audience_id, is_protected=True, **_flags(community.kind, is_protected=True))
        _hide_creations(community)
        if _is_hidden(community.kind, is_protected=True):
            _forget_outsiders(community)
    _follow_name(community)
    if protects:
        _recheck(community)
    else:
        _stale(community)
    publish(events.CommunityEdited(actor_id=editor.pk, subject=_subject(community), document=_subject(community)))
    return Community.objects.select_related("audience").get(pk=community.pk)


def _stale(community: Community) -> None:
    live.poke("community", community.public_id)


@transaction.atomic
def change_kind(*, actor: Person, community: Community, kind: str, is_meant: bool = False) -> Community:
    """Let fewer people in at once, or more in seven days, which the members are told now and may still be cancelled.

    Where everybody comes to know of it, its name must not look like another, unless ``is_meant`` says so.

    Raises:
        PermissionDenied: the actor does not own it, or it is of that kind already.
        WaitsForHR: it would become secret, which HR has to agree to.
        ValidationError: everybody would know of it by a name that looks like another and is not said to be meant.

    """
    community = locked(community)
    allow(rules.can_change_kind(actor, community, kind))
    if kind == CommunityKind.SECRET:
        raise WaitsForHR
    becomes_known = community.audience.is_secret and not _is_hidden(kind, is_protected=community.audience.is_protected)
    if becomes_known and not is_meant:
        check_unlike(community.name, by=actor, but=community)
    if rules.is_wider(kind, community.kind):
        Community.objects.filter(pk=community.pk).update(next_kind=kind, next_kind_at=clock.now() + NOTICE, version=F("version") + 1)
        _stale(community)
        publish(events.CommunityWideningAnnounced(actor_id=actor.pk, subject=_subject(community), recipient_ids=host_ids(community)))
    else:
        turn_into(community=community, kind=kind, actor_id=actor.pk)
    return Community.objects.select_related("audience").get(pk=community.pk)


@transaction.atomic
def turn_into(*, community: Community, kind: str, actor_id: int | None = None) -> None:
    """Change the kind of the community, and stop whoever may no longer read it from watching it; the caller asked who may."""
    Community.objects.filter(pk=community.pk).update(kind=kind, next_kind="", next_kind_at=None, version=F("version") + 1)
    flags = _flags(kind, is_protected=community.audience.is_protected)
    audiences.describe(community.audience_id, **flags)
    _follow_name(community)
    if kind != CommunityKind.CLOSED:
        JoinRequest.objects.filter(community=community, answered_at=None).delete()
    if flags["is_secret"]:
        _forget_outsiders(community)
    _recheck(community)
    publish(events.CommunityKindChanged(actor_id=actor_id, subject=_subject(community), document=_subject(community), kind=kind))


def _forget_outsiders(community: Community) -> None:
    """Erase the requests of those who are no members: who asked once knew it by name, and nothing of it stays with them."""
    JoinRequest.objects.filter(community=community).exclude(person__in=_member_ids(community)).delete()


def _member_ids(community: Community) -> QuerySet[Any]:
    return AudienceMember.objects.filter(audience=community.audience_id).values("person")


def _recheck(community: Community) -> None:
    live.recheck("community", community.public_id)
    live.recheck("audience", community.audience.public_id)
    _stale(community)


@transaction.atomic
def cancel_widening(*, actor: Person, community: Community) -> None:
    """Cancel the widening that was announced.

    Raises:
        PermissionDenied: the actor does not own it, or nothing was announced.

    """
    community = locked(community)
    allow(bool(community.next_kind) and rules.can_change_kind(actor, community, community.next_kind))
    Community.objects.filter(pk=community.pk).update(next_kind="", next_kind_at=None, version=F("version") + 1)
    _stale(community)
    publish(events.CommunityWideningCancelled(actor_id=actor.pk, subject=_subject(community)))


def open_announced() -> int:
    """Widen the communities whose seven days are over; return how many."""
    due = Community.objects.filter(next_kind_at__lte=clock.now(), deleted_at=None).order_by("next_kind_at", "pk")
    widened = 0
    for community in due:
        with transaction.atomic():
            row = locked(community)
            if row.next_kind_at and row.next_kind_at <= clock.now():
                turn_into(community=row, kind=row.next_kind)
                widened += 1
    return widened


@transaction.atomic
def archive(*, actor: Person, community: Community) -> None:
    """Archive the community: it is read as before, and nothing more is written there.

    Raises:
        PermissionDenied: the actor does not own it.

    """
    community = locked(community)
    allow(rules.can_archive(actor, community) and not community.is_archived)
    Community.objects.filter(pk=community.pk).update(is_archived=True, next_kind="", next_kind_at=None, version=F("version") + 1)
    audiences.describe(community.audience_id, is_frozen=True)
    JoinRequest.objects.filter(community=community, answered_at=None).delete()
    CommunityInvitation.objects.filter(community=community, used_at=None).delete()
    _stale(community)
    publish(events.CommunityArchived(actor_id=actor.pk, subject=_subject(community)))


@transaction.atomic
def reopen(*, actor: Person, community: Community) -> None:
    """Reopen an archived community: members write there again.

    Raises:
        PermissionDenied: the actor does not own it, or it is not archived.

    """
    community = locked(community)
    allow(rules.can_archive(actor, community) and community.is_archived)
    Community.objects.filter(pk=community.pk).update(is_archived=False, version=F("version") + 1)
    audiences.describe(community.audience_id, is_frozen=False)
    _stale(community)
    publish(events.CommunityReopened(actor_id=actor.pk, subject=_subject(community)))


@transaction.atomic
def delete_community(*, actor: Person, community: Community) -> None:
    """Close the community to everybody in this very transaction; whoever deleted it may restore it for thirty days.

    Raises:
        PermissionDenied: the actor does not own it.

    """
    community = locked(community)
    allow(rules.can_delete(actor, community))
    members = AudienceMember.objects.filter(audience=community.audience_id).order_by("pk")
    SetAsideMembership.objects.bulk_create(
        [SetAsideMembership(community=community, person_id=one.person_id, role=one.role, joined_at=one.joined_at) for one in members],
        batch_size=1000,
    )
    for rows in (JoinRequest, CommunityInvitation, CreationRequest):
        rows.objects.filter(community=community).delete()
    audiences.close_to_all(community.audience_id)
    Community.objects.filter(pk=community.pk).update(
        deleted_at=clock.now(), deleted_by=actor, next_kind="", next_kind_at=None, version=F("version") + 1
    )
    _recheck(community)
    live.end_people([one.person_id for one in members])
    publish(events.CommunityDeleted(actor_id=actor.pk, subject=_subject(community), document=_subject(community)))


@transaction.atomic
def restore_community(*, actor: Person, community: Community) -> None:
    """Restore the community as it was, with those of its members who still work here.

    Raises:
        PermissionDenied: the actor did not delete it, or thirty days are over.

    """
    community = locked(community)
    allow(rules.can_restore(actor, community) and bool(community.deleted_at and community.deleted_at + UNDO > clock.now()))
    aside = SetAsideMembership.objects.filter(community=community).exclude(person__state=PersonState.LEFT).order_by("pk")
    audiences.put_back(
        community.audience_id,
        [
            AudienceMember(audience_id=community.audience_id, person_id=one.person_id, role=one.role, joined_at=one.joined_at)
            for one in aside
        ],
    )
    SetAsideMembership.objects.filter(community=community).delete()
    audiences.describe(
        community.audience_id, is_frozen=community.is_archived, **_flags(community.kind, is_protected=community.audience.is_protected)
    )
    Community.objects.filter(pk=community.pk).update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    _stale(community)
    publish(events.CommunityRestored(actor_id=actor.pk, subject=_subject(community), document=_subject(community)))
