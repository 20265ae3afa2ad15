"""What becomes of a pair: it ends, is frozen while one stands above the other, is credited by the mentee, and is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person, ReportingLine
from rse.core.ops import erasures
from rse.notify import live
from talent.enums import LineKind
from talent.services.ledger import confirm_help, withdraw_help

from .. import events, queries, rules
from ..enums import PairState, RequestState
from ..models import MentoringOffer, MentoringPair, MentoringRequest, NotesKey
from .closing import close_request, close_requests_to, end_running
from .seals import require_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talent.models import HelpConfirmation, Skill


@transaction.atomic
def end_pair(*, actor: Person, pair: MentoringPair) -> None:
    """End the pair as either of the two, without a reason; the other is told, and who ended it is written nowhere.

    A second time changes nothing. Each then reads the notes that they wrote, for three months.

    Raises:
        PermissionDenied: neither of the two.

    """
    require_open(actor)
    if not rules.is_half_of(actor, pair) or not actor.may_sign_in:
        raise PermissionDenied
    end_running(pair, told=[pair.other_than(actor).pk])


@transaction.atomic
def settle_lines() -> tuple[int, int]:
    """Freeze the pairs in which one stands in the line of the other, and resume those in which nobody does; return both counts.

    A request that waits between two such people waits no more.
    """
    above = ReportingLine.objects.filter(person=OuterRef("mentee"), manager=OuterRef("mentor"))
    below = ReportingLine.objects.filter(person=OuterRef("mentor"), manager=OuterRef("mentee"))
    in_line = Q(Exists(above)) | Q(Exists(below))
    frozen = resumed = 0
    for pair in MentoringPair.objects.filter(in_line, state=PairState.ACTIVE).order_by("pk"):
        frozen += _turn(pair, PairState.ACTIVE, PairState.FROZEN, events.PairFrozen)
    for pair in MentoringPair.objects.filter(~in_line, state=PairState.FROZEN).order_by("pk"):
        resumed += _turn(pair, PairState.FROZEN, PairState.ACTIVE, events.PairResumed)
    for request in MentoringRequest.objects.filter(in_line, state=RequestState.PENDING).order_by("pk"):
        if close_request(request, RequestState.CLOSED):
            publish(events.RequestClosed(subject=("mentoring_request", request.pk), recipient_ids=(request.mentee_id,)))
    return frozen, resumed


def _turn(pair: MentoringPair, before: PairState, after: PairState, told: type[events.Event]) -> int:
    if not MentoringPair.objects.filter(pk=pair.pk, state=before).update(state=after, version=F("version") + 1):
        return 0
    publish(told(subject=("mentoring_pair", pair.pk), recipient_ids=(pair.mentor_id, pair.mentee_id)))
    live.recheck("pair", pair.public_id)
    return 1


def let_go(person_ids: Sequence[int]) -> None:
    """End in this transaction the offers, requests and pairs of whoever leaves; those who stay are told.

    Of ``person_ids``, those who are here and lose something else keep all of it.
    """
    gone = set(Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).values_list("pk", flat=True))
    MentoringOffer.objects.filter(mentor__in=gone, is_open=True).update(is_open=False, version=F("version") + 1)
    close_requests_to(sorted(gone))
    for request in MentoringRequest.objects.filter(mentee__in=gone, state=RequestState.PENDING).order_by("pk"):
        close_request(request, RequestState.WITHDRAWN)
    theirs = Q(mentor__in=gone) | Q(mentee__in=gone)
    for pair in MentoringPair.objects.running().filter(theirs).order_by("pk"):
        end_running(pair, told=sorted({pair.mentor_id, pair.mentee_id} - gone))


@transaction.atomic
def erase_pairs(keys: Sequence[int]) -> None:
    """Erase these pairs, with every word, the key and the request.

    Without its key, a copy of the words that stands in a backup opens no more.
    """
    pairs = MentoringPair.objects.filter(pk__in=keys)
    made = set(pairs.values_list("key", flat=True)) - {None}
    requests = list(pairs.exclude(request=None).values_list("request", flat=True))
    erasures.note("mentoring.pair", list(pairs.order_by("pk").values_list("public_id", flat=True)))
    pairs.delete()
    NotesKey.objects.filter(pk__in=made).delete()
    erase_requests(requests)


@transaction.atomic
def erase_requests(keys: Sequence[int]) -> None:
    """Erase these requests, with their words and the key."""
    requests = MentoringRequest.objects.filter(pk__in=keys)
    made = set(requests.values_list("key", flat=True)) - {None}
    NotesKey.objects.filter(pk__in=made).delete()
    erasures.note("mentoring.request", list(requests.order_by("pk").values_list("public_id", flat=True)))
    requests.delete()


@transaction.atomic
def confirm_mentor(*, mentee: Person, pair: MentoringPair, skills: Sequence[Skill] = ()) -> HelpConfirmation:
    """Confirm as the mentee that the mentor helped: the mentor keeps it in their contributions or not. Once per pair.

    Whom it helped is never written down.

    Raises:
        PermissionDenied: not the mentee, or the pair has ended.

    """
    require_open(mentee)
    if not rules.can_confirm_help(mentee, pair):
        raise PermissionDenied
    return confirm_help(by=mentee, person=pair.mentor, kind=LineKind.MENTORING, source=("mentoring_pair", pair.pk), skills=skills)


@transaction.atomic
def withdraw_confirmation(*, mentee: Person, pair: MentoringPair) -> None:
    """Withdraw the mentee's confirmation, and the contribution that stood on it falls. A second time changes nothing.

    Raises:
        PermissionDenied: not the mentee.

    """
    require_open(mentee)
    if mentee.pk != pair.mentee_id or not mentee.may_sign_in:
        raise PermissionDenied
    if act := queries.help_confirmed(pair, mentee):
        withdraw_help(by=mentee, act=act)
