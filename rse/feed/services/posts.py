"""Posts: published, edited, taken back by their author, hidden by a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.people.services.refusals import allow
from rse.core.versions import save_over
from rse.governance.charter import require_charter
from rse.governance.services.moderation import hide_with_reason

from .. import events, rules
from ..enums import PostKind
from ..language import guess_language
from ..mentions import as_edited
from ..models import Comment, Picture, Post, ReadPointer
from ..pokes import poke_feed, poke_thread
from ..validators import check_post, plain, submission_of
from .pictures import attach, drop_files, rearrange
from .texts import bump, edited_at, keep_version, locked_post, newly_told, people_told
from .visibility import show_again, show_with_post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rse.core.models import Audience, Person
    from rse.governance.models import Moderation


@transaction.atomic
def publish_post(
    *,
    author: Person,
    audience: Audience,
    body: str,
    kind: str = PostKind.MESSAGE,
    title: str = "",
    language: str = "",
    pictures: Sequence[tuple[str, str]] = (),
    key: str = "",
) -> Post:
    """Create a post in ``audience`` and tell the people whom the text names, if they may read it.

    ``pictures`` are pairs of a public id and what the picture shows. The same ``key`` with the same words posts once.

    Raises:
        PermissionDenied: not a member there, or the audience is frozen.
        CharterRequired: the charter has to be accepted first.
        ValidationError: the words are too long, or missing.
        PictureGone: a picture is not the author's, or hangs on something else.

    """
    allow(rules.can_post(author, audience))
    require_charter(author)
    title, body = plain(title), plain(body)
    check_post(kind=kind, title=title, body=body)
    submission = submission_of(key, audience.pk, kind, title, body)
    if sent := _already_sent(author, submission):
        return sent
    try:
        with transaction.atomic():
            post = Post.objects.create(
                author=author,
                audience=audience,
                kind=kind,
                title=title,
                body=body,
                language=language or guess_language(f"{title} {body}", default=author.language),
                published_at=clock.now(),
                submission=submission,
            )
    except IntegrityError:
        if sent := _already_sent(author, submission):
            return sent
        raise
    attach(pictures, owner=author, post=post)
    poke_feed(post)
    publish(
        events.PostPublished(
            actor_id=author.pk,
            subject=("post", post.pk),
            recipient_ids=tuple(people_told(post, f"{title} {body}", actor=author)),
            document=("post", post.pk),
        )
    )
    return post


def _already_sent(author: Person, submission: str | None) -> Post | None:
    return Post.objects.filter(author=author, submission=submission).first() if submission else None


@transaction.atomic
def edit_post(
    *,
    editor: Person,
    post: Post,
    version: int,
    body: str,
    title: str = "",
    language: str = "",
    pictures: Sequence[tuple[str, str]] | None = None,
) -> Post:
    """Change the words of a post, if nobody saved since ``version``; keep the earlier ones, and tell whom only the new ones name.

    ``version`` is the ``text_version`` that was read. ``pictures`` are all that hang on the post from now on; None leaves them as they are.

    Raises:
        PermissionDenied: not the author, or no longer a member there.
        CharterRequired: the charter has to be accepted first.
        EditedMeanwhile: another window saved meanwhile; nothing was written.
        ValidationError: the words are too long, or missing.

    """
    post = locked_post(post.pk)
    allow(rules.can_edit(editor, post))
    require_charter(editor)
    title, body = plain(title), plain(body)
    check_post(kind=post.kind, title=title, body=body)
    before = as_edited(post, post.title), as_edited(post, post.body)
    changes: dict[str, object] = {"language": language or guess_language(f"{title} {body}", default=post.language)}
    if (title, body) not in ((post.title, post.body), before):
        keep_version(post)
        changes |= {"title": title, "body": body, "edited_at": edited_at(post)}
    save_over(Post.objects.filter(pk=post.pk), version, changes, column="text_version", current=lambda: post)
    told = newly_told(post, " ".join(before), f"{title} {body}", actor=editor)
    if pictures is not None:
        rearrange(pictures, owner=editor, post=post)
    poke_thread(post, bump(post.pk))
    publish(events.PostEdited(actor_id=editor.pk, subject=("post", post.pk), recipient_ids=told, document=("post", post.pk)))
    return Post.objects.with_card().get(pk=post.pk)


@transaction.atomic
def delete_post(*, actor: Person, post: Post) -> None:
    """Take one's post back, with everything under it; the hosts can read it for thirty days more, then it is gone.

    Raises:
        PermissionDenied: not the author, or no longer a member there.

    """
    post = locked_post(post.pk)
    allow(rules.can_delete(actor, post))
    take_back_post(post, by=actor)


def take_back_post(post: Post, *, by: Person) -> None:
    """Take back a post, which the caller locked, with everything under it. The caller asked who may."""
    version = bump(post.pk, deleted_at=clock.now(), is_visible=False, submission=None)
    show_with_post(post, is_visible=False)
    poke_thread(post, version)
    erasures.note("feed.post", [post.public_id])
    publish(events.PostDeleted(actor_id=by.pk, subject=("post", post.pk), document=("post", post.pk)))


def hide_post(*, actor: Person, post: Post, article: str, reason: str) -> Moderation:
    """Hide a post as a host, with everything under it; its author still reads it, is told under which article and why, and may appeal.

    Raises:
        PermissionDenied: not a host there, or one's own post.
        ReasonMissing: no article of the charter, or no reason.
        AlreadyHidden: it is hidden.

    """
    return hide_with_reason(by=actor, kind="post", row_id=post.pk, article=article, reason=reason)


@transaction.atomic
def hide_post_row(post: Post, *, by: Person, reason: str = "") -> None:
    """Take a post, and what hangs on it, out of sight. The caller asked who may, and keeps why."""
    post = locked_post(post.pk)
    if post.is_hidden:
        return
    version = bump(post.pk, is_hidden=True, is_visible=False)
    show_with_post(post, is_visible=False)
    poke_thread(post, version)
    publish(events.PostHidden(actor_id=by.pk, subject=("post", post.pk), document=("post", post.pk)))


def show_post(*, actor: Person, post: Post) -> None:
    """Show a hidden post again, with what was not hidden by itself under it; its author is told.

    Raises:
        PermissionDenied: not a moderator of it, or its author, or an appeal waits for somebody's decision.

    """
    show_again(by=actor, kind="post", row_id=post.pk)


@transaction.atomic
def show_post_row(post: Post, *, by: Person) -> None:
    """Put a hidden post, and what hangs on it, back in sight. The caller asked who may."""
    post = locked_post(post.pk)
    if not post.is_hidden:
        return
    is_visible = not post.is_deleted
    version = bump(post.pk, is_hidden=False, is_visible=is_visible)
    show_with_post(post, is_visible=is_visible)
    poke_thread(post, version)
    publish(events.PostShown(actor_id=by.pk, subject=("post", post.pk), document=("post", post.pk)))


@transaction.atomic
def move_pointer(*, person: Person, audience: Audience, post_id: int) -> None:
    """Move the reading place of ``person`` in ``audience`` to ``post_id``; a place never moves back.

    Raises:
        PermissionDenied: not a member there.

    """
    allow(bool(rules.standing_in(person, audience).role))
    ReadPointer.objects.bulk_create([ReadPointer(person=person, audience=audience)], ignore_conflicts=True)
    ReadPointer.objects.filter(person=person, audience=audience, position__lt=post_id).update(position=post_id)


@transaction.atomic
def erase_posts(keys: Sequence[int]) -> None:
    """Erase these posts with what was answered there, and the files of their pictures."""
    drop_files(Picture.objects.filter(Q(post__in=keys) | Q(comment__in=Comment.objects.filter(post__in=keys).values("pk"))))
    Post.objects.filter(pk__in=keys).delete()


@transaction.atomic
def erase_comments(keys: Sequence[int]) -> None:
    """Erase these comments, and the files of their pictures."""
    drop_files(Picture.objects.filter(comment__in=keys))
    Comment.objects.filter(pk__in=keys).delete()
