"""The access log: who opened what about whom, and why. Written and committed before anything is shown."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Min

from rse.core import clock
from rse.core.access.kinds import Reference
from rse.core.enums import Role
from rse.core.events.bus import publish
from rse.core.people.services.roles import holders_ids

from ..enums import Purpose
from ..events import AccessLogBroken
from ..models import AccessLogCheckpoint, AccessLogEntry, AccessLogHead, AccessLogRelease, AccessLogSubject, AccessLogVerification
from ..models.access_log import GENESIS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rse.core.models import Person

log = structlog.get_logger(__name__)

READ_AT_ONCE = 2000
_watched: ContextVar[list[int] | None] = ContextVar("openings logged", default=None)


class AccessLogUnavailable(Exception):
    """The opening could not be written: nothing may be shown."""


@contextmanager
def watching() -> Iterator[list[int]]:
    """Collect within the block the numbers of what ``log_access`` writes, in the list that is yielded."""
    logged: list[int] = []
    token = _watched.set(logged)
    try:
        yield logged
    finally:
        _watched.reset(token)


def log_access(
    *, reader: Person, opened: Mapping[Reference, Collection[int]], purpose: str, function: str = "", is_withheld: bool = False
) -> None:
    """Write that ``reader`` opens each reference of ``opened``, with the ids of the people it is about, and commit it.

    When this returns, the entries are durable and the content may be sent. ``function`` is the role under which the reader reads.
    What is withheld is shown to the people it is about after ``release_openings`` only.

    Raises:
        AccessLogUnavailable: it was not written, and nothing may be shown.
        RuntimeError: called inside a transaction, which could take the entry back.

    """
    Purpose(purpose)
    if function:
        Role(function)
    try:
        with transaction.atomic(durable=True):
            numbers = _append(reader.pk, opened, purpose=purpose, function=function, is_withheld=is_withheld) if opened else []
    except DatabaseError as error:
        log.warning("access log unavailable", error=type(error).__name__)
        raise AccessLogUnavailable from error
    if (watched := _watched.get()) is not None:
        watched.append(len(numbers))


def _append(reader_id: int, opened: Mapping[Reference, Collection[int]], *, purpose: str, function: str, is_withheld: bool) -> list[int]:
    AccessLogHead.objects.get_or_create(pk=1)
    head = AccessLogHead.objects.select_for_update(of=("self",), no_key=True).get(pk=1)
    now, entries, subjects = clock.now(), [], []
    for (kind, row_id), about_ids in opened.items():
        about = sorted(set(about_ids))
        head.number += 1
        entry = AccessLogEntry(
            number=head.number,
            at=now,
            reader_id=reader_id,
            function=function,
            kind=kind,
            row_id=row_id,
            purpose=purpose,
            is_withheld=is_withheld,
            prev_hash=head.hash,
        )
        entry.hash = head.hash = entry.computed_hash(about)
        entries.append(entry)
        subjects += [AccessLogSubject(entry=entry, person_id=person_id) for person_id in about]
    AccessLogEntry.objects.bulk_create(entries)
    AccessLogSubject.objects.bulk_create(subjects)
    head.save(update_fields=["number", "hash"])
    return [entry.number for entry in entries]


@transaction.atomic
def release_openings(*, kind: str, row_id: int, person: Person | None = None) -> None:
    """Release the openings of this row so far to the people they were about, or to ``person`` alone: a decision was taken about it."""
    head = AccessLogHead.objects.filter(pk=1).first()
    AccessLogRelease.objects.create(kind=kind, row_id=row_id, person=person, up_to=head.number if head else 0)


def verify_chain() -> AccessLogVerification:
    """Read the whole chain again and record what was found; whoever must know is told of the first entry that is not as written.

    The hash of the head is logged as well: kept elsewhere with the logs, it shows a chain that was rewritten as a whole. Never a number,
    which would tell how often something was opened.
    """
    head = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead(pk=1)
    entries, first_broken = read_chain(head)
    with transaction.atomic():
        verification = AccessLogVerification.objects.create(entries=entries, head=head.hash, first_broken=first_broken)
        if first_broken is not None:
            told = holders_ids(Role.DPO, Role.HR_HEAD)
            publish(AccessLogBroken(subject=("access_log_verification", verification.pk), recipient_ids=told))
    log.info("access log read", head_hash=head.hash, is_whole=first_broken is None)
    return verification


def read_chain(head: AccessLogHead) -> tuple[int, int | None]:
    """Verify the chain up to ``head``; return how many entries are as written, and the number of the first that is not, or None.

    Reads the whole log in blocks: linear in its length.
    """
    start = AccessLogCheckpoint.objects.order_by("-number").first()
    number, previous = (start.number, start.hash) if start else (0, GENESIS)
    count = 0
    while True:
        block = list(AccessLogEntry.objects.filter(number__gt=number, number__lte=head.number).order_by("number")[:READ_AT_ONCE])
        if not block:
            break
        about = _subjects_between(block[0].number, block[-1].number)
        for entry in block:
            number += 1
            is_next = entry.number == number and entry.prev_hash == previous
            if not is_next or entry.hash != entry.computed_hash(about.get(entry.number, [])):
                return count, number
            previous, count = entry.hash, count + 1
    if number != head.number or previous != head.hash:
        return count, number + 1
    return count, None


def _subjects_between(first: int, last: int) -> dict[int, list[int]]:
    about: dict[int, list[int]] = {}
    rows = AccessLogSubject.objects.filter(entry__gte=first, entry__lte=last).order_by("entry", "person")
    for entry_id, person_id in rows.values_list("entry", "person"):
        about.setdefault(entry_id, []).append(person_id)
    return about


@transaction.atomic
def erase_old_openings(_keys: Sequence[int] = ()) -> int:
    """Erase what is older than 36 months, from the beginning of the chain, and leave the hash from which it goes on; return how many.

    The database itself refuses to let anything younger go, whoever asks.
    """
    limit = _three_years_before(clock.now())
    kept = AccessLogEntry.objects.filter(at__gte=limit).aggregate(first=Min("number"))["first"]
    old = AccessLogEntry.objects.filter(at__lt=limit)
    if kept is not None:
        old = old.filter(number__lt=kept)
    last = old.aggregate(last=Max("number"))["last"]
    if last is None:
        return 0
    checkpoint = AccessLogEntry.objects.get(number=last)
    AccessLogCheckpoint.objects.create(number=last, hash=checkpoint.hash)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM governance_accesslogsubject WHERE entry_id <= %s", [last])
        cursor.execute("DELETE FROM governance_accesslogentry WHERE number <= %s", [last])
        return cursor.rowcount


def _three_years_before(instant: datetime.datetime) -> datetime.datetime:
    is_leap_day = (instant.month, instant.day) == (2, 29)
    return instant.replace(year=instant.year - 3, day=28 if is_leap_day else instant.day)
