"""Many at once: one succeeds, or one row is left."""

import pytest

from communities.models import CommunityInvitation
from communities.services import AlreadyMember, InvitationOver, LastOwner, accept_invitation, create_community, join, leave
from rse.core.models import AudienceMember
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory
from tests.identity.doors import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_l101_fifty_redemptions_at_once_let_in_once():
    invitation = CommunityInvitationFactory()
    person = invitation.person

    def redeem():
        try:
            accept_invitation(person=person, invitation=invitation)
        except InvitationOver:
            return False
        return True

    results = at_once([redeem] * 50)

    assert results.count(True) == 1
    assert len(results) == 50
    assert AudienceMember.objects.filter(person=person).count() == 1
    assert CommunityInvitation.objects.exclude(used_at=None).count() == 1


def test_l101_joining_at_once_leaves_one_row():
    person, community = PersonFactory(), CommunityFactory()

    def come():
        try:
            join(person=person, community=community)
        except AlreadyMember:
            return False
        return True

    assert at_once([come] * 12).count(True) == 1
    assert AudienceMember.objects.count() == 1


def test_two_owners_leaving_at_once_leave_one():
    first, second = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[first, second], members=[PersonFactory()])

    def go(person):
        def run():
            try:
                leave(person=person, community=community)
            except LastOwner:
                return False
            return True

        return run

    assert sorted(at_once([go(first), go(second)])) == [False, True]
    assert AudienceMember.objects.filter(role="owner").count() == 1


def test_form_sent_at_once_makes_one_community():
    owner = PersonFactory()

    made = at_once([lambda: create_community(owner=owner, name="n", purpose="p", kind="open", key="k").pk] * 8)

    assert len(set(made)) == 1
