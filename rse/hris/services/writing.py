"""The changes of a file written: people as their changes come, then whatever needs all of them to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rse.core import clock
from rse.core.models import JobFamily, Position, Site, Unit
from rse.core.people.services import addresses, staffing
from rse.core.people.services.absences import Days, write_absences
from rse.core.people.services.emails import COLUMNS
from rse.identity.services import addresses as emails

from ..files.comparison import LEFT, ONE_DAY, RETURNED, UNLISTED, Change
from ..files.lookups import PIECE, open_holdings
from ..files.snapshot import name_key
from ..models import Correction, ImportBatch
from . import unlisted
from .traces import Trace

if TYPE_CHECKING:
    from ..files.company import Company
    from ..files.structure import Structure


class Writer:
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
        self.absences: list[tuple[int, Days]] = []
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
        self.trace.absences([pk for pk, _days in self.absences])
        write_absences(rows=self.absences)
        self.trace.keep("arrived", self.arrived)
        staffing.welcome(arrived=self.arrived, returned=self.returned)
        self._close_corrections()
        unlisted.notice(person_ids=self.unlisted, batch_id=self.batch_id)

    def _close_corrections(self) -> None:
        """Close the corrections by hand that the file says too, or that somebody says are over."""
        known = self.company.known
        agreed = self.company.agreed & (known.corrected.keys() | known.people_by_hand)
        for piece in staffing.pieces(sorted(agreed), staffing.BATCH):
            over = Correction.objects.standing().filter(person__in=piece).order_by("pk")
            self.trace.keep("corrections", over.values_list("pk", flat=True))
            over.update(closed_at=clock.now())

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
        if change.away is not None:
            self.absences.append((pk, change.away))
        self.starts += [(pk, self.places[code], *dates) for code, *dates in change.starts]

    def _linked(self, values: dict[str, Any]) -> dict[str, Any]:
        if "languages" in values:
            values = {**values, "languages": list(values["languages"])}
        return staffing.linked(values, unit=self.units, site=self.sites, family=self.families)

    def _write_structure(self, structure: Structure) -> None:
        company = self.company
        sites = [company.sites[key] for key in structure.new_sites]
        staffing.add_sites(sites={one.name: {"time_zone": one.time_zone, "country": one.country, "region": one.region} for one in sites})
        self._keep_structure(structure)
        staffing.change_sites(sites=dict(structure.changed_sites))
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
        self.trace.organisation("sites", [(sites[name], dict(values)) for name, values in structure.changed_sites])

    def _position(self, code: str) -> dict[str, Any]:
        place = self.company.places[code]
        values = {"code": code, "title": place.title, "unit": place.unit, "site": place.site, "family": place.family}
        linked = staffing.linked(values, unit=self.units, site=self.sites, family=self.families)
        return linked | {"is_shared": bool(place.is_shared)}
