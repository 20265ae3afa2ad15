"""Feeds: exactly what the readers say, by date and by nothing else, at a constant cost."""

import datetime
import random

import pytest

from rse.core import clock
from rse.core.models import AudienceMember
from rse.feed import services
from rse.feed.models import Post
from rse.feed.queries import Cursor, Mark, audience_feed, home_feed, new_since, overlay_for, unread_for
from rse.feed.queries.feeds import plain_feed
from tests.core.companies import random_company
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory, everyone, joined

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


def walked(read, size):
    """All pages of a feed, one after the other."""
    ids, after = [], None
    while True:
        page = read(after, size)
        ids += [post.pk for post in page.posts]
        if page.older is None:
            return ids
        after = page.older


@pytest.mark.parametrize("seed", range(12))
def test_home_feed_is_the_plain_queryset_on_random_data(seed):
    from rse.core.models import Audience

    chance, people, _units = random_company(seed)
    everyone()
    audiences, now = list(Audience.objects.order_by("pk")), clock.now()
    for _ in range(40):
        # Several posts of one instant: the key decides between them.
        when = now - MINUTE * chance.randint(0, 12)
        state = chance.choice([{}, {}, {}, {"hidden": True}, {"deleted": True}])
        PostFactory(audience=chance.choice(audiences), author=chance.choice(people), published_at=when, membership=False, **state)

    for person in people:
        size = chance.choice([1, 3, 7])
        plain = list(plain_feed(person).values_list("pk", flat=True))
        assert walked(lambda after, size, person=person: home_feed(person, after, size), size) == plain
        for audience in audiences:
            rows = Post.objects.visible_to(person).filter(audience=audience, is_visible=True).newest_first()
            assert walked(lambda after, size, person=person, audience=audience: audience_feed(person, audience, after, size), size) == list(
                rows.values_list("pk", flat=True)
            )


def test_home_feed_holds_what_one_belongs_to_and_no_open_place_beside():
    person = PersonFactory()
    mine, open_place = AudienceFactory(members=[person]), AudienceFactory(open=True)
    here, wide, elsewhere = PostFactory(audience=mine), PostFactory(audience=everyone()), PostFactory(audience=open_place)

    found = {post.pk for post in home_feed(person)}

    assert found == {here.pk, wide.pk}
    assert [post.pk for post in audience_feed(person, open_place)] == [elsewhere.pk]


def test_home_feed_of_somebody_expected_is_their_cohort_only():
    person = PersonFactory(expected=True)
    cohort = AudienceFactory(members=[person], kind="cohort")
    here, _wide = PostFactory(audience=cohort), PostFactory(audience=everyone())

    assert [post.pk for post in home_feed(person)] == [here.pk]


def test_home_feed_of_who_left_is_empty():
    person = PersonFactory(left=True)
    PostFactory(audience=AudienceFactory(members=[person]))

    assert home_feed(person).posts == []


@pytest.mark.parametrize("text", [None, "", "x", "1", "1-2-3", "99999999999999999999-1", "١-٢", "%00", "A" * 64])
def test_cursor_that_was_not_made_here_starts_from_the_top(text):
    person = PersonFactory()

    assert Cursor.unsealed(text, person, "feed") is None
    assert Mark.unsealed(text, person, "feed") is None


def test_l105_cursor_reads_what_it_writes_for_its_reader_and_its_list_only():
    post, reader, other = PostFactory(), *PersonFactory.create_batch(2)
    cursor, mark = Cursor(post.published_at, post.pk), Mark(post.published_at, (post.pk,))
    sealed, marked = cursor.sealed(reader, "feed"), mark.sealed(reader, "feed")

    assert Cursor.unsealed(sealed, reader, "feed") == cursor
    assert Mark.unsealed(marked, reader, "feed") == mark
    for text, read in ((sealed, Cursor.unsealed), (marked, Mark.unsealed)):
        assert read(text, other, "feed") is None
        assert read(text, reader, "feed of another place") is None
    assert Mark.unsealed(sealed, reader, "feed") is Cursor.unsealed(marked, reader, "feed") is None


