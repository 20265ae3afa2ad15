"""The difference between the units, sites, job families and positions of a file and those of the database."""

from dataclasses import dataclass, field
from typing import Any

from rse.core.models import Position, Unit

from .company import Company, Place, SiteSaid
from .lookups import PIECE

Changed = tuple[int, dict[str, Any]]


@dataclass
class Structure:
    """What is new by its code or folded name, and what changes: the key of a row with its new values, by codes."""

    new_units: list[str] = field(default_factory=list)
    changed_units: list[Changed] = field(default_factory=list)
    new_sites: list[str] = field(default_factory=list)
    changed_sites: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # by name
    new_families: list[str] = field(default_factory=list)
    new_places: list[str] = field(default_factory=list)
    changed_places: list[Changed] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in self.__dataclass_fields__}

    @property
    def is_empty(self) -> bool:
        return not any(self.counts().values())


def compare_structure(company: Company) -> Structure:
    """Return what the file changes of the organisation itself, from one query over the units and one over the positions.

    What the file does not say, and what it says of those who have left, changes nothing.
    """
    known = company.known
    structure = Structure(
        new_units=[code for code in company.units if code not in known.units],
        new_sites=[key for key in company.sites if key not in known.sites],
        new_families=[key for key in company.families if key not in known.families],
        new_places=[code for code in company.places if code not in known.above],
        changed_sites=[
            (known.sites[key][0], values)
            for key, site in company.sites.items()
            if key in known.sites and (values := _new_of_site(site, known.sites[key][1:]))
        ],
    )
    if len(structure.new_units) < len(company.units):
        _compare_units(company, structure)
    if len(structure.new_places) < len(company.places):
        _compare_places(company, structure)
    return structure


def _new_of_site(site: SiteSaid, known: tuple[str, ...]) -> dict[str, str]:
    """Return what the file says of a site and is not known: with a country comes its region, which may be none."""
    said = {"time_zone": site.time_zone} if site.time_zone else {}
    if site.country:
        said |= {"country": site.country, "region": site.region}
    before = dict(zip(("time_zone", "country", "region"), known, strict=False))
    return {name: value for name, value in said.items() if value != before.get(name)}


def _compare_units(company: Company, structure: Structure) -> None:
    for pk, code, name, parent in Unit.objects.values_list("pk", "code", "name", "parent__code"):
        said = company.units.get(code)
        values = {}
        if said and said.name and said.name != name:
            values["name"] = said.name
        if said and said.parent and said.parent != (parent or ""):
            values["parent"] = said.parent
        if values:
            structure.changed_units.append((pk, values))


def _compare_places(company: Company, structure: Structure) -> None:
    rows = Position.objects.values_list("pk", "code", "title", "unit__code", "site__name", "family__label", "reports_to__code", "is_shared")
    names = {name: key for key, (name, *_said) in company.known.sites.items()} | {None: ""}
    labels = {label: key for key, label in company.known.families.items()} | {None: ""}
    for pk, code, title, unit, site, family, superior, is_shared in rows.iterator(PIECE):
        place = company.places.get(code)
        if place is None or place.is_of_left:
            continue
        before = {
            "title": title,
            "unit": unit,
            "site": names[site],
            "family": labels[family],
            "reports_to": superior or "",
            "is_shared": is_shared,
        }
        after = _said_of(company, code, place)
        if values := {name: value for name, value in after.items() if value != before[name]}:
            structure.changed_places.append((pk, values))


def _without_corrected(company: Company, code: str, place: Place, said: dict[str, Any]) -> dict[str, Any]:
    """Return of ``said`` what HR did not correct by hand; of a superior that the file does not know, a problem tells so."""
    holder, by_hand = company.known.places_by_hand.get(code, ("", {}))
    if not by_hand or company.mapping.corrected.get(holder):
        return said
    if said.get("reports_to", by_hand.get("reports_to")) != by_hand.get("reports_to"):
        told = {"value": company.as_said(place.above or ""), "number": holder}
        company.problems.add(place.above_line or place.line, "manager_number", "corrected_by_hand", **told)
    return {name: value for name, value in said.items() if name not in by_hand}


def _said_of(company: Company, code: str, place: Place) -> dict[str, Any]:
    """Return the columns of a position that the file says, with codes for links."""
    said: dict[str, Any] = {"title": place.title, "unit": place.unit}
    if place.site:
        said["site"] = place.site
    if company.mapping.says("job_family"):
        said["family"] = place.family
    if place.above is not None:
        said["reports_to"] = place.above
    if place.is_shared is not None:
        said["is_shared"] = place.is_shared
    return _without_corrected(company, code, place, said)
