"""Units as files name them: by a code, by a name, by both in one cell, or by the way that leads to them from the top."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rse.core.folding import fold, words

LONGEST_CODE, LONGEST_NAME = 60, 160
WITH_CODE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<code>[A-Za-z0-9][A-Za-z0-9._/-]{0,19})[)\]]")
CODE_FIRST = re.compile(r"(?P<code>[A-Z0-9][A-Z0-9._-]{0,11})\s+[-–—:|]\s+(?P<name>.*[a-zà-ÿ].*)")
CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,19}")
SIGNS = (" > ", ">", " / ", " \\ ", "\\", "/", " » ", " | ")
ENOUGH = 0.6  # share of the distinct values that must look so


@dataclass(frozen=True)
class UnitNamed:
    """A unit by its code, its name where the file gives one, and the code of the unit above, if any."""

    code: str
    name: str = ""
    parent: str = ""
    is_made: bool = False  # the code is made of the name


@dataclass(frozen=True)
class Units:
    """What the values of the column of units mean: each value by its text, and the units above that no value names."""

    named: Mapping[str, UnitNamed]
    above: tuple[UnitNamed, ...] = ()
    sign: str = ""  # between the steps of a way, where the values are ways

    def of(self, value: str) -> UnitNamed:
        return self.named.get(value) or UnitNamed(value)


def units_of(values: Iterable[str], *, codes: Mapping[str, str]) -> Units:
    """Return what these distinct values of a column without names beside it mean.

    ``codes`` are the names of the units that exist, by their codes: a value that is one of either is that unit.
    """
    distinct = sorted(set(values))
    if sign := _sign_of_ways(distinct):
        return _of_ways(distinct, sign, _Coder(codes))
    coder = _Coder(codes)
    if split := _split(distinct):
        return Units({value: UnitNamed(coder.take(code, name), name) for value, (code, name) in split.items()})
    return Units({value: _named(coder.code(value), value, codes) for value in distinct})


def without_code(value: str) -> str:
    """Return a name without the code that stands in brackets behind it."""
    found = WITH_CODE.fullmatch(value)
    return found["name"] if found else value


def have_codes(values: Iterable[str]) -> bool:
    """Return whether most of these distinct values are a name with its code in brackets."""
    distinct = set(values)
    return bool(distinct) and sum(bool(WITH_CODE.fullmatch(value)) for value in distinct) >= ENOUGH * len(distinct)


class _Coder:
    """Gives each name one code: that of the unit which exists under this code or name, else one made of its words."""

    def __init__(self, codes: Mapping[str, str]):
        self.known = set(codes)
        by_name = Counter(fold(name) for name in codes.values())
        self.by_name = {fold(name): code for code, name in codes.items() if by_name[fold(name)] == 1}
        self.given: dict[str, str] = {}

    def code(self, name: str) -> str:
        if name in self.known:
            return name
        key = fold(name)
        if key in self.by_name:
            return self.by_name[key]
        return self._made(key, name)

    def of_way(self, steps: tuple[str, ...]) -> str:
        """Return the code of the last step; one that is not unique by its name is called after what it stands under too."""
        key = " > ".join(fold(step) for step in steps)
        return self.given.get(key) or self._made(key, steps[-1], within=steps[:-1])

    def take(self, code: str, name: str) -> str:
        self.given.setdefault(fold(name), code)
        return code

    def _made(self, key: str, name: str, within: tuple[str, ...] = ()) -> str:
        if key in self.given:
            return self.given[key]
        wanted = _code_of(name)
        taken = set(self.given.values()) | self.known
        if wanted in taken and within:
            wanted = _code_of(f"{within[-1]} {name}")
        code, number = wanted, 2
        while code in taken:
            code, number = f"{wanted[: LONGEST_CODE - 4]}-{number}", number + 1
        self.given[key] = code
        return code


def _code_of(name: str) -> str:
    """Return a code made of a name: its words in capitals. What is a code already stays as it is."""
    if CODE.fullmatch(name):
        return name
    return "-".join(words(name)).upper()[:LONGEST_CODE].strip("-") or name[:LONGEST_CODE]


def _named(code: str, value: str, codes: Mapping[str, str]) -> UnitNamed:
    return UnitNamed(code) if value in codes else UnitNamed(code, value[:LONGEST_NAME], is_made=code != value)


def _split(distinct: list[str]) -> dict[str, tuple[str, str]]:
    """Return code and name of each value where most have both in one cell; the others are names alone."""
    for shape in (WITH_CODE, CODE_FIRST):
        found = {value: match for value in distinct if (match := shape.fullmatch(value))}
        codes = Counter(match["code"] for match in found.values())
        if len(found) >= ENOUGH * len(distinct) and len(codes) == len(found):
            return {
                value: (found[value]["code"], found[value]["name"]) if value in found else (_code_of(value), value) for value in distinct
            }
    return {}


def _sign_of_ways(distinct: list[str]) -> str:
    """Return the sign between the steps of ways from the top, or nothing: the ways of one company begin alike, or one goes on another."""
    for sign in SIGNS:
        ways = {value: _steps(value, sign) for value in distinct}
        long = [steps for steps in ways.values() if len(steps) > 1]
        if not long:
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
        known = coder.by_name.get(fold(steps[-1])) if by_name[fold(steps[-1])] == 1 else None
        parent = found[steps[:-1]].code if len(steps) > 1 else ""
        found[steps] = UnitNamed(known or coder.of_way(steps), steps[-1][:LONGEST_NAME], parent, is_made=not known)
    held = set(ways.values())
    above = tuple(unit for steps, unit in found.items() if steps not in held)
    return Units({value: found[steps] for value, steps in ways.items() if steps}, above, sign)
