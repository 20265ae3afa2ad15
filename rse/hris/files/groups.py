"""Remarks on a file in groups that a person can hold: one title for each kind, with how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext_lazy

from .problems import ERRORS, WARNINGS, RowProblem

SHOWN = 3  # sentences that stand for a group

TITLES: dict[str, Any] = {
    "missing": ngettext_lazy("%(count)s cell is empty", "%(count)s cells are empty", "count"),
    "too_long": ngettext_lazy("%(count)s text is too long", "%(count)s texts are too long", "count"),
    "control_character": ngettext_lazy("%(count)s cell cannot be kept", "%(count)s cells cannot be kept", "count"),
    "formula_error": ngettext_lazy("%(count)s formula shows an error", "%(count)s formulas show an error", "count"),
    "bad_date": ngettext_lazy("%(count)s date does not exist", "%(count)s dates do not exist", "count"),
    "bad_email": ngettext_lazy("%(count)s address is none", "%(count)s addresses are none", "count"),
    "bad_yes_no": ngettext_lazy("%(count)s cell is neither yes nor no", "%(count)s cells are neither yes nor no", "count"),
    "unknown_language": ngettext_lazy("%(count)s language is unknown", "%(count)s languages are unknown", "count"),
    "unknown_interface_language": ngettext_lazy(
        "%(count)s language of the interface is unknown", "%(count)s languages of the interface are unknown", "count"
    ),
    "unknown_time_zone": ngettext_lazy("%(count)s time zone is unknown", "%(count)s time zones are unknown", "count"),
    "reserved_code": ngettext_lazy("%(count)s code is reserved", "%(count)s codes are reserved", "count"),
    "too_many_cells": ngettext_lazy("%(count)s line has too many cells", "%(count)s lines have too many cells", "count"),
    "hire_after_leave": ngettext_lazy("%(count)s last day comes before the first", "%(count)s last days come before the first", "count"),
    "trial_before_hire": ngettext_lazy(
        "%(count)s trial period ends before the first day", "%(count)s trial periods end before the first day", "count"
    ),
    "duplicate_number": ngettext_lazy("%(count)s number stands twice", "%(count)s numbers stand twice", "count"),
    "duplicate_email": ngettext_lazy("%(count)s address stands twice", "%(count)s addresses stand twice", "count"),
    "same_person": ngettext_lazy(
        "%(count)s person may be known under another number", "%(count)s people may be known under another number", "count"
    ),
    "number_taken": ngettext_lazy("%(count)s number belongs to somebody else", "%(count)s numbers belong to somebody else", "count"),
    "position_of_several": ngettext_lazy("%(count)s position is held by several", "%(count)s positions are held by several", "count"),
    "not_above": ngettext_lazy("%(count)s superior cannot be one", "%(count)s superiors cannot be any", "count"),
    "email_taken": ngettext_lazy("%(count)s address belongs to somebody else", "%(count)s addresses belong to somebody else", "count"),
    "unknown_unit": ngettext_lazy("%(count)s unit is named nowhere", "%(count)s units are named nowhere", "count"),
    "unit_parent_differs": ngettext_lazy("%(count)s unit stands under two others", "%(count)s units stand under two others", "count"),
    "unit_cycle": ngettext_lazy("%(count)s circle of units", "%(count)s circles of units", "count"),
    "unknown_position": ngettext_lazy("%(count)s position is unknown", "%(count)s positions are unknown", "count"),
    "manager_differs": ngettext_lazy("%(count)s position has two superiors", "%(count)s positions have two superiors", "count"),
    "cycle": ngettext_lazy("%(count)s circle of superiors", "%(count)s circles of superiors", "count"),
    "two_on_position": ngettext_lazy("%(count)s position is held by two", "%(count)s positions are held by two", "count"),
    "position_taken": ngettext_lazy(
        "%(count)s position is held by somebody else", "%(count)s positions are held by somebody else", "count"
    ),
    "interim_own_position": ngettext_lazy("%(count)s person stands in for themselves", "%(count)s people stand in for themselves", "count"),
    "bad_phone": ngettext_lazy("%(count)s phone number is left out", "%(count)s phone numbers are left out", "count"),
    "unknown_country": ngettext_lazy("%(count)s country is unknown", "%(count)s countries are unknown", "count"),
    "unknown_region": ngettext_lazy("%(count)s region is unknown", "%(count)s regions are unknown", "count"),
    "absence_reversed": ngettext_lazy("%(count)s absence ends before it begins", "%(count)s absences end before they begin", "count"),
    "mixed_scripts": ngettext_lazy("%(count)s text mixes alphabets", "%(count)s texts mix alphabets", "count"),
    "invisible_characters": ngettext_lazy(
        "%(count)s text has characters that nobody sees", "%(count)s texts have characters that nobody sees", "count"
    ),
    "looks_like": ngettext_lazy("%(count)s name looks like another", "%(count)s names look like others", "count"),
    "unit_name_differs": ngettext_lazy("%(count)s unit has two names", "%(count)s units have two names", "count"),
    "time_zone_differs": ngettext_lazy("%(count)s site has two time zones", "%(count)s sites have two time zones", "count"),
    "access_cut": ngettext_lazy("%(count)s person whose access was cut by hand", "%(count)s people whose access was cut by hand", "count"),
    "email_held": ngettext_lazy(
        "%(count)s address still signs somebody else in", "%(count)s addresses still sign somebody else in", "count"
    ),
    "address_waits": ngettext_lazy("%(count)s new address waits for a yes", "%(count)s new addresses wait for a yes", "count"),
    "corrected_by_hand": ngettext_lazy(
        "%(count)s correction by hand that the file does not know", "%(count)s corrections by hand that the file does not know", "count"
    ),
    "unknown_manager": ngettext_lazy("%(count)s superior is not in the file", "%(count)s superiors are not in the file", "count"),
    "manager_shared_name": ngettext_lazy(
        "%(count)s superior has a name that several people have", "%(count)s superiors have a name that several people have", "count"
    ),
    "manager_name_of_several": ngettext_lazy(
        "%(count)s superior has a name of several people who work here",
        "%(count)s superiors have a name of several people who work here",
        "count",
    ),
    "manager_same_position": ngettext_lazy(
        "%(count)s superior holds the same position", "%(count)s superiors hold the same position", "count"
    ),
    "unknown_status": ngettext_lazy("%(count)s status is unknown", "%(count)s statuses are unknown", "count"),
    "said_to_be_here": ngettext_lazy(
        "%(count)s person is here although their last day is over", "%(count)s people are here although their last day is over", "count"
    ),
    "manager_not_imported": ngettext_lazy(
        "%(count)s superior stands on a line that is left out", "%(count)s superiors stand on lines that are left out", "count"
    ),
}


@dataclass
class Group:
    """Remarks of one kind: the title with their number, the first sentences, and whether they keep their lines from being written."""

    code: str
    count: int
    sentences: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.code] % {"count": self.count})

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


def in_groups(problems: Sequence[RowProblem], counts: Mapping[str, int]) -> list[Group]:
    """Return the remarks by kind, errors first and the most frequent before others; ``counts`` are those of all, shown or not."""
    groups = {code: Group(code, count) for code, count in counts.items() if count and code in ERRORS.keys() | WARNINGS.keys()}
    for problem in problems:
        group = groups.setdefault(problem.code, Group(problem.code, 0))
        group.count = max(group.count, len(group.lines) + 1)
        group.lines.append(problem.line)
        if len(group.sentences) < SHOWN and (sentence := problem.sentence()) not in group.sentences:
            group.sentences.append(sentence)
    return sorted(groups.values(), key=lambda one: (not one.is_error, -one.count, one.code))
