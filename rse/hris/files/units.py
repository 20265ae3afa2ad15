"""Units as files name them: by a code, by a name, by both in one cell, or by the way that leads to them from the top."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rse.core.folding import fold, words

LONGEST_CODE, LONGEST_NAME = 60, 160
LED_BY = re.compile(r"(?P<name>.+?)\s*\((?P<person>[^()a-zà-ÿ]*[a-zà-ÿ][^()\s]*\s[^()]*)\)")
WITH_CODE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<code>[A-Za-z0-9][A-Za-z0-9._/-]{0,19})[)\]]")
CODE_FIRST = re.compile(r"(?P<code>[A-Z0-9][A-Z0-9._-]{0,11})\s+[-–—:|]\s+(?P<name>.*[a-zà-ÿ].*)")
CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,19}")
SIGNS = (" > ", ">", " / ", " \\ ", "\\", "/", " » ", " | ")
MOST_STEPS = 20  # of a way: no company is as deep
ENOUGH = 0.6  # share of the distinct values that must look so


@dataclass(frozen=True)
class UnitNamed:
    """A unit by its code, its name where the file gives one, and the code of the unit above, if any."""

    code: str
    name: str = ""
    parent: str = ""
    is_made: bool = False  # the code is made of the name


@dataclass(frozen=True)
class Organisation:
    """The units that exist: their names and the codes of those above them, by their codes."""

    names: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Units:
    """What the values of the column of units mean: each value by its text, and the units above that no value names."""

    named: Mapping[str, UnitNamed]
    above: tuple[UnitNamed, ...] = ()
    sign: str = ""  # between the steps of a way, where the values are ways

    def of(self, value: str) -> UnitNamed:
        return self.named.get(value) or UnitNamed(value)


def units_of(values: Iterable[str], *, known: Organisation | None = None) -> Units:
    """Return what these distinct values of a column without names beside it mean; a value that is one of ``known`` is that unit."""
    said = _without_people(sorted(set(values)))
    found = _units_of(sorted(set(said.values())), _Coder(known or Organisation()))
    return replace(found, named={value: found.named[name] for value, name in said.items() if name in found.named})


def _units_of(distinct: list[str], coder: "_Coder") -> Units:
    if sign := _sign_of_ways(distinct):
        return _of_ways(distinct, sign, coder)
    both = {value: UnitNamed(coder.keep(code), name[:LONGEST_NAME]) for value, (code, name) in _split(distinct).items()}
    alone = {value: _named(coder.of_name(value), value, coder.known.names) for value in distinct if value not in both}
    return Units(both | alone)


def _without_people(distinct: list[str]) -> dict[str, str]:
    """Return each value without the person in brackets behind it, where most have one: whoever leads the unit is no part of its name."""
    found = {value: match for value in distinct if (match := LED_BY.fullmatch(value))}
    are_led = len(found) >= ENOUGH * len(distinct)
    return {value: found[value]["name"] if are_led and value in found else value for value in distinct}


def without_code(value: str) -> str:
    """Return a name without the code that stands in brackets behind it."""
    found = WITH_CODE.fullmatch(value)
    return found["name"] if found else value


def have_codes(values: Iterable[str]) -> bool:
    """Return whether most of these distinct values are a name with its code in brackets."""
    distinct = set(values)
    return bool(distinct) and sum(bool(WITH_CODE.fullmatch(value)) for value in distinct) >= ENOUGH * len(distinct)


class _Coder:
    """Gives each name one code, and the same one with each file: that of the unit which exists, else one made of its words."""

    def __init__(self, known: Organisation):
        self.known = known
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self.by_place: dict[tuple[str, str], str] = {}
        for code, name in sorted(known.names.items()):
            self.by_name[fold(name)].append(code)
            self.by_place.setdefault((known.parents.get(code, ""), fold(name)), code)
        self.taken = set(known.names)
        self.given: dict[tuple[str, str], str] = {}
        self.numbers: Counter[str] = Counter()  # the last behind each code that was wanted again

    def of_name(self, name: str) -> str:
        """Return the code of a unit of which nothing but a code or a name is said."""
        if name in self.known.names:
            return name
        codes = self.by_name.get(fold(name))
        if codes:
            made = _code_of(name)
            return made if made in codes else codes[0]
        return self._made("", name)

    def of_step(self, parent: str, name: str, *, is_alone: bool) -> str:
        """Return the code of a unit under ``parent``: the one that stands there or, where its name ``is_alone``, the one that moved."""
        if found := self.by_place.get((parent, fold(name))):
            return found
        codes = self.by_name.get(fold(name), [])
        return codes[0] if is_alone and len(codes) == 1 else self._made(parent, name)

    def keep(self, code: str) -> str:
        self.taken.add(code)
        return code

    def _made(self, parent: str, name: str) -> str:
        key = parent, fold(name)
        if key in self.given:
            return self.given[key]
        wanted = _code_of(name)
        if wanted in self.taken and parent:
            wanted = f"{parent}-{wanted}"[:LONGEST_CODE]
        code, number = wanted, self.numbers[wanted] or 1
        while code in self.taken:
            number += 1
            code = f"{wanted[: LONGEST_CODE - 6]}-{number}"
        self.numbers[wanted] = number
        self.given[key] = self.keep(code)
        return code


def _code_of(name: str) -> str:
    """Return a code made of a name: its words in capitals. What is a code already stays as it is."""
    if CODE.fullmatch(name):
        return name
    return "-".join(words(name)).upper()[:LONGEST_CODE].strip("-") or name[:LONGEST_CODE]


def _named(code: str, value: str, names: Mapping[str, str]) -> UnitNamed:
    return UnitNamed(code) if value in names else UnitNamed(code, value[:LONGEST_NAME], is_made=code != value)


def _split(distinct: list[str]) -> dict[str, tuple[str, str]]:
    """Return code and name of each value that has both in one cell, where most do and no code stands beside two names."""
    for shape in (WITH_CODE, CODE_FIRST):
        found = {value: match for value in distinct if (match := shape.fullmatch(value))}
        if len(found) >= ENOUGH * len(distinct) and len({match["code"] for match in found.values()}) == len(found):
            return {value: (match["code"], match["name"]) for value, match in found.items()}
    return {}


def _sign_of_ways(distinct: list[str]) -> str:
    """Return the sign between the steps of ways from the top, or nothing: the ways of one company begin alike, or one goes on another."""
    for sign in SIGNS:
        ways = {value: _steps(value, sign) for value in distinct}
        long = [steps for steps in ways.values() if len(steps) > 1]
        if not long or max(map(len, long)) > MOST_STEPS:
            continue
        firsts = Counter(steps[0] for steps in ways.values())
        all_ways = set(ways.values())
        begins_alike = len(long) >= 2 and max(firsts.values()) >= ENOUGH * len(distinct)
        goes_on = sum(steps[:-1] in all_ways for steps in long)
        if begins_alike or (goes_on and goes_on >= ENOUGH * len(long)):
            return sign
    return ""


def _steps(value: str, sign: str) -> tuple[str, ...]:
    return tuple(" ".join(step.split()) for step in value.split(sign) if step.strip())


def _of_ways(distinct: list[str], sign: str, coder: _Coder) -> Units:
    ways = {value: _steps(value, sign) for value in distinct}
    wanted = sorted({steps[:depth] for steps in ways.values() for depth in range(1, len(steps) + 1)}, key=lambda steps: (len(steps), steps))
    found: dict[tuple[str, ...], UnitNamed] = {}
    by_name = Counter(fold(steps[-1]) for steps in wanted)
    for steps in wanted:
        parent = found[steps[:-1]].code if len(steps) > 1 else ""
        code = coder.of_step(parent, steps[-1], is_alone=by_name[fold(steps[-1])] == 1)
        found[steps] = UnitNamed(code, steps[-1][:LONGEST_NAME], parent, is_made=code not in coder.known.names)
    held = set(ways.values())
    above = tuple(unit for steps, unit in found.items() if steps not in held)
    return Units({value: found[steps] for value, steps in ways.items() if steps}, above, sign)
