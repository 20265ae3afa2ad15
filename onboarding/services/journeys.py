"""Journeys: begun, followed, steered by HR, ended and in the end erased."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person, ReportingLine
from rse.core.people.private_words import refuse_private
from rse.core.versions import save_over
from rse.notify import live

from .. import events, rules
from ..dates import DAY, due_on
from ..enums import LONGEST_WORDS, RUNNING, EndReason, JourneyState, RequestState
from ..models import BuddyRequest, Journey, JourneyStep
from .templates import current_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAYS_OPEN = 30 * DAY  # after the last due date, before a journey ends by itself


class AlreadyRunning(Exception):
    """This person has a journey that runs: ``journey``."""

    def __init__(self, journey: Journey):
        self.journey = journey
        super().__init__("already running")


class NoFirstDay(Exception):
    """No first day of this person is known, and the days of a journey are counted from it."""


def opened(actor: Person, journey: Journey) -> Journey:
    """Lock the journey until the transaction ends and return it as it stands, if the actor may open it.

    Raises:
        PermissionDenied: they may not.

    """
    rows = Journey.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).select_related("newcomer", "cohort__community")
    if (row := rows.filter(pk=journey.pk).first()) is None:
        raise PermissionDenied
    return row


def changed(journey: Journey) -> None:
    """Increment the version of the journey and tell, on commit, whoever watches it."""
    Journey.objects.filter(pk=journey.pk).update(version=F("version") + 1)
    live.poke("journey", journey.public_id)


def managers_of(person_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the ids of the direct managers of each, today."""
    found: dict[int, list[int]] = defaultdict(list)
    for line in ReportingLine.objects.filter(person__in=list(person_ids), depth=1).order_by("manager"):
        found[line.person_id].append(line.manager_id)
    return found


@transaction.atomic
def start_journeys(*, journeys: Iterable[Journey]) -> int:
    """Start those that have not begun, with the steps of the version in force; return how many began."""
    waiting = [one.pk for one in journeys]
    planned = Journey.objects.filter(pk__in=waiting, state=JourneyState.PLANNED).order_by("pk")
    rows = list(planned.select_for_update(of=("self",), no_key=True))
    if not rows:
        return 0
    version = current_version()
    templates = list(version.steps.order_by("position"))
    managers = managers_of([journey.newcomer_id for journey in rows])
    for journey in rows:
        Journey.objects.filter(pk=journey.pk).update(state=JourneyState.ACTIVE, template_version=version)
        JourneyStep.objects.bulk_create(
            JourneyStep(
                journey=journey,
                template_step=step,
                position=position,
                actor=step.actor,
                due_on=due_on(journey.starts_on, step.day),
            )
            for position, step in enumerate(templates, start=1)
        )
        changed(journey)
        told = (journey.newcomer_id, *managers[journey.newcomer_id])
        publish(events.JourneyStarted(subject=("journey", journey.pk), recipient_ids=told))
    return len(rows)


@transaction.atomic
def create_journey(*, actor: Person, newcomer: Person, starts_on: datetime.date | None = None) -> Journey:
    """Create a journey for somebody whom no cohort took in: it begins at once, from ``starts_on`` or the day they were hired.

    Raises:
        PermissionDenied: the actor is not HR over their unit, or means themselves.
        AlreadyRunning: they have one.
        NoFirstDay: no day to count from is known.

    """
    if not rules.can_create_journey_for(actor, newcomer):
        raise PermissionDenied
    first = starts_on or newcomer.hired_on
    if first is None:
        raise NoFirstDay
    if running := Journey.objects.running().filter(newcomer=newcomer).first():
        raise AlreadyRunning(running)
    try:
        with transaction.atomic():
            journey = Journey.objects.create(newcomer=newcomer, hired_on=newcomer.hired_on or first, starts_on=first)
    except IntegrityError:
        raise AlreadyRunning(Journey.objects.running().get(newcomer=newcomer)) from None
    start_journeys(journeys=[journey])
    return Journey.objects.get(pk=journey.pk)


def recount(journey: Journey, starts_on: datetime.date) -> None:
    """Compute from ``starts_on`` the dates of the steps that are not done; those that are done stay where they were."""
    Journey.objects.filter(pk=journey.pk).update(starts_on=starts_on)
    for step in journey.steps.filter(done_at=None).select_related("template_step").order_by("pk"):
        JourneyStep.objects.filter(pk=step.pk).update(due_on=due_on(starts_on, step.template_step.day), reminded_at=None)
    changed(journey)


@transaction.atomic
def shift_journey(*, actor: Person, journey: Journey, starts_on: datetime.date) -> None:
    """Count the days from another first day.

    Raises:
        PermissionDenied: the actor is not HR of the newcomer, or it is over.

    """
    journey = opened(actor, journey)
    if not rules.can_steer(actor, journey):
        raise PermissionDenied
    recount(journey, starts_on)


