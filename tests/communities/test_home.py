"""What this room puts on the home page, and the questions that wait in a community."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities import queries, slot_blocks
from communities.services import archive, take_over
from rse.core.models import Person
from rse.core.people.services.people import deactivate
from rse.feed.services import accept_answer
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, JoinRequestFactory
from tests.factories.feed import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


def address(name, community):
    return reverse(f"communities:{name}", args=[community.slug])


def test_unanswered_page_and_home_block_show_what_waits(signed_in):
    reader = PersonFactory()
    community = CommunityFactory(members=[reader])
    waits = PostFactory(question=True, audience=community.audience)
    mine = PostFactory(question=True, audience=community.audience, author=reader)
    answered_by_me = CommentFactory(post=PostFactory(question=True, audience=community.audience), author=reader).post
    settled = CommentFactory(post=PostFactory(question=True, audience=community.audience))
    accept_answer(actor=settled.post.author, comment=settled)
    PostFactory(question=True, audience=CommunityFactory().audience)

    page = signed_in(reader).get(address("unanswered", community))

    assert list(page.context["page"].rows) == [waits, mine, answered_by_me]
    assert queries.unanswered_for(reader) == [waits]
    assert slot_blocks.unanswered(PersonFactory(), {}) is None
    assert waits.title in signed_in(reader).get("/").text


def test_home_lists_what_waits_for_a_host(signed_in):
    host = PersonFactory()
    community = CommunityFactory(closed=True, owners=[host])
    JoinRequestFactory(community=community)

    assert address("waiting", community) in signed_in(host).get("/").text


def test_home_of_who_joined_nothing_offers_open_communities_their_people_first(signed_in):
    reader = PersonFactory()
    far = CommunityFactory(members=PersonFactory.create_batch(3))
    near = CommunityFactory(members=[PersonFactory(unit=reader.unit)])
    for other in (CommunityFactory(closed=True), CommunityFactory(secret=True), CommunityFactory(is_archived=True)):
        assert other not in queries.first_communities(reader)
    browser = signed_in(reader)

    assert queries.first_communities(reader) == [near, far]
    home = browser.get("/").text
    assert address("join", near) in home
    assert home.index(near.name) < home.index(far.name)

    browser.post(address("join", near))
    assert queries.first_communities(reader) == []
    assert "Join a first community" not in browser.get("/").text


@pytest.mark.parametrize("item_count", [1, 3])
def test_first_communities_cost_does_not_grow(django_assert_num_queries, item_count):
    for _item in range(item_count):
        CommunityFactory(members=[PersonFactory()])
    reader = PersonFactory()

    with django_assert_num_queries(6):
        assert len(slot_blocks.to_join(reader, {})["cards"]) == item_count


LINE = {"member": "Nobody looks after it any more: would you?", "hr": "Nobody looks after it any more: a member can, on its page."}


@pytest.mark.parametrize("kind", ["open", "closed", "secret", "protected"])
def test_somebody_hears_when_the_last_owner_left(signed_in, kind):
    owner = PersonFactory()
    member, outsider, hr = PersonFactory(language="en"), PersonFactory(language="en"), PersonFactory(role="hr", language="en")
    flags = {"open": {}, "closed": {"closed": True}, "secret": {"secret": True}, "protected": {"closed": True, "protected": True}}[kind]
    community = CommunityFactory(owners=[owner], members=[member], **flags)
    deactivate(person_ids=[owner.pk])

    is_known = kind in ("open", "closed")
    heard = Notification.objects.filter(event="communities.owner_missing")
    assert set(heard.values_list("recipient", flat=True)) == ({member.pk, hr.pk} if is_known else {member.pk})
    assert LINE["member"] in signed_in(member).get("/").text
    assert slot_blocks.todo(outsider, {}) is None
    assert (slot_blocks.todo(Person.objects.get(pk=hr.pk), {}) is not None) is is_known

    take_over(person=member, community=community)

    assert slot_blocks.todo(Person.objects.get(pk=hr.pk), {}) is None
    assert LINE["member"] not in signed_in(member).get("/").text


def test_nobody_hears_where_a_host_is_left_or_nothing_is_written_any_more():
    owner, host, member = PersonFactory.create_batch(3)
    communities = [CommunityFactory(owners=[owner], hosts=[host]), CommunityFactory(owners=[owner, member])]
    archived = CommunityFactory(owners=[owner], members=[member])
    archive(actor=owner, community=archived)
    deactivate(person_ids=[owner.pk])

    assert not Notification.objects.filter(event="communities.owner_missing").exists()
    assert [queries.without_owner(one).exists() for one in (host, member)] == [False, False]
    assert [queries.is_last_owner(one, community)[0] for one, community in zip((host, member), communities, strict=True)] == [True, True]


def test_community_of_nobody_at_all_is_heard_of_by_hr():
    owner, hr = PersonFactory(), PersonFactory(role="hr")
    community = CommunityFactory(closed=True, owners=[owner])
    deactivate(person_ids=[owner.pk])

    reader = Person.objects.get(pk=hr.pk)
    assert list(queries.without_owner(reader)) == [community]
    with translation.override("en"):
        block = render_to_string("communities/_todo.html", slot_blocks.todo(reader, {}))
    assert LINE["hr"] in block
    assert community.get_absolute_url() in block
