"""A file applied: looked at without writing anything, or written whole, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction

from rse.core.enums import ROLES_THAT_TAKE_TWO, PersonState
from rse.core.events.bus import publish
from rse.core.models import RoleGrant
from rse.core.ops import locks
from rse.core.people.services import staffing
from rse.identity.services import addresses as emails

from ..events import PeopleImported
from ..files.checking import check
from ..files.comparison import ADDED, KINDS, LEFT, Change, compare_people
from ..files.departures import Departures, departures
from ..files.lookups import check_against_database, load_known
from ..files.problems import FileRefused, Problems
from ..files.recognition import keep_places, recognise
from ..files.structure import Structure, compare_structure
from ..files.understanding import Fact, facts_of
from ..queries import are_of_others
from ..sending import Newcomer, Sending
from .writing import Writer

if TYPE_CHECKING:
    from ..files.columns import ColumnMapping
    from ..files.company import Company
    from ..files.formats import Table

Progress = Callable[[int], None]  # is told how much is done, in percent
EXAMPLES = 200  # changes that a preview shows
READ, WRITTEN = 35, 90  # percent of the work when the file has been checked, when people are written


@dataclass
class Outcome:
    """What a file changes, or changed. ``counts`` are people by kind of change, then rows of the organisation."""

    counts: dict[str, int]
    problems: Problems
    departures: Departures
    row_count: int
    unidentified: int = 0
    absent: int = 0
    examples: list[Change] = field(default_factory=list)
    understood: list[Fact] = field(default_factory=list)  # how the file was read
    guarded: dict[int, str] = field(default_factory=dict)  # whose rights take two: the key of each person with their handle
    holders: list[dict[str, str]] = field(default_factory=list)  # those of them whom the file makes leave: handle and name
    sending: Sending = field(default_factory=Sending)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not any(count for name, count in self.counts.items() if name != "unchanged")

    def counts_as_json(self) -> dict[str, Any]:
        """Return the counts of changes, rows, departures and problems by name, and the holders of rights who leave, for a JSON column."""
        more: dict[str, Any] = {"rows": self.row_count, "leaving": self.departures.leaving, "active": self.departures.active}
        more |= {"errors": self.problems.errors, "warnings": self.problems.warnings, "unidentified": self.unidentified}
        self.sending.addresses = self.problems.counts["address_waits"]
        more |= {"codes": dict(self.problems.counts), "sending": self.sending.as_json()}
        if self.holders:
            more["holders"] = self.holders
        if self.understood:
            more["understood"] = [fact.as_json() for fact in self.understood]
        return {**self.counts, **more}


class BadRows(FileRefused):
    """Rows have errors, and nobody said to leave them out; ``problems`` are theirs."""

    def __init__(self, problems: Problems):
        super().__init__("bad_rows", rows=len(problems.bad_lines))
        self.problems = problems


class TooManyDepartures(FileRefused):
    """More than one person in ten would leave, and nobody said that this is meant."""

    def __init__(self, found: Departures, problems: Problems):
        super().__init__("too_many_departures", leaving=found.leaving, active=found.active)
        self.problems = problems


class RightsEnd(FileRefused):
    """Somebody whose rights are never taken away by one person would lose them, and was not named by whoever wants that."""

    def __init__(self, holders: list[dict[str, str]], problems: Problems):
        super().__init__("rights_end", people=[one["name"] for one in holders])
        self.problems = problems


class SomebodyElse(FileRefused):
    """The line would change somebody else than whom it is about."""

    def __init__(self) -> None:
        super().__init__("somebody_else")


class ImportRunning(FileRefused):
    """Another import is being applied."""

    def __init__(self) -> None:
        super().__init__("import_running")


def preview(
    table: Table,
    mapping: ColumnMapping,
    *,
    is_full: bool,
    problems: Problems | None = None,
    most_examples: int = EXAMPLES,
    progress: Progress | None = None,
) -> Outcome:
    """Return what the file would change if its rows with errors were left out, and write nothing.

    The file is read twice, a piece at a time, with the same queries for each batch of rows. ``progress`` is told the percents done.

    Raises:
        FileRefused: the file cannot be read as a whole.

    """
    company, _freed = _checked(table, mapping, is_full=is_full, problems=problems, progress=progress)
    found = departures(company)
    outcome = _outcome(company, found, compare_structure(company), table)
    for change in compare_people(company, table, found.absent, _share(progress, READ, 100)):
        _count(outcome, change, most_examples)
    return outcome


@transaction.atomic
def apply(
    table: Table,
    mapping: ColumnMapping,
    *,
    is_full: bool,
    batch_id: int,
    skip_bad_rows: bool = False,
    allow_departures: bool = False,
    allow_holders: frozenset[str] = frozenset(),
    only: int | None = None,
    problems: Problems | None = None,
    most_examples: int = EXAMPLES,
    progress: Progress | None = None,
) -> Outcome:
    """Write what the file changes in one transaction, and publish one ``PeopleImported`` unless nothing changed.

    The file is read twice, a piece at a time; people are written in batches. ``progress`` is told the share done, in percent. ``only`` is
    the key of the one person whom the file may touch, if it may not touch others.

    Raises:
        SomebodyElse: it would touch another person than ``only``, or one of several in a position.
        BadRows: a row has errors, and they are not to be left out.
        TooManyDepartures: more than one in ten would leave, and that was not said to be meant.
        RightsEnd: somebody leaves whose rights take two, and their handle is not in ``allow_holders``.
        ImportRunning: another import is being applied.
        FileRefused: the file cannot be read as a whole, or the import gave way to the cut of an access.

    """
    with giving_way():
        company, freed = _checked(table, mapping, is_full=is_full, problems=problems, progress=progress)
        if company.problems.bad_lines and not skip_bad_rows:
            raise BadRows(company.problems)
        found = departures(company)
        if found.are_many and not allow_departures:
            raise TooManyDepartures(found, company.problems)
        structure = compare_structure(company)
        if only is not None and are_of_others(places=[pk for pk, _values in structure.changed_places], person_id=only):
            raise SomebodyElse
        outcome = _outcome(company, found, structure, table)
        writer = Writer(company, structure, batch_id)
        emails.free_unused(person_ids=freed)
        for change in compare_people(company, table, found.absent, _share(progress, READ, WRITTEN)):
            _count(outcome, change, most_examples)
            if isinstance(change, Change):
                if only is not None and change.person_id != only:
                    raise SomebodyElse
                writer.take(change)
        if unnamed := [one for one in outcome.holders if one["handle"] not in allow_holders]:
            raise RightsEnd(unnamed, company.problems)
        writer.finish()
        if not outcome.is_empty:
            staffing.settle()
            publish(PeopleImported(batch_id=batch_id, document=("person", 0)))
        if progress is not None:
            progress(100)
        return outcome


def _checked(
    table: Table, mapping: ColumnMapping, *, is_full: bool, problems: Problems | None, progress: Progress | None
) -> tuple[Company, list[int]]:
    known = load_known()
    keep_places(known, mapping.same)
    company = check(table, mapping, is_full=is_full, known=known, problems=problems, seen=_share(progress, 0, READ))
    recognise(company)
    return company, check_against_database(company)


def _outcome(company: Company, found: Departures, structure: Structure, table: Table) -> Outcome:
    counts = dict.fromkeys((*KINDS, "unchanged"), 0) | structure.counts()
    grants = RoleGrant.objects.not_over().filter(role__in=ROLES_THAT_TAKE_TWO)
    guarded = dict(grants.values_list("person", "person__handle"))
    understood = facts_of(company, table)
    return Outcome(counts, company.problems, found, company.row_count, company.unidentified, understood=understood, guarded=guarded)


def _count(outcome: Outcome, change: Change | int, most: int) -> None:
    if isinstance(change, int):
        outcome.counts["unchanged"] += change
        return
    outcome.counts[change.kind] += 1
    if change.kind == ADDED:
        outcome.sending.count(_newcomer(change))
    if change.person_id in outcome.guarded and _ends_rights(change):
        outcome.holders.append({"handle": outcome.guarded[change.person_id], "name": change.name})
    outcome.absent += change.is_absent
    if len(outcome.examples) < most or (change.is_absent and outcome.absent <= most):  # who is absent comes last, and is asked about
        outcome.examples.append(change)


def _newcomer(change: Change) -> Newcomer:
    said = change.values
    has_address = bool(said.get("email") or said.get("private_email"))
    return Newcomer(change.state, said.get("hired_on"), bool(said.get("site")), has_address)


def _ends_rights(change: Change) -> bool:
    """Return whether the person leaves by this file, today or on a last day that the file gives, or is only expected by it."""
    return change.kind == LEFT or bool(change.values.get("leaves_on")) or change.values.get("state") == PersonState.EXPECTED


def _share(progress: Progress | None, start: int, end: int) -> Progress | None:
    """Return a function that tells ``progress`` the percents of a part of the work as percents of the whole, from ``start`` to ``end``."""
    if progress is None:
        return None
    return lambda percent: progress(start + (end - start) * percent // 100)


@contextmanager
def giving_way() -> Iterator[None]:
    """Hold the lock of imports, and let the cut of an access, which may not wait, end the transaction.

    Raises:
        ImportRunning: another import is being applied.
        FileRefused: the transaction was ended.

    """
    if not locks.begin_long_work():
        raise ImportRunning
    try:
        yield
    except DatabaseError as error:
        if locks.was_ended(error):
            raise FileRefused("interrupted") from error
        raise
