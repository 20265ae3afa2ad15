"""The people themselves: who they are on paper, with addresses that are never given twice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from .cast import CAST_NAMES, Part
from .catalogue import EXECUTIVE, MAIL_DOMAIN, OPERATOR, TECHNICIAN, TRIAL_MONTHS, Site
from .months import add_months
from .names import ORIGINS, address_part, draw_name
from .organisation import Position

PRIVATE_DOMAINS = ("courriel.example", "boite.example", "webmail.example", "messagerie.example")


@dataclass(slots=True)
class Member:
    """One person of the company, present, to come or gone; ``interim`` is the position held for somebody else, if any."""

    number: str
    first_name: str
    last_name: str
    email: str
    private_email: str
    languages: tuple[str, ...]
    language: str
    phone: str
    hired_on: date
    trial_ends_on: date | None
    position: str
    leaves_on: date | None = None
    announced: bool = True
    interim: str = ""
    has_early_address: bool = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def trial_end(hired_on: date, level: str) -> date:
    """Return the last day of the trial period of somebody hired on that day at that level."""
    return add_months(hired_on, TRIAL_MONTHS[level]) - timedelta(days=1)


class Registry:
    """Makes people; an e-mail address or an employee number it gave once is never given again."""

    def __init__(self, rng: random.Random, sites: dict[str, Site]) -> None:
        self._rng = rng
        self._sites = sites
        self._addresses: dict[str, int] = {}
        self._private: set[str] = set()
        self._last_number = 1000

    def number(self) -> str:
        """Return the next employee number, with small gaps as in a real file."""
        self._last_number += self._rng.choice((1, 1, 1, 2, 3))
        return f"E{self._last_number:05d}"

    def email(self, first_name: str, last_name: str) -> str:
        local = f"{address_part(first_name)}.{address_part(last_name.replace('’', ''))}"
        count = self._addresses[local] = self._addresses.get(local, 0) + 1
        return f"{local}{count if count > 1 else ''}@{MAIL_DOMAIN}"

    def new_member(self, position: Position, hired_on: date, *, part: Part | None = None) -> Member:
        """Return a new person for this seat, drawn by chance, or the one that ``part`` names."""
        rng = self._rng
        site = self._sites[position.site]
        if part is None:
            first, last, origin = draw_name(rng, generation=self._generation(hired_on), country=site.country, taken=CAST_NAMES)
            languages = self._languages(position, site, origin)
        else:
            first, last, languages = part.first_name, part.last_name, part.languages
        return Member(
            number=self.number(),
            first_name=first,
            last_name=last,
            email=self.email(first, last),
            private_email=self._private_address(first, last),
            languages=languages,
            language="fr"
            if "fr" in languages and not (part is None and site.country == "FR" and "en" in languages and rng.random() < 0.05)
            else "en",
            phone=self._phone(position, site, named=part is not None),
            hired_on=hired_on,
            trial_ends_on=trial_end(hired_on, position.level),
            position=position.code,
            has_early_address=rng.random() < 0.4 or part is not None,
        )

    def _generation(self, hired_on: date) -> int:
        age = self._rng.gauss(31, 8)
        born = hired_on.year - max(19, min(age, 56))
        return 0 if born < 1977 else 1 if born < 1990 else 2

    def _private_address(self, first: str, last: str) -> str:
        rng = self._rng
        name, family = address_part(first).replace("-", ""), address_part(last.replace("’", "")).replace("-", "")
        local = rng.choice((f"{name}.{family}", f"{name[0]}.{family}", f"{family}.{name}", f"{name}{family}", f"{name}.{family[:3]}"))
        if rng.random() < 0.5:
            local += f"{rng.randint(60, 99):02d}"
        domain = rng.choice(PRIVATE_DOMAINS)
        while f"{local}@{domain}" in self._private:
            local += str(rng.randint(0, 9))
        self._private.add(f"{local}@{domain}")
        return f"{local}@{domain}"

    def _languages(self, position: Position, site: Site, origin: str) -> tuple[str, ...]:
        rng = self._rng
        english = rng.random() < {EXECUTIVE: 0.7, TECHNICIAN: 0.3, OPERATOR: 0.1}[position.level]
        if site.country == "PT":
            spoken = ["pt"]
            if rng.random() < 0.45:
                spoken.append("fr")
            if english or "fr" not in spoken:
                spoken.append("en")
            return tuple(spoken)
        if site.country == "FR" and position.level == EXECUTIVE and rng.random() < 0.03:
            return ("en", rng.choice(("de", "es", "it", "nl")))
        spoken = ["fr", "en"] if english or site.country == "CA" else ["fr"]
        _, _, _, _, heritage, chance = ORIGINS[origin]
        if heritage and rng.random() < chance:
            spoken.append(heritage)
        elif english and rng.random() < 0.18:
            spoken.append(rng.choice(("es", "de", "it")))
        return tuple(spoken)

    def _phone(self, position: Position, site: Site, *, named: bool) -> str:
        """Return a number of the ranges kept for fiction, or nothing: most people of the workshops have none."""
        rng = self._rng
        if not site.phone or (position.level == OPERATOR and not named and not position.is_head):
            return ""
        if site.country == "CA":
            return f"{site.phone}{rng.randint(0, 99):02d}"
        roll = rng.random()
        start = "06 39 98" if position.is_head or roll < 0.3 else site.phone
        return "" if roll > 0.9 and not named else f"{start} {rng.randint(0, 99):02d} {rng.randint(0, 99):02d}"
