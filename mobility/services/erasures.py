"""Applications that were withdrawn or given up, erased again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rse.core.ops import erasures

from ..enums import LIVE, ApplicationState
from ..models import Application
from .applications import delete_applications, withdraw_again

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("mobility.application", _withdrawn)
    erasures.register("mobility.draft", _drafts)


def _withdrawn(public_ids: Sequence[str]) -> None:
    """Withdraw what was sent by then; of what was a draft in the backup nothing stays."""
    _drafts(public_ids)
    withdraw_again(Application.objects.filter(public_id__in=public_ids, state__in=LIVE))


def _drafts(public_ids: Sequence[str]) -> None:
    delete_applications(Application.objects.filter(public_id__in=public_ids, state=ApplicationState.DRAFT))
