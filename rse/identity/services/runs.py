"""Runs of invitations: many people invited by one yes, some mails at a time, nobody twice.

A person is in one run that goes on at most: a constraint says so. What is true is the row of each person: whoever takes its turn marks it
before the mail leaves, so that a process that dies meanwhile sends nothing twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef

from rse.core import clock
from rse.core.enums import DeliveryState
from rse.core.events.bus import publish
from rse.core.models import Delivery
from rse.core.ops.locks import wait_for_turn
from rse.core.web.limits import TooOften, count

from .. import mail, rules
from ..enums import MAIL_OPEN, MAIL_TO_COME, MailState, RunSource
from ..events import InvitationSent, PeopleInvited
from ..models import InvitationRun, RunMember
from ..queries import address_for, invited_lately, people_to_invite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from rse.core.models import Person

AT_ONCE = 50  # mails of a run that wait in the queue: whatever else waits there comes soon
WRITTEN_AT_ONCE = 500
NAMED = 5
READ = ("first_name", "last_name", "sorts_as", "state", "hired_on", "email", "private_email", "site__time_zone")  # of each person
PER_HOUR = 3
SENDS = "identity.send_invitation"


class FilterMoved(Exception):
    """Those whom the filter names are no longer those who were shown."""


@dataclass
class Whom:
    """Whom a filter of the list names, as far as its reader may invite them.

    ``mailed`` and ``on_paper`` are ids, in the order of the list; ``names`` and ``paper_names`` the first of each; ``early`` and ``lately``
    how many are left out because their door is shut, or because a mail left within the hour or is about to.
    """

    mailed: list[int] = field(default_factory=list)
    on_paper: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    paper_names: list[str] = field(default_factory=list)
    early: int = 0
    lately: int = 0

    @property
    def fingerprint(self) -> str:
        """Two filters that name the same people have the same one."""
        said = repr((sorted(self.mailed), sorted(self.on_paper)))
        return hashlib.sha256(said.encode()).hexdigest()


def whom_to_invite(reader: Person, **asked: Any) -> Whom:
    """Return whom ``asked``, a filter of the list, names. Reads each of them once, a thousand at a time."""
    found = Whom()
    people = people_to_invite(reader, **asked).select_related(None).select_related("site").only(*READ)
    for person in sorted_out(people).iterator(chunk_size=1000):
        if not rules.is_open_to(person):
            found.early += 1
        elif not address_for(person)[0]:
            found.on_paper.append(person.pk)
            found.paper_names += [person.name] if len(found.paper_names) < NAMED else []
        elif person.is_lately:
            found.lately += 1
        else:
            found.mailed.append(person.pk)
            found.names += [person.name] if len(found.names) < NAMED else []
    return found


def sorted_out(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return ``people`` by name, each with ``is_lately``: whether a mail left for them within the hour, or is about to."""
    return people.annotate(is_lately=invited_lately()).order_by("sorts_as", "pk")


@transaction.atomic
def start_run(*, actor: Person, asked: dict[str, Any], address: dict[str, str], seen: str) -> InvitationRun:
    """Start a run that invites everybody of the filter ``asked``, which the address of the list says as ``address``.

    Raises:
        PermissionDenied: the actor may invite nobody.
        NoPublicAddress: the links would lead nowhere.
        FilterMoved: ``seen`` is not the fingerprint of those whom the filter names now, or nobody of them is written to.

    """
    if not rules.can_see_invitations(actor):
        raise PermissionDenied
    mail.check_address()
    wait_for_turn("runs of invitations")
    whom = whom_to_invite(actor, **asked)
    if whom.fingerprint != seen or not whom.mailed:
        raise FilterMoved
    return _begin(whom.mailed, actor=actor, source=RunSource.FILTER, asked=address, without_address=len(whom.on_paper))


@transaction.atomic
def invite_those(*, people: QuerySet[Person], actor: Person | None) -> int:
    """Start a run that invites those of ``people`` who may be by now and were not within the hour; return how many.

    Raises:
        NoPublicAddress: the links would lead nowhere.

    """
    mail.check_address()
    wait_for_turn("runs of invitations")
    open_to = [one for one in sorted_out(people) if rules.is_open_to(one) and address_for(one)[0] and not one.is_lately]
    if open_to:
        _begin([one.pk for one in open_to], actor=actor, source=RunSource.CHOSEN if actor else RunSource.FILE)
    return len(open_to)


