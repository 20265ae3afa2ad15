"""What services of every room answer when they refuse."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied


class EditedMeanwhile(Exception):
    """Somebody saved another version since this one was read; ``current`` is what stands now, None where it is gone."""

    def __init__(self, current: Any):
        self.current = current
        super().__init__("edited meanwhile")


def allow(answer: bool) -> None:  # noqa: FBT001 - the answer of a rule
    """Check the answer of a rule.

    Raises:
        PermissionDenied: the rule said no.

    """
    if not answer:
        raise PermissionDenied
