"""What posts and comments have in common when they are written."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.models import Person
from rse.core.people.services.addresses import people_at, people_begun

from ..enums import MOST_TOLD
from ..mentions import handles_in, shown_in
from ..models import Comment, EditedVersion, Mention, Post, UsefulMark

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_BEGUN = 50  # handles without their letters of chance that are looked for in one text
UNMARKED_FOR = datetime.timedelta(hours=24)  # a text corrected within a day does not say so


def locked_post(post_id: int) -> Post:
    """Lock the post until the end of the transaction and return it as it stands now: what hangs on it changes one after the other."""
    Post.objects.select_for_update(of=("self",), no_key=True).filter(pk=post_id).order_by("pk").first()
    return Post.objects.select_related("audience", "author").get(pk=post_id)


def bump(post_id: int, **changes: Any) -> int:
    """Update ``changes`` on the post and increment its version; return the new version."""
    Post.objects.filter(pk=post_id).update(version=F("version") + 1, **changes)
    return Post.objects.values_list("version", flat=True).get(pk=post_id)


def mark_mentions(thing: Post | Comment | UsefulMark, text: str, *, actor: Person) -> dict[str, int]:
    """Store whom ``text`` names, of those whom ``actor`` may see or who have left; return the keys of all it names, by handle.

    Anybody else's handle stays a word: that it came to mean somebody would tell ``actor`` that they exist.
    """
    handles, shown = handles_in(text), shown_in(text)
    if not shown:
        return {}
    found = people_at(shown)
    known = set(Person.objects.visible_to(actor).filter(pk__in=found.values()).values_list("pk", flat=True))
    known |= set(Person.objects.gone_after_a_time().filter(pk__in=found.values()).values_list("pk", flat=True))
    named = {handle: pk for handle, pk in found.items() if pk in known}
    # Without its letters of chance, a handle is that of the one person whom the writer may see: nobody else changes that.
    named |= people_begun([handle for handle in handles if handle not in named][:MOST_BEGUN], by=actor)
    column = {Post: "post", Comment: "comment", UsefulMark: "useful_mark"}[type(thing)]
    rows = [Mention(**{column: thing}, handle=handle, person_id=pk) for handle, pk in named.items()]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    return {handle: pk for handle, pk in (found | named).items() if handle in handles}


def people_told(thing: Post | Comment, text: str, *, actor: Person, but: Collection[int] = ()) -> list[int]:
    """Return the keys of the readers of ``thing`` whom ``text`` names, without those in ``but``, in order, as many as one text may call."""
    named = mark_mentions(thing, text, actor=actor)
    wanted = {handle: pk for handle, pk in named.items() if pk not in but and pk != actor.pk}
    if not wanted:
        return []
    readers = set(readers_of(thing, told=True).filter(pk__in=wanted.values()).order_by("pk").values_list("pk", flat=True))
    order = dict.fromkeys(wanted[handle] for handle in handles_in(text) if wanted.get(handle) in readers)
    return list(order)[:MOST_TOLD]


def newly_told(thing: Post | Comment, before: str, after: str, *, actor: Person) -> tuple[int, ...]:
    """Return the keys of the readers whom ``after`` names and ``before`` did not."""
    already = set(people_at(handles_in(before)).values())
    return tuple(people_told(thing, after, actor=actor, but=already))


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
    """Return the instant at which ``thing``, changed now, says that it was edited; None within its first day."""
    now = clock.now()
    return now if thing.edited_at or now - thing.published_at > UNMARKED_FOR else None
