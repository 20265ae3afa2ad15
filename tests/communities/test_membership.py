"""Joining, leaving, being taken out, and what a member is there."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied

from communities.enums import RANKS, MemberRole
from communities.models import CommunityInvitation, JoinRequest
from communities.services import (
    AlreadyMember,
    LastOwner,
    NotAMember,
    admit_members,
    change_role,
    join,
    leave,
    remove_member,
    take_over,
)
from rse.core.models import AudienceMember, RecordedEvent
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.feed.models import Post
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, JoinRequestFactory, add, role_in
from tests.factories.feed import PostFactory

pytestmark = pytest.mark.django_db


def test_anyone_joins_an_open_community_once():
    person, community = PersonFactory(), CommunityFactory()

    join(person=person, community=community)
    with pytest.raises(AlreadyMember):
        join(person=person, community=community)

    assert list(AudienceMember.objects.values_list("person", "role")) == [(person.pk, "member")]
    assert RecordedEvent.objects.count() == 1


@pytest.mark.parametrize("traits", [{"closed": True}, {"secret": True}, {"archived": True}])
def test_join_refuses_any_other_door(traits):
    with pytest.raises(PermissionDenied):
        join(person=PersonFactory(), community=CommunityFactory(**traits))

    assert not AudienceMember.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_join_refuses_who_is_not_here_yet():
    with pytest.raises(PermissionDenied):
        join(person=PersonFactory(expected=True), community=CommunityFactory())


def test_many_are_admitted_with_one_event():
    community, people = CommunityFactory(closed=True), PersonFactory.create_batch(3)
    gone, already = PersonFactory(left=True), PersonFactory()
    add(community, [already])

    new = admit_members(community=community, person_ids=[one.pk for one in (*people, gone, already)])

    assert new == sorted(one.pk for one in people)
    assert RecordedEvent.objects.get().facets["person_ids"] == new


def test_t01_who_leaves_reads_nothing_and_opens_nothing_from_then_on():
    owner, host, guest = PersonFactory.create_batch(3)
    community = CommunityFactory(closed=True, owners=[owner], hosts=[host])
    post = PostFactory(audience=community.audience, author=owner)
    CommunityInvitationFactory(community=community, person=guest, invited_by=host)
    CommunityInvitationFactory(community=community, person=host, invited_by=owner, token="for the host", used_at=None)

    leave(person=host, community=community)

    assert post not in Post.objects.visible_to(host)
    assert not CommunityInvitation.objects.exists()


def test_leaving_one_community_ends_nothing_in_another():
    host, guest = PersonFactory.create_batch(2)
    here, there = (CommunityFactory(closed=True, owners=[PersonFactory()], hosts=[host]) for _ in range(2))
    kept = CommunityInvitationFactory(community=there, person=guest, invited_by=host)

    leave(person=host, community=here)

    assert list(CommunityInvitation.objects.all()) == [kept]
    assert role_in(there, host) == "host"


def test_last_owner_names_another_member_first(told):
    owner, member, outsider = PersonFactory.create_batch(3)
    community = CommunityFactory(owners=[owner], members=[member])

    with pytest.raises(LastOwner) as last:
        leave(person=owner, community=community)
    with pytest.raises(NotAMember):
        leave(person=owner, community=community, successor=outsider)
    with pytest.raises(NotAMember):
        leave(person=owner, community=community, successor=owner)
    assert not last.value.is_alone
    assert role_in(community, owner) == "owner"
    assert not RecordedEvent.objects.exists()

    leave(person=owner, community=community, successor=member)

    assert (role_in(community, owner), role_in(community, member)) == ("", "owner")
    assert told("owner_named") == [[member.pk]]


def test_only_member_does_not_leave_it_to_nobody():
    owner = PersonFactory()

    with pytest.raises(LastOwner) as last:
        leave(person=owner, community=CommunityFactory(owners=[owner]))

    assert last.value.is_alone


def test_one_of_two_owners_leaves_freely():
    first, second = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[first, second])

    leave(person=first, community=community)

    assert role_in(community, second) == "owner"


def test_leave_refuses_who_is_no_member():
    with pytest.raises(PermissionDenied):
        leave(person=PersonFactory(), community=CommunityFactory())


@pytest.mark.parametrize(("actor_role", "subject_role"), list(itertools.product(["", *MemberRole.values], repeat=2)))
def test_hosts_take_out_whoever_is_less_than_they_are(actor_role, subject_role, told):
    actor, subject = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[PersonFactory()])
    for person, role in ((actor, actor_role), (subject, subject_role)):
        add(community, [person] if role else [], role)
    may = actor_role in ("host", "owner") and subject_role != "" and RANKS[subject_role] < RANKS[actor_role]

    if may:
        remove_member(actor=actor, community=community, person=subject)
        assert told("member_removed") == [[subject.pk]]
    else:
        with pytest.raises(PermissionDenied):
            remove_member(actor=actor, community=community, person=subject)
        assert not RecordedEvent.objects.exists()

    assert role_in(community, subject) == ("" if may else subject_role)


@pytest.mark.parametrize("actor_role", ["", *MemberRole.values])
@pytest.mark.parametrize("subject_role", MemberRole.values)
@pytest.mark.parametrize("new_role", MemberRole.values)
def test_l56_only_owners_change_what_others_are(actor_role, subject_role, new_role):
    actor, subject = PersonFactory.create_batch(2)
    community = CommunityFactory()
    add(community, [actor] if actor_role else [], actor_role)
    add(community, [subject], subject_role)

    if actor_role == "owner":
        change_role(actor=actor, community=community, person=subject, role=new_role)
    else:
        with pytest.raises(PermissionDenied):
            change_role(actor=actor, community=community, person=subject, role=new_role)
        assert not RecordedEvent.objects.exists()

    assert role_in(community, subject) == (new_role if actor_role == "owner" else subject_role)


@pytest.mark.parametrize("role", MemberRole.values)
@pytest.mark.parametrize("new_role", MemberRole.values)
def test_l56_nobody_changes_their_own_role(role, new_role):
    person = PersonFactory()
    community = CommunityFactory(owners=[PersonFactory()])
    add(community, [person], role)

    with pytest.raises(PermissionDenied):
        change_role(actor=person, community=community, person=person, role=new_role)


@pytest.mark.parametrize("role", ["", "god", "moderator"])
def test_role_that_does_not_exist_is_given_to_nobody(role):
    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner], members=[member])

    with pytest.raises(PermissionDenied):
        change_role(actor=owner, community=community, person=member, role=role)


def test_role_of_who_is_no_member_is_refused_and_makes_none():
    owner, outsider = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner])

    with pytest.raises(NotAMember):
        change_role(actor=owner, community=community, person=outsider, role="host")

    assert role_in(community, outsider) == ""


def test_t04_host_who_is_lowered_lets_nobody_in_any_more():
    owner, host = PersonFactory.create_batch(2)
    community = CommunityFactory(secret=True, owners=[owner], hosts=[host])
    CommunityInvitationFactory(community=community, invited_by=host)

    change_role(actor=owner, community=community, person=host, role="member")

    assert not CommunityInvitation.objects.exists()


def test_what_nobody_owns_a_member_takes_over_and_nobody_else():
    member, host, outsider = PersonFactory.create_batch(3)
    community = CommunityFactory(members=[member], hosts=[host])
    with pytest.raises(PermissionDenied):
        take_over(person=outsider, community=community)

    take_over(person=member, community=community)

    with pytest.raises(PermissionDenied):
        take_over(person=host, community=community)
    assert role_in(community, member) == "owner"


def test_who_leaves_the_company_belongs_nowhere_and_the_first_host_owns_what_they_owned(told):
    owner, host, later = PersonFactory.create_batch(3)
    owned = CommunityFactory(owners=[owner], hosts=[host, later])
    shared = CommunityFactory(owners=[owner, later], hosts=[host])
    JoinRequestFactory(person=owner)
    CommunityInvitationFactory(community=owned, invited_by=owner)

    deactivate(person_ids=[owner.pk])

    assert not AudienceMember.objects.filter(person=owner).exists()
    assert (role_in(owned, host), role_in(shared, host)) == ("owner", "host")
    assert told("owner_named") == [[host.pk]]
    assert not JoinRequest.objects.filter(person=owner).exists()
    assert not CommunityInvitation.objects.filter(invited_by=owner).exists()


def test_who_only_loses_a_role_of_the_company_stays_a_member():
    community, administrator = CommunityFactory(), PersonFactory(role="administrator")
    grant = RoleGrantFactory(role="editor")
    add(community, [grant.person])

    end_role(ender=administrator, grant=grant)

    assert role_in(community, grant.person) == "member"
