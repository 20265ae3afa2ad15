"""One post with its comments, as one reader sees it."""

from collections import defaultdict
from dataclasses import dataclass

from rse.governance.models import Moderation

from ..models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from .cursors import Cursor
from .reader_state import Overlay, overlay_for

SIZE = 100


@dataclass(frozen=True)
class Thread:
    post: Post
    comments: list[Comment]
    after: Cursor | None  # where the page before ends
    newer: Cursor | None
    accepted_id: int | None
    overlay: Overlay
    pictures: dict[int, list[Picture]]  # by comment
    reasons: dict[tuple[str, int], list[UsefulMark]]  # why it helped, by what it stands on
    decisions: dict[tuple[str, int], Moderation]  # why something is hidden, for its author and the hosts


def thread_for(person, post, after=None, *, holding=None):
    """Return the comments of ``post`` that ``person`` may read, oldest first, with all the page shows of them.

    The page begins ``after`` a cursor; else it is the one that has the comment ``holding``; else the first. Costs a constant number of
    queries.
    """
    rows = Comment.objects.visible_to(person).filter(post=post).select_related("author__site")
    if holding and not after:
        after = _before_page_of(holding, rows)
    if after:
        rows = rows.exclude(published_at__lt=after.published_at).exclude(published_at=after.published_at, pk__lte=after.post_id)
    comments = list(rows.oldest_first()[: SIZE + 1])
    newer = Cursor(comments[SIZE - 1].published_at, comments[SIZE - 1].pk) if len(comments) > SIZE else None
    comments = comments[:SIZE]
    for comment in comments:
        comment.post, comment.audience = post, post.audience
    ids = [comment.pk for comment in comments]
    pictures = defaultdict(list)
    for picture in Picture.objects.visible_to(person).filter(comment__in=ids).order_by("place", "pk"):
        pictures[picture.comment_id].append(picture)
    return Thread(
        post,
        comments,
        after,
        newer,
        _accepted(person, post),
        overlay_for(person, [post], comments),
        dict(pictures),
        _reasons(person, post, ids),
        _decisions(person, post, comments),
    )


def _before_page_of(comment, rows):
    before = rows.exclude(published_at__gt=comment.published_at).exclude(published_at=comment.published_at, pk__gte=comment.pk)
    number = before.count() // SIZE * SIZE
    return Cursor(*before.oldest_first().values_list("published_at", "pk")[number - 1]) if number else None


def _accepted(person, post):
    return Acceptance.objects.visible_to(person).filter(post=post).values_list("comment", flat=True).first() if post.is_question else None


def _reasons(person, post, comment_ids):
    reasons = defaultdict(list)
    marks = UsefulMark.objects.visible_to(person).exclude(reason="").select_related("person")
    on = marks.filter(post=post) | marks.filter(comment__in=comment_ids)
    for mark in on.order_by("-marked_at", "-pk")[:200]:
        reasons["post" if mark.post_id else "comment", mark.post_id or mark.comment_id].append(mark)
    return dict(reasons)


def _decisions(person, post, comments):
    hidden = {("comment", comment.pk) for comment in comments if comment.is_hidden} | ({("post", post.pk)} if post.is_hidden else set())
    if not hidden:
        return {}
    rows = Moderation.objects.visible_to(person).running().filter(row_id__in=[row_id for _kind, row_id in hidden]).order_by("pk")
    return {(row.kind, row.row_id): row for row in rows if (row.kind, row.row_id) in hidden}


def marks_on(person, thing):
    """Return the queryset of the useful marks on ``thing`` that ``person`` may read, the latest first."""
    column = "post" if isinstance(thing, Post) else "comment"
    return UsefulMark.objects.visible_to(person).filter(**{column: thing}).select_related("person__site").order_by("-marked_at", "-pk")


def versions_of(person, thing):
    """Return the queryset of the former texts of ``thing``, the latest first, as far as ``person`` may read them."""
    column = "post" if isinstance(thing, Post) else "comment"
    return EditedVersion.objects.visible_to(person).filter(**{column: thing}).order_by("-pk")
