"""Hiding what breaks the charter: always with an article and a reason, always told to the author, who may appeal once to somebody else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.access import kinds
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.events.bus import publish
from rse.core.models import RowGrant
from rse.core.people.services.roles import holders_ids

from .. import rules
from ..enums import AppealOutcome, Article
from ..events import AppealDecided, AppealMade, ContentHidden, ContentShown
from ..models import HandlerGrant, Moderation, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rse.core.models import Person


class ReasonMissing(Exception):
    """Nothing is hidden without an article of the list and a reason in words."""


class AlreadyHidden(Exception):
    """It is hidden already; ``moderation`` says since when and why."""

    def __init__(self, moderation: Moderation):
        self.moderation = moderation
        super().__init__("already hidden")


class CannotBeHidden(Exception):
    """Nothing of this kind can be hidden, or it is gone."""


class AlreadyAppealed(Exception):
    """There is one appeal, and it was made."""


class AlreadyAnswered(Exception):
    """Somebody else has decided this appeal."""


@transaction.atomic
def hide_with_reason(*, by: Person, kind: str, row_id: int, article: str, reason: str) -> Moderation:
    """Hide as a host something that stands in their space; its author is told why, and may appeal.

    The kind's own ``hide(thing, by=…, reason=…)`` does the hiding, in this transaction.

    Raises:
        PermissionDenied: not a host there, or one's own words.
        ReasonMissing: no article of the list, or no reason.
        AlreadyHidden: it is hidden.
        CannotBeHidden: this kind does not know how, or it is gone.

    """
    thing = kinds.resolve([(kind, row_id)], by).get((kind, row_id))
    if thing is None or not rules.can_hide(by, kind, thing):
        raise PermissionDenied
    return hide_row(by=by, kind=kind, thing=thing, article=article, reason=reason)


def hide_row(*, by: Person, kind: str, thing: Any, article: str, reason: str, report: Report | None = None) -> Moderation:
    """Hide ``thing`` and write down why, in the transaction of the caller, which asked who may.

    Raises:
        ReasonMissing: no article of the list, or no reason.
        AlreadyHidden: it is hidden.
        CannotBeHidden: this kind does not know how, or it is gone.

    """
    hook = getattr(kinds.get(kind), "hide", None)
    if thing is None or hook is None:
        raise CannotBeHidden
    if article not in Article.values or not reason.strip():
        raise ReasonMissing
    author_id = rules.author_of(kind, thing)
    if author_id == by.pk:
        raise PermissionDenied
    try:
        with transaction.atomic():
            moderation = Moderation.objects.create(
                kind=kind,
                row_id=thing.pk,
                author_id=author_id,
                audience_id=getattr(thing, "audience_id", None),
                report=report,
                is_protected=bool(report and report.is_protected),
                article=article,
                reason=reason.strip(),
                by=by,
            )
    except IntegrityError as error:
        raise AlreadyHidden(Moderation.objects.running().get(kind=kind, row_id=thing.pk)) from error
    with _let_in(by, kind, thing.pk):
        hook(thing, by=by, reason=reason.strip())
    if author_id:
        publish(ContentHidden(subject=("moderation", moderation.pk), recipient_ids=(author_id,)))
    return moderation


@contextmanager
def _let_in(person: Person, kind: str, row_id: int) -> Iterator[None]:
    """Inside, a handler holds the grant on the row that its room asks for, also when none was opened to them yet."""
    grant = RowGrant.objects.create(person=person, kind=kind, row_id=row_id, starts_at=clock.now()) if person.holds(Role.HANDLER) else None
    yield
    if grant:
        grant.delete()


@transaction.atomic
def show_hidden(*, by: Person, moderation: Moderation) -> None:
    """Show again what moderation hid, and tell its author; a second time changes nothing.

    Raises:
        PermissionDenied: not a moderator of it, or its author, or an appeal waits for somebody's decision.

    """
    if not rules.can_show(by, moderation):
        raise PermissionDenied
    if not _lift(by, moderation):
        return
    if moderation.author_id:
        publish(ContentShown(subject=("moderation", moderation.pk), recipient_ids=(moderation.author_id,)))


def show_row(*, by: Person, kind: str, row_id: int) -> bool:
    """Show again what was hidden without a report, in the caller's transaction, and tell its author; who may was asked by the caller.

    False where nothing hides it, where it is the own words of ``by``, or where an appeal waits for somebody's decision.
    """
    moderation = Moderation.objects.running().filter(kind=kind, row_id=row_id, report=None).first()
    if moderation is None or moderation.author_id == by.pk or moderation.has_pending_appeal or not _lift(by, moderation):
        return False
    if moderation.author_id:
        publish(ContentShown(subject=("moderation", moderation.pk), recipient_ids=(moderation.author_id,)))
    return True


def _lift(by: Person, moderation: Moderation) -> bool:
    """Show the row again through its kind; false when it was shown already."""
    if not Moderation.objects.running().filter(pk=moderation.pk).update(lifted_at=clock.now(), lifted_by=by):
        return False
    kind = kinds.get(moderation.kind)
    thing = kind.model._base_manager.filter(pk=moderation.row_id).first() if kind else None
    if kind and kind.show and thing is not None:
        with _let_in(by, kind.name, thing.pk):
            kind.show(thing, by=by)
    return True


@transaction.atomic
def appeal(*, author: Person, moderation: Moderation, words: str) -> Moderation:
    """Record the one appeal of the author; those who may decide it are told, without the one who took the decision.

    Raises:
        PermissionDenied: not the author, or it is shown again.
        AlreadyAppealed: there was an appeal.
        ReasonMissing: nothing is said.

    """
    if moderation.appealed_at is not None and author.pk == moderation.author_id:
        raise AlreadyAppealed
    if not rules.can_appeal(author, moderation):
        raise PermissionDenied
    if not words.strip():
        raise ReasonMissing
    once = Moderation.objects.running().filter(pk=moderation.pk, appealed_at=None)
    if not once.update(appealed_at=clock.now(), appeal_words=words.strip()):
        raise AlreadyAppealed
    moderation = Moderation.objects.get(pk=moderation.pk)
    settle_grants(kind=moderation.kind, row_id=moderation.row_id)
    told = set(readers_of(moderation, told=True).values_list("pk", flat=True)) - {moderation.by_id, author.pk}
    publish(AppealMade(subject=("moderation", moderation.pk), recipient_ids=tuple(sorted(told))))
    return moderation


@transaction.atomic
def decide_appeal(*, decider: Person, moderation: Moderation, outcome: str, answer: str) -> Moderation:
    """Answer an appeal as another moderator: the decision stands, or is reversed and the content is back.

    Raises:
        PermissionDenied: the one who took the decision, a party, or nobody's appeal.
        AlreadyAnswered: another was faster.
        ReasonMissing: an appeal is answered in words.

    """
    current = Moderation.objects.get(pk=moderation.pk)
    if current.appeal_outcome:
        raise AlreadyAnswered
    if not rules.can_decide_appeal(decider, current) or outcome not in AppealOutcome.values:
        raise PermissionDenied
    if not answer.strip():
        raise ReasonMissing
    answered = (
        Moderation.objects.with_pending_appeal()
        .filter(pk=current.pk)
        .update(appeal_outcome=outcome, appeal_answer=answer.strip(), appeal_decided_by=decider, appeal_decided_at=clock.now())
    )
    if not answered:
        raise AlreadyAnswered
    if outcome == AppealOutcome.REVERSED:
        _lift(decider, current)
    settle_grants(kind=current.kind, row_id=current.row_id)
    if current.author_id:
        publish(AppealDecided(subject=("moderation", current.pk), recipient_ids=(current.author_id,)))
    return Moderation.objects.get(pk=current.pk)


def settle_grants(*, kind: str, row_id: int) -> None:
    """Open the row to the handlers who have something to decide about it, and to nobody else any more. The grants are silent."""
    wanted = _handlers_with_something_to_decide(kind, row_id)
    running = RowGrant.objects.not_over().filter(pk__in=HandlerGrant.objects.filter(kind=kind, row_id=row_id).values("grant"))
    now = clock.now()
    running.exclude(person__in=wanted).update(ends_at=now)
    for person_id in sorted(wanted - set(running.values_list("person", flat=True))):
        grant = RowGrant.objects.create(person_id=person_id, kind=kind, row_id=row_id, starts_at=now)
        HandlerGrant.objects.create(grant=grant, kind=kind, row_id=row_id)


def _handlers_with_something_to_decide(kind: str, row_id: int) -> set[int]:
    handlers = set(holders_ids(Role.HANDLER))
    wanted: set[int] = set()
    if handlers:
        for report in Report.objects.open().filter(kind=kind, row_id=row_id):
            wanted |= handlers & set(readers_of(report).values_list("pk", flat=True))
        for moderation in Moderation.objects.with_pending_appeal().filter(kind=kind, row_id=row_id):
            wanted |= handlers & set(readers_of(moderation).values_list("pk", flat=True)) - {moderation.by_id}
    return wanted


@transaction.atomic
def settle_all_grants() -> int:
    """Settle the grants of every row about which something is to be decided, or was when somebody was let in; return how many rows."""
    rows = set(Report.objects.open().values_list("kind", "row_id"))
    rows |= set(Moderation.objects.with_pending_appeal().values_list("kind", "row_id"))
    running = RowGrant.objects.not_over().filter(pk__in=HandlerGrant.objects.values("grant"))
    rows |= set(running.values_list("kind", "row_id"))
    for kind, row_id in sorted(rows):
        settle_grants(kind=kind, row_id=row_id)
    return len(rows)


def end_grants_of(person_ids: Sequence[int]) -> None:
    """End in this transaction the grants on reported rows of people whose role ends or who leave; whoever still handles is let in again."""
    running = RowGrant.objects.not_over().filter(person__in=person_ids, pk__in=HandlerGrant.objects.values("grant"))
    rows = sorted(set(running.values_list("kind", "row_id")))
    running.update(ends_at=clock.now())
    for kind, row_id in rows:
        settle_grants(kind=kind, row_id=row_id)
