"""Eighteen months of a company's life: who arrives, moves, is promoted, leaves and comes back, month by month."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .cast import CAST, CAST_NAMES, DATA_UNIT
from .months import MONTHS, add_months, opening_monday
from .organisation import Position
from .people import Member, trial_end
from .workforce import COHORT_OF_THE_NEWCOMER, Change, Workforce

YEARLY_DEPARTURES = 0.13


def _years_of(key: str) -> float:
    """Return how long this named person has been in the company today, in years."""
    return next(part.years for part in CAST if part.key == key)


class Timeline(Workforce):
    """The life of one company, played once: iterate over ``play()`` and read the state between two months."""

    def play(self) -> Iterator[date]:
        """Move from month to month, once per instance; when a date is yielded, the state is that of the file of that day."""
        for index, on in enumerate(self.months):
            if index:
                self._depart(on)
                self._renounce(index, on)
                self._fill_leads(index, on)
                self._move(index, on)
                if index % 3 == 2:
                    self._exchange_leads(on)
            self._announce_departures(index, on)
            self._hire(index, on)
            if index in (10, 13):
                self._rehire(index, on)
            yield on

    def _announce_departures(self, index: int, on: date) -> None:
        rng = self._rng
        bernard = self.members[self.cast["bernard"]]
        if index == MONTHS - 2:
            bernard.leaves_on = add_months(self.today, 7).replace(day=1) - timedelta(days=1)
        wanted = self.size * YEARLY_DEPARTURES / 12
        count = int(wanted) + (rng.random() < wanted % 1)
        if index == MONTHS:
            self._announce_later(on, max(2, count))
            return
        if index == MONTHS - 1 and self._arrival(index + 1, "") > self.today:
            return
        pool = self._who_may_leave(on, days=60)
        leavers = rng.sample(pool, min(count, len(pool)))
        if index == MONTHS - 4:
            leavers += self._leads_who_leave(pool, leavers)
        for member in leavers:
            length = calendar.monthrange(on.year, on.month)[1]
            member.leaves_on = on + timedelta(days=rng.randint(4, length - 1))
            member.announced = rng.random() < 0.7

    def _who_may_leave(self, on: date, *, days: int) -> list[Member]:
        """Return people of the crowd with more than ``days`` days in the company; the data team stays seven."""
        team = [m for m in self.members.values() if self._ordinary(m, on) and (on - m.hired_on).days > days]
        return [m for m in team if self.organisation.positions[m.position].unit != DATA_UNIT]

    def _leads_who_leave(self, pool: list[Member], already: list[Member]) -> list[Member]:
        """Select three team leads whose seats stay open: two are held by somebody else for a while, one by nobody."""
        positions = self.organisation.positions
        leads = [
            m for m in pool if m not in already and self._leads_one_team(positions[m.position]) and len(self._reports[m.position]) >= 2
        ]
        chosen = self._rng.sample(leads, min(3, len(leads)))
        self._kept_open.update(m.position for m in chosen)
        self._standing_in = [m.position for m in chosen[:2]]
        return chosen

    def _announce_later(self, on: date, count: int) -> None:
        pool = self._who_may_leave(on, days=400)
        for member in self._rng.sample(pool, min(count, len(pool))):
            member.leaves_on = self.today + timedelta(days=self._rng.randint(6, 80))

    def _depart(self, on: date) -> None:
        for member in [m for m in self.members.values() if m.leaves_on and m.leaves_on < on]:
            self._release(member)
            del self.members[member.number]
            self._gone.append(member)
            self.changes.append(Change(on, "left", member.number, member.position))

    def _renounce(self, index: int, on: date) -> None:
        """Remove, now and then, somebody expected who does not come after all."""
        if index not in (6, 14):
            return
        expected = [m for m in self.members.values() if m.hired_on > on and m.name not in CAST_NAMES]
        if len(expected) > 2:
            member = self._rng.choice(expected)
            self._release(member)
            del self.members[member.number]
            self.changes.append(Change(on, "renounced", member.number, member.position))

    def _arrival(self, index: int, site: str) -> date:
        """Return the day on which the group of that month arrives at that site."""
        month = self.months[index] if index <= MONTHS else add_months(self.months[MONTHS], index - MONTHS)
        if site == "NTE" and (month.year, month.month) == (self._newcomer_on.year, self._newcomer_on.month):
            return self._newcomer_on
        if index == MONTHS:
            return opening_monday(month, 1)
        return opening_monday(month, 1 + (sum(map(ord, site)) + index) % 2)

    def _target(self, index: int) -> int:
        """Return how many people the company should have once the hires of that month are in."""
        last = MONTHS if self._arrival(MONTHS, "") <= self.today else MONTHS - 1
        start = round(self.size * 0.93)
        if index >= last:
            return self.size
        target = start + round((self.size - start) * index / last)
        month = self.months[index]
        is_before = (month.year, month.month) < (self._newcomer_on.year, self._newcomer_on.month)
        return min(target, self.size - COHORT_OF_THE_NEWCOMER - 2) if is_before else target

    def _hire(self, index: int, on: date) -> None:
        """Fill seats for the month after this file: one or a few groups, each on one site and one day."""
        coming = index + 1
        leaving = sum(1 for m in self.members.values() if m.leaves_on and m.leaves_on < add_months(on, 1))
        month = add_months(on, 1)
        count = self._target(coming) - (len(self.members) - leaving)
        if coming > MONTHS:
            count = self.expected
        elif coming == MONTHS and self._arrival(MONTHS, "") > self.today:
            count = 0
        if (month.year, month.month) == (self._newcomer_on.year, self._newcomer_on.month):
            count -= self._hire_newcomer_group(on)
        if self._is_first_month_of(_years_of("lea"), month):
            self._enter(self.organisation.claims["lea"], self._arrival(coming, "NTE"), key="lea", on=on)
            count -= 1
        free = self._free_seats_by_site()
        while count > 0 and any(free.values()):
            site = max(free, key=lambda code: (len(free[code]) * self._rng.uniform(0.6, 1.4), code))
            group = min(count, len(free[site]), max(4, round(len(free[site]) * 0.5)))
            for _ in range(group):
                self._enter(free[site].pop(), self._arrival(coming, site), on=on)
            count -= group

    def _free_seats_by_site(self) -> dict[str, list[str]]:
        """Return by site the codes of the seats to fill, in a random order, a shared position as often as it has free seats."""
        free: dict[str, list[str]] = defaultdict(list)
        for position in self.organisation.positions.values():
            if position.code not in self._kept_open and position.code not in self._claimed:
                free[position.site] += [position.code] * (position.seats - len(self.holders[position.code]))
        for codes in free.values():
            self._rng.shuffle(codes)
        return free

    def _is_first_month_of(self, years: float, month: date) -> bool:
        return add_months(self.today.replace(day=1), -round(years * 12)) == month

    def _hire_newcomer_group(self, on: date) -> int:
        """Add the newcomer and the people who arrive with her, on one day at one site; return how many."""
        newcomer = self.organisation.claims["ines"]
        self._enter(newcomer, self._newcomer_on, key="ines", on=on)
        group = sorted(self._kept_open - {newcomer})
        group = [code for code in group if not self.organisation.positions[code].is_head and not self.holders[code]]
        for code in group:
            self._enter(code, self._newcomer_on, on=on)
        self._kept_open -= {newcomer, *group}
        return 1 + len(group)

    def _rehire(self, index: int, on: date) -> None:
        """Add again somebody who left in the first months, with the number and the address of before."""
        gone = [m for m in self._gone if m.leaves_on and (on - m.leaves_on).days > 120]
        positions = self.organisation.positions
        for member in gone:
            family = positions[member.position].family
            free = [
                p.code
                for p in positions.values()
                if p.family == family
                and self._same_country(p.site, positions[member.position].site)
                and not p.is_head
                and p.code not in self._kept_open | self._claimed
                and len(self.holders[p.code]) < p.seats
            ]
            if free:
                code = self._rng.choice(free)
                member.hired_on = self._arrival(index + 1, positions[code].site)
                member.trial_ends_on = trial_end(member.hired_on, positions[code].level)
                member.leaves_on, member.announced, member.position = None, True, code
                self.members[member.number] = member
                self.holders[code].append(member)
                self._gone.remove(member)
                self.changes.append(Change(on, "rehired", member.number, code))
                return

    def _fill_leads(self, index: int, on: date) -> None:
        """Give an empty lead's seat to somebody of the team, for good or until it is filled."""
        positions = self.organisation.positions
        for code in [p.code for p in positions.values() if p.is_head and not self.holders[p.code]]:
            team = [
                m for report in self._reports[code] for m in self.holders[report] if self._ordinary(m, on) and (on - m.hired_on).days > 365
            ]
            if not team:
                continue
            if code in self._kept_open:
                if index >= MONTHS - 3 and code in self._standing_in and code not in self.interims:
                    self._stand_in(self._rng.choice(team), code, on)
            elif code in self.interims or self._rng.random() < 0.6:
                standing_in = self.interims.pop(code, None)
                self._place(standing_in or self._rng.choice(team), code, "promoted", on)
            else:
                self._stand_in(self._rng.choice(team), code, on)

    def _move(self, index: int, on: date) -> None:
        """Move a few people to an open seat of their trade in another unit of their country."""
        positions = self.organisation.positions
        count = max(1, round(self.size * 0.002)) if index % 2 or self.size > 1_000 else 0
        open_seats = [
            p.code
            for p in positions.values()
            if not p.is_head
            and p.code not in self._kept_open | self._claimed
            and len(self.holders[p.code]) < p.seats
            and p.unit != DATA_UNIT
        ]
        self._rng.shuffle(open_seats)
        by_family: dict[str, list[str]] = defaultdict(list)
        for code in open_seats:
            by_family[positions[code].family].append(code)
        pool = [m for m in self.members.values() if self._ordinary(m, on) and (on - m.hired_on).days > 540]
        pool = [m for m in pool if not positions[m.position].is_head and positions[m.position].unit != DATA_UNIT]
        for member in self._rng.sample(pool, min(len(pool), count * 12)):
            if not count:
                return
            here = positions[member.position]
            choices = [code for code in by_family[here.family] if self._may_move(here, positions[code])]
            if choices:
                self._place(member, choices[0], "moved", on)
                count -= 1

    def _may_move(self, here: Position, there: Position) -> bool:
        return there.unit != here.unit and self._same_country(here.site, there.site) and len(self.holders[there.code]) < there.seats

    def _leads_one_team(self, position: Position) -> bool:
        """Return whether this seat leads people of whom none leads others; the data team is left alone."""
        leads_leads = any(self.organisation.positions[code].is_head for code in self._reports[position.code])
        return position.is_head and bool(position.manager) and not leads_leads and position.unit != DATA_UNIT

    def _exchange_leads(self, on: date) -> None:
        """Let two team leads exchange their teams, if possible where somebody has just arrived."""
        positions = self.organisation.positions
        siblings: dict[str, list[Member]] = defaultdict(list)
        for position in positions.values():
            lead = next(iter(self.holders[position.code]), None)
            if self._leads_one_team(position) and lead and self._ordinary(lead, on) and (on - lead.hired_on).days > 200:
                siblings[f"{position.manager} {position.family}"].append(lead)
        pairs = [leads for leads in siblings.values() if len(leads) >= 2]

        def arrivals(lead: Member) -> int:
            team = (m for code in self._reports[lead.position] for m in self.holders[code])
            return sum(0 <= (on - m.hired_on).days < 92 for m in team)

        if pairs:
            leads = max(pairs, key=lambda pair: (max(map(arrivals, pair)), self._rng.random()))
            one = max(leads, key=arrivals)
            other = self._rng.choice([lead for lead in leads if lead is not one])
            first, second = one.position, other.position
            self._place(one, second, "manager_changed", on)
            self._place(other, first, "manager_changed", on)
