"""What is read here beyond a queryset."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.characters import looks_alike
from rse.core.enums import HOSTING, AudienceType, PersonState, Role
from rse.core.models import Audience, AudienceMember, Person
from rse.core.web.person_picker import colleagues
from rse.feed.enums import PostKind
from rse.feed.models import Acceptance, Post

from . import rules
from .enums import CommunityKind, MemberRole
from .models import Community, CommunityInvitation, CreationRequest, JoinRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations


class Membership(TypedDict):
    """The annotations of a person of a community."""

    role_there: str
    joined_there_at: datetime.datetime


LATELY = datetime.timedelta(days=30)


def reads(person: Person, community: Community) -> bool:
    """Return whether what is said in ``community`` is open to ``person`` now."""
    return Audience.objects.visible_to(person).filter(pk=community.audience_id).exists()


def read_by(person: Person) -> QuerySet[Community]:
    """Return the queryset of the communities whose content ``person`` may read."""
    return Community.objects.standing().filter(audience__in=Audience.objects.visible_to(person).values("pk"))


def members_of(community: Community) -> QuerySet[AudienceMember]:
    """Return the queryset of the memberships of those who did not leave the company, with their cards.

    The caller has read the community.
    """
    return (
        AudienceMember.objects.filter(audience=community.audience_id)
        .exclude(person__state=PersonState.LEFT)
        .select_related("person__unit", "person__site")
    )


def people_of(person: Person, community: Community) -> QuerySet[WithAnnotations[Person, Membership]]:
    """Return the queryset of the members, for those who read the community and may open their cards.

    Each with ``role_there`` and ``joined_there_at``.
    """
    # Asked in the query that reads them: no moment lies between the right and the rows.
    read = Audience.objects.visible_to(person).filter(pk=community.audience_id)
    rows = AudienceMember.objects.filter(audience__in=read.values("pk"))
    people = Person.objects.visible_to(person).exclude(state=PersonState.LEFT).with_card().filter(pk__in=rows.values("person"))
    rows = rows.filter(person=OuterRef("pk"))
    return people.annotate(role_there=Subquery(rows.values("role")[:1]), joined_there_at=Subquery(rows.values("joined_at")[:1]))


def is_last_owner(person: Person, community: Community) -> tuple[bool, bool]:
    """Return whether ``person`` is the only owner, and whether there is nobody else at all."""
    members = members_of(community)
    others = members.exclude(person=person.pk)
    owns = members.filter(person=person.pk, role=MemberRole.OWNER).exists()
    is_last = owns and not others.filter(role=MemberRole.OWNER).exists()
    return is_last, is_last and not others.exists()


def host_ids(community: Community) -> tuple[int, ...]:
    """Return the ids of the hosts and owners, in order."""
    return tuple(members_of(community).filter(role__in=HOSTING).order_by("person").values_list("person", flat=True))


def owners_of(communities: Iterable[Community]) -> dict[int, list[Person]]:
    """Return the owners of each community, by the id of its audience, in one query."""
    owners = defaultdict(list)
    rows = AudienceMember.objects.filter(audience__in=[one.audience_id for one in communities], role=MemberRole.OWNER)
    for row in rows.exclude(person__state=PersonState.LEFT).select_related("person").order_by("joined_at", "pk"):
        owners[row.audience_id].append(row.person)
    return owners


def counts_of(communities: Iterable[Community]) -> dict[int, int]:
    """Count the members of each community, by the id of its audience, in one query."""
    rows = AudienceMember.objects.filter(audience__in=[one.audience_id for one in communities]).exclude(person__state=PersonState.LEFT)
    return dict(rows.order_by().values("audience").annotate(count=Count("pk")).values_list("audience", "count"))


def communities_for(person: Person) -> QuerySet[Community]:
    """Return the queryset of the communities that ``person`` may know of and nobody deleted, with the role of that person there."""
    return Community.objects.visible_to(person).standing().with_card().with_role_of(person)


def name_like(person: Person, name: str, *, but: Community | None = None) -> str:
    """Return a name that everybody may know of and that is hard to tell from ``name``; nothing where there is none.

    A secret community is never told by it, not even to its members: the same name says the same to everybody.
    """
    known = Community.objects.visible_to(person).known_to_all().exclude(pk=but.pk if but else None)
    names = known.by_name().values_list("name", flat=True)
    return next((one for one in names.iterator() if looks_alike(one, name)), "")


def deleted_by(person: Person) -> QuerySet[Community]:
    """Return the queryset of the communities that ``person`` deleted and may still restore."""
    return Community.objects.visible_to(person).filter(deleted_by=person, deleted_at__isnull=False).with_card().by_name()


def request_of(person: Person, community: Community) -> JoinRequest | None:
    """Return the latest request of ``person`` to join, answered or not."""
    return JoinRequest.objects.visible_to(person).filter(person=person, community=community).order_by("-asked_at", "-pk").first()


def asked_by(person: Person, communities: Iterable[Community]) -> set[int]:
    """Return the ids of those of ``communities`` where a request of ``person`` waits."""
    rows = JoinRequest.objects.visible_to(person).open().filter(person=person, community__in=[one.pk for one in communities])
    return set(rows.values_list("community", flat=True))


def waiting_for(person: Person, community: Community) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.visible_to(person).filter(community=community).open().select_related("person__unit").oldest_first()


def requests_to(person: Person, community: Community) -> QuerySet[JoinRequest]:
    """Return the queryset of the requests to join that ``person`` may read, answered or not."""
    return JoinRequest.objects.visible_to(person).filter(community=community).select_related("person", "community")


def open_invitations(person: Person) -> QuerySet[CommunityInvitation]:
    """Return the queryset of the invitations of others that still work, for a host."""
    rows = CommunityInvitation.objects.visible_to(person).exclude(person=person).filter(community__deleted_at=None)
    return rows.open().select_related("community__audience")


def invitations_into(person: Person, community: Community) -> QuerySet[CommunityInvitation]:
    """Return the queryset of the invitations into a community that still work, for its hosts."""
    rows = CommunityInvitation.objects.visible_to(person).filter(community=community).exclude(person=person)
    return rows.open().select_related("person__unit", "invited_by").newest_first()


def invitations_for(person: Person) -> QuerySet[CommunityInvitation]:
    """Return the queryset of the invitations of ``person`` that still work."""
    rows = CommunityInvitation.objects.visible_to(person).filter(person=person, community__deleted_at=None, community__is_archived=False)
    return rows.open().select_related("community__audience", "invited_by").newest_first()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of_token(person: Person, token: str) -> CommunityInvitation | None:
    """Return the invitation of ``person`` behind ``token``, if it still works; None for somebody else's."""
    return invitations_for(person).filter(token_hash=hash_of(token)).first()