def test_new_since_counts_what_came_and_not_ones_own():
    person = PersonFactory()
    audience = AudienceFactory(members=[person])
    PostFactory(audience=audience)
    mark = home_feed(person).mark
    assert new_since(person, mark) == 0

    PostFactory(audience=audience)
    PostFactory(audience=audience, hidden=True)
    PostFactory(audience=AudienceFactory())
    services.publish_post(author=person, audience=audience, body="De moi")

    assert new_since(person, mark) == 1
    assert new_since(person, mark, audience) == 1
    assert new_since(person, home_feed(person).mark) == 0


def test_new_since_does_not_miss_what_committed_late():
    person = PersonFactory()
    audience = AudienceFactory(members=[person])
    PostFactory(audience=audience)
    mark = home_feed(person).mark

    # Written before the feed was read, seen only after: its transaction was still running.
    PostFactory(audience=audience, published_at=clock.now() - datetime.timedelta(seconds=20))

    assert new_since(person, mark) == 1


def test_new_since_stops_counting_at_a_hundred_and_ignores_archives():
    person = PersonFactory()
    audience, author = AudienceFactory(members=[person]), PersonFactory()
    mark = home_feed(person).mark
    PostFactory.create_batch(105, audience=audience, author=author)
    PostFactory(audience=audience, author=author, published_at=clock.now() - datetime.timedelta(days=900))

    assert new_since(person, mark) == 100


def test_a_burst_larger_than_a_page_is_known_to_its_mark():
    person = PersonFactory()
    PostFactory.create_batch(25, audience=AudienceFactory(members=[person]), author=PersonFactory())

    assert new_since(person, home_feed(person).mark) == 0


def test_unread_counts_stand_beyond_the_reading_place():
    person = PersonFactory()
    read, never = AudienceFactory(members=[person]), AudienceFactory(members=[person])
    seen, _new, _other = PostFactory(audience=read), PostFactory(audience=read), PostFactory(audience=never)
    assert unread_for(person) == {}

    services.move_pointer(person=person, audience=read, post_id=seen.pk)
    assert unread_for(person) == {read.pk: 1}

    AudienceMember.objects.filter(person=person, audience=read).delete()
    assert unread_for(person) == {}


@pytest.mark.parametrize("item_count", [1, 3])
def test_home_feed_costs_two_queries(item_count, django_assert_num_queries):
    person = PersonFactory()
    PostFactory.create_batch(item_count, audience=AudienceFactory(members=[person]))

    with django_assert_num_queries(2):
        page = home_feed(person)
        assert [post.author.site.name + post.audience.label for post in page.posts if not post.author.name] == []

    assert len(page) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_what_depends_on_the_reader_costs_one_query(item_count, django_assert_num_queries):
    person = PersonFactory()
    audience = AudienceFactory(hosts=[person])
    posts = PostFactory.create_batch(item_count, audience=audience)
    services.mark_useful(person=person, thing=posts[0], reason="finir")

    with django_assert_num_queries(1):
        overlay = overlay_for(person, posts)

    assert overlay.standing(audience).is_host
    assert overlay.reason("post", posts[0]) == "finir"
    assert [overlay.reason("post", post) for post in posts[1:]] == [None] * (item_count - 1)


def test_home_feed_is_strictly_by_date_whatever_is_popular():
    person = PersonFactory()
    audience = AudienceFactory(members=[person])
    chance, now = random.Random(1), clock.now()
    posts = [PostFactory(audience=audience, published_at=now - MINUTE * chance.randint(1, 500)) for _ in range(15)]
    for _ in range(5):
        services.mark_useful(person=joined(audience, PersonFactory()), thing=posts[0])

    found = home_feed(person).posts

    assert found == sorted(posts, key=lambda post: (post.published_at, post.pk), reverse=True)
