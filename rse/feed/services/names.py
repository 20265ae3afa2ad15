"""What texts say once somebody whom they name is called otherwise, has come or has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from rse.core.events import publish

from .. import events
from ..models import Acceptance, Comment, Mention, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 1000


@transaction.atomic
def follow_names(*, person_ids: Sequence[int]) -> None:
    """Let what names these people be indexed again, and the cards that show an answer of theirs be drawn again.

    Publishes one event for each text.
    """
    for start in range(0, len(person_ids), BATCH):
        people = person_ids[start : start + BATCH]
        kept = Acceptance.objects.filter(comment__in=Comment.objects.filter(author__in=people).values("pk"))
        Post.objects.filter(pk__in=kept.values("post")).update(version=F("version") + 1)
        mentions = (
            Mention.objects.filter(person__in=people, useful_mark=None)
            .order_by("post", "comment")
            .values_list("post", "comment")
            .distinct()
        )
        for post, comment in mentions:
            publish(events.MentionChanged(document=("post", post) if post else ("comment", comment)))