def creations_to_decide(person: Person) -> QuerySet[CreationRequest]:
    """Return the queryset of the requests for secret communities that wait for this person's decision."""
    rows = CreationRequest.objects.visible_to(person).exclude(asked_by=person)
    return rows.open().select_related("asked_by__unit").oldest_first()


def own_creation(person: Person) -> CreationRequest | None:
    """Return the request of ``person`` that waits for HR, or None."""
    return CreationRequest.objects.visible_to(person).filter(asked_by=person).open().first()


def who_decides(request: CreationRequest) -> tuple[int, ...]:
    """Return the ids of HR over the unit of the asker, without the asker."""
    return tuple(readers_of(request, told=True).exclude(pk=request.asked_by_id).order_by("pk").values_list("pk", flat=True))


def announced_for(person: Person) -> QuerySet[Community]:
    """Return the queryset of the communities of ``person`` that more people will know or read soon."""
    return Community.objects.visible_to(person).standing().of(person).filter(next_kind_at__gt=clock.now()).by_name()


def hosted_with_requests(person: Person) -> list[Community]:
    """Return the communities that ``person`` hosts where somebody waits for an answer, with how many as ``waiting``; twenty at most."""
    waiting = JoinRequest.objects.visible_to(person).open().exclude(person=person).filter(community=OuterRef("pk")).order_by()
    waiting = waiting.values("community").annotate(count=Count("pk")).values("count")
    rows = Community.objects.visible_to(person).standing().of(person).annotate(waiting=Coalesce(Subquery(waiting), 0))
    return list(rows.filter(waiting__gt=0).by_name()[:20])


