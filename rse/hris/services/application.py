"""A file applied: looked at without writing anything, or written whole, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction

from rse.core.enums import ROLES_THAT_TAKE_TWO, PersonState
from rse.core.events.bus import publish
from rse.core.models import JobFamily, Position, RoleGrant, Site, Unit
from rse.core.ops import locks
from rse.core.people.services import addresses, staffing
from rse.core.people.services.emails import COLUMNS
from rse.identity.services import addresses as emails

from ..events import PeopleImported
from ..files.checking import check
from ..files.comparison import ADDED, KINDS, LEFT, ONE_DAY, RETURNED, UNLISTED, Change, compare_people
from ..files.departures import Departures, departures
from ..files.lookups import PIECE, check_against_database, load_known, open_holdings
from ..files.problems import FileRefused, Problems
from ..files.recognition import keep_places, recognise
from ..files.snapshot import name_key
from ..files.structure import Structure, compare_structure
from ..files.understanding import Fact, facts_of
from ..models import ImportBatch
from ..sending import Newcomer, Sending
from . import unlisted
from .traces import Trace

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
    problems: Problems | None = None,
    most_examples: int = EXAMPLES,
    progress: Progress | None = None,
) -> Outcome:
    """Write what the file changes in one transaction, and publish one ``PeopleImported`` unless nothing changed.

    The file is read twice, a piece at a time; people are written in batches. ``progress`` is told the share done, in percent.

    Raises:
        BadRows: a row has errors, and they are not to be left out.
        TooManyDepartures: more than one in ten would leave, and that was not said to be meant.
        RightsEnd: somebody leaves whose rights take two, and their handle is not in ``allow_holders``.
        ImportRunning: another import is being applied.
        FileRefused: the file cannot be read as a whole, or the import gave way to the cut of an access.

    """
    with _giving_way():
        company, freed = _checked(table, mapping, is_full=is_full, problems=problems, progress=progress)
        if company.problems.bad_lines and not skip_bad_rows:
            raise BadRows(company.problems)
        found = departures(company)
        if found.are_many and not allow_departures:
            raise TooManyDepartures(found, company.problems)
        structure = compare_structure(company)
        outcome = _outcome(company, found, structure, table)
        writer = _Writer(company, structure, batch_id)
        emails.free_unused(person_ids=freed)
        for change in compare_people(company, table, found.absent, _share(progress, READ, WRITTEN)):
            _count(outcome, change, most_examples)
            if isinstance(change, Change):
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
def _giving_way() -> Iterator[None]:
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


class _Writer:
    """Writes people as their changes come, some thousand at a time; places and departures at the end, when everybody is there."""

    def __init__(self, company: Company, structure: Structure, batch_id: int):
        self.company, self.batch_id, self.trace = company, batch_id, Trace(batch_id)
        self._write_structure(structure)
        self.handles = addresses.Handles()
        self.new: list[Change] = []
        self.changed: list[tuple[int, dict[str, Any]]] = []
        self.addresses: list[tuple[int, dict[str, str]]] = []
        self.gone: list[int] = []
        self.arrived: list[int] = []
        self.returned: list[int] = []
        self.unlisted: list[int] = []
        self.listed: list[int] = []
        self.drops: list[int] = []
        self.ends: list[Any] = []
        self.adjusts: list[Any] = []
        self.starts: list[Any] = []

    def take(self, change: Change) -> None:
        if change.person_id is None:
            self.new.append(change)
            if len(self.new) >= staffing.BATCH:
                self._add()
            return
        if written := {name: change.values.pop(name) for name in COLUMNS & change.values.keys()}:
            self.addresses.append((change.person_id, written))
        if change.values:
            self.changed.append((change.person_id, self._linked(change.values)))
            if len(self.changed) >= staffing.BATCH:
                self._update()
        self._sort(change, change.person_id)
        self._move(change.person_id, change)

    def _sort(self, change: Change, pk: int) -> None:
        """Keep the key of a person with those of whom the same becomes."""
        if change.is_listed_again:
            self.listed.append(pk)
        elif change.kind == RETURNED:
            self.returned.append(pk)
        if change.kind == UNLISTED:
            self.unlisted.append(pk)
        elif change.kind == LEFT:
            self.gone.append(pk)
        elif change.has_arrived:
            self.arrived.append(pk)

    def finish(self) -> None:
        self._ask_addresses()  # first: who comes may have what another gave up
        self._add()
        self._update()
        shared = {self.places[code] for code in self.company.places if code in self.places and self.company.is_shared(code)}
        self.trace.leavers(self.gone)
        staffing.let_go(person_ids=self.gone)  # first: whoever follows them takes their place
        self.trace.listed(self.listed)
        unlisted.close_listed(person_ids=self.listed)
        self._give_up_places()
        self.trace.places("dropped", self.drops)
        self.trace.places("ended", [pk for pk, *_dates in (*self.ends, *self.adjusts)])
        begun = staffing.move(drops=self.drops, ends=self.ends, adjusts=self.adjusts, starts=self.starts, shared=shared)
        self.trace.keep("begun", begun)
        self.trace.keep("arrived", self.arrived)
        staffing.welcome(arrived=self.arrived, returned=self.returned)
        unlisted.notice(person_ids=self.unlisted, batch_id=self.batch_id)

    def _give_up_places(self) -> None:
        """End the places, not shared, of those whom no file names where the file gives these to somebody else."""
        given = {place: day for _person, place, day, _last, is_interim in self.starts if not is_interim}
        held = open_holdings().filter(is_interim=False, position__is_shared=False, ends_on=None)
        asked = (self.company.known.unlisted | set(self.unlisted)) - set(self.listed)
        for piece in staffing.pieces(sorted(given) if asked else [], staffing.BATCH):
            for pk, place, person, first in (
                held.filter(position__in=piece).order_by("pk").values_list("pk", "position", "person", "starts_on")
            ):
                if person not in asked:
                    continue
                if first < given[place]:
                    self.ends.append((pk, given[place] - ONE_DAY))
                else:
                    self.drops.append(pk)

    def _ask_addresses(self) -> None:
        batch = ImportBatch.objects.filter(pk=self.batch_id).first() if self.addresses else None
        speakers = {"sent_by": batch.uploaded_by_id, "compared_by": batch.compared_by_id} if batch else {}
        self.trace.people(self.addresses, "addresses")
        emails.take_from_file(wanted=self.addresses, **speakers)

    def _add(self) -> None:
        people = [self._linked(change.values) for change in self.new]
        keys = staffing.add_people(people=people, handles=self.handles)
        self.trace.keep("added", keys)
        for pk, change in zip(keys, self.new, strict=True):
            self._move(pk, change)
        self.new = []

    def _update(self) -> None:
        self.trace.people(self.changed)
        staffing.change_people(rows=self.changed)
        self.handles = addresses.Handles()  # whoever has another name may have taken one that was free
        self.changed = []

    def _move(self, pk: int, change: Change) -> None:
        self.drops += change.drops
        self.ends += change.ends
        self.adjusts += change.adjusts
        self.starts += [(pk, self.places[code], *dates) for code, *dates in change.starts]

    def _linked(self, values: dict[str, Any]) -> dict[str, Any]:
        if "languages" in values:
            values = {**values, "languages": list(values["languages"])}
        return staffing.linked(values, unit=self.units, site=self.sites, family=self.families)

    def _write_structure(self, structure: Structure) -> None:
        company = self.company
        staffing.add_sites(time_zones={company.sites[key].name: company.sites[key].time_zone for key in structure.new_sites})
        self._keep_structure(structure)
        staffing.move_sites(time_zones=dict(structure.changed_sites))
        staffing.add_families(labels=[company.families[key] for key in structure.new_families])
        self.units = staffing.write_units(
            new={code: company.units[code].name for code in structure.new_units},
            parents={code: company.units[code].parent for code in structure.new_units},
            changed=structure.changed_units,
        )
        self.sites = {name_key(name): pk for name, pk in Site.objects.values_list("name", "pk")}
        self.families = {name_key(label): pk for label, pk in JobFamily.objects.values_list("label", "pk")}
        self.places = dict(Position.objects.values_list("code", "pk").iterator(PIECE))
        new = [self._position(code) for code in structure.new_places]
        staffing.add_positions(positions=new, above={code: company.above(code) for code in structure.new_places}, keys=self.places)
        links = {"unit": self.units, "site": self.sites, "family": self.families, "reports_to": self.places}
        changed = [(pk, staffing.linked(values, **links)) for pk, values in structure.changed_places]
        self.trace.organisation("places", changed)
        staffing.update_rows(model=Position, rows=changed)

    def _keep_structure(self, structure: Structure) -> None:
        """Keep what the units and sites were that change."""
        keys = dict(Unit.objects.values_list("code", "pk"))
        self.trace.organisation("units", [(pk, staffing.linked(values, parent=keys)) for pk, values in structure.changed_units])
        sites = dict(Site.objects.values_list("name", "pk"))
        self.trace.organisation("sites", [(sites[name], {"time_zone": zone}) for name, zone in structure.changed_sites])

    def _position(self, code: str) -> dict[str, Any]:
        place = self.company.places[code]
        values = {"code": code, "title": place.title, "unit": place.unit, "site": place.site, "family": place.family}
        linked = staffing.linked(values, unit=self.units, site=self.sites, family=self.families)
        return linked | {"is_shared": bool(place.is_shared)}
