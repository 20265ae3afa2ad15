"""What was taken out of plans, taken out again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rse.core.ops import erasures

from .models import DevelopmentAction, Nomination, Plan
from .services import erase_plans

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("succession.plan", _plans)
    erasures.register("succession.name", _names)
    erasures.register("succession.action", lambda keys: DevelopmentAction.objects.filter(public_id__in=keys).delete())


def _plans(public_ids: Sequence[str]) -> None:
    for plan in Plan.objects.filter(public_id__in=public_ids).order_by("pk"):
        erase_plans([plan.pk])
        others = Plan.objects.filter(key_position=plan.key_position_id).order_by("-started_at", "-pk")
        if plan.is_current and (newest := others.first()):
            others.filter(pk=newest.pk).update(is_current=True)


def _names(named: Sequence[list[Any]]) -> None:
    for plan, nomination in named:
        Nomination.objects.filter(plan__public_id=plan, pk=nomination).delete()
