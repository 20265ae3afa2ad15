"""What services of every room answer when they refuse."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


def allow(answer: bool) -> None:  # noqa: FBT001 - the answer of a rule
    """Check the answer of a rule.

    Raises:
        PermissionDenied: the rule said no.

    """
    if not answer:
        raise PermissionDenied
