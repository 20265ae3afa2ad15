"""The accepted answer of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rse.core import clock
from rse.core.events.bus import Contribution, publish
from rse.core.people.services.refusals import allow
from rse.governance.charter import require_charter

from .. import events, rules
from ..models import Acceptance, Comment
from ..pokes import poke_thread
from .texts import bump, locked_post

if TYPE_CHECKING:
    from rse.core.models import Person


@transaction.atomic
def accept_answer(*, actor: Person, comment: Comment) -> Acceptance:
    """Keep ``comment`` as the answer of its question, in the place of another one; once is enough.

    It is a contribution of whoever answered, to whoever asked: not where they are one person or the answerer accepted it, and
    never in a protected audience.

    Raises:
        PermissionDenied: neither the asker nor a host, no question, or the comment can no longer be read.
        CharterRequired: the charter has to be accepted first.

    """
    post = locked_post(comment.post_id)
    comment = Comment.objects.select_related("post__audience", "audience").get(pk=comment.pk)
    allow(rules.can_accept(actor, comment))
    require_charter(actor)
    before = Acceptance.objects.filter(post=post).first()
    if before and before.comment_id == comment.pk:
        return before
    if before:
        _end(before, actor=actor)
    kept = Acceptance.objects.create(post=post, comment=comment, audience_id=post.audience_id, accepted_by=actor, accepted_at=clock.now())
    poke_thread(post, bump(post.pk))
    named = [comment.author_id, post.author_id]
    publish(
        events.AnswerAccepted(
            actor_id=actor.pk,
            subject=("acceptance", kept.pk),
            post_id=post.pk,
            comment_id=comment.pk,
            recipient_ids=tuple(dict.fromkeys(person_id for person_id in named if person_id != actor.pk)),
            contribution=_contribution(kept),
            document=("post", post.pk),
        )
    )
    return kept


def _contribution(kept: Acceptance) -> Contribution | None:
    comment, post = kept.comment, kept.post
    if comment.author_id in (post.author_id, kept.accepted_by_id) or post.audience.is_protected:
        return None
    return Contribution(
        person_id=comment.author_id,
        kind="answer_accepted",
        act=("acceptance", kept.pk),
        audience_id=kept.audience_id,
        on=clock.today(),
        helped_ids=(post.author_id,),
    )


@transaction.atomic
def unaccept_answer(*, actor: Person, comment: Comment) -> None:
    """Undo the acceptance of ``comment``, if it is the accepted answer of its question.

    Raises:
        PermissionDenied: neither the asker nor a host, or the comment can no longer be read.

    """
    post = locked_post(comment.post_id)
    comment = Comment.objects.select_related("post__audience", "audience").get(pk=comment.pk)
    allow(rules.can_accept(actor, comment))
    kept = Acceptance.objects.filter(post=post, comment=comment).first()
    if kept is None:
        return
    _end(kept, actor=actor)
    poke_thread(post, bump(post.pk))


def _end(kept: Acceptance, *, actor: Person) -> None:
    """Delete ``kept`` and say so: whatever stood on it falls."""
    act, post_id, comment_id = kept.pk, kept.post_id, kept.comment_id
    kept.delete()
    publish(
        events.AnswerUnaccepted(
            actor_id=actor.pk, subject=("acceptance", act), post_id=post_id, comment_id=comment_id, document=("post", post_id)
        )
    )
