"""Feeds, newest first, and what came since one was read.

The home feed is the one reading that a planner does not find by itself: one short walk of the index per audience, then the rows by key.
It gives exactly what the plain queryset gives.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from rse.core import clock
from rse.core.enums import AudienceType
from rse.core.models import Audience, AudienceMember

from ..models import Post, ReadPointer
from .cursors import Cursor, Mark

SIZE = 20
MOST_NEW = 99
# A post says when it was written, and is seen once its transaction is through: nothing runs longer than this.
LATE = datetime.timedelta(seconds=60)

_MINE = """
    SELECT audience_id FROM core_audiencemember WHERE person_id = %s
    UNION
    SELECT id FROM core_audience WHERE kind = 'everyone' AND %s
"""
_ON_POSTGRESQL = """
    SELECT recent.id FROM ({mine}) AS mine
    CROSS JOIN LATERAL (
        SELECT post.id, post.published_at FROM feed_post post
        WHERE post.audience_id = mine.audience_id AND post.is_visible {after}
        ORDER BY post.published_at DESC, post.id DESC LIMIT %s
    ) AS recent
    ORDER BY recent.published_at DESC, recent.id DESC LIMIT %s
"""
_ON_SQLITE = """
    SELECT found.id FROM ({mine}) AS mine
    JOIN feed_post found ON found.id IN (
        SELECT post.id FROM feed_post post
        WHERE post.audience_id = mine.audience_id AND post.is_visible {after}
        ORDER BY post.published_at DESC, post.id DESC LIMIT %s
    )
    ORDER BY found.published_at DESC, found.id DESC LIMIT %s
"""
_AFTER = "AND (post.published_at, post.id) < (%s, %s)"


@dataclass(frozen=True)
class FeedPage:
    """A page of posts, the cursor of the next one (None at the end), and a mark that tells what came since."""

    posts: list[Post]
    older: Cursor | None
    mark: Mark | None = None

    def __iter__(self):
        return iter(self.posts)

    def __len__(self):
        return len(self.posts)


def _mine(person):
    """The audiences whose posts come home to ``person``: those they belong to."""
    mine = Q(audience__in=AudienceMember.objects.filter(person=person.pk).values("audience"))
    if person.is_present:
        mine |= Q(audience__in=Audience.objects.filter(kind=AudienceType.EVERYONE).values("pk"))
    return mine


def plain_feed(person):
    """Return the queryset of the home feed: the reference for ``home_feed``, and slow on a million posts."""
    return Post.objects.visible_to(person).filter(_mine(person), is_visible=True).newest_first()


def home_feed(person, after=None, size=SIZE):
    """Return the newest ``size`` posts of everything ``person`` belongs to, after the ``Cursor`` given: by date, and by nothing else.

    The ids come from one index scan per audience, so that the cost does not grow with the number of posts.
    """
    now = clock.now()
    ids = _home_ids(person, after, size + 1) if person.may_sign_in else []
    found = {post.pk: post for post in Post.objects.visible_to(person).with_card().filter(pk__in=ids, is_visible=True)} if ids else {}
    return _page([found[key] for key in ids if key in found], size, after, now, lambda: plain_feed(person), is_full=len(ids) > size)


def _home_ids(person, after, limit):
    sql = _ON_POSTGRESQL if connection.vendor == "postgresql" else _ON_SQLITE
    values: list[Any] = [person.pk, person.is_present]
    if after:
        values += [connection.ops.adapt_datetimefield_value(after.published_at), after.post_id]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(mine=_MINE, after=_AFTER if after else ""), [*values, limit, limit])
        return [row[0] for row in cursor.fetchall()]


def audience_feed(person, audience, after=None, size=SIZE):
    """Return the newest ``size`` posts of one audience after the ``Cursor`` given, if ``person`` may read that audience."""
    now = clock.now()
    posts = Post.objects.visible_to(person).with_card().filter(audience=audience, is_visible=True).newest_first()
    rows = posts.before((after.published_at, after.post_id)) if after else posts
    found = list(rows[: size + 1])
    return _page(found, size, after, now, lambda: posts, is_full=len(found) > size)


def _page(found, size, after, now, rows, *, is_full):
    posts = found[:size]
    older = Cursor(posts[-1].published_at, posts[-1].pk) if is_full and posts else None
    return FeedPage(posts, older, None if after else _mark(posts, now, rows, is_full=is_full))


def _mark(posts, now, rows, *, is_full):
    """This instant, and the posts of the last minute that are already known: a late one is not among them."""
    start = now - LATE
    if is_full and posts[-1].published_at > start:
        known = list(rows().filter(published_at__gt=start).values_list("pk", flat=True)[:100])
    else:
        known = [post.pk for post in posts if post.published_at > start]
    return Mark(now, tuple(known))


def new_since(person, mark, audience=None):
    """Return how many posts of others came since ``mark`` was made, up to a hundred."""
    rows = plain_feed(person)
    if audience is not None:
        rows = Post.objects.visible_to(person).filter(audience=audience, is_visible=True).newest_first()
    rows = rows.filter(published_at__gt=mark.at - LATE).exclude(pk__in=mark.known).exclude(author=person.pk)
    return len(rows.values_list("pk", flat=True)[: MOST_NEW + 1])


def unread_for(person):
    """Count the posts of others beyond one's reading place, by audience, for the audiences where one has such a place.

    One query of 1000 rows at most; each count stops at one more than is shown.
    """
    places = dict(ReadPointer.objects.filter(person=person.pk).values_list("audience", "position"))
    if not places:
        return {}
    beyond = Q(pk__in=[])
    for audience_id, position in sorted(places.items()):
        beyond |= Q(audience=audience_id, pk__gt=position)
    counts: dict[int, int] = {}
    rows = Post.objects.visible_to(person).filter(beyond, is_visible=True).exclude(author=person.pk)
    for audience_id in rows.order_by("-pk").values_list("audience", flat=True)[:1000]:
        counts[audience_id] = min(counts.get(audience_id, 0) + 1, MOST_NEW + 1)
    return counts
