"""One post with its comments, as one reader sees it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from rse.governance.models import Moderation

from ..models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from .cursors import Cursor
from .reader_state import Overlay, overlay_for

SIZE = 100


@dataclass(frozen=True)
class Thread:
    post: Post
    comments: list[Comment]  # each answer with its remarks after it
    answers: dict[int, Comment]  # of the remarks on this page, as far as this reader may read them, by key
    start: Cursor | None  # what stands right before this page
    newer: Cursor | None
    accepted: Comment | None
    overlay: Overlay
    pictures: dict[int, list[Picture]]  # by comment
    reasons: dict[tuple[str, int], list[UsefulMark]]  # why it helped, by what it stands on
    decisions: dict[tuple[str, int], Moderation]  # why something is hidden, for its author and the hosts


def thread_for(person, post, *, after=None, at=None):
    """Return a page of the comments of ``post`` that ``person`` may read, answers oldest first, each with its remarks, and all it shows.

    ``after`` is where the page before ended; ``at`` names a comment by its public id and asks for the page where that one stands. Costs a
    constant number of queries.
    """
    rows = (
        Comment.objects.visible_to(person)
        .filter(post=post)
        .select_related("author__site")
        .annotate(thread_at=Coalesce("answer__published_at", "published_at"), thread_key=Coalesce(F("answer__pk"), F("pk")))
        .order_by("thread_at", "thread_key", "published_at", "pk")
    )
    if at:
        after = _before_page_of(rows, at)
    if after:
        rows = _beyond(rows, after)
    comments = list(rows[: SIZE + 1])
    newer = _cursor(comments[SIZE - 1]) if len(comments) > SIZE else None
    comments = comments[:SIZE]
    accepted = _accepted(person, post)
    for comment in [*comments, *([accepted] if accepted else [])]:
        comment.post, comment.audience = post, post.audience
    ids = [comment.pk for comment in comments]
    pictures = defaultdict(list)
    for picture in Picture.objects.visible_to(person).filter(comment__in=ids).order_by("place", "pk"):
        pictures[picture.comment_id].append(picture)
    return Thread(
        post,
        comments,
        _answers(person, comments),
        after,
        newer,
        accepted,
        overlay_for(person, [post], comments),
        dict(pictures),
        _reasons(person, post, ids),
        _decisions(person, post, comments),
    )


def _cursor(comment):
    return Cursor(comment.published_at, comment.pk)


def _beyond(rows, cursor):
    """Those of ``rows`` that stand after the comment of ``cursor``, or all where it is gone."""
    last = (
        rows.model._base_manager.filter(pk=cursor.post_id).values_list("answer__published_at", "answer__pk", "published_at", "pk").first()
    )
    if last is None:
        return rows
    at, key = last[0] or last[2], last[1] or last[3]
    later = Q(published_at__gt=last[2]) | Q(published_at=last[2], pk__gt=last[3])
    return rows.filter(Q(thread_at__gt=at) | Q(thread_at=at, thread_key__gt=key) | Q(thread_at=at, thread_key=key) & later)


def _before_page_of(rows, public_id):
    """Return the cursor of what stands right before the page where a comment is; None for the first page, and where there is none."""
    ids = list(rows.values_list("public_id", "published_at", "pk"))
    place = next((place for place, row in enumerate(ids) if row[0] == public_id), 0)
    start = place // SIZE * SIZE
    return Cursor(*ids[start - 1][1:]) if start else None


def _answers(person, comments):
    """The answers that remarks on this page are about, by key."""
    found = {comment.pk: comment for comment in comments}
    missing = {comment.answer_id for comment in comments if comment.answer_id} - found.keys()
    if missing:
        found |= Comment.objects.visible_to(person).filter(pk__in=missing).select_related("author").in_bulk()
    return found


def _accepted(person, post):
    if not post.is_question:
        return None
    kept = Acceptance.objects.visible_to(person).filter(post=post).select_related("comment__author__site").first()
    return kept and kept.comment


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
