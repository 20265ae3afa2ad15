"""What newcomers erased of their words, erased again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from rse.core.ops import erasures

from ..models import JourneyStep

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("onboarding.words", _words)


def _words(steps: Sequence[list[Any]]) -> None:
    for journey, position in steps:
        JourneyStep.objects.filter(journey__public_id=journey, position=position).exclude(words="").update(
            words="", version=F("version") + 1
        )
