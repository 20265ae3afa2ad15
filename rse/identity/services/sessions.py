"""The end of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rse.core.enums import PersonState
from rse.core.models import Person

from ..models import Session
from .invitations import end_invitations

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def end_access(person_ids: Sequence[int]) -> None:
    """End the sessions of these people in the caller's transaction; of those who left, the links as well."""
    Session.objects.filter(person__in=person_ids).delete()
    left = Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).values_list("pk", flat=True)
    if gone := list(left):
        end_invitations(person_ids=gone)
