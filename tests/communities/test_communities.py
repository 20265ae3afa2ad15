"""Making, describing, widening, archiving and deleting communities."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from communities import queries
from communities.enums import CommunityKind
from communities.models import Community, CreationRequest, JoinRequest, SetAsideMembership
from communities.services import (
    WaitsForHR,
    archive,
    cancel_widening,
    change_kind,
    create_community,
    delete_community,
    edit_community,
    found_cohort,
    open_announced,
    reopen,
    restore_community,
)
from rse.core import clock
from rse.core.enums import AudienceType
from rse.core.models import Audience, AudienceMember, RecordedEvent
from rse.core.ops import retention
from rse.core.versions import EditedMeanwhile
from rse.feed.models import Post
from rse.governance.charter import CharterRequired
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, JoinRequestFactory, role_in
from tests.factories.feed import PostFactory
from tests.factories.governance import CharterFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WORDS = {"name": "Données & usages", "purpose": "Demander et répondre."}


@pytest.mark.parametrize("kind", ["open", "closed"])
def test_community_has_its_audience_and_its_owner(kind):
    owner = PersonFactory()

    community = create_community(owner=owner, kind=kind, **WORDS)

    audience = community.audience
    assert (audience.kind, audience.label, audience.is_open, audience.is_secret) == ("community", WORDS["name"], kind == "open", False)
    assert audience.address == community.get_absolute_url()
    assert role_in(community, owner) == "owner"
    assert RecordedEvent.objects.get().name == "communities.community_created"


def test_create_refuses_what_would_be_secret_and_who_is_not_here_yet():
    with pytest.raises(PermissionDenied):
        create_community(owner=PersonFactory(), kind="secret", **WORDS)
    with pytest.raises(PermissionDenied):
        create_community(owner=PersonFactory(expected=True), kind="open", **WORDS)

    assert not Community.objects.exists()
    assert not Audience.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_create_waits_for_the_charter():
    CharterFactory()

    with pytest.raises(CharterRequired):
        create_community(owner=PersonFactory(), kind="open", **WORDS)

    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("name", "purpose", "fields"), [("", "x", {"name"}), ("x", " \u200b ", {"purpose"}), ("x" * 81, "y" * 601, {"name", "purpose"})]
)
def test_create_says_what_is_wrong_at_each_field(name, purpose, fields):
    with pytest.raises(ValidationError) as wrong:
        create_community(owner=PersonFactory(), kind="open", name=name, purpose=purpose)

    assert set(wrong.value.message_dict) == fields
    assert not Community.objects.exists()


def test_same_form_sent_twice_makes_one():
    owner = PersonFactory()

    first = create_community(owner=owner, kind="open", key="k", **WORDS)
    second = create_community(owner=owner, kind="open", key="k", **WORDS)

    assert first == second
    assert RecordedEvent.objects.count() == 1


def test_address_tells_nobody_that_a_name_is_taken():
    owner = PersonFactory()
    CommunityFactory(secret=True, name="Fusion")

    slug = create_community(owner=owner, kind="open", name="Fusion", purpose="x").slug

    assert slug.startswith("fusion-")
    assert slug != "fusion-2"


def test_cohort_has_an_audience_of_its_type():
    host = PersonFactory()

    community = found_cohort(name="Promotion octobre", purpose="Arriver ensemble.", host=host)

    assert (community.audience.kind, community.kind, role_in(community, host)) == (AudienceType.COHORT, "closed", "owner")


def test_edit_changes_the_label_and_moves_the_version():
    host = PersonFactory()
    community = CommunityFactory(hosts=[host])

    edited = edit_community(editor=host, community=community, name="Autre", purpose="Autre chose.", version=1)

    assert (edited.name, edited.audience.label, edited.version) == ("Autre", "Autre", 2)


def test_edit_refuses_members_and_second_windows_and_leaves_no_trace():
    host, member = PersonFactory.create_batch(2)
    community = CommunityFactory(name="Avant", hosts=[host], members=[member])

    with pytest.raises(PermissionDenied):
        edit_community(editor=member, community=community, name="x", purpose="y", version=1)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        edit_community(editor=host, community=community, name="x", purpose="y", version=7)

    assert meanwhile.value.current.name == "Avant"
    assert (Community.objects.get().name, Audience.objects.get().label) == ("Avant", "Avant")
    assert not RecordedEvent.objects.exists()


def test_r17_protection_is_the_owners_and_for_good():
    owner, host = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner], hosts=[host])
    words = {"name": "n", "purpose": "p"}

    with pytest.raises(PermissionDenied):
        edit_community(editor=host, community=community, version=1, is_protected=True, **words)
    edit_community(editor=owner, community=community, version=1, is_protected=True, **words)
    edit_community(editor=owner, community=community, version=2, is_protected=False, **words)

    assert Audience.objects.get().is_protected


def test_t06_narrowing_holds_at_once():
    owner, outsider = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner])
    post = PostFactory(audience=community.audience, author=owner)
    assert post in Post.objects.visible_to(outsider)

    change_kind(actor=owner, community=community, kind=CommunityKind.CLOSED)

    assert post not in Post.objects.visible_to(outsider)
    assert community in Community.objects.visible_to(outsider)


@pytest.mark.parametrize(("before", "after"), [("closed", "open"), ("secret", "closed"), ("secret", "open")])
def test_t06_widening_is_announced_seven_days_before(before, after, told):
    owner, host, member, outsider = PersonFactory.create_batch(4)
    community = CommunityFactory(kind=before, owners=[owner], hosts=[host], members=[member])
    post = PostFactory(audience=community.audience, author=owner)
    now = clock.now()

    with clock.moved_to(now):
        change_kind(actor=owner, community=community, kind=after)
    with clock.moved_to(now + 7 * DAY - datetime.timedelta(minutes=1)):
        assert open_announced() == 0
        assert post not in Post.objects.visible_to(outsider)
        assert list(queries.announced_for(member)) == [community]
        assert list(queries.announced_for(outsider)) == []
    with clock.moved_to(now + 7 * DAY):
        assert open_announced() == 1
        assert open_announced() == 0

    assert (post in Post.objects.visible_to(outsider)) == (after == "open")
    assert community in Community.objects.visible_to(outsider)
    assert told("community_widening_announced") == [sorted([owner.pk, host.pk])]


def test_announced_widening_can_be_cancelled_and_dies_with_a_narrowing():
    owner = PersonFactory()
    community = CommunityFactory(closed=True, owners=[owner])
    change_kind(actor=owner, community=community, kind="open")
    with pytest.raises(PermissionDenied):
        cancel_widening(actor=PersonFactory(), community=community)

    cancel_widening(actor=owner, community=community)

    with clock.moved_to(clock.now() + 8 * DAY):
        assert open_announced() == 0
    with pytest.raises(PermissionDenied):
        cancel_widening(actor=owner, community=community)


def test_nothing_becomes_secret_without_hr():
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner])

    with pytest.raises(WaitsForHR):
        change_kind(actor=owner, community=community, kind="secret")

    assert Community.objects.get().kind == "open"


@pytest.mark.parametrize("role", ["hosts", "members", None])
def test_kind_archive_and_deletion_are_the_owners(role):
    person = PersonFactory()
    community = CommunityFactory(owners=[PersonFactory()], **({role: [person]} if role else {}))

    for act in (
        lambda: change_kind(actor=person, community=community, kind="closed"),
        lambda: archive(actor=person, community=community),
        lambda: delete_community(actor=person, community=community),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not RecordedEvent.objects.exists()


def test_archived_is_read_and_not_written():
    from rse.feed.services import publish_post

    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(closed=True, owners=[owner], members=[member])
    post = PostFactory(audience=community.audience, author=owner)
    JoinRequestFactory(community=community)

    archive(actor=owner, community=community)

    community.refresh_from_db()
    assert post in Post.objects.visible_to(member)
    assert not JoinRequest.objects.exists()
    with pytest.raises(PermissionDenied):
        publish_post(author=member, audience=Audience.objects.get(), body="x")
    reopen(actor=owner, community=community)
    publish_post(author=member, audience=Audience.objects.get(), body="x")


def test_cohort_is_neither_widened_nor_deleted():
    host = PersonFactory()
    community = found_cohort(name="Promotion", purpose="p", host=host)

    with pytest.raises(PermissionDenied):
        change_kind(actor=host, community=community, kind="open")
    with pytest.raises(PermissionDenied):
        delete_community(actor=host, community=community)


@pytest.mark.parametrize("kind", CommunityKind.values)
def test_deleted_is_read_by_nobody_and_comes_back_as_it_was(kind):
    owner, host, member, outsider = PersonFactory.create_batch(4)
    community = CommunityFactory(kind=kind, owners=[owner], hosts=[host], members=[member])
    post = PostFactory(audience=community.audience, author=member)
    CreationRequest.objects.create(name="n", purpose="p", asked_by=owner, community=community)
    before = sorted(AudienceMember.objects.values_list("person", "role", "joined_at"))

    delete_community(actor=owner, community=community)

    for person in (owner, host, member, outsider):
        assert not Post.objects.visible_to(person).exists()
        assert not queries.communities_for(person).exists()
    assert list(queries.deleted_by(owner)) == [community]
    assert not CreationRequest.objects.exists()
    for person in (host, member, outsider):
        with pytest.raises(PermissionDenied):
            restore_community(actor=person, community=community)

    restore_community(actor=owner, community=community)

    assert sorted(AudienceMember.objects.values_list("person", "role", "joined_at")) == before
    assert post in Post.objects.visible_to(member)
    assert (post in Post.objects.visible_to(outsider)) == (kind == "open")
    assert not SetAsideMembership.objects.exists()


def test_who_left_the_company_does_not_come_back_with_it():
    owner, gone = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner], members=[gone])
    delete_community(actor=owner, community=community)
    type(gone).objects.filter(pk=gone.pk).update(state="left")

    restore_community(actor=owner, community=community)

    assert role_in(community, gone) == ""


def test_deletion_is_undone_for_thirty_days_then_erased_with_its_pictures():
    from django.core.files.storage import default_storage

    from rse.feed.models import Picture
    from rse.feed.services import publish_post
    from tests.factories.feed import picture_of

    owner = PersonFactory()
    community = CommunityFactory(owners=[owner])
    picture = picture_of(owner)
    publish_post(author=owner, audience=community.audience, body="x", pictures=[(picture.public_id, "")])
    now = clock.now()
    with clock.moved_to(now):
        delete_community(actor=owner, community=community)

    with clock.moved_to(now + 30 * DAY - datetime.timedelta(minutes=1)):
        assert retention.forget("communities.Community") == 0
    with clock.moved_to(now + 30 * DAY), pytest.raises(PermissionDenied):
        restore_community(actor=owner, community=community)
    with clock.moved_to(now + 30 * DAY + datetime.timedelta(minutes=1)):
        assert retention.forget("communities.Community") == 1

    for rows in (Community, Audience, Post, Picture):
        assert not rows.objects.exists()
    assert default_storage.exists(picture.stored)  # until the transaction of this test would commit


def test_secret_name_that_looks_like_another_is_asked_about_before_all_know_it(signed_in):
    owner = PersonFactory()
    CommunityFactory(name="Qualité")
    hidden = CommunityFactory(secret=True, name="QuaIité", owners=[owner])
    browser, where = signed_in(owner), reverse("communities:kind", args=[hidden.slug])
    with pytest.raises(ValidationError):
        change_kind(actor=owner, community=hidden, kind="closed")

    page = browser.post(where, {"kind": "closed"})

    assert page.status_code == 422
    assert "Qualité" in page.text
    assert Community.objects.get(pk=hidden.pk).next_kind == ""
    assert browser.post(where, {"kind": "closed", "is_meant": "on"}).status_code == 302
    assert Community.objects.get(pk=hidden.pk).next_kind == "closed"


def test_name_that_everybody_knows_is_not_asked_about_again(signed_in):
    owner = PersonFactory()
    CommunityFactory(name="Qualité")
    known = CommunityFactory(closed=True, name="QuaIité", owners=[owner])

    assert change_kind(actor=owner, community=known, kind="open").next_kind == "open"
