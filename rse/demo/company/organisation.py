"""The tree of units and positions, grown to a size: how many seats there are, who leads whom, where."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from .cast import CAST, DATA_QUALITY_UNIT, DATA_UNIT
from .catalogue import EXECUTIVE, FUNCTIONS, MORE_SITES, OPERATOR, SITES, TECHNICIAN, WORKSHOPS, Function, Site

WIDEST = 11
MANY_PEOPLE = 8_000
SHIFTS = ("matin", "nuit", "après-midi")


@dataclass(slots=True)
class Unit:
    """A node of the tree of units; its head's position leads it."""

    code: str
    name: str
    parent: str
    site: str


@dataclass(slots=True)
class Position:
    """A seat, or several when shared, in a unit; ``manager`` is the code of the position it reports to (empty at the top)."""

    code: str
    title: str
    unit: str
    site: str
    family: str
    level: str
    manager: str
    seats: int = 1
    is_head: bool = False

    @property
    def is_shared(self) -> bool:
        return self.seats > 1


@dataclass(slots=True)
class Organisation:
    """Units and positions by code, a parent before its children; ``claims`` gives the position of each named person."""

    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    seats: int = 0

    def add_unit(self, code: str, name: str, parent: str, site: str) -> str:
        self.units[code] = Unit(code, name, parent, site)
        return code

    def add_position(
        self, title: str, unit: str, site: str, family: str, level: str, manager: str, *, seats: int = 1, is_head: bool = False
    ) -> str:
        code = f"P{len(self.positions) + 1:05d}"
        self.positions[code] = Position(code, title, unit, site, family, level, manager, seats, is_head)
        self.seats += seats
        return code

    def head_of(self, unit: str) -> str:
        """Return the code of the position that leads the unit of that code; scans all positions."""
        return next(position.code for position in self.positions.values() if position.unit == unit and position.is_head)


