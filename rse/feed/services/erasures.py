"""What the feed erases again once an older backup was put back: what was taken back, and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rse.core.ops import erasures

from ..models import Comment, Picture, Post
from .comments import take_back_comment
from .pictures import erase_pictures
from .posts import take_back_post
from .texts import locked_post

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("feed.post", _posts)
    erasures.register("feed.comment", _comments)
    erasures.register("feed.picture", _pictures)


def _posts(public_ids: Sequence[str]) -> None:
    for post_id in Post.objects.filter(public_id__in=public_ids, deleted_at=None).order_by("pk").values_list("pk", flat=True):
        post = locked_post(post_id)
        take_back_post(post, by=post.author)


def _comments(public_ids: Sequence[str]) -> None:
    rows = Comment.objects.select_related("audience", "author", "post").filter(public_id__in=public_ids, deleted_at=None)
    for comment in rows.order_by("pk"):
        take_back_comment(comment, post=locked_post(comment.post_id), by=comment.author)


def _pictures(public_ids: Sequence[str]) -> None:
    erase_pictures(list(Picture.objects.filter(public_id__in=public_ids).order_by("pk").values_list("pk", flat=True)))
