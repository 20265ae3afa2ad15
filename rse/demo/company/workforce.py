"""Who holds which seat: the state of the company at one moment, and the few ways it changes."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from .cast import CAST, CAST_NAMES, DATA_UNIT
from .months import first_days_of_months, newcomer_start, working_monday
from .organisation import Organisation, Position, build_organisation
from .people import Member, Registry

COHORT_OF_THE_NEWCOMER = 6


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a person, which the file of the day ``on`` is the first to show.

    ``kind`` is hired, left, moved, promoted, rehired, renounced, interim or manager_changed.
    """

    on: date
    kind: str
    employee_number: str
    position: str


class Workforce:
    """Everybody and every seat; begins as the company was eighteen months before today."""

    def __init__(self, seed: int, size: int, today: date) -> None:
        self._rng = random.Random(f"company {seed} {size}")
        self.today = today
        self.size = size
        self.months = first_days_of_months(today)
        self.expected = max(5, round(size * 0.012))
        self.vacant = max(9, round(size * 0.014))
        self.organisation: Organisation = build_organisation(self._rng, size + self.expected + self.vacant)
        self.holders: dict[str, list[Member]] = {code: [] for code in self.organisation.positions}
        self.interims: dict[str, Member] = {}
        self.members: dict[str, Member] = {}
        self.cast: dict[str, str] = {}
        self.changes: list[Change] = []
        self._registry = Registry(self._rng, self.organisation.sites)
        self._newcomer_on = newcomer_start(today)
        self._gone: list[Member] = []
        self._reports: dict[str, list[str]] = defaultdict(list)
        for position in self.organisation.positions.values():
            if position.manager:
                self._reports[position.manager].append(position.code)
        self._kept_open: set[str] = set()
        self._standing_in: list[str] = []
        self._claimed = set(self.organisation.claims.values())
        self._found(self.months[0])

    def lead_of(self, position: str, on: date) -> Member | None:
        """Return who leads from this seat on that day: its one holder, or whoever stands in while nobody holds it; None when several do."""
        present = [member for member in self.holders[position] if member.hired_on <= on]
        if len(present) == 1:
            return present[0]
        return self.interims.get(position) if not present else None

    def _found(self, start: date) -> None:
        rng = self._rng
        keys = {code: key for key, code in self.organisation.claims.items()}
        parts = {part.key: part for part in CAST}
        open_seats = self._seats_open_at_first(rng)
        founding: list[tuple[date, str, str]] = []
        for position in self.organisation.positions.values():
            key = keys.get(position.code, "")
            for seat in range(position.seats):
                if (position.code, seat) in open_seats:
                    continue
                named = key if seat == 0 else ""
                founding.append((self._first_day(rng, start, parts[named].years if named else None, position), position.code, named))
        for hired_on, code, key in sorted(founding, key=lambda entry: (entry[0], entry[1])):
            self._enter(code, hired_on, key=key)
        self.changes.clear()

    def _seats_open_at_first(self, rng: random.Random) -> set[tuple[str, int]]:
        """Select the seats that nobody holds in the first file, as (position, number), with those kept for the newcomer and her group."""
        positions = self.organisation.positions.values()
        newcomer = self.organisation.claims["ines"]
        seats = [
            (p.code, seat)
            for p in positions
            for seat in range(p.seats)
            if p.code not in self._claimed and not p.is_head and p.unit != DATA_UNIT
        ]
        rng.shuffle(seats)
        here = [
            seat
            for seat in seats
            if self.organisation.positions[seat[0]].site == "NTE" and not self.organisation.positions[seat[0]].is_shared
        ]
        self._kept_open = {newcomer, *(code for code, _ in here[:COHORT_OF_THE_NEWCOMER])}
        kept = {(newcomer, 0), *here[:COHORT_OF_THE_NEWCOMER], (self.organisation.claims["lea"], 0)}
        wanted = self.organisation.seats - round(self.size * 0.93)
        for seat in seats:
            if len(kept) >= wanted:
                break
            kept.add(seat)
        return kept

    def _first_day(self, rng: random.Random, start: date, years: float | None, position: Position) -> date:
        if years:
            day = self.today - timedelta(days=round(years * 365.25))
        else:
            mean = 9.5 if position.is_head else 7.0
            day = start - timedelta(days=20 + round(min(rng.expovariate(1 / mean), 34) * 365.25))
        return working_monday(day)

    def _enter(self, code: str, hired_on: date, *, key: str = "", on: date | None = None) -> Member:
        part = next((part for part in CAST if part.key == key), None)
        member = self._registry.new_member(self.organisation.positions[code], hired_on, part=part)
        self.members[member.number] = member
        self.holders[code].append(member)
        if key:
            self.cast[key] = member.number
        self.changes.append(Change(on or hired_on, "hired", member.number, code))
        return member

    def _ordinary(self, member: Member, on: date) -> bool:
        return member.name not in CAST_NAMES and member.hired_on <= on and member.leaves_on is None and not member.interim

    def _release(self, member: Member) -> None:
        self.holders[member.position].remove(member)
        if member.interim:
            self.interims.pop(member.interim, None)
            member.interim = ""

    def _stand_in(self, member: Member, code: str, on: date) -> None:
        self.interims[code] = member
        member.interim = code
        self.changes.append(Change(on, "interim", member.number, code))

    def _place(self, member: Member, code: str, kind: str, on: date) -> None:
        self._release(member)
        member.interim = ""
        member.position = code
        self.holders[code].append(member)
        self.changes.append(Change(on, kind, member.number, code))

    def _same_country(self, one: str, other: str) -> bool:
        return self.organisation.sites[one].country == self.organisation.sites[other].country