def without_owner(person: Person) -> QuerySet[Community]:
    """Return the queryset of the communities that nobody owns and ``person`` may look after: a member, or HR where all may know of them.

    HR opens nothing by it: the members see to who owns it.
    """
    mine = Q(audience__in=AudienceMember.objects.filter(person=person.pk).values("audience"))
    if person.holds(Role.HR):
        mine |= Q(pk__in=Community.objects.known_to_all().values("pk"))
    owners = AudienceMember.objects.filter(audience=OuterRef("audience"), role=MemberRole.OWNER).exclude(person__state=PersonState.LEFT)
    rows = Community.objects.visible_to(person).standing().filter(mine, ~Exists(owners), is_archived=False)
    return rows.filter(audience__kind=AudienceType.COMMUNITY).with_role_of(person).by_name()


def first_communities(person: Person, *, most: int = 6) -> list[Community]:
    """Return open communities to begin with, for somebody who belongs to none: those with people of their unit, then of their site.

    None that is protected: nothing suggests to anybody who of their team is there. Each with the role of ``person``, which is empty. Costs
    one query for somebody who belongs to one.
    """
    if AudienceMember.objects.filter(person=person.pk, audience__kind=AudienceType.COMMUNITY).exists():
        return []
    members = AudienceMember.objects.filter(audience=OuterRef("audience"), person__state=PersonState.ACTIVE)
    rows = communities_for(person).filter(
        kind=CommunityKind.OPEN, is_archived=False, audience__is_frozen=False, audience__is_protected=False
    )
    rows = rows.annotate(
        has_unit=Exists(members.filter(person__unit=person.unit_id or 0)), has_site=Exists(members.filter(person__site=person.site_id or 0))
    )
    return list(rows.order_by("-has_unit", "-has_site", "sorts_as", "pk")[:most])


def secret_communities() -> QuerySet[Community]:
    """Return those that are not protected, for ``fields_for`` to cut: nothing of them may be shown uncut."""
    rows = Community.objects.standing().filter(kind=CommunityKind.SECRET, audience__is_protected=False)
    return rows.with_card().order_by("created_at", "pk")


def unanswered_in(person: Person, community: Community) -> QuerySet[Post]:
    """Return the queryset of the questions of a community that ``person`` reads and that have no accepted answer."""
    return _unanswered(person).filter(audience=community.audience_id).with_card().with_mentions()


def unanswered_for(person: Person, *, most: int = 3) -> list[Post]:
    """Return the oldest questions of the last thirty days without any answer, in what ``person`` belongs to.

    Not their own.
    """
    mine = AudienceMember.objects.filter(person=person.pk, audience__kind__in=(AudienceType.COMMUNITY, AudienceType.COHORT))
    rows = _unanswered(person).filter(
        audience__in=mine.values("audience"), audience__is_frozen=False, published_at__gt=clock.now() - LATELY
    )
    rows = rows.filter(comment_count=F("remark_count")).exclude(author=person.pk)
    return list(rows.with_card().with_mentions().order_by("published_at", "pk")[:most])


def _unanswered(person: Person) -> QuerySet[Post]:
    answered = Acceptance.objects.filter(is_visible=True).values("post")
    return Post.objects.visible_to(person).filter(kind=PostKind.QUESTION, is_visible=True).exclude(pk__in=answered)


def invitable(reader: Person, community_id: int) -> QuerySet[Person]:
    """Return the queryset of those whom ``reader`` may invite into this community: whoever has not left; the service refuses members."""
    community = Community.objects.visible_to(reader).filter(pk=community_id).first()
    is_allowed = community is not None and rules.can_invite(reader, community)
    return Person.objects.visible_to(reader).exclude(state=PersonState.LEFT) if is_allowed else Person.objects.none()


def possible_owners(reader: Person, community_id: int) -> QuerySet[Person]:
    """Return the queryset of those whom ``reader``, who leaves this community, may name as its next owner: the other members."""
    community = Community.objects.visible_to(reader).filter(pk=community_id).first()
    if community is None or not rules.can_leave(reader, community):
        return Person.objects.none()
    members = AudienceMember.objects.filter(audience=community.audience_id).values("person")
    return colleagues(reader).filter(pk__in=members)
