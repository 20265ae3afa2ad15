"""Useful marks: what another wrote helped somebody, and perhaps to do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from rse.core import clock
from rse.core.events.bus import Contribution, publish
from rse.core.people.services.refusals import allow
from rse.governance.charter import require_charter

from .. import events, rules
from ..mentions import as_edited
from ..models import Comment, Post, UsefulMark
from ..pokes import poke_thread
from ..validators import check_reason, plain
from .texts import bump, locked_post, mark_mentions

if TYPE_CHECKING:
    from rse.core.models import Person


def _locked(thing: Post | Comment) -> tuple[Post, Post | Comment, dict[str, Any]]:
    post = locked_post(thing.thread_id)
    if isinstance(thing, Post):
        return post, post, {"post": post}
    comment = Comment.objects.select_related("audience").get(pk=thing.pk)
    return post, comment, {"comment": comment}


@transaction.atomic
def mark_useful(*, person: Person, thing: Post | Comment, reason: str = "") -> UsefulMark:
    """Record that ``thing`` helped; a second time only the reason changes.

    A reason makes it a contribution of its author, once, unless the audience is protected.

    Raises:
        PermissionDenied: one's own words, not a member there, or they can no longer be read.
        CharterRequired: the charter has to be accepted first.
        ValidationError: the reason is too long.

    """
    post, thing, on = _locked(thing)
    allow(rules.can_mark(person, thing))
    require_charter(person)
    reason = " ".join(plain(reason).split())
    check_reason(reason)
    mark = UsefulMark.objects.filter(person=person, **on).first()
    had_reason = bool(mark and mark.reason)
    if mark and (not reason or reason in (mark.reason, as_edited(mark, mark.reason))):
        return mark
    if mark is None:
        mark = UsefulMark.objects.create(
            person=person, author_id=thing.author_id, audience_id=post.audience_id, reason=reason, marked_at=clock.now(), **on
        )
        type(thing).objects.filter(pk=thing.pk).update(useful_count=F("useful_count") + 1)
    else:
        UsefulMark.objects.filter(pk=mark.pk).update(reason=reason)
        mark.reason = reason
    mark_mentions(mark, reason, actor=person)
    poke_thread(post, bump(post.pk))
    publish(
        events.MarkedUseful(
            actor_id=person.pk,
            subject=("useful_mark", mark.pk),
            contribution=_contribution(mark) if reason and not had_reason and not post.audience.is_protected else None,
        )
    )
    return mark


def _contribution(mark: UsefulMark) -> Contribution:
    return Contribution(
        person_id=mark.author_id,
        kind="useful_mark",
        act=("useful_mark", mark.pk),
        audience_id=mark.audience_id,
        on=clock.today(),
        helped_ids=(mark.person_id,),
    )


@transaction.atomic
def unmark_useful(*, person: Person, thing: Post | Comment) -> None:
    """Take one's mark back; nothing happens if there was none.

    Raises:
        PermissionDenied: no longer a member there, or the words can no longer be read.

    """
    post, thing, on = _locked(thing)
    allow(rules.can_mark(person, thing))
    mark = UsefulMark.objects.filter(person=person, **on).first()
    if mark is None:
        return
    act = mark.pk
    mark.delete()
    type(thing).objects.filter(pk=thing.pk).update(useful_count=F("useful_count") - 1)
    poke_thread(post, bump(post.pk))
    publish(events.MarkWithdrawn(actor_id=person.pk, subject=("useful_mark", act)))
