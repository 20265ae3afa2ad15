"""Every word of a pair: goals, sessions, notes. Each is sealed with the key of the pair, for the one row it is written in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.public_ids import random_id
from rse.core.versions import expect_version, save_over
from rse.notify import live

from .. import encryption, events, queries, rules
from ..enums import LONGEST_AGENDA, LONGEST_GOAL, LONGEST_NOTE, NoteKind
from ..models import Goal, MentoringPair, Note, Session
from .seals import require_open

if TYPE_CHECKING:
    import datetime

    from rse.core.models import Person

    Piece = Goal | Session | Note

LONGEST = {Goal: LONGEST_GOAL, Session: LONGEST_AGENDA, Note: LONGEST_NOTE}


def _opened(actor: Person, pair: MentoringPair) -> MentoringPair:
    """The pair as it stands, if the actor writes in it; nobody ends it until this transaction does."""
    require_open(actor)
    rows = MentoringPair.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=pair.pk)
    row = rows.select_related("mentor", "mentee", "key").first()
    if row is None or not rules.can_write_in(actor, row):
        raise PermissionDenied
    return row


def _key(pair: MentoringPair) -> bytes:
    """The key of the pair.

    Raises:
        CannotOpen: the keys of this installation do not open it.

    """
    key = queries.opened_key(pair.key)
    if key is None:
        raise encryption.CannotOpen
    return key


def _write(piece: Piece, pair: MentoringPair, words: str, key: str) -> tuple[Any, bool]:
    """The piece, and whether it is new: what one form sends twice (the same ``key``) is written once."""
    if not words.strip() or len(words) > LONGEST[type(piece)]:
        raise PermissionDenied
    piece.public_id, piece.pair = _id_of(piece, key), pair
    if same := type(piece).objects.filter(public_id=piece.public_id).first():
        return same, False
    piece.words = encryption.seal(_key(pair), words, place=queries.place_of(piece))
    piece.save(force_insert=True)
    return piece, True


def _id_of(piece: Piece, key: str) -> str:
    """A random public id, or for the key of a form the one that follows from it, for this author alone."""
    return hashlib.sha256(f"{piece.author_id}:{key}".encode()).hexdigest()[:32] if key else random_id()


def _stir(pair: MentoringPair) -> None:
    """The page of the other half is stale."""
    MentoringPair.objects.filter(pk=pair.pk).update(version=F("version") + 1)
    live.poke("pair", pair.public_id, pair.version + 1)


def _tell_other(actor: Person, pair: MentoringPair) -> None:
    _stir(pair)
    publish(events.PairChanged(subject=("mentoring_pair", pair.pk), recipient_ids=(pair.other_than(actor).pk,)))


@transaction.atomic
def write_goal(*, author: Person, pair: MentoringPair, words: str, key: str = "") -> Goal:
    """Write something that the two want to reach, sealed with the key of the pair.

    Raises:
        PermissionDenied: neither of the two, nothing said, or the pair is frozen or ended.
        CannotOpen: the key of the pair does not open here; nothing was written.

    """
    pair = _opened(author, pair)
    goal, is_new = _write(Goal(author=author), pair, words, key)
    if is_new:
        _tell_other(author, pair)
    return goal


@transaction.atomic
def tick_goal(*, actor: Person, goal: Goal, is_done: bool) -> None:
    """Mark a goal as reached, or as not reached after all.

    Raises:
        PermissionDenied: neither of the two, or the pair is frozen or ended.

    """
    pair = _opened(actor, goal.pair)
    if Goal.objects.filter(pk=goal.pk).exclude(is_done=is_done).update(is_done=is_done):
        _stir(pair)


@transaction.atomic
def plan_session(*, author: Person, pair: MentoringPair, on: datetime.date, words: str, key: str = "") -> Session:
    """Write a day on which the two meet, and what about.

    Raises:
        PermissionDenied: neither of the two, nothing said, or the pair is frozen or ended.
        CannotOpen: the key of the pair does not open here; nothing was written.

    """
    pair = _opened(author, pair)
    session, is_new = _write(Session(author=author, on=on), pair, words, key)
    if is_new:
        _tell_other(author, pair)
    return session


@transaction.atomic
def write_note(*, author: Person, pair: MentoringPair, kind: str, words: str, key: str = "") -> Note:
    """Write a note for oneself alone, of which the other learns nothing, or for both.

    Raises:
        PermissionDenied: neither of the two, nothing said, an unknown kind, or the pair is frozen or ended.
        CannotOpen: the key of the pair does not open here; nothing was written.

    """
    pair = _opened(author, pair)
    if kind not in NoteKind.values:
        raise PermissionDenied
    note, is_new = _write(Note(author=author, kind=kind), pair, words, key)
    if is_new and kind == NoteKind.OURS:
        _tell_other(author, pair)
    return note


@transaction.atomic
def rewrite(*, actor: Person, piece: Piece, version: int, words: str, **values: Any) -> Piece:
    """Replace the words of a goal, a session (and perhaps its day ``on``) or one's own note, if nobody saved since ``version``.

    Raises:
        PermissionDenied: neither of the two, another's note, nothing said, or the pair is frozen or ended.
        CannotOpen: what stands there cannot be read here; it is left as it is.
        EditedMeanwhile: the words have moved on, or are erased; nothing was written.

    """
    pair = _opened(actor, piece.pair)
    if isinstance(piece, Note) and not rules.can_change_note(actor, piece):
        raise PermissionDenied
    allowed = {"on"} if isinstance(piece, Session) else set()
    if not words.strip() or len(words) > LONGEST[type(piece)] or set(values) - allowed:
        raise PermissionDenied
    current = queries.piece_in(actor, pair, type(piece), piece.public_id)
    expect_version(current, version or -1)  # 0 stands for no row elsewhere: here there was one
    key = _key(pair)
    encryption.unseal(key, current.words, place=queries.place_of(current))
    sealed = encryption.seal(key, words, place=queries.place_of(current))
    save_over(type(piece).objects.filter(pk=current.pk), version, {"words": sealed, **values})
    if not (isinstance(piece, Note) and piece.kind == NoteKind.MINE):
        _stir(pair)
    return queries.piece_in(actor, pair, type(piece), piece.public_id)


@transaction.atomic
def erase(*, actor: Person, piece: Piece) -> None:
    """Delete a goal or a session as either of the two, while the pair runs, or a note as its author, at any time.

    Raises:
        PermissionDenied: another's note, neither of the two, or a goal of a pair that is frozen or ended.

    """
    require_open(actor)
    if isinstance(piece, Note):
        if not rules.can_change_note(actor, piece) or not actor.may_sign_in:
            raise PermissionDenied
        is_private = piece.kind == NoteKind.MINE
    else:
        _opened(actor, piece.pair)
        is_private = False
    erasures.note("mentoring.piece", [piece.public_id])
    type(piece).objects.filter(pk=piece.pk).delete()
    if not is_private:
        _stir(MentoringPair.objects.get(pk=piece.pair_id))
