"""Pairs as their two people may read them: what was sealed is opened here, for who may read it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rse.core import clock
from rse.core.access.readers import HoldsRole
from rse.core.enums import Role
from talent.models import HelpConfirmation

from .. import encryption, rules
from ..enums import PairState
from ..models import Goal, MentoringPair, MentoringRequest, Note, Session

if TYPE_CHECKING:
    from rse.core.models import Person

    from ..models import NotesKey

    Piece = Goal | Session | Note


def pair_for(reader: Person, public_id: str) -> MentoringPair | None:
    """Return the pair, if ``reader`` is one of the two."""
    rows = MentoringPair.objects.visible_to(reader).filter(public_id=public_id)
    return rows.select_related("mentor__unit", "mentee__unit", "key", "request").first()


def pair_of_request(reader: Person, request: MentoringRequest) -> MentoringPair | None:
    """Return the pair that the request became, if ``reader`` is one of the two."""
    return MentoringPair.objects.visible_to(reader).filter(request=request).first()


def may_read_request(reader: Person, request: MentoringRequest) -> bool:
    """Return whether ``reader`` reads the words of the request.

    Whoever asked reads them until they are erased; the mentor while the request waits or the pair runs, and never from above or below.
    """
    if reader.pk == request.mentee_id:
        return True
    pair = pair_of_request(reader, request)
    is_theirs = request.is_pending or (pair is not None and pair.is_running)
    return is_theirs and not rules.stand_in_one_line(request.mentor, request.mentee)


def pair_is_counted_for(reader: Person, public_id: str) -> bool:
    """Return whether there is such a pair among those that ``reader``, as HR of their units, knows to exist."""
    return MentoringPair.objects.filter(HoldsRole(Role.HR, person="mentee").q(reader), public_id=public_id).exists()


def pairs_of(person: Person) -> Any:
    """Return the queryset of the pairs of ``person``, the newest first; ended ones until they are erased."""
    return MentoringPair.objects.visible_to(person).select_related("mentor", "mentee").order_by("-began_on", "-pk")


def piece_in(reader: Person, pair: MentoringPair, model: type[Piece], public_id: str) -> Any:
    """Return one goal, session or note of the pair, if ``reader`` may open it."""
    return model.objects.visible_to(reader).filter(pair=pair, public_id=public_id).select_related("author", "pair__key").first()


def place_of(row: Any) -> str:
    """Return the one place that the words of ``row`` were written for: its model, pair, row and author; bound into their encryption."""
    if isinstance(row, MentoringRequest):
        return f"request:{row.public_id}:{row.public_id}:{row.mentee_id}"
    return f"{row._meta.model_name}:{row.pair.public_id}:{row.public_id}:{row.author_id}"


def opened_key(key: NotesKey | None) -> bytes | None:
    """Return the decrypted key, or None where the keys of this installation do not open it."""
    if key is None:
        return None
    try:
        return encryption.unwrap(bytes(key.wrapped), place=key.public_id)
    except encryption.CannotOpen:
        return None


def read_words(key: bytes | None, row: Any) -> str | None:
    """Return the decrypted words of ``row``, or None where they cannot be read; nothing is changed then."""
    if key is None:
        return None
    try:
        return encryption.unseal(key, row.words, place=place_of(row))
    except encryption.CannotOpen:
        return None


def pieces_of(reader: Person, pair: MentoringPair) -> dict[str, list[dict[str, Any]]]:
    """Return the goals, sessions and notes of ``pair`` that ``reader`` may open, each with its words, None where they cannot be read."""
    key = opened_key(pair.key)

    def read(rows: Any) -> list[dict[str, Any]]:
        shown = []
        for row in rows.select_related("author"):
            row.pair = pair
            shown.append({"row": row, "words": read_words(key, row), "is_mine": row.author_id == reader.pk})
        return shown

    notes = read(Note.objects.visible_to(reader).filter(pair=pair).order_by("-written_at", "-pk"))
    return {
        "goals": read(Goal.objects.visible_to(reader).filter(pair=pair).order_by("written_at", "pk")),
        "sessions": read(Session.objects.visible_to(reader).filter(pair=pair).order_by("-on", "-pk")),
        "ours": [one for one in notes if one["row"].kind == "ours"],
        "mine": [one for one in notes if one["row"].kind == "mine"],
    }


def help_confirmed(pair: MentoringPair, person: Person) -> HelpConfirmation | None:
    """Return the mentee's confirmation of the mentor's help, as ``person`` may open it."""
    rows = HelpConfirmation.objects.visible_to(person).filter(source_kind="mentoring_pair", source_id=pair.pk, by=pair.mentee_id)
    return rows.order_by("pk").first()


def next_sessions(person: Person, *, until: Any) -> list[Session]:
    """Return the sessions of ``person`` from today until a day, the nearest first."""
    rows = Session.objects.visible_to(person).filter(on__gte=clock.today(), on__lte=until, pair__state=PairState.ACTIVE)
    return list(rows.select_related("pair").order_by("on", "pk"))
