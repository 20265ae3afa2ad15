"""Fills the open slots of a text: {a|b} is a choice, {3..9} a number, {site} or {date} a word of the company's world."""

from __future__ import annotations

import dataclasses
import random
import re
from datetime import date, timedelta
from typing import Any

DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}
MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
HOURS = {
    "fr": ("8 h 30", "9 h", "10 h 15", "11 h", "14 h", "15 h 30", "16 h 30"),
    "en": ("8:30", "9:00", "10:15", "11:00", "14:00", "15:30"),
}
SITES = ("Nantes", "Saint-Nazaire", "Lyon", "Lille")
CLIENTS = ("du client ferroviaire", "du client des pompes", "du client éolien", "du client hydraulique")
_SLOT = re.compile(r"\{([^{}]+)\}")


def day_and_month(day: date, language: str) -> str:
    """Write a working day as « jeudi 12 mars » or “Thursday 12 March”."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{DAYS[language][day.weekday()]} {number} {MONTHS[language][day.month - 1]}"


class Filler:
    """Fills one text, and whatever hangs on it, consistently: the same slot has the same value everywhere."""

    def __init__(
        self,
        rng: random.Random,
        language: str,
        *,
        on: date | None = None,
        site: str = "",
        to: str = "",
        words: dict[str, str] | None = None,
    ) -> None:
        self._rng = rng
        self._language = language
        self._on = on
        self._sites = rng.sample([name for name in SITES if name != site], 2)
        self._to = to or {"fr": "toute l'équipe", "en": "everyone"}[language]
        self._values = dict(words or {})

    def fill(self, thing: Any) -> Any:
        """Return a string, or a copy of a dataclass or tuple with every string inside, with its slots filled."""
        if isinstance(thing, str):
            return _SLOT.sub(self._word, thing) if "{" in thing else thing
        if isinstance(thing, tuple):
            return tuple(self.fill(part) for part in thing)
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            return dataclasses.replace(thing, **{field.name: self.fill(getattr(thing, field.name)) for field in dataclasses.fields(thing)})
        return thing

    def _word(self, match: re.Match) -> str:
        """Return the value of a slot, with a capital where a sentence begins."""
        value = self._value(match[1])
        before = match.string[: match.start()]
        begins = not before or before.endswith((". ", "! ", "? ", "\n"))
        return value[:1].upper() + value[1:] if begins else value

    def _value(self, slot: str) -> str:
        if slot not in self._values:
            self._values[slot] = self._draw(slot)
        return self._values[slot]

    def _draw(self, slot: str) -> str:
        if "|" in slot:
            return self._rng.choice(slot.split("|"))
        if ".." in slot:
            low, high = map(int, slot.split(".."))
            return str(self._rng.randint(low, high))
        return getattr(self, f"_slot_{slot}")()

    def _slot_site(self) -> str:
        return self._sites[0]

    def _slot_site2(self) -> str:
        return self._sites[1]

    def _slot_qui(self) -> str:
        return self._to

    def _slot_jour(self) -> str:
        return self._rng.choice(DAYS[self._language])

    _slot_day = _slot_jour

    def _slot_passe(self) -> str:
        if self._language == "en":
            return f"last {self._slot_jour()}"
        return self._rng.choice((f"{self._slot_jour()} dernier", f"{self._slot_jour()} dernier", "hier", "avant-hier"))

    def _slot_date(self) -> str:
        if self._on is None:
            return f"{self._slot_jour()} {self._rng.randint(2, 28)}"
        day = self._on + timedelta(days=self._rng.randint(5, 17))
        return day_and_month(day - timedelta(days=max(0, day.weekday() - 4)), self._language)

    def _month(self, days: int) -> str:
        month = (self._on + timedelta(days=days)).month if self._on else self._rng.randint(1, 12)
        return MONTHS[self._language][month - 1]

    def _slot_mois(self) -> str:
        return self._month(self._rng.randint(30, 75))

    _slot_month = _slot_mois

    def _slot_mois_passe(self) -> str:
        return self._month(-self._rng.randint(25, 50))

    def _slot_heure(self) -> str:
        return self._rng.choice(HOURS[self._language])

    def _slot_ref(self) -> str:
        return f"{self._rng.choice(('CP', 'BR', 'VT', 'TH', 'AU', 'KR'))}-{self._rng.randint(112, 4980)}"

    def _slot_four(self) -> str:
        return f"four {self._rng.randint(1, 4)}"

    def _slot_pont(self) -> str:
        return f"pont {self._rng.randint(2, 7)}"

    def _slot_presse(self) -> str:
        return f"presse P{self._rng.randint(1, 8)}"

    def _slot_cn(self) -> str:
        return f"CU-{self._rng.randint(3, 24):02d}"

    def _slot_ligne(self) -> str:
        return f"L{self._rng.randint(1, 5)}"

    def _slot_robot(self) -> str:
        return f"R{self._rng.randint(1, 8)}"

    def _slot_atelier(self) -> str:
        return str(self._rng.randint(1, 6))

    def _slot_duclient(self) -> str:
        return self._rng.choice(CLIENTS)