@transaction.atomic
def pause_journey(*, actor: Person, journey: Journey) -> None:
    """Pause the journey: nothing is due, and nothing is ticked, until it goes on; paused twice it is paused.

    Raises:
        PermissionDenied: the actor is not HR of the newcomer, or it is not under way.

    """
    journey = opened(actor, journey)
    if not rules.can_steer(actor, journey) or journey.state == JourneyState.PLANNED:
        raise PermissionDenied
    if Journey.objects.filter(pk=journey.pk, state=JourneyState.ACTIVE).update(state=JourneyState.PAUSED, paused_on=clock.today()):
        changed(journey)


@transaction.atomic
def resume_journey(*, actor: Person, journey: Journey) -> None:
    """Resume the journey: what was not done is due as many days later as it stood still.

    Raises:
        PermissionDenied: the actor is not HR of the newcomer, or it is over.

    """
    journey = opened(actor, journey)
    if not rules.can_steer(actor, journey):
        raise PermissionDenied
    if journey.state != JourneyState.PAUSED or journey.paused_on is None:
        return
    still = clock.today() - journey.paused_on
    Journey.objects.filter(pk=journey.pk).update(state=JourneyState.ACTIVE, paused_on=None)
    recount(journey, journey.starts_on + max(still, datetime.timedelta()))


@transaction.atomic
def archive_journey(*, actor: Person, journey: Journey) -> None:
    """End the journey now; its manager and its buddy read nothing of it any more. Archived twice it is archived once.

    Raises:
        PermissionDenied: the actor is not HR of the newcomer.

    """
    journey = opened(actor, journey)
    if journey.state == JourneyState.ARCHIVED and rules.follows_as_hr(actor, journey):
        return
    if not rules.can_steer(actor, journey):
        raise PermissionDenied
    end_journeys(rows=Journey.objects.filter(pk=journey.pk), state=JourneyState.ARCHIVED, because=EndReason.BY_HAND)


def end_journeys(*, rows: object, state: str, because: str) -> int:
    """End those of ``rows`` that run, with what was asked for them; return how many. Who may is asked by the caller."""
    running = list(rows.running().order_by("pk"))  # type: ignore[attr-defined]
    if not running:
        return 0
    ids = [journey.pk for journey in running]
    Journey.objects.filter(pk__in=ids, state__in=RUNNING).update(
        state=state, ended_at=clock.now(), ended_because=because, paused_on=None, version=F("version") + 1
    )
    standing = BuddyRequest.objects.filter(journey__in=ids)
    standing.pending().update(state=RequestState.WITHDRAWN)
    standing.filter(state=RequestState.ACCEPTED).update(state=RequestState.ENDED)
    for journey in running:
        live.recheck("journey", journey.public_id)
        live.poke("journey", journey.public_id)
        publish(events.JourneyEnded(subject=("journey", journey.pk)))
    return len(running)


@transaction.atomic
def close_over() -> int:
    """End the journeys whose steps are all done and past, and those whose last day is long past; return how many."""
    today = clock.today()
    last = Max("steps__due_on")
    waiting = Q(steps__done_at=None)
    over = Journey.objects.under_way().annotate(last_due=last)
    done = over.filter(last_due__lt=today).exclude(pk__in=Journey.objects.under_way().filter(waiting).values("pk"))
    late = over.filter(last_due__lt=today - STAYS_OPEN)
    ids = {*done.values_list("pk", flat=True), *late.values_list("pk", flat=True)}
    return end_journeys(rows=Journey.objects.filter(pk__in=ids), state=JourneyState.CLOSED, because=EndReason.OVER)


@transaction.atomic
def end_for_leavers(person_ids: Sequence[int]) -> None:
    """Archive the journeys of those of these people who left. Called wherever rights end: whoever only lost a role goes on."""
    gone = list(Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).order_by("pk").values_list("pk", flat=True))
    end_journeys(rows=Journey.objects.filter(newcomer__in=gone), state=JourneyState.ARCHIVED, because=EndReason.LEFT)


@transaction.atomic
def save_note(*, actor: Person, journey: Journey, version: int, note: str) -> None:
    """Save the note of HR, if nobody saved it since ``version``. Neither the manager nor the buddy reads it, nor the newcomer.

    Raises:
        PermissionDenied: the actor is not HR of the newcomer, or stands above them, or it is too long.
        EditedMeanwhile: another note was saved; nothing was written.
        PrivateWord: it speaks of private life.

    """
    journey = opened(actor, journey)
    if not rules.can_note(actor, journey) or len(note) > LONGEST_WORDS:
        raise PermissionDenied
    refuse_private(note, by=actor, about=journey.newcomer)
    save_over(Journey.objects.filter(pk=journey.pk), version, {"hr_note": note}, column="note_version")
