"""Members: they come, leave, are taken out, and change what they are. Every end takes its rights along in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from rse.core.enums import HOSTING, AudienceType, PersonState, Role
from rse.core.events.bus import publish
from rse.core.models import AudienceMember, Person
from rse.core.people.services import audiences
from rse.core.people.services.refusals import allow
from rse.core.people.services.roles import holders_ids
from rse.notify import live

from .. import events, rules
from ..enums import RANKS, MemberRole
from ..models import Community, CommunityInvitation, CreationRequest, JoinRequest, SetAsideMembership
from .communities import locked

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST_ASKED = 20  # members, those who are there longest, who hear that nobody owns it any more


class AlreadyMember(PermissionDenied):
    """They are a member: nothing was done."""


class LastOwner(Exception):
    """Somebody else must own it first; ``is_alone`` when there is nobody else."""

    def __init__(self, *, is_alone: bool):
        self.is_alone = is_alone
        super().__init__("last owner")


class NotAMember(Exception):
    """The person named is no member there."""


@transaction.atomic
def join(*, person: Person, community: Community) -> None:
    """Add ``person`` to an open community.

    Raises:
        AlreadyMember: they were.
        PermissionDenied: it is not open, or archived.

    """
    community = locked(community)
    if rules.role_of(person, community):
        raise AlreadyMember
    allow(rules.can_join(person, community))
    let_in(community=community, person=person)


@transaction.atomic
def let_in(*, community: Community, person: Person) -> None:
    """Add ``person`` as a member, whatever opened the door; the caller asked who may.

    Raises:
        AlreadyMember: they were.

    """
    if not audiences.admit(community.audience_id, person, role=MemberRole.MEMBER):
        raise AlreadyMember
    JoinRequest.objects.filter(community=community, person=person, answered_at=None).delete()
    CommunityInvitation.objects.filter(community=community, person=person, used_at=None).delete()
    live.poke("community", community.public_id)
    publish(events.MemberJoined(actor_id=person.pk, subject=("community", community.pk)))


@transaction.atomic
def admit_members(*, community: Community, person_ids: Sequence[int], role: str = MemberRole.MEMBER) -> list[int]:
    """Add these people at once, for those who build communities from the organisation; return the ids of the new members.

    Raises:
        PermissionDenied: the community was deleted, or there is no such role.

    """
    community = locked(community)
    allow(not community.is_deleted and role in MemberRole.values)
    working = Person.objects.filter(pk__in=person_ids).exclude(state=PersonState.LEFT).order_by("pk").values_list("pk", flat=True)
    new = audiences.admit_all(community.audience_id, working, role=role)
    if new:
        live.poke("community", community.public_id)
        publish(events.MembersAdmitted(subject=("community", community.pk), person_ids=tuple(new)))
    return new


@transaction.atomic
def dismiss_members(*, community: Community, person_ids: Sequence[int]) -> int:
    """Remove these people at once, for those who build communities from the organisation; return how many were members."""
    community = locked(community)
    members = AudienceMember.objects.filter(audience=community.audience_id, person__in=list(person_ids)).order_by("person")
    gone = list(members.values_list("person", flat=True))
    if gone:
        _let_go(community, gone)
    return len(gone)


@transaction.atomic
def entrust(*, community: Community, owner: Person) -> None:
    """Set the owner of a community that is built from the organisation; the former owner stays as a member.

    Raises:
        PermissionDenied: the community was deleted, or the owner is not here.

    """
    community = locked(community)
    allow(not community.is_deleted and owner.is_present)
    before = AudienceMember.objects.filter(audience=community.audience_id, role=MemberRole.OWNER).exclude(person=owner.pk)
    for person_id in before.order_by("person").values_list("person", flat=True):
        audiences.set_role(community.audience_id, person_id, MemberRole.MEMBER)
        live.end_people([person_id])
    if not audiences.admit(community.audience_id, owner, role=MemberRole.OWNER):
        audiences.set_role(community.audience_id, owner.pk, MemberRole.OWNER)
    live.poke("community", community.public_id)
    publish(events.OwnerNamed(subject=("community", community.pk), recipient_ids=(owner.pk,)))


@transaction.atomic
def leave(*, person: Person, community: Community, successor: Person | None = None) -> None:
    """End the membership of ``person``; the last owner names who owns it next.

    Raises:
        PermissionDenied: they are no member.
        LastOwner: nobody else owns it, and no successor was named.
        NotAMember: the successor is no member.

    """
    community = locked(community)
    role = rules.role_of(person, community)
    allow(rules.can_leave(person, community, role))
    others = AudienceMember.objects.filter(audience=community.audience_id).exclude(person=person.pk).exclude(person__state=PersonState.LEFT)
    if role == MemberRole.OWNER and not others.filter(role=MemberRole.OWNER).exists():
        if successor is None:
            raise LastOwner(is_alone=not others.exists())
        if not others.filter(person=successor).exists():
            raise NotAMember
        _name_owner(community, successor.pk, actor_id=person.pk)
    _let_go(community, [person.pk])
    publish(events.MemberLeft(actor_id=person.pk, subject=("community", community.pk)))


@transaction.atomic
def remove_member(*, actor: Person, community: Community, person: Person) -> None:
    """Remove somebody from the community.

    Raises:
        PermissionDenied: the actor is not above them there.

    """
    community = locked(community)
    allow(rules.can_remove(actor, community, rules.role_of(person, community)))
    _let_go(community, [person.pk])
    publish(events.MemberRemoved(actor_id=actor.pk, subject=("community", community.pk), recipient_ids=(person.pk,)))


@transaction.atomic
def change_role(*, actor: Person, community: Community, person: Person, role: str) -> None:
    """Set the role of ``person``, who is a member; what they may no longer do ends at once.

    Raises:
        PermissionDenied: the actor does not own it, or means themselves.
        NotAMember: the person is no member.

    """
    community = locked(community)
    allow(rules.can_change_role(actor, community, person, role))
    before = rules.role_of(person, community)
    if not before:
        raise NotAMember
    if before == role:
        return
    audiences.set_role(community.audience_id, person.pk, role)
    if RANKS[role] < RANKS[before]:
        CommunityInvitation.objects.filter(community=community, invited_by=person, used_at=None).delete()
        live.end_people([person.pk])
    live.poke("community", community.public_id)
    publish(events.MemberRoleChanged(actor_id=actor.pk, subject=("community", community.pk), recipient_ids=(person.pk,)))


@transaction.atomic
def take_over(*, person: Person, community: Community) -> None:
    """Let a member own what nobody owns any more.

    Raises:
        PermissionDenied: they are no member, or somebody owns it.

    """
    community = locked(community)
    owners = AudienceMember.objects.filter(audience=community.audience_id, role=MemberRole.OWNER).exclude(person__state=PersonState.LEFT)
    allow(rules.can_take_over(person, community, has_owner=owners.exists()))
    _name_owner(community, person.pk, actor_id=person.pk)


def _name_owner(community: Community, person_id: int, *, actor_id: int | None) -> None:
    audiences.set_role(community.audience_id, person_id, MemberRole.OWNER)
    live.poke("community", community.public_id)
    publish(events.OwnerNamed(actor_id=actor_id, subject=("community", community.pk), recipient_ids=(person_id,)))


def _let_go(community: Community, person_ids: Sequence[int]) -> None:
    """What ends with a membership: what the person was asked, asked, and opened to others, and what their pages show."""
    audiences.dismiss([community.audience_id], person_ids)
    _end_doors(Q(community=community), person_ids)
    live.end_people(person_ids)
    live.poke("community", community.public_id)


def _end_doors(where: Q, person_ids: Sequence[int]) -> None:
    JoinRequest.objects.filter(where, person__in=person_ids).delete()
    CommunityInvitation.objects.filter(where, Q(person__in=person_ids) | Q(invited_by__in=person_ids)).delete()


@transaction.atomic
def end_memberships(person_ids: Sequence[int]) -> None:
    """End the memberships of those of these people who left the company; what they owned goes to its first host.

    Called wherever rights end: whoever only lost a role stays where they are.
    """
    gone = list(Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).order_by("pk").values_list("pk", flat=True))
    if not gone:
        return
    _end_doors(Q(), gone)
    CreationRequest.objects.filter(asked_by__in=gone, answered_at=None).delete()
    SetAsideMembership.objects.filter(person__in=gone).delete()
    mine = AudienceMember.objects.filter(person__in=gone)
    owned = Community.objects.filter(audience__in=mine.filter(role=MemberRole.OWNER).values("audience"))
    orphans = list(owned.select_related("audience").select_for_update(of=("self",), no_key=True).order_by("pk"))
    ours = Community.objects.filter(audience__in=mine.values("audience")).order_by("pk").values_list("audience", flat=True)
    audiences.dismiss(list(ours), gone)
    for community in orphans:
        _hand_over(community)


def _hand_over(community: Community) -> None:
    here = AudienceMember.objects.filter(audience=community.audience_id).exclude(person__state=PersonState.LEFT)
    if here.filter(role=MemberRole.OWNER).exists():
        return
    first = here.filter(role__in=HOSTING).order_by("joined_at", "pk").values_list("person", flat=True).first()
    if first:
        _name_owner(community, first, actor_id=None)
    elif community.audience.kind == AudienceType.COMMUNITY and not community.is_deleted and not community.is_archived:
        told = here.order_by("joined_at", "pk").values_list("person", flat=True)[:MOST_ASKED]
        hr = holders_ids(Role.HR) if Community.objects.known_to_all().filter(pk=community.pk).exists() else ()
        publish(events.OwnerMissing(subject=("community", community.pk), recipient_ids=tuple(sorted({*told, *hr}))))
