"""Comments: one level under a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.people.services.refusals import allow
from rse.core.versions import save_over
from rse.governance.charter import require_charter
from rse.governance.services.moderation import hide_with_reason

from .. import events, rules
from ..mentions import as_edited
from ..models import Acceptance, Comment, Post
from ..pokes import poke_thread
from ..validators import check_comment, plain, submission_of
from .pictures import attach, rearrange
from .texts import bump, edited_at, keep_version, locked_post, newly_told, people_told
from .visibility import show_again, show_with_comment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rse.core.models import Person
    from rse.governance.models import Moderation


@transaction.atomic
def publish_comment(
    *, author: Person, post: Post, body: str, answer: Comment | None = None, pictures: Sequence[tuple[str, str]] = (), key: str = ""
) -> Comment:
    """Answer ``post``, or remark on its ``answer``: their authors are told, and so are the readers whom the text names.

    Raises:
        PermissionDenied: not a member there, the audience is frozen, or the post or the answer can no longer be read.
        CharterRequired: the charter has to be accepted first.
        ValidationError: the words are too long, or missing.
        PictureGone: a picture is not the author's, or hangs on something else.

    """
    post = locked_post(post.pk)
    allow(rules.can_comment(author, post))
    if answer:
        answer = Comment.objects.with_card().get(pk=answer.pk)
        allow(answer.post_id == post.pk and rules.can_remark(author, answer))
    require_charter(author)
    body = plain(body)
    check_comment(body)
    submission = submission_of(key, post.pk, body)
    if sent := _already_sent(author, submission):
        return sent
    try:
        with transaction.atomic():
            comment = Comment.objects.create(
                post=post,
                answer=answer,
                is_remark=answer is not None,
                author=author,
                audience_id=post.audience_id,
                body=body,
                published_at=clock.now(),
                submission=submission,
            )
    except IntegrityError:
        if sent := _already_sent(author, submission):
            return sent
        raise
    attach(pictures, owner=author, comment=comment)
    version = _count(comment, 1)
    told = people_told(comment, body, actor=author)
    answered = [post.author, *([answer.author] if answer else [])]
    asked = [one.pk for one in answered if one.pk != author.pk and one.may_sign_in]
    poke_thread(post, version)
    publish(
        events.CommentPublished(
            actor_id=author.pk,
            subject=("comment", comment.pk),
            post_id=post.pk,
            recipient_ids=tuple(dict.fromkeys([*asked, *told])),
            document=("comment", comment.pk),
        )
    )
    return comment


def _already_sent(author: Person, submission: str | None) -> Comment | None:
    return Comment.objects.filter(author=author, submission=submission).first() if submission else None


def _locked(comment: Comment) -> tuple[Post, Comment]:
    post = locked_post(comment.post_id)
    return post, Comment.objects.select_related("audience", "author", "post").get(pk=comment.pk)


@transaction.atomic
def edit_comment(
    *, editor: Person, comment: Comment, version: int, body: str, pictures: Sequence[tuple[str, str]] | None = None
) -> Comment:
    """Change the words of a comment, if nobody saved since ``version``; keep the earlier ones, and tell whom only the new ones name.

    Raises:
        PermissionDenied: not the author, or no longer a member there.
        CharterRequired: the charter has to be accepted first.
        EditedMeanwhile: another window saved meanwhile; nothing was written.
        ValidationError: the words are too long, or missing.

    """
    post, comment = _locked(comment)
    allow(rules.can_edit(editor, comment))
    require_charter(editor)
    body = plain(body)
    check_comment(body)
    before = as_edited(comment, comment.body)
    changes: dict[str, object] = {}
    if body not in (comment.body, before):
        keep_version(comment)
        changes = {"body": body, "edited_at": edited_at(comment)}
    save_over(Comment.objects.filter(pk=comment.pk), version, changes, current=lambda: comment)
    told = newly_told(comment, before, body, actor=editor)
    if pictures is not None:
        rearrange(pictures, owner=editor, comment=comment)
    poke_thread(post, bump(post.pk))
    publish(
        events.CommentEdited(
            actor_id=editor.pk, subject=("comment", comment.pk), post_id=post.pk, recipient_ids=told, document=("comment", comment.pk)
        )
    )
    return Comment.objects.with_card().get(pk=comment.pk)


@transaction.atomic
def delete_comment(*, actor: Person, comment: Comment) -> None:
    """Take one's comment back; if it was the accepted answer, the question has none again.

    Raises:
        PermissionDenied: not the author, or no longer a member there.

    """
    post, comment = _locked(comment)
    allow(rules.can_delete(actor, comment))
    take_back_comment(comment, post=post, by=actor)


def take_back_comment(comment: Comment, *, post: Post, by: Person) -> None:
    """Take back a comment under ``post``, which the caller locked. The caller asked who may."""
    Comment.objects.filter(pk=comment.pk).update(deleted_at=clock.now(), is_visible=False, submission=None)
    show_with_comment(comment, is_visible=False)
    was_accepted = Acceptance.objects.filter(comment=comment).delete()[0]
    poke_thread(post, _count(comment, 0 if comment.is_hidden else -1))
    if was_accepted:
        publish(events.AnswerUnaccepted(actor_id=by.pk, subject=("comment", comment.pk), post_id=post.pk, comment_id=comment.pk))
    erasures.note("feed.comment", [comment.public_id])
    publish(events.CommentDeleted(actor_id=by.pk, subject=("comment", comment.pk), post_id=post.pk, document=("comment", comment.pk)))


def _count(comment: Comment, step: int) -> int:
    """Move the counts of comments that are neither hidden nor deleted by themselves; return the new version of the post."""
    counted = ["comment_count", *(["remark_count"] if comment.is_remark else [])] if step else []
    return bump(comment.post_id, **{column: F(column) + step for column in counted})


def hide_comment(*, actor: Person, comment: Comment, article: str, reason: str) -> Moderation:
    """Hide a comment as a host; its author still reads it, is told under which article and why, and may appeal.

    Raises:
        PermissionDenied: not a host there, or one's own comment.
        ReasonMissing: no article of the charter, or no reason.
        AlreadyHidden: it is hidden.

    """
    return hide_with_reason(by=actor, kind="comment", row_id=comment.pk, article=article, reason=reason)


@transaction.atomic
def hide_comment_row(comment: Comment, *, by: Person, reason: str = "") -> None:
    """Take a comment, and what hangs on it, out of sight. The caller asked who may, and keeps why."""
    post, comment = _locked(comment)
    if comment.is_hidden:
        return
    Comment.objects.filter(pk=comment.pk).update(is_hidden=True, is_visible=False)
    show_with_comment(comment, is_visible=False)
    poke_thread(post, _count(comment, 0 if comment.is_deleted else -1))
    publish(events.CommentHidden(actor_id=by.pk, subject=("comment", comment.pk), post_id=post.pk, document=("comment", comment.pk)))


def show_comment(*, actor: Person, comment: Comment) -> None:
    """Show a hidden comment again; its author is told.

    Raises:
        PermissionDenied: not a moderator of it, or its author, or an appeal waits for somebody's decision.

    """
    show_again(by=actor, kind="comment", row_id=comment.pk)


@transaction.atomic
def show_comment_row(comment: Comment, *, by: Person) -> None:
    """Put a hidden comment, and what hangs on it, back in sight. The caller asked who may."""
    post, comment = _locked(comment)
    if not comment.is_hidden:
        return
    is_visible = comment.is_post_visible and not comment.is_deleted
    Comment.objects.filter(pk=comment.pk).update(is_hidden=False, is_visible=is_visible)
    show_with_comment(comment, is_visible=is_visible)
    poke_thread(post, _count(comment, 0 if comment.is_deleted else 1))
    publish(events.CommentShown(actor_id=by.pk, subject=("comment", comment.pk), post_id=post.pk, document=("comment", comment.pk)))
