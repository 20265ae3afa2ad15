"""What texts say once somebody whom they name is called otherwise, has come or has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from rse.core.events.bus import publish

from .. import events
from ..mentions import put
from ..models import Acceptance, Comment, EditedVersion, Mention, Post, UsefulMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

BATCH = 1000


@transaction.atomic
def follow_names(*, person_ids: Sequence[int]) -> None:
    """Let what names these people be indexed again, and the cards that show an answer of theirs be drawn again.

    Publishes one event for each text.
    """
    for start in range(0, len(person_ids), BATCH):
        people = person_ids[start : start + BATCH]
        follow_photos(person_ids=people)
        mentions = (
            Mention.objects.filter(person__in=people, useful_mark=None)
            .order_by("post", "comment")
            .values_list("post", "comment")
            .distinct()
        )
        for post, comment in mentions:
            publish(events.MentionChanged(document=("post", post) if post else ("comment", comment)))


def follow_photos(*, person_ids: Sequence[int]) -> None:
    """Let the cards that show an answer of these people be drawn again: those of their posts know them by what they are drawn from."""
    kept = Acceptance.objects.filter(comment__in=Comment.objects.filter(author__in=person_ids).values("pk"))
    Post.objects.filter(pk__in=kept.values("post")).update(version=F("version") + 1)


@transaction.atomic
def forget_handles(keys: Sequence[int]) -> None:
    """Let the texts of these mentions say the present handle of whoever they mean, where that was a name, in earlier versions as well."""
    for mention in Mention.objects.filter(pk__in=keys).select_related("person").order_by("pk"):
        former, present = mention.handle, mention.person.handle
        for row, columns in _texts_of(mention):
            said = {column: put(getattr(row, column), {former: f"@{present}"}, {former: present}) for column in columns}
            short = {column: text[: row._meta.get_field(column).max_length] for column, text in said.items()}
            type(row)._base_manager.filter(pk=row.pk).update(**short)
        place = {"post": mention.post_id, "comment": mention.comment_id, "useful_mark": mention.useful_mark_id}
        if Mention.objects.filter(**place, handle=present).exists():  # the text named them under two handles
            mention.delete()
        else:
            Mention.objects.filter(pk=mention.pk).update(handle=present)
        if mention.post_id is not None:
            publish(events.MentionChanged(document=("post", mention.post_id)))
        elif mention.comment_id is not None:
            publish(events.MentionChanged(document=("comment", mention.comment_id)))


def _texts_of(mention: Mention) -> list[tuple[Model, tuple[str, ...]]]:
    """The rows in which ``mention`` stands, with the columns of their words."""
    if mention.useful_mark_id is not None:
        return [(mark, ("reason",)) for mark in UsefulMark.objects.filter(pk=mention.useful_mark_id).order_by("pk")]
    column, pk = ("post", mention.post_id) if mention.post_id is not None else ("comment", mention.comment_id or 0)
    model: type[Model] = Post if column == "post" else Comment
    words = ("title", "body") if column == "post" else ("body",)
    versions = EditedVersion.objects.filter(**{column: pk}).order_by("pk")
    return [(row, words) for row in (*model._base_manager.filter(pk=pk).order_by("pk"), *versions)]
