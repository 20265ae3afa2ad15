"""Each event that names people is worded, for who may still know what it is about, and for nobody else."""

import pytest
from django.db import transaction
from django.template.loader import get_template
from django.utils import translation

from communities import events
from communities.services import (
    accept_invitation,
    answer_creation,
    answer_request,
    ask_to_join,
    change_kind,
    change_role,
    create_secret,
    invite,
    leave,
    remove_member,
)
from rse.core.events.bus import Event
from rse.core.models import Person
from rse.core.people.services.people import deactivate
from rse.notify.models import Notification
from rse.notify.queries import lines_for
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db
NAMING = (
    *(
        "JoinRequested",
        "JoinAnswered",
        "MemberInvited",
        "InvitationAccepted",
        "MemberRemoved",
        "MemberRoleChanged",
        "OwnerNamed",
        "OwnerMissing",
    ),
    *("OwnerMissing", "CommunityWideningAnnounced", "CreationRequested", "CreationAnswered"),
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def told(person):
    """What ``person`` reads now, oldest first."""
    person = Person.objects.get(pk=person.pk)
    return [line.sentence for line in lines_for(person, list(Notification.objects.filter(recipient=person).order_by("pk")))]


@pytest.mark.parametrize("name", NAMING)
def test_event_that_names_people_has_its_words(name):
    event = getattr(events, name)

    assert issubclass(event, Event)
    assert get_template(f"notices/{event.event_name()}.html")


def test_asking_and_answering_is_told():
    host, person = PersonFactory(), PersonFactory(first_name="Ana", last_name="Bel")
    community = CommunityFactory(closed=True, name="Soudage", owners=[host])

    request = ask_to_join(person=person, community=community)
    assert told(host) == ["Ana Bel asks to join “Soudage”."]
    answer_request(host=host, request=request, is_accepted=True)

    assert told(person) == ["You are a member of “Soudage” now."]


def test_invitation_is_told_to_who_is_invited_for_as_long_as_it_works():
    host, person = PersonFactory(first_name="Ana", last_name="Bel"), PersonFactory(first_name="Cid", last_name="Dor")
    community = CommunityFactory(secret=True, name="Entraide", owners=[host])

    invitation, _token = invite(host=host, community=community, person=person)
    assert told(person) == ["Ana Bel invites you into “Entraide”."]
    accept_invitation(person=person, invitation=invitation)

    assert told(person) == []
    assert told(host) == ["Cid Dor accepted your invitation into “Entraide”."]


def test_who_leaves_a_secret_one_keeps_no_title():
    owner, host = PersonFactory.create_batch(2)
    community = CommunityFactory(secret=True, name="Entraide", owners=[owner], hosts=[host])
    change_kind(actor=owner, community=community, kind="closed")
    change_role(actor=owner, community=community, person=host, role="member")
    assert told(host) == ["“Entraide” will be open to more people in seven days.", "What you may do in “Entraide” has changed."]

    remove_member(actor=owner, community=community, person=host)

    assert told(host) == []


def test_who_is_taken_out_of_a_known_one_is_told():
    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(closed=True, name="Soudage", owners=[owner], members=[member])

    remove_member(actor=owner, community=community, person=member)

    assert told(member) == ["You are no member of “Soudage” any more."]


def test_new_owner_is_told():
    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(name="Vélo", owners=[owner], members=[member])

    leave(person=owner, community=community, successor=member)

    assert told(member) == ["“Vélo” is yours to look after now."]


@pytest.mark.parametrize(
    ("is_approved", "sentence"),
    [
        (True, "HR agreed: “Entraide” is secret, and yours."),
        (False, "HR answered no to your request for the secret community “Entraide”."),
    ],
)
def test_secret_one_is_asked_of_hr_without_its_name(is_approved, sentence):
    owner, hr = PersonFactory(first_name="Ana", last_name="Bel"), PersonFactory(role="hr")

    request = create_secret(owner=owner, name="Entraide", purpose="S'aider.")
    assert told(hr) == ["Ana Bel asks for a secret community: it waits for the answer of HR."]
    answer_creation(decider=hr, request=request, is_approved=is_approved)

    assert told(owner) == [sentence]


def test_nothing_is_told_of_what_did_not_happen():
    owner, outsider = PersonFactory.create_batch(2)
    community = CommunityFactory(closed=True, owners=[owner])
    with transaction.atomic():
        ask_to_join(person=outsider, community=community)
        transaction.set_rollback(True)

    assert not Notification.objects.exists()


def test_sentence_keeps_the_spaces_that_hold_its_marks():
    owner, member = PersonFactory(), PersonFactory()
    CommunityFactory(owners=[owner], members=[member], name="Atelier")
    deactivate(person_ids=[owner.pk])
    with translation.override("fr"):
        (line,) = lines_for(member, list(Notification.objects.filter(recipient=member)))
        assert "«\u00a0Atelier\u00a0»\u00a0: un membre" in line.sentence
