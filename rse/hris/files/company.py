"""The company as a file describes it, kept small: facts of every row by number and by code, never the rows themselves."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.folding import fold
from rse.core.working_days import region_named

from .cells import IMPLICIT
from .columns import ColumnMapping
from .decisions import Decisions
from .names import name_of_all
from .problems import Problems
from .rows import Row
from .snapshot import Known, name_key
from .statuses import EXPECTED, GONE, HERE


def second_job_code(number: str, place: int) -> str:
    """Return the code of the second job, or of a further one, of somebody to whom the file gives no codes of positions."""
    return f"{IMPLICIT}{number}/{place}"


def is_second_job(code: str, number: str) -> bool:
    """Return whether ``second_job_code`` made this code for the person of this number."""
    return code.startswith(f"{IMPLICIT}{number}/")


@dataclass(slots=True)
class Said:
    """What one row of the file says of the places of a person; without a number, of a place that nobody holds."""

    line: int
    number: str
    place: str
    site: str
    manager: str
    superior: str
    interim: str
    starts: datetime.date | None
    ends: datetime.date | None
    has_email: bool = False
    is_left: bool = False


@dataclass(slots=True)
class Place:
    """A position of the file. ``above`` is None while the file says nothing of the superior, and empty where nobody stands above."""

    line: int
    title: str
    unit: str
    site: str
    family: str
    is_shared: bool | None
    is_of_left: bool
    above: str | None = None
    above_line: int = 0
    is_named: bool = False  # the file gives it a code of its own


@dataclass(slots=True)
class UnitSaid:
    name: str = ""
    name_line: int = 0
    parent: str = ""
    parent_line: int = 0


@dataclass(slots=True)
class SiteSaid:
    name: str
    line: int
    time_zone: str = ""
    country: str = ""
    region: str = ""


@dataclass
class Company:
    """Everything that a file says at once. ``people`` holds those of rows with errors too: they have not left."""

    mapping: ColumnMapping
    known: Known
    is_full: bool
    problems: Problems
    decisions: Decisions = field(default_factory=Decisions)
    people: dict[str, Said] = field(default_factory=dict)
    vacancies: list[Said] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    units: dict[str, UnitSaid] = field(default_factory=dict)
    sites: dict[str, SiteSaid] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    emails: dict[str, Said] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)  # key of a name -> numbers of those who have it
    seconds: dict[str, list[str]] = field(default_factory=dict)  # number -> codes of the places held beside the one that counts
    same: dict[str, int] = field(default_factory=dict)  # number -> key of who is known under another number
    logins: dict[str, str] = field(default_factory=dict)  # folded name of an account -> number
    agreed: set[int] = field(default_factory=set)  # keys of people of whom the file says what HR corrected by hand, or is right
    held: dict[str, str] = field(default_factory=dict)  # address that signs somebody in -> whose number, or nothing
    row_count: int = 0
    unidentified: int = 0  # rows with errors that do not even say whose they are
    _unnamed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _days: dict[str, datetime.date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._says_place = self.mapping.says("position")
        self._texts: dict[str, str] = {}
        for unit in self.decisions.units.above if self.decisions.units else ():
            self.units[unit.code] = UnitSaid(unit.name, 0, unit.parent, 0)

    def add(self, row: Row) -> None:
        """Add what ``row`` says, and a problem for each number, address, unit or time zone that contradicts an earlier row.

        Of a contract that another row goes on with, nothing is taken; of a second job, its place.
        """
        self.row_count += 1
        if row.line in self.decisions.contracts.older:
            return
        self._add_structure(row)
        if row.line in self.decisions.contracts.seconds:
            self._add_second(row)
            return
        said = Said(
            row.line,
            row.employee_number,
            self.place_code(row),
            name_key(row.site),
            self._one(row.manager_number),
            self._one(row.manager_position),
            self._one(row.interim_position),
            row.hired_on,
            row.leaves_on,
            bool(row.email),
        )
        said.is_left = not row.is_vacant and self.state_of(row) == PersonState.LEFT
        if row.is_vacant:
            self.vacancies.append(said)
        elif not row.employee_number:
            self.unidentified += 1
            return
        elif (first := self.people.get(row.employee_number)) is not None:
            self.problems.add(row.line, "employee_number", "duplicate_number", number=row.employee_number, other_line=first.line)
            return
        else:
            self.people[row.employee_number] = said
            self._add_names(row)
        self._add_email(row, said)
        self._add_place(row, said)

    def place_code(self, row: Row) -> str:
        """Return the code of the position of a row; without one in the file, that of the position held, or a code made of the number."""
        if row.position:
            return self._one(row.position)
        if not row.employee_number:
            return ""
        held = None if self._says_place else self.known.place_of.get(row.employee_number)
        return held or self._one(IMPLICIT + row.employee_number)

    def today_at(self, site: str) -> datetime.date:
        """Return the day it is in the time zone of the site of this key; in that of the company where the site has none."""
        said = self.sites.get(site)
        zone = (said and said.time_zone) or self.known.sites.get(site, ("", ""))[1]
        if zone not in self._days:
            self._days[zone] = clock.today(zone or None)
        return self._days[zone]

    def state_of(self, row: Row) -> PersonState:
        """Return the state that follows from the status of a row and its dates, compared with the day it is on the site of the row."""
        today = self.today_at(name_key(row.site))
        has_left = row.leaves_on and row.leaves_on < today
        if (has_left and row.presence != HERE) or (row.presence == GONE and not (row.leaves_on and row.leaves_on >= today)):
            return PersonState.LEFT
        is_awaited = row.hired_on > today if row.hired_on else row.presence == EXPECTED
        return PersonState.EXPECTED if is_awaited else PersonState.ACTIVE

    def above(self, code: str) -> str:
        """Return the code of the position above, as the file says or else as the database has it; nothing for the top."""
        place = self.places.get(code)
        said = place.above if place is not None else None
        return self.known.above.get(code, "") if said is None else said

    def as_said(self, code: str) -> str:
        """Return the code as the file writes it, or an ellipsis where only the database knows it: messages show nothing else of it."""
        plain = code.removeprefix(IMPLICIT)
        return plain if plain in self._texts or plain in self.people or plain in self.units else "…"

    def is_shared(self, code: str) -> bool:
        place = self.places.get(code)
        said = place.is_shared if place is not None else None
        return code in self.known.shared if said is None else said

    def is_bad(self, line: int) -> bool:
        return line in self.problems.bad_lines

    def everything_said(self) -> Iterator[Said]:
        yield from self.people.values()
        yield from self.vacancies

    def unnamed_units(self) -> Iterator[tuple[str, int, str]]:
        """Iterate over the mentions of units that no row and no unit of the database names, as code, line and column."""
        for code, places in self._unnamed.items():
            if not self.units.get(code) or not self.units[code].name:
                yield from ((code, line, column) for line, column in places)

    def _add_names(self, row: Row) -> None:
        """Keep by what somebody is found again: the name in both forms, and the account."""
        for name in {name_of_all(row.name), name_of_all(f"{row.first_name} {row.birth_name}") if row.birth_name else ""} - {""}:
            self.names.setdefault(name, []).append(row.employee_number)
        if row.login:
            self.logins.setdefault(fold(row.login), row.employee_number)

    def _add_second(self, row: Row) -> None:
        """Add the place of a second job, which its holder has beside the one that counts."""
        code = self._one(row.position or second_job_code(row.employee_number, len(self.seconds.get(row.employee_number, ())) + 2))
        said = Said(row.line, row.employee_number, code, name_key(row.site), "", "", "", row.hired_on, row.leaves_on)
        self._add_place(row, said)
        if code in self.places:
            self.seconds.setdefault(row.employee_number, []).append(code)

    def _one(self, text: str) -> str:
        """Return one object for all equal texts, so that a code is in memory once."""
        return self._texts.setdefault(text, text)

    def _add_structure(self, row: Row) -> None:
        if row.unit:
            self._add_unit(row)
        if row.site:
            key = name_key(row.site)
            site = self.sites.setdefault(key, SiteSaid(row.site, row.line))
            if row.site_country and not site.country:
                site.country = row.site_country
                site.region = self._region(row)
            if row.site_time_zone and not site.time_zone:
                site.time_zone, site.line = row.site_time_zone, row.line
            elif row.site_time_zone and row.site_time_zone != site.time_zone:
                self.problems.add(
                    row.line, "site_time_zone", "time_zone_differs", site=site.name, other=site.time_zone, other_line=site.line
                )
        if row.job_family:
            self.families.setdefault(name_key(row.job_family), row.job_family)

    def _region(self, row: Row) -> str:
        """Return the code of the region that a row gives its site; a problem, and nothing, where its country has no such region."""
        if not row.site_region:
            return ""
        code = region_named(row.site_country, row.site_region)
        if code is None:
            self.problems.add(row.line, "site_region", "unknown_region", country=row.site_country, value=row.site_region)
        return code or ""

    def _add_unit(self, row: Row) -> None:
        unit = self.units.setdefault(row.unit, UnitSaid())
        if row.unit_name and not unit.name:
            unit.name, unit.name_line = row.unit_name, row.line
        elif row.unit_name and row.unit_name != unit.name:
            self.problems.add(row.line, "unit_name", "unit_name_differs", unit=row.unit, other=unit.name, other_line=unit.name_line)
        if row.parent_unit and not unit.parent:
            unit.parent, unit.parent_line = row.parent_unit, row.line
        elif row.parent_unit and row.parent_unit != unit.parent:
            params = {"unit": row.unit, "parent": row.parent_unit, "other": unit.parent, "other_line": unit.parent_line}
            self.problems.add(row.line, "parent_unit", "unit_parent_differs", **params)
        for column, code in (("unit", row.unit), ("parent_unit", row.parent_unit)):
            if code and code not in self.known.units and not (code in self.units and self.units[code].name):
                self._unnamed.setdefault(code, []).append((row.line, column))

    def _add_email(self, row: Row, said: Said) -> None:
        if not row.email:
            return
        first = self.emails.setdefault(row.email, said)
        if first is not said:
            self.problems.add(row.line, "email", "duplicate_email", email=row.email, number=first.number, other_line=first.line)

    def _add_place(self, row: Row, said: Said) -> None:
        if not (said.place and row.position_title and row.unit):
            return
        place = self.places.get(said.place)
        if place is None or (place.is_of_left and not said.is_left):
            shared = place.is_shared if place is not None else None
            unit, site, family = self._one(row.unit), self._one(name_key(row.site)), self._one(name_key(row.job_family))
            place = Place(row.line, self._one(row.position_title), unit, site, family, shared, said.is_left)
            place.is_named = bool(row.position)
            self.places[said.place] = place
        if row.position_shared or (row.position_shared is False and place.is_shared is None):
            place.is_shared = row.position_shared