def _begin(person_ids: Sequence[int], *, actor: Person | None, source: str, **said: Any) -> InvitationRun:
    run = InvitationRun.objects.create(started_by=actor, source=source, count=len(person_ids), **said)
    for start in range(0, len(person_ids), WRITTEN_AT_ONCE):
        RunMember.objects.bulk_create([RunMember(run=run, person_id=one) for one in person_ids[start : start + WRITTEN_AT_ONCE]])
    publish(PeopleInvited(actor_id=actor.pk if actor else None, run_id=run.pk))
    return run


@transaction.atomic
def stop_run(*, actor: Person, run: InvitationRun) -> int:
    """Stop the mails of ``run`` that have not left; return how many stay here.

    Raises:
        PermissionDenied: the actor may not.

    """
    if not rules.can_stop_run(actor, run):
        raise PermissionDenied
    run = InvitationRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if run.ended_at:
        return 0
    now = clock.now()
    stopped = _members(run.pk).filter(state__in=MAIL_TO_COME).update(state=MailState.STOPPED, changed_at=now)
    run.stopped_at = now
    run.ended_at = None if _members(run.pk).filter(state=MailState.LEAVING).exists() else now
    run.save(update_fields=["stopped_at", "ended_at"])
    return stopped


@transaction.atomic
def go_on(*, run_id: int) -> None:
    """Queue the next mails of a run once those before have left or failed, and end it after the last."""
    run = InvitationRun.objects.select_for_update(of=("self",), no_key=True).filter(pk=run_id, ended_at=None).first()
    if run is None:
        return
    given_up = Delivery.objects.filter(event=OuterRef("event"), subscriber=SENDS, state=DeliveryState.DEAD)
    handed_out = _members(run_id).filter(state__in=(MailState.QUEUED, MailState.TRIED, MailState.LEAVING))
    _mark(handed_out.filter(Exists(given_up)), MailState.FAILED)
    if is_at_work(run_id):
        return
    waiting = dict(_members(run_id).filter(state=MailState.WAITING).order_by("pk").values_list("pk", "person")[:AT_ONCE])
    _mark(_members(run_id).filter(pk__in=waiting), MailState.QUEUED)
    for member_id, person_id in waiting.items():
        _hand_out(run, member_id, person_id)
    if not _members(run_id).filter(state__in=MAIL_OPEN).exists():
        run.ended_at = clock.now()
        run.save(update_fields=["ended_at"])


def _hand_out(run: InvitationRun, member_id: int, person_id: int) -> None:
    member = RunMember.objects.filter(pk=member_id)
    try:
        count("invitation", person_id, per_hour=PER_HOUR)
    except TooOften:
        _mark(member, MailState.KEPT)
    else:
        sent = publish(InvitationSent(actor_id=run.started_by_id, subject=("person", person_id), run_id=run.pk))
        member.update(event=sent)


def go_on_with_all() -> None:
    """Queue what is next in each run that has not ended: a worker that died hands out nothing."""
    for run_id in list(InvitationRun.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)):
        go_on(run_id=run_id)


def is_at_work(run_id: int) -> bool:
    """Return whether mails of the run are in the queue that have not been tried."""
    return _members(run_id).filter(state__in=(MailState.QUEUED, MailState.LEAVING)).exists()


@transaction.atomic
def take_turn(*, run_id: int, person_id: int) -> bool:
    """Mark that the mail to this person leaves now; return False where it must not.

    Where it was leaving already, its process died meanwhile and nobody knows whether it left: it failed, and is not sent twice.
    """
    members = _members(run_id).filter(person=person_id)
    if _mark(members.filter(state__in=(MailState.QUEUED, MailState.TRIED)), MailState.LEAVING):
        return True
    _mark(members.filter(state=MailState.LEAVING), MailState.FAILED)
    return False


@transaction.atomic
def end_turn(*, run_id: int, person_id: int, state: str) -> None:
    """Write what became of the mail that was leaving; after the last that were handed out, the next are."""
    if state == MailState.TRIED and InvitationRun.objects.filter(pk=run_id, stopped_at__isnull=False).exists():
        state = MailState.STOPPED
    _mark(_members(run_id).filter(person=person_id, state=MailState.LEAVING), state)


def hold_back(*, person_ids: Sequence[int]) -> None:
    """Keep here the mails of runs to these people that have not left."""
    _mark(RunMember.objects.filter(person__in=person_ids, state__in=MAIL_TO_COME), MailState.KEPT)


def _members(run_id: int) -> QuerySet[RunMember]:
    return RunMember.objects.filter(run=run_id)


def _mark(members: QuerySet[RunMember], state: str) -> int:
    return members.update(state=state, changed_at=clock.now())
