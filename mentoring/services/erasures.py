"""What people erased of mentoring, erased again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rse.core.ops import erasures

from ..models import MentoringOffer, MentoringPair, MentoringRequest
from .closing import close_requests_to
from .pairs import erase_pairs, erase_requests
from .writing import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("mentoring.piece", _pieces)
    erasures.register("mentoring.pair", _pairs)
    erasures.register("mentoring.request", _requests)
    erasures.register("mentoring.offer", _offers)


def _pieces(public_ids: Sequence[str]) -> None:
    for model in LONGEST:
        model.objects.filter(public_id__in=public_ids).delete()


def _pairs(public_ids: Sequence[str]) -> None:
    erase_pairs(list(MentoringPair.objects.filter(public_id__in=public_ids).order_by("pk").values_list("pk", flat=True)))


def _requests(public_ids: Sequence[str]) -> None:
    erase_requests(list(MentoringRequest.objects.filter(public_id__in=public_ids).order_by("pk").values_list("pk", flat=True)))


def _offers(public_ids: Sequence[str]) -> None:
    for offer in MentoringOffer.objects.filter(public_id__in=public_ids).order_by("pk"):
        close_requests_to([offer.mentor_id])
        offer.delete()
