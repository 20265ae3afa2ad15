"""What of this package has had its time, where no column alone says it."""

from django.db.models import Exists, OuterRef

from rse.core.enums import AudienceType, PersonState
from rse.core.models import AudienceMember, RowGrant

from ..models import Comment, Post, ReadPointer


def posts_taken_back(limit):
    """Return the queryset of the posts that were taken back before ``limit``, without those on which somebody still handles a report."""
    return _taken_back(Post, "post", limit)


def comments_taken_back(limit):
    """Return the queryset of the comments that were taken back before ``limit``, without those on which somebody still handles a report."""
    return _taken_back(Comment, "comment", limit)


def _taken_back(model, kind, limit):
    handled = RowGrant.objects.not_over().filter(kind=kind).values("row_id")
    return model.objects.filter(deleted_at__lt=limit).exclude(pk__in=handled)


def pointers_without_place(_now):
    """Return the queryset of the reading places of people in audiences that they belong to no more."""
    there = AudienceMember.objects.filter(audience=OuterRef("audience"), person=OuterRef("person"))
    gone = ReadPointer.objects.filter(person__state=PersonState.LEFT)
    return gone | ReadPointer.objects.filter(~Exists(there)).exclude(audience__kind=AudienceType.EVERYONE)
