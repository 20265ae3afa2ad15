"""Secret communities wait for HR."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.models import Community, CreationRequest, JoinRequest
from communities.services import (
    AlreadyAnswered,
    AlreadyAsked,
    answer_creation,
    ask_to_hide,
    create_secret,
    edit_community,
    withdraw_creation,
)
from rse.core.enums import Role
from rse.core.models import Audience, RecordedEvent
from rse.core.people.services.audiences import set_role
from rse.governance.charter import CharterRequired
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.communities import CommunityFactory, CreationRequestFactory, JoinRequestFactory, role_in
from tests.factories.governance import CharterFactory

pytestmark = pytest.mark.django_db
WORDS = {"name": "canari-nom", "purpose": "S'entraider."}


@pytest.fixture
def hr():
    return PersonFactory(role=Role.HR)


def test_secret_community_is_there_when_hr_agrees(hr, told):
    owner, elsewhere = PersonFactory(), RoleGrantFactory(role=Role.HR, unit=UnitFactory()).person

    request = create_secret(owner=owner, **WORDS)
    assert not Community.objects.exists()
    assert not Audience.objects.exists()
    community = answer_creation(decider=hr, request=request, is_approved=True)

    assert (community.kind, community.audience.is_secret, role_in(community, owner)) == ("secret", True, "owner")
    assert "canari" not in community.slug
    assert told("creation_requested") == [[hr.pk]]
    assert told("creation_answered") == [[owner.pk]]
    assert request not in CreationRequest.objects.visible_to(elsewhere)


@pytest.mark.parametrize("is_approved", [True, False])
def test_l106_hr_reads_the_request_for_a_protected_space_until_they_have_answered(hr, signed_in, is_approved):
    owner = PersonFactory()
    request = create_secret(owner=owner, is_protected=True, **WORDS)
    browser = signed_in(hr)
    assert WORDS["purpose"].partition("'")[0] in browser.get(request.get_absolute_url()).text
    notices = browser.get("/notices/").text
    assert "asks for a secret community" in notices

    answer = browser.post(f"{request.get_absolute_url()}answer/", {"answer": "approve" if is_approved else "refuse"}, follow=True)

    assert answer.status_code == 200
    assert owner.last_name not in answer.text
    assert browser.get(request.get_absolute_url()).status_code == 404
    assert "asks for a secret community" not in browser.get("/notices/").text
    assert signed_in(owner).get(request.get_absolute_url()).status_code == 200


def test_l106_space_that_is_protected_later_takes_its_requests_from_hr(hr):
    owner = PersonFactory()
    request = create_secret(owner=owner, **WORDS)
    community = answer_creation(decider=hr, request=request, is_approved=True)
    assert request in CreationRequest.objects.visible_to(hr)

    edit_community(editor=owner, community=community, version=community.version, is_protected=True, **WORDS)

    assert request not in CreationRequest.objects.visible_to(hr)


def test_hr_who_agrees_does_not_read_what_they_agreed_to(hr):
    request = create_secret(owner=PersonFactory(), **WORDS)
    community = answer_creation(decider=hr, request=request, is_approved=True)

    assert community not in Community.objects.visible_to(hr)


def test_refusal_makes_nothing(hr):
    request = create_secret(owner=PersonFactory(), **WORDS)

    answer_creation(decider=hr, request=request, is_approved=False)

    assert not Community.objects.exists()
    with pytest.raises(AlreadyAnswered):
        answer_creation(decider=hr, request=request, is_approved=True)


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.HR)])
def test_only_hr_agrees(role):
    decider = PersonFactory(role=role)
    request = CreationRequestFactory()

    with pytest.raises(PermissionDenied):
        answer_creation(decider=decider, request=request, is_approved=True)

    assert CreationRequest.objects.get().answered_at is None
    assert not RecordedEvent.objects.exists()


def test_nobody_agrees_to_their_own(hr):
    request = create_secret(owner=hr, **WORDS)

    with pytest.raises(PermissionDenied):
        answer_creation(decider=hr, request=request, is_approved=True)


def test_l101_one_request_waits_at_a_time():
    owner = PersonFactory()
    create_secret(owner=owner, **WORDS)

    with pytest.raises(AlreadyAsked):
        create_secret(owner=owner, **WORDS)

    assert CreationRequest.objects.count() == 1


def test_request_needs_the_charter_and_somebody_who_is_here():
    with pytest.raises(PermissionDenied):
        create_secret(owner=PersonFactory(expected=True), **WORDS)
    CharterFactory()
    with pytest.raises(CharterRequired):
        create_secret(owner=PersonFactory(), **WORDS)

    assert not CreationRequest.objects.exists()


def test_request_taken_back_is_gone_and_only_ones_own_is(hr):
    owner = PersonFactory()
    request = create_secret(owner=owner, **WORDS)
    with pytest.raises(PermissionDenied):
        withdraw_creation(person=hr, request=request)

    withdraw_creation(person=owner, request=request)

    with pytest.raises(AlreadyAnswered):
        answer_creation(decider=hr, request=request, is_approved=True)


def test_t06_what_becomes_secret_leaves_who_asked_to_join(hr):
    owner, outsider = PersonFactory.create_batch(2)
    community = CommunityFactory(closed=True, owners=[owner])
    JoinRequestFactory(community=community, person=outsider)

    request = ask_to_hide(owner=owner, community=community)
    assert community in Community.objects.visible_to(outsider)
    answer_creation(decider=hr, request=request, is_approved=True)

    assert community not in Community.objects.visible_to(outsider)
    assert not JoinRequest.objects.exists()
    assert Audience.objects.get().is_secret


def test_ask_to_hide_is_the_owners():
    host = PersonFactory()
    community = CommunityFactory(owners=[PersonFactory()], hosts=[host])

    with pytest.raises(PermissionDenied):
        ask_to_hide(owner=host, community=community)

    assert not CreationRequest.objects.exists()


def test_who_owns_it_no_more_does_not_make_it_secret(hr):
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner])
    request = ask_to_hide(owner=owner, community=community)
    set_role(community.audience_id, owner.pk, "member")

    with pytest.raises(PermissionDenied):
        answer_creation(decider=hr, request=request, is_approved=True)

    assert (Community.objects.get().kind, CreationRequest.objects.get().answered_at) == ("open", None)
