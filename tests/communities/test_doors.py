"""Asking to join, and being invited."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from communities import queries
from communities.models import CommunityInvitation, JoinRequest
from communities.services import (
    AlreadyAnswered,
    AlreadyAsked,
    AlreadyMember,
    InvitationOver,
    accept_invitation,
    answer_request,
    ask_to_join,
    change_role,
    decline_invitation,
    delete_community,
    invite,
    join,
    leave,
    remove_member,
    withdraw_invitation,
    withdraw_request,
)
from rse.core import clock
from rse.core.models import RecordedEvent
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, JoinRequestFactory, add, role_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def closed(owner):
    return CommunityFactory(closed=True, owners=[owner])


@pytest.fixture
def secret(owner):
    return CommunityFactory(secret=True, owners=[owner])


def test_request_is_told_to_the_hosts_and_let_in_by_one(owner, closed, told):
    person, host, member = PersonFactory.create_batch(3)
    add(closed, [host], "host")
    add(closed, [member])

    request = ask_to_join(person=person, community=closed, words="Je soude.")
    assert role_in(closed, person) == ""
    answer_request(host=host, request=request, is_accepted=True)

    assert role_in(closed, person) == "member"
    assert told("join_requested") == [sorted([owner.pk, host.pk])]
    assert told("join_answered") == [[person.pk]]


def test_refused_request_lets_nobody_in_and_is_asked_again_after_a_month(owner, closed):
    person = PersonFactory()
    request = ask_to_join(person=person, community=closed)
    answer_request(host=owner, request=request, is_accepted=False)

    assert role_in(closed, person) == ""
    with pytest.raises(AlreadyAsked):
        ask_to_join(person=person, community=closed)
    with pytest.raises(AlreadyAnswered):
        answer_request(host=owner, request=request, is_accepted=True)
    with clock.moved_to(clock.now() + 31 * DAY):
        ask_to_join(person=person, community=closed)


def test_l101_request_waits_once(closed):
    person = PersonFactory()
    ask_to_join(person=person, community=closed)

    with pytest.raises(AlreadyAsked):
        ask_to_join(person=person, community=closed)

    assert JoinRequest.objects.count() == 1
    assert RecordedEvent.objects.count() == 1


@pytest.mark.parametrize("traits", [{}, {"secret": True}, {"closed": True, "archived": True}])
def test_ask_refuses_where_there_is_nothing_to_ask(traits):
    with pytest.raises(PermissionDenied):
        ask_to_join(person=PersonFactory(), community=CommunityFactory(**traits))

    assert not JoinRequest.objects.exists()


def test_members_and_administrators_do_not_ask(owner, closed):
    with pytest.raises(AlreadyMember):
        ask_to_join(person=owner, community=closed)
    with pytest.raises(PermissionDenied):
        ask_to_join(person=PersonFactory(role="administrator"), community=closed)


@pytest.mark.parametrize("role", ["", "member"])
def test_only_hosts_answer(role, closed):
    person = PersonFactory()
    add(closed, [person] if role else [], role)
    request = JoinRequestFactory(community=closed)

    with pytest.raises(PermissionDenied):
        answer_request(host=person, request=request, is_accepted=True)

    assert role_in(closed, request.person) == ""
    assert JoinRequest.objects.get().answered_at is None


def test_host_of_another_place_does_not_answer(closed):
    stranger = PersonFactory()
    CommunityFactory(closed=True, owners=[stranger])

    with pytest.raises(PermissionDenied):
        answer_request(host=stranger, request=JoinRequestFactory(community=closed), is_accepted=True)


def test_request_taken_back_lets_nobody_in(owner, closed):
    person = PersonFactory()
    request = ask_to_join(person=person, community=closed)
    withdraw_request(person=person, community=closed)

    with pytest.raises(AlreadyAnswered):
        answer_request(host=owner, request=request, is_accepted=True)
    assert role_in(closed, person) == ""


def test_invitation_lets_one_person_in_once(owner, secret, told):
    person = PersonFactory()
    invitation, token = invite(host=owner, community=secret, person=person)

    assert queries.invitation_of_token(person, token) == invitation
    assert token not in invitation.token_hash
    accept_invitation(person=person, invitation=invitation)

    assert role_in(secret, person) == "member"
    assert told("member_invited") == [[person.pk]]
    assert told("invitation_accepted") == [[owner.pk]]
    with pytest.raises(InvitationOver):
        accept_invitation(person=person, invitation=invitation)


def test_l39_invitation_of_another_is_nobody_elses(owner, secret):
    person, thief = PersonFactory.create_batch(2)
    invitation, token = invite(host=owner, community=secret, person=person)

    assert queries.invitation_of_token(thief, token) is None
    assert not queries.invitations_for(thief).exists()
    with pytest.raises(InvitationOver):
        accept_invitation(person=thief, invitation=invitation)
    assert role_in(secret, thief) == ""


@pytest.mark.parametrize("role", ["", "member"])
def test_l39_only_hosts_invite(role, secret):
    person = PersonFactory()
    add(secret, [person] if role else [], role)

    with pytest.raises(PermissionDenied):
        invite(host=person, community=secret, person=PersonFactory())

    assert not CommunityInvitation.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_invite_refuses_members_and_those_who_left(owner, secret):
    with pytest.raises(AlreadyMember):
        invite(host=owner, community=secret, person=owner)
    with pytest.raises(PermissionDenied):
        invite(host=owner, community=secret, person=PersonFactory(left=True))


def second_owner(secret):
    add(secret, [PersonFactory()], "owner")


DEATHS = {
    "expiry": lambda owner, secret, person: None,
    "withdrawal": lambda owner, secret, person: withdraw_invitation(host=owner, invitation=CommunityInvitation.objects.get()),
    "host leaves": lambda owner, secret, person: (second_owner(secret), leave(person=owner, community=secret)),
    "host leaves the company": lambda owner, secret, person: deactivate(person_ids=[owner.pk]),
    "community deleted": lambda owner, secret, person: delete_community(actor=owner, community=secret),
    "declined": lambda owner, secret, person: decline_invitation(person=person, invitation=CommunityInvitation.objects.get()),
    "replaced": lambda owner, secret, person: invite(host=owner, community=secret, person=person),
}


@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS)
def test_l39_dead_token_opens_nothing(death, owner, secret):
    person = PersonFactory()
    invitation, token = invite(host=owner, community=secret, person=person)
    death(owner, secret, person)
    later = clock.now() + (14 * DAY if death is DEATHS["expiry"] else DAY * 0)

    with clock.moved_to(later):
        assert queries.invitation_of_token(person, token) is None
        with pytest.raises(InvitationOver):
            accept_invitation(person=person, invitation=invitation)
    assert role_in(secret, person) == ""


def test_l39_host_who_is_lowered_takes_their_invitations_along(owner, secret):
    host, person = PersonFactory.create_batch(2)
    add(secret, [host], "host")
    invitation, _token = invite(host=host, community=secret, person=person)
    change_role(actor=owner, community=secret, person=host, role="member")

    with pytest.raises(InvitationOver):
        accept_invitation(person=person, invitation=invitation)


def test_l39_token_is_not_used_again_after_a_removal(owner, secret):
    person = PersonFactory()
    invitation, token = invite(host=owner, community=secret, person=person)
    accept_invitation(person=person, invitation=invitation)
    remove_member(actor=owner, community=secret, person=person)

    assert queries.invitation_of_token(person, token) is None
    with pytest.raises(InvitationOver):
        accept_invitation(person=person, invitation=invitation)


def test_joining_by_one_door_closes_the_others(owner):
    person = PersonFactory()
    community = CommunityFactory(owners=[owner])
    CommunityInvitationFactory(community=community, person=person, invited_by=owner)

    join(person=person, community=community)

    assert not CommunityInvitation.objects.exists()


def test_old_doors_are_forgotten(owner, closed):
    request = JoinRequestFactory(community=closed)
    answer_request(host=owner, request=request, is_accepted=False)
    CommunityInvitationFactory(community=closed, invited_by=owner)
    JoinRequestFactory(community=closed)

    with clock.moved_to(clock.now() + 91 * DAY):
        assert retention.forget("communities.JoinRequest", "communities.CommunityInvitation") == 2
    assert JoinRequest.objects.get().answered_at is None
