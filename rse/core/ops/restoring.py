"""What a backup holds of no room, and what each room does with its rows once a backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

_left_out: set[str] = set()
_settling: dict[str, Callable[[], object]] = {}
_rebuilding: dict[str, Callable[[], object]] = {}


def leave_out(model: str) -> None:
    """Leave the rows of ``model`` (``app.Model``) out of every backup: nothing else leads to them, and they are made anew or not wanted."""
    _left_out.add(model)


def left_out() -> list[str]:
    """Return the names of the tables whose rows stand in no backup."""
    return sorted(apps.get_model(model)._meta.db_table for model in _left_out)


def register(name: str, settle: Callable[[], object]) -> None:
    """Call ``settle()`` in a transaction of its own after a backup was put back, before anything runs on it."""
    if name in _settling:
        raise ValueError(f"two rooms settle {name}")
    _settling[name] = settle


def rebuild_with(name: str, rebuild: Callable[[], object]) -> None:
    """Call ``rebuild()`` once every room has settled and what was erased is gone: it makes anew what was left out."""
    if name in _rebuilding:
        raise ValueError(f"two rooms rebuild {name}")
    _rebuilding[name] = rebuild


def settle() -> None:
    """Run what each room registered, in the order in which the rooms stand on each other."""
    for run in _settling.values():
        with transaction.atomic():
            run()


def rebuild() -> None:
    """Run what makes anew what stands in no backup."""
    for run in _rebuilding.values():
        run()
