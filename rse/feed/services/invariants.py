"""What the feed answers for: counts are counts, what hangs on a text is shown with it, and each picture has its two files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from rse.core.ops import invariants
from rse.core.pictures.drawing import missing

from ..models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from .pictures import stray_files

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def register_all() -> None:
    invariants.register("comments counted as they are", lambda: _miscounted(Post, "comment_count", _own_comments(), "post"))
    remarks = Comment.objects.filter(is_hidden=False, deleted_at=None, is_remark=True)
    invariants.register("remarks counted as they are", lambda: _miscounted(Post, "remark_count", remarks, "post"))
    invariants.register("remarks under an answer of their post", misplaced_remarks)
    invariants.register("marks of posts counted as they are", lambda: _miscounted(Post, "useful_count", UsefulMark.objects.all(), "post"))
    marks = UsefulMark.objects.all()
    invariants.register("marks of comments counted as they are", lambda: _miscounted(Comment, "useful_count", marks, "comment"))
    invariants.register("what hangs on a text in the same place", elsewhere)
    invariants.register("what hangs on a text shown with it", shown_alone)
    invariants.register("pictures with their files", pictures_without_files)
    invariants.register("files with their pictures", lambda: len(stray_files()))


def misplaced_remarks() -> int:
    """Count the remarks about something else than an answer of the same post."""
    return Comment.objects.filter(answer__isnull=False).exclude(post=F("answer__post"), answer__is_remark=False).count()


def _own_comments() -> QuerySet[Comment]:
    """Those that are neither hidden nor deleted by themselves."""
    return Comment.objects.filter(is_hidden=False, deleted_at=None)


def _miscounted(model: type[Model], column: str, rows: QuerySet[Any], key: str) -> int:
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk")).values("n")
    things = model._base_manager.annotate(counted=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    return things.exclude(**{column: F("counted")}).count()


def elsewhere() -> int:
    """Count what has another audience than the text it hangs on."""
    comments = Comment.objects.exclude(audience=F("post__audience")).count()
    accepted = Acceptance.objects.exclude(audience=F("post__audience"), post=F("comment__post")).count()
    models = (UsefulMark, EditedVersion, Picture)
    other = ~Q(audience=F("post__audience")) & Q(post__isnull=False) | ~Q(audience=F("comment__audience")) & Q(comment__isnull=False)
    return comments + accepted + sum(model._base_manager.filter(other).count() for model in models)


def shown_alone() -> int:
    """Count what is shown although the text that it hangs on is not."""
    comments = Comment.objects.exclude(is_post_visible=F("post__is_visible")).count()
    accepted = Acceptance.objects.filter(is_visible=True, comment__is_visible=False).count()
    alone = Q(is_visible=True) & (Q(post__is_visible=False) | Q(comment__is_visible=False))
    return comments + accepted + sum(model._base_manager.filter(alone).count() for model in (UsefulMark, EditedVersion, Picture))


def pictures_without_files() -> int:
    return missing(name for pair in Picture.objects.values_list("stored", "stored_small").iterator() for name in pair)
