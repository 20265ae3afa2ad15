"""What ends: rights with whoever leaves, and content with time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Person
from talent.queries import months_before

from ..enums import ApplicationState
from ..models import Application, ApplicationSkill, Bookmark, OpeningMember, OpeningSkill, StageChange
from .applications import delete_applications, erase_content, withdraw_of_leavers
from .homes import settle

MONTHS_WITH_CONTENT = 12
MONTHS_KEPT = 24


def end_for(person_ids: Sequence[int]) -> None:
    """Who left applies and recruits no longer, and what these people handled goes to somebody who may.

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
def erase_old_applications() -> int:
    """Twelve months after the last contact, what was not accepted says nothing any more and is about nobody; how many were erased.

    Drafts go after the same time, and every row that has come to its end after twenty-four months.
    """
    day = clock.today()
    old = Application.objects.filter(stage_at__date__lt=months_before(day, MONTHS_WITH_CONTENT))
    delete_applications(old.filter(state=ApplicationState.DRAFT))
    delete_applications(Application.objects.filter(stage_at__date__lt=months_before(day, MONTHS_KEPT)))
    ids = list(old.exclude(state=ApplicationState.ACCEPTED).exclude(applicant=None).order_by("pk").values_list("pk", flat=True))
    erase_content(ids)
    StageChange.objects.filter(application__in=ids).delete()
    Application.objects.filter(pk__in=ids).update(applicant=None, handler=None)
    return len(ids)


@transaction.atomic
def follow_merged_skill(*, source_id: int, into_id: int) -> None:
    """What names the one skill names the other, once."""
    for model, owner in ((OpeningSkill, "opening"), (ApplicationSkill, "application")):
        rows = model._base_manager.filter(skill=source_id)
        already = model._base_manager.filter(skill=into_id).values(owner)
        rows.filter(**{f"{owner}__in": list(already.values_list(owner, flat=True))}).delete()
        rows.update(skill=into_id)
