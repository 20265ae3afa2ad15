"""What of the feed can be linked to, searched and hidden."""

from django.utils.translation import gettext_lazy as _

from rse.core.kinds import Document, Kind, register
from rse.core.prose import excerpt

from . import models, services
from .enums import LONGEST_POST


def register_all():
    """Make the kinds of the feed known."""
    register(
        Kind(
            name="post",
            model=models.Post,
            label=_("Post"),
            icon="message-square",
            address=lambda post: post.get_absolute_url(),
            title=title_of,
            card="feed/_reference.html",
            with_card=lambda posts: posts.with_card(),
            document=document_of_post,
            hide=services.conceal_post,
            unhide=services.reveal_post,
        )
    )
    register(
        Kind(
            name="comment",
            model=models.Comment,
            label=_("Answer"),
            icon="message-circle",
            address=lambda comment: comment.get_absolute_url(),
            title=lambda comment: title_of(comment.post),
            card="feed/_reference.html",
            with_card=lambda comments: comments.with_card(),
            document=document_of_comment,
            hide=services.conceal_comment,
            unhide=services.reveal_comment,
        )
    )
    register(
        Kind(
            name="acceptance",
            model=models.Acceptance,
            label=_("Accepted answer"),
            icon="check",
            address=lambda kept: kept.get_absolute_url(),
            title=lambda kept: title_of(kept.post),
            about=lambda kept: kept.accepted_by_id,
            card="feed/_reference_act.html",
            with_card=lambda rows: rows.with_card(),
        )
    )
    register(
        Kind(
            name="useful_mark",
            model=models.UsefulMark,
            label=_("Useful"),
            icon="thumbs-up",
            address=lambda mark: mark.get_absolute_url(),
            title=lambda mark: title_of(mark.post or mark.comment.post),
            about=lambda mark: mark.person_id,
            card="feed/_reference_act.html",
            with_card=lambda rows: rows.with_card(),
        )
    )


def title_of(post):
    """Its title, or how it begins."""
    return post.title or excerpt(post.body[:1000], 80)


def document_of_post(post):
    """What search finds a post by; nothing once it is deleted."""
    if post.is_deleted:
        return None
    return Document(title=title_of(post), body=excerpt(post.body, LONGEST_POST), language=post.language)


def document_of_comment(comment):
    """What search finds a comment by; nothing once it is deleted."""
    if comment.is_deleted:
        return None
    return Document(title=title_of(comment.post), body=excerpt(comment.body, LONGEST_POST), language=comment.post.language)
