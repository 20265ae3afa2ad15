"""What those who handle applications do: each step by a person, and a decision never without its reason."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.people.private_words import refuse_private
from rse.core.versions import expect_version, save_over
from rse.notify import live
from talent.enums import LineKind
from talent.services.ledger import confirm_help

from .. import events, queries, rules
from ..enums import LIVE, LONGEST_REASON
from ..models import Application, ApplicationLine, StageChange

if TYPE_CHECKING:
    from rse.core.models import Person


class ReasonMissing(Exception):
    """No decision without its reason and what else was considered, in words that a person wrote."""


def _handled(actor: Person, application: Application) -> Application:
    """The row as it stands, if the actor handles it."""
    rows = Application.objects.handled_by(actor).select_for_update(of=("self",), no_key=True)
    row = rows.select_related("opening").filter(pk=application.pk).first()
    if row is None:
        raise PermissionDenied
    return row


def _advance(row: Application, actor: Person, state: str, due_on: datetime.date | None = None) -> Application:
    """Change the state in one statement that only one of two can win, note who did it, and tell the applicant."""
    place = row.place if state in LIVE else None
    save_over(Application.objects.filter(pk=row.pk), row.version, {"state": state, "stage_at": clock.now(), "place": place})
    StageChange.objects.create(application=row, state=state, by=actor, due_on=due_on)
    told = (row.applicant_id,) if row.applicant_id else ()
    publish(events.ApplicationMoved(actor_id=actor.pk, subject=("application", row.pk), recipient_ids=told))
    fresh = Application.objects.select_related("opening").get(pk=row.pk)
    live.poke("application", fresh.public_id, fresh.version)
    return fresh


@transaction.atomic
def tell_of_yesterday() -> None:
    """Publish that a day is over, every day: those who handle what applicants did on it are told once, all at the same hour."""
    day = clock.today() - datetime.timedelta(days=1)
    told = tuple(queries.concerned_on(day))
    publish(events.DayOfApplications(subject=("day_of_applications", day.toordinal()), recipient_ids=told))


@transaction.atomic
def move_application(
    *, actor: Person, application: Application, version: int, state: str, due_on: datetime.date | None = None
) -> Application:
    """Move the application one step further, perhaps with the day that comes next, if nobody saved it since ``version``.

    The applicant is told.

    Raises:
        PermissionDenied: the actor does not handle it, or there is no such step from here.
        EditedMeanwhile: it has moved on, or says something else by now; nothing was written.

    """
    row = _handled(actor, application)
    expect_version(row, version)
    if not rules.can_move(actor, row, state):
        raise PermissionDenied
    return _advance(row, actor, state, due_on)


@transaction.atomic
def decide_application(
    *,
    actor: Person,
    application: Application,
    version: int,
    outcome: str,
    reason: str,
    alternatives: str,
    line_ids: Sequence[int] = (),
    due_on: datetime.date | None = None,
) -> Application:
    """Record a decision, an offer or a refusal: who, why, on which contributions, what else was considered.

    The applicant reads all of it. Nothing is recorded where somebody saved the application since ``version``.

    Raises:
        PermissionDenied: the actor does not handle it, or there is no such decision from here.
        EditedMeanwhile: it has moved on, or says something else by now; nothing was written.
        ReasonMissing: one of the two texts is empty.
        ValidationError: one of them is too long.
        PrivateWord: one of them speaks of what is nobody's business.

    """
    row = _handled(actor, application)
    expect_version(row, version)
    if not rules.can_decide(actor, row, outcome):
        raise PermissionDenied
    reason, alternatives = " ".join(reason.split()), " ".join(alternatives.split())
    if not reason or not alternatives:
        raise ReasonMissing
    for name, text in (("reason", reason), ("alternatives", alternatives)):
        if len(text) > LONGEST_REASON:
            too_long = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_REASON})
            raise ValidationError({name: too_long})
    refuse_private(reason, alternatives, by=actor, about=row.applicant)
    decision = {"reason": reason, "alternatives": alternatives, "decided_by": actor, "decided_at": clock.now()}
    Application.objects.filter(pk=row.pk).update(**decision)
    attached = ApplicationLine.objects.filter(application=row)
    attached.update(is_considered=False)
    attached.filter(line__in=line_ids).update(is_considered=True)
    return _advance(row, actor, outcome, due_on)


@transaction.atomic
def confirm_mission(*, actor: Person, application: Application) -> None:
    """Confirm that the mission was carried out: proposed to the person, who keeps it or not. A second time changes nothing.

    It stands on the opening, so that the credit opens no application.

    Raises:
        PermissionDenied: the actor does not handle it, or the mission was not accepted, or is not over.

    """
    row = _handled(actor, application)
    if not rules.can_confirm_mission(actor, row, is_over=queries.mission_is_over(row.opening)):
        raise PermissionDenied
    if queries.mission_confirmation(row) is None and row.applicant:
        skills = row.opening.needed
        source = ("opening", row.opening_id)
        confirm_help(by=actor, person=row.applicant, kind=LineKind.MISSION, source=source, helped=[actor], skills=skills)
