"""What is shown with what: a hidden or deleted text takes along everything that hangs on it, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from rse.governance.models import Moderation
from rse.governance.services.moderation import show_hidden

from ..models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark

if TYPE_CHECKING:
    from rse.core.models import Person


def show_with_post(post: Post, *, is_visible: bool) -> None:
    """Show or hide everything under ``post``; what was hidden by itself stays so."""
    comments = Comment.objects.filter(post=post)
    if is_visible:
        shown = comments.filter(is_hidden=False, deleted_at=None)
        shown.update(is_post_visible=True, is_visible=True)
        comments.filter(is_post_visible=False).update(is_post_visible=True)
    else:
        comments.update(is_post_visible=False, is_visible=False)
    for rows in (UsefulMark, Picture, EditedVersion):
        rows.objects.filter(post=post).update(is_visible=is_visible)
        under = rows.objects.filter(comment__in=comments.values("pk"))
        under.update(is_visible=False)
        if is_visible:
            rows.objects.filter(comment__in=comments.filter(is_visible=True).values("pk")).update(is_visible=True)
    kept = Acceptance.objects.filter(post=post)
    kept.update(is_visible=False)
    if is_visible:
        kept.filter(comment__in=comments.filter(is_visible=True).values("pk")).update(is_visible=True)


def show_with_comment(comment: Comment, *, is_visible: bool) -> None:
    """Show or hide everything under ``comment``."""
    for rows in (UsefulMark, Picture, EditedVersion, Acceptance):
        rows.objects.filter(comment=comment).update(is_visible=is_visible)


def show_again(*, by: Person, kind: str, row_id: int) -> None:
    """End the decision that hides a row, if ``by`` may read and end that decision.

    Raises:
        PermissionDenied: they may not, or nothing hides the row.

    """
    moderation = Moderation.objects.visible_to(by).running().filter(kind=kind, row_id=row_id).first()
    if moderation is None:
        raise PermissionDenied
    show_hidden(by=by, moderation=moderation)
