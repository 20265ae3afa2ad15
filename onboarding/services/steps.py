"""Steps: ticked, written, taken back, and one reminder of what waits."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.versions import save_over

from .. import events, rules
from ..dates import DAY
from ..enums import LONGEST_WORDS, Actor, JourneyState, StepKind
from ..models import JourneyStep
from .journeys import changed, managers_of, opened

if TYPE_CHECKING:
    from rse.core.models import Person

    from ..models import Journey

REMINDED_AFTER = 3 * DAY


class NoSuchStep(Exception):
    """This journey has no such step, for this person."""


def _step(journey: Journey, position: int) -> JourneyStep:
    step = journey.steps.filter(position=position).select_related("template_step").first()
    if step is None:
        raise NoSuchStep
    return step


@transaction.atomic
def tick_step(*, actor: Person, journey: Journey, position: int, is_done: bool) -> None:
    """Mark the step as done, or as not done after all; twice is once.

    Raises:
        PermissionDenied: it is not the actor's to tick, or the journey is not under way.
        NoSuchStep: there is none at this position.

    """
    journey = opened(actor, journey)
    step = _step(journey, position)
    if not rules.can_tick(actor, journey, Actor(step.actor)):
        raise PermissionDenied
    rows = JourneyStep.objects.filter(pk=step.pk)
    if is_done:
        written = rows.filter(done_at=None).update(done_at=clock.now(), done_by=actor)
    else:
        written = rows.exclude(done_at=None).update(done_at=None, done_by=None)
    if written:
        changed(journey)


@transaction.atomic
def write_words(*, newcomer: Person, journey: Journey, position: int, words: str, version: int) -> None:
    """Save what the newcomer writes, and tick the step, if no other window saved since ``version``. Never stopped by the charter.

    Raises:
        PermissionDenied: not the newcomer, the journey is not under way, or it is too long.
        NoSuchStep: there is nothing to write at this position.
        EditedMeanwhile: other words were saved; nothing was written.

    """
    journey = opened(newcomer, journey)
    step = _step(journey, position)
    if not rules.can_write_words(newcomer, journey) or len(words) > LONGEST_WORDS:
        raise PermissionDenied
    if step.template_step.kind != StepKind.WRITE or not words:
        raise NoSuchStep
    rows = JourneyStep.objects.filter(pk=step.pk)
    save_over(rows, version, {"words": words})
    rows.filter(done_at=None).update(done_at=clock.now(), done_by=newcomer)
    changed(journey)


@transaction.atomic
def erase_words(*, newcomer: Person, journey: Journey, position: int) -> None:
    """Erase what the newcomer wrote, for everybody, also once the journey is over.

    Raises:
        PermissionDenied: somebody else's.
        NoSuchStep: there is none at this position.

    """
    journey = opened(newcomer, journey)
    step = _step(journey, position)
    if not rules.can_erase_words(newcomer, journey):
        raise PermissionDenied
    JourneyStep.objects.filter(pk=step.pk).update(words="", version=F("version") + 1)
    erasures.note("onboarding.words", [[journey.public_id, position]])
    changed(journey)


@transaction.atomic
def remind_of_late_steps() -> int:
    """Tell those whose steps wait three days past their date, once of each step; return how many steps.

    A step of HR is told to the host of the cohort, and to nobody where there is none: the list of late steps has it.
    """
    late = JourneyStep.objects.filter(
        done_at=None, reminded_at=None, due_on__lte=clock.today() - REMINDED_AFTER, journey__state=JourneyState.ACTIVE
    )
    rows = list(late.select_related("journey__cohort").order_by("journey", "position"))
    managers = managers_of({step.journey.newcomer_id for step in rows if step.actor == Actor.MANAGER})
    told: dict[int, set[int]] = defaultdict(set)
    for step in rows:
        told[step.journey_id].update(_whose(step, managers))
    JourneyStep.objects.filter(pk__in=[step.pk for step in rows]).update(reminded_at=clock.now())
    for journey_id, people in sorted(told.items()):
        if people:
            publish(events.StepsOverdue(subject=("journey", journey_id), recipient_ids=tuple(sorted(people))))
    return len(rows)


def _whose(step: JourneyStep, managers: dict[int, list[int]]) -> list[int]:
    journey = step.journey
    host = journey.cohort.host_id if journey.cohort else None
    found = {
        Actor.NEWCOMER: [journey.newcomer_id],
        Actor.BUDDY: [journey.buddy_id],
        Actor.MANAGER: managers.get(journey.newcomer_id, []),
        Actor.HR: [host],
    }[Actor(step.actor)]
    return [one for one in found if one is not None]
