"""What posts and comments have in common when they are written."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F

from rse.core import clock
from rse.core.readers import readers_of

from ..enums import MOST_TOLD
from ..mentions import handles_in
from ..models import Comment, EditedVersion, Post

if TYPE_CHECKING:
    from rse.core.models import Person

UNMARKED_FOR = datetime.timedelta(hours=24)  # a text corrected within a day does not say so


def locked_post(post_id: int) -> Post:
    """The post as it stands now, held until the end of the transaction: what hangs on it changes one after the other."""
    Post.objects.select_for_update(of=("self",), no_key=True).filter(pk=post_id).order_by("pk").first()
    return Post.objects.select_related("audience", "author").get(pk=post_id)


def bump(post_id: int, **changes: Any) -> int:
    """Write ``changes`` on the post and move its version; the new version."""
    Post.objects.filter(pk=post_id).update(version=F("version") + 1, **changes)
    return Post.objects.values_list("version", flat=True).get(pk=post_id)


def people_told(thing: Post | Comment, text: str, *, actor: Person) -> list[int]:
    """The readers of ``thing`` whom ``text`` names, in order, as many as one text may call."""
    handles = handles_in(text)
    if not handles:
        return []
    readers = readers_of(thing, told=True).filter(handle__in=handles).exclude(pk=actor.pk)
    found = dict(readers.order_by("pk").values_list("handle", "pk"))
    return [found[handle] for handle in handles if handle in found][:MOST_TOLD]


def newly_told(thing: Post | Comment, before: str, after: str, *, actor: Person) -> tuple[int, ...]:
    """Those whom ``after`` names and ``before`` did not."""
    already = set(handles_in(before))
    return tuple(people_told(thing, " ".join(f"@{handle}" for handle in handles_in(after) if handle not in already), actor=actor))


def keep_version(thing: Post | Comment) -> None:
    """Keep what ``thing`` says now, before it says something else."""
    column = "post" if isinstance(thing, Post) else "comment"
    EditedVersion.objects.create(
        **{column: thing},
        author_id=thing.author_id,
        audience_id=thing.audience_id,
        title=getattr(thing, "title", ""),
        body=thing.body,
        written_at=thing.edited_at or thing.published_at,
        is_visible=thing.is_visible,
    )


def edited_at(thing: Post | Comment) -> datetime.datetime | None:
    """When ``thing``, changed now, says that it was edited: only after its first day."""
    now = clock.now()
    return now if thing.edited_at or now - thing.published_at > UNMARKED_FOR else None
