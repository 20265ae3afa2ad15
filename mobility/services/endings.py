"""What ends: rights with whoever leaves, and content with time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Person

from ..models import Application, ApplicationSkill, Bookmark, OpeningMember, OpeningSkill, StageChange
from .applications import erase_content, withdraw_of_leavers
from .assignment import settle


def end_for(person_ids: Sequence[int]) -> None:
    """End the applications and the recruiting of whoever left, and give what these people handled to somebody who may.

    It runs in the transaction in which they leave or lose a role.
    """
    left = list(Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).order_by("pk").values_list("pk", flat=True))
    if left:
        OpeningMember.objects.filter(person__in=left, ends_at=None).update(ends_at=clock.now())
        Bookmark.objects.filter(person__in=left).delete()
        withdraw_of_leavers(left)
    handled = Application.objects.filter(handler__in=person_ids)
    if handled.exists():
        settle(handled)


@transaction.atomic
def empty_applications(keys: Sequence[int]) -> None:
    """Leave nothing that these applications say, and nobody whom they are about."""
    erase_content(keys)
    StageChange.objects.filter(application__in=keys).delete()
    Application.objects.filter(pk__in=keys).update(applicant=None, handler=None)


@transaction.atomic
def follow_merged_skill(*, source_id: int, into_id: int) -> None:
    """Move what names the one skill to the other, once."""
    for model, owner in ((OpeningSkill, "opening"), (ApplicationSkill, "application")):
        rows = model._base_manager.filter(skill=source_id)
        already = model._base_manager.filter(skill=into_id).values(owner)
        rows.filter(**{f"{owner}__in": list(already.values_list(owner, flat=True))}).delete()
        rows.update(skill=into_id)
