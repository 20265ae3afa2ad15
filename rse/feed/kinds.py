"""What of the feed can be linked to, searched and hidden."""

from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Document, Kind, register
from rse.core.web.markdown import excerpt

from . import models, services
from .enums import LONGEST_POST
from .mentions import said, title_of


def register_all():
    """Register the kinds of the feed."""
    register(
        Kind(
            name="post",
            model=models.Post,
            label=_("Post"),
            plural=_("Posts"),
            icon="message-square",
            address=lambda post: post.get_absolute_url(),
            title=title_of,
            card="feed/_reference.html",
            with_card=lambda posts: posts.with_card().with_mentions(),
            document=document_of_post,
            hanging=comments_under,
            hide=services.hide_post_row,
            show=services.show_post_row,
        )
    )
    register(
        Kind(
            name="comment",
            model=models.Comment,
            label=_("Answer"),
            plural=_("Answers"),
            icon="message-circle",
            address=lambda comment: comment.get_absolute_url(),
            title=lambda comment: title_of(comment.post),
            card="feed/_reference.html",
            with_card=lambda comments: comments.with_card().with_mentions().with_mentions("post__mentions"),
            document=document_of_comment,
            hide=services.hide_comment_row,
            show=services.show_comment_row,
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
            with_card=lambda rows: rows.with_card().with_mentions("post__mentions"),
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
            with_card=lambda rows: rows.with_card().with_mentions("post__mentions").with_mentions("comment__post__mentions"),
        )
    )


def document_of_post(post):
    """Return the search document of a post; None once the post is hidden or deleted."""
    if not post.is_visible:
        return None
    words = excerpt(said(post, post.body, is_indexed=True), LONGEST_POST)
    said_by = {"byline": post.author.name, "says_names": True}
    return Document(title=title_of(post, is_indexed=True), body=words, language=post.language, at=post.published_at, **said_by)


def document_of_comment(comment):
    """Return the search document of a comment, made of its own words; None once the comment or its post is hidden or deleted."""
    if not comment.is_visible:
        return None
    words, author = excerpt(said(comment, comment.body, is_indexed=True), LONGEST_POST), comment.author
    said_by = {"byline": author.name, "says_names": True}
    return Document(title="", body=words, language=comment.post.language, at=comment.published_at, **said_by)


def comments_under(post_id):
    """Return the references to the comments that are hidden and deleted with a post."""
    return [("comment", pk) for pk in models.Comment.objects.filter(post=post_id).order_by("pk").values_list("pk", flat=True)]