def _shares(total: int, weights: list[int]) -> list[int]:
    """Return ``total`` cut in whole parts by weight; the parts sum to it."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    for place in range(total - sum(parts)):
        parts[place % len(parts)] += 1
    return parts


def build_organisation(rng: random.Random, seats: int) -> Organisation:
    """Build an organisation of about ``seats`` seats (never fewer); every unit has a head, every position but one a manager."""
    organisation = Organisation()
    sites = SITES + MORE_SITES if seats > MANY_PEOPLE else SITES
    organisation.sites = {site.code: site for site in sites}
    top_unit = organisation.add_unit("DG", "Direction générale", "", "NTE")
    top = organisation.add_position("Direction générale", top_unit, "NTE", "Direction", EXECUTIVE, "", is_head=True)
    organisation.add_position("Assistant·e de direction", top_unit, "NTE", "Fonctions générales", TECHNICIAN, top)
    industry = organisation.add_unit("DI", "Direction industrielle", "DG", "NTE")
    industry_head = organisation.add_position("Direction industrielle", industry, "NTE", "Direction", EXECUTIVE, top, is_head=True)

    _build_data_team(organisation, industry_head)
    for function in FUNCTIONS:
        manager = industry_head if function.parent == "DI" else top
        _build_function(organisation, rng, function, manager, max(function.minimum, round(seats * function.share)))
    _build_production(organisation, industry_head, max(40, seats - organisation.seats))
    _claim_seats(organisation)
    return organisation


def _build_data_team(organisation: Organisation, manager: str) -> None:
    """Build the team of seven around the data lead, whatever the size of the company."""
    unit = organisation.add_unit(DATA_UNIT, "Données industrielles", "DI", "NTE")
    family = "Données et systèmes d’information"
    head = organisation.add_position("Responsable données industrielles", unit, "NTE", family, EXECUTIVE, manager, is_head=True)
    for title, site in (
        ("Analyste de données de production", "NTE"),
        ("Ingénieur·e données", "LYN"),
        ("Ingénieur·e données", "NTE"),
        ("Architecte des données", "LYN"),
        ("Chef·fe de projet données", "NTE"),
        ("Analyste de données qualité", "LIL"),
        ("Spécialiste des capteurs d’atelier", "SNZ"),
    ):
        organisation.add_position(title, unit, site, family, EXECUTIVE, head)


def _build_function(organisation: Organisation, rng: random.Random, function: Function, manager: str, count: int) -> None:
    site = "LYN" if function.code == "QUA" else "NTE"
    unit = organisation.add_unit(function.code, function.name, function.parent, site)
    head = organisation.add_position(function.head, unit, site, function.family, EXECUTIVE, manager, is_head=True)
    count -= 1
    if function.code == "QUA":
        data_quality = organisation.add_unit(DATA_QUALITY_UNIT, "Qualité des données", "QUA", "LYN")
        lead = organisation.add_position(
            "Responsable qualité des données", data_quality, "LYN", function.family, EXECUTIVE, head, is_head=True
        )
        for title, place in (
            ("Gestionnaire de données techniques", "LYN"),
            ("Analyste qualité des données", "NTE"),
            ("Gestionnaire de données articles", "LYN"),
        ):
            organisation.add_position(title, data_quality, place, function.family, TECHNICIAN, lead)
        count -= 4
    _grow(organisation, rng, function, unit, head, count, depth=0)


def _grow(organisation: Organisation, rng: random.Random, function: Function, unit: str, head: str, count: int, *, depth: int) -> None:
    """Add ``count`` seats under ``head``, in sub-units as soon as one person could not lead them all."""
    taken = sum(position.manager == head for position in organisation.positions.values()) if depth == 0 else 0
    direct = count if count + taken <= WIDEST else 4 if count < 25 else 2 if count < 60 else 0
    weights = [weight for _, _, weight in function.roles]
    for _ in range(direct):
        title, level, _ = rng.choices(function.roles, weights)[0]
        organisation.add_position(title, unit, _site_of(organisation, rng, organisation.units[unit].site), function.family, level, head)
    count -= direct
    if not count:
        return
    groups = min(WIDEST - 1, max(1, round(count / 8)))
    for place, size in enumerate(_shares(count, [1] * groups)):
        name, title, site = _subunit_name(organisation, function, unit, place, depth)
        code = organisation.add_unit(f"{unit}-{place + 1:02d}", name, unit, site)
        lead = organisation.add_position(title, code, site, function.family, EXECUTIVE, head, is_head=True)
        _grow(organisation, rng, function, code, lead, size - 1, depth=depth + 1)


def _subunit_name(organisation: Organisation, function: Function, unit: str, place: int, depth: int) -> tuple[str, str, str]:
    sites = list(organisation.sites.values())
    if depth == 0:
        name, title = function.services[place % len(function.services)]
        if place < len(function.services):
            return name, title, organisation.units[unit].site
        site = sites[(place // len(function.services)) % len(sites)]
        return f"{name}, {site.name}", f"{title}, {site.name}", site.code
    parent = organisation.units[unit]
    if depth == 1 and place < len(sites) and "," not in parent.name:
        site = sites[place]
        return f"{parent.name}, {site.name}", f"Responsable {_lower(parent.name)}, {site.name}", site.code
    return f"{parent.name}, pôle {place + 1}", f"Responsable de pôle, {_lower(parent.name)}", parent.site


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _site_of(organisation: Organisation, rng: random.Random, home: str) -> str:
    """Return the code of a site: support teams sit mostly with their head, and partly near the workshops."""
    if rng.random() < 0.62:
        return home
    sites = list(organisation.sites.values())
    return rng.choices(sites, [site.weight for site in sites])[0].code


def _build_production(organisation: Organisation, industry_head: str, count: int) -> None:
    sites = list(organisation.sites.values())
    parents = {site.code: ("DI", industry_head) for site in sites}
    if len(sites) > len(SITES):
        regions = sorted({site.region for site in sites})
        for region in regions:
            code = organisation.add_unit(f"DI-R{regions.index(region) + 1}", f"Production, région {region}", "DI", "NTE")
            home = next(site.code for site in sites if site.region == region)
            organisation.units[code].site = home
            head = organisation.add_position(
                f"Direction de production, région {region}", code, home, "Direction", EXECUTIVE, industry_head, is_head=True
            )
            count -= 1
            parents.update({site.code: (code, head) for site in sites if site.region == region})
    for site, size in zip(sites, _shares(count, [site.weight for site in sites]), strict=True):
        parent, manager = parents[site.code]
        _build_plant(organisation, site, parent, manager, size)


def _build_plant(organisation: Organisation, site: Site, parent: str, manager: str, count: int) -> None:
    """Build one plant: teams straight under its head while they are few, workshops in between when they are many."""
    unit = organisation.add_unit(f"DI-{site.code}", f"Production {site.name}", parent, site.code)
    head = organisation.add_position(
        f"Responsable de production, {site.name}", unit, site.code, "Direction", EXECUTIVE, manager, is_head=True
    )
    team_size = 8 if count < 300 else 11
    teams = max(2, round((count - 1) / team_size))
    plans = [_team_plan(site, place) for place in range(teams)]
    if teams <= WIDEST - 1:
        for plan, size in zip(plans, _shares(count - 1, [1] * teams), strict=True):
            _build_team(organisation, site, unit, head, plan, size)
        return
    groups = max(2, math.ceil(teams / 9))
    by_group = _shares(teams, [1] * groups)
    departments = math.ceil(groups / 8) if groups > WIDEST else 0
    sizes = iter(_shares(count - 1 - groups - departments, [1] * teams))
    start = 0
    top, top_head = unit, head
    for place, quantity in enumerate(by_group):
        if departments and place % 8 == 0:
            number = place // 8 + 1
            unit = organisation.add_unit(f"{top}-D{number:02d}", f"Département {number}, {site.name}", top, site.code)
            title = f"Responsable du département {number}, {site.name}"
            head = organisation.add_position(title, unit, site.code, "Direction", EXECUTIVE, top_head, is_head=True)
        inside = plans[start : start + quantity]
        start += quantity
        trade = WORKSHOPS[inside[0][0]].trade
        code = organisation.add_unit(f"{top}-A{place + 1:02d}", f"Atelier {place + 1}, {site.name}", unit, site.code)
        family = WORKSHOPS[inside[0][0]].family
        lead = organisation.add_position(
            f"Responsable d’atelier {trade}, {site.name}", code, site.code, family, EXECUTIVE, head, is_head=True
        )
        for plan in inside:
            _build_team(organisation, site, code, lead, plan, next(sizes))


def _team_plan(site: Site, place: int) -> tuple[str, str, int]:
    """Return (workshop, shift or empty for day work, number of the line); the first trade of a plant has three shifts, then others come."""
    trades = site.workshops
    first = [(trades[0], "matin"), (trades[0], "nuit"), *((trade, "") for trade in trades[1:]), (trades[0], "après-midi")]
    first += [(trade, shift) for trade in trades[1:] for shift in SHIFTS]
    trade, shift = first[place % len(first)]
    return trade, shift, place // len(first) + 1


def _build_team(organisation: Organisation, site: Site, parent: str, manager: str, plan: tuple[str, str, int], count: int) -> None:
    trade, shift, line = plan
    workshop = WORKSHOPS[trade]
    article = {"nuit": "équipe de nuit", "matin": "équipe du matin", "après-midi": "équipe d’après-midi", "": ""}[shift]
    number = f" {line}" if line > 1 else ""
    name = f"{workshop.name}{number} {site.name}" + (f", {article}" if article else "")
    code = organisation.add_unit(f"DI-{site.code}-{len(organisation.units):04d}", name, parent, site.code)
    title = f"Chef·fe d’équipe {workshop.trade}{number}" + (f", {article}" if article else "")
    lead = organisation.add_position(title, code, site.code, workshop.family, TECHNICIAN, manager, is_head=True)
    rest = count - 1
    if shift:
        shared = rest if shift == "nuit" else max(2, rest * 2 // 3)
        organisation.add_position(f"{workshop.roles[0]}, {article}", code, site.code, workshop.family, OPERATOR, lead, seats=shared)
        rest -= shared
    for place in range(rest):
        role = workshop.roles[place % len(workshop.roles)]
        organisation.add_position(role, code, site.code, workshop.family, OPERATOR, lead)


def _claim_seats(organisation: Organisation) -> None:
    """Give each named person a seat of their own; a member's seat takes the title and the site of the part."""
    claimed: set[str] = set()
    for part in CAST:
        kind, place, *rest = part.seat
        if kind == "head":
            code = organisation.head_of(place)
        elif kind == "night":
            code = next(p.code for p in organisation.positions.values() if p.is_shared and p.site == place and "nuit" in p.title)
        else:
            title, site = rest
            inside = [
                p
                for p in organisation.positions.values()
                if (p.unit == place or p.unit.startswith(f"{place}-"))
                and not p.is_head
                and not p.is_shared
                and p.code not in claimed
                and p.unit != DATA_QUALITY_UNIT
            ]
            position = min(inside, key=lambda p: (p.title != title, p.site != site, p.family == "Fonderie", p.code))
            position.title, position.site = title, site
            code = position.code
        claimed.add(code)
        organisation.claims[part.key] = code
