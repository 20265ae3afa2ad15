"""Reports: received, merged, remembered, decided."""

from __future__ import annotations

import contextlib
import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from rse.core import clock
from rse.core.access import kinds
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.events.bus import publish
from rse.core.organisation.services.lines import keep_line
from rse.core.people.services.roles import holders_ids
from rse.core.web.limits import TooOften, seconds_until

from .. import rules
from ..enums import PROTECTED_CATEGORIES, Outcome, ReportCategory, ReportState
from ..events import HandlerMissing, ReportDecided, ReportReceived, ReportReminded
from ..models import Report, Reporter
from ..queries import reported_thing
from .moderation import AlreadyHidden, hide_row, settle_grants

if TYPE_CHECKING:
    from rse.core.models import Person

MOST_A_DAY = 10
REMINDERS = (datetime.timedelta(hours=48), datetime.timedelta(days=7))


class AlreadyReported(Exception):
    """This person has reported it; ``reporter`` is what they sent."""

    def __init__(self, reporter: Reporter):
        self.reporter = reporter
        super().__init__("already reported")


class AlreadyDecided(Exception):
    """Somebody else has decided this report."""


@transaction.atomic
def report_thing(*, reporter: Person, kind: str, row_id: int, category: str, words: str = "") -> Reporter:
    """Tell those who handle reports about something that ``reporter`` reads; reports of the same thing are one case.

    Raises:
        PermissionDenied: they do not read it, it is their own, or the category does not exist.
        AlreadyReported: they have reported it, and it is being handled.
        TooOften: ten reports today.

    """
    thing = kinds.resolve([(kind, row_id)], reporter).get((kind, row_id))
    if thing is None or not rules.can_report(reporter, kind, thing) or category not in ReportCategory.values:
        raise PermissionDenied
    is_protected = category in PROTECTED_CATEGORIES
    report, is_new = Report.objects.get_or_create(
        kind=kind,
        row_id=row_id,
        is_protected=is_protected,
        state=ReportState.OPEN,
        defaults={"about_id": rules.author_of(kind, thing), "audience_id": rules.audience_that_decides(kind, thing)},
    )
    before = Reporter.objects.filter(report=report, person=reporter).first()
    if before:
        raise AlreadyReported(before)
    was_handled = is_new or is_handled_by_somebody(report)
    row = _note(report, reporter, category, words)
    keep_line(kind="report", row_id=report.pk, person_ids=[one for one in (report.about_id, reporter.pk) if one])
    settle_grants(kind=kind, row_id=row_id)
    _tell_those_who_handle(report, is_new=is_new, was_handled=was_handled)
    return row


def _note(report: Report, person: Person, category: str, words: str) -> Reporter:
    day = clock.today()
    for _attempt in range(3):
        used = Reporter.objects.filter(person=person, day=day).count()
        if used >= MOST_A_DAY:
            raise TooOften(limit=MOST_A_DAY, used=used, retry_after=seconds_until(_tomorrow()))
        try:
            with transaction.atomic():
                return Reporter.objects.create(
                    report=report, person=person, category=category, words=words.strip(), day=day, number=used + 1
                )
        except IntegrityError:
            if same := Reporter.objects.filter(report=report, person=person).first():
                raise AlreadyReported(same) from None
    raise TooOften(limit=MOST_A_DAY, used=MOST_A_DAY, retry_after=1)


def _tomorrow() -> datetime.datetime:
    tomorrow = datetime.datetime.combine(clock.today() + datetime.timedelta(days=1), datetime.time.min)
    return timezone.make_aware(tomorrow, timezone.get_default_timezone())


def _tell_those_who_handle(report: Report, *, is_new: bool, was_handled: bool) -> None:
    """Once per report; and whoever may name a handler, when nobody is left who may open it."""
    told = tuple(readers_of(report, told=True).order_by("pk").values_list("pk", flat=True))
    if was_handled and not told:
        _ask_for_a_handler(report)
    elif is_new:
        publish(ReportReceived(subject=("report", report.pk), recipient_ids=told))


def _ask_for_a_handler(report: Report) -> None:
    denied = set(Report.denied.people(report).values_list("pk", flat=True))
    told = tuple(one for one in holders_ids(Role.HR_HEAD, Role.ADMINISTRATOR, Role.DPO) if one not in denied)
    for person_id in told:
        publish(HandlerMissing(subject=("person", person_id), recipient_ids=(person_id,)))


def is_handled_by_somebody(report: Report) -> bool:
    """Return whether anybody may open the report now."""
    return readers_of(report).exists()


@transaction.atomic
def decide_report(*, decider: Person, report: Report, outcome: str, article: str = "", reason: str = "") -> Report:
    """Close a report: hide the content with an article and a reason that its author reads, or say which of the other ends it has.

    Everybody who reported it is told that it was handled, and nothing more.

    Raises:
        PermissionDenied: the decider is a party, or handles no reports.
        AlreadyDecided: another was faster.
        ReasonMissing: content is hidden with an article and a reason.
        CannotBeHidden: this kind of thing cannot be hidden, or it is gone.

    """
    current = Report.objects.get(pk=report.pk)
    if not current.is_open and Report.objects.visible_to(decider).filter(pk=report.pk).exists():
        raise AlreadyDecided
    if not rules.can_decide_report(decider, current) or outcome not in Outcome.values:
        raise PermissionDenied
    closed = (
        Report.objects.open()
        .filter(pk=current.pk)
        .update(state=ReportState.DECIDED, outcome=outcome, decided_by=decider, decided_at=clock.now())
    )
    if not closed:
        raise AlreadyDecided
    if outcome == Outcome.HIDDEN:
        with contextlib.suppress(AlreadyHidden):  # a host was faster: the outcome is the same, and the author was told
            hide_row(by=decider, kind=current.kind, thing=reported_thing(current, decider), article=article, reason=reason, report=current)
    settle_grants(kind=current.kind, row_id=current.row_id)
    for reporter in Reporter.objects.filter(report=current).order_by("pk"):
        publish(ReportDecided(subject=("report_made", reporter.pk), recipient_ids=(reporter.person_id,)))
    return Report.objects.get(pk=current.pk)


@transaction.atomic
def remind_handlers() -> int:
    """Remind those who handle, 48 hours and again seven days after a report came in; return how many reminders were sent."""
    now, sent = clock.now(), 0
    for number, age in enumerate(REMINDERS, start=1):
        late = Report.objects.open().filter(opened_at__lte=now - age, reminders__lt=number)
        for report in late.oldest_first():
            Report.objects.filter(pk=report.pk).update(reminders=number)
            told = tuple(readers_of(report, told=True).order_by("pk").values_list("pk", flat=True))
            if told:
                publish(ReportReminded(subject=("report", report.pk), recipient_ids=told))
            else:
                _ask_for_a_handler(report)
            sent += 1
    return sent
