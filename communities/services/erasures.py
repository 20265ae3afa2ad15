"""Communities whose time was over: erased, and erased again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rse.core.ops import erasures
from rse.core.people.services import audiences
from rse.feed.models import Picture
from rse.feed.services.pictures import drop_files

from ..models import Community
from .communities import locked

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("communities.community", _again)


def erase_communities(keys: Sequence[int]) -> None:
    """Erase these communities with everything in them."""
    for community in Community.objects.filter(pk__in=keys).order_by("deleted_at", "pk"):
        with transaction.atomic():
            erasures.note("communities.community", [community.public_id])
            drop_files(Picture.objects.filter(audience=community.audience_id))
            audiences.erase(locked(community).audience_id)


def _again(public_ids: Sequence[str]) -> None:
    erase_communities(list(Community.objects.filter(public_id__in=public_ids).order_by("pk").values_list("pk", flat=True)))
