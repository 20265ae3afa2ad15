"""How a file was read, in sentences that whoever confirms it can check: its table, the order of its days, its units, its superiors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .dates import DAY_FIRST
from .names import LAST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .company import Company
    from .formats import Table

SENTENCES: dict[str, Any] = {
    "header_line": _("Headers on line %(line)s."),
    "days_day_first": _("Dates: the day first, then the month (%(example)s has no other meaning)."),
    "days_month_first": _("Dates: the month first, then the day (%(example)s has no other meaning)."),
    "days_undecided": _("Dates: no value says whether the day or the month comes first; the day is taken to be first."),
    "days_contradicted": ngettext_lazy(
        "%(count)s date is written in the other order.", "%(count)s dates are written in the other order.", "count"
    ),
    "ways": ngettext_lazy(
        "Units: the ways “A%(sign)sB%(sign)sC” make a tree of %(count)s unit.",
        "Units: the ways “A%(sign)sB%(sign)sC” make a tree of %(count)s units.",
        "count",
    ),
    "codes_made": ngettext_lazy(
        "Units: %(count)s unit has no code in this file: one is made from its name.",
        "Units: %(count)s units have no code in this file: theirs are made from their names.",
        "count",
    ),
    "names_last_first": _("Names in one cell: the family name first."),
    "names_first_last": _("Names in one cell: the first name first."),
    "contracts": ngettext_lazy(
        "%(count)s person has several contracts: the one in force counts.",
        "%(count)s people have several contracts: the one in force counts.",
        "count",
    ),
    "second_jobs": ngettext_lazy(
        "%(count)s person holds two jobs at once: both are kept.", "%(count)s people hold two jobs at once: both are kept.", "count"
    ),
    "no_first_day": ngettext_lazy(
        "%(count)s person has no first day in this file: none is written.",
        "%(count)s people have no first day in this file: none is written.",
        "count",
    ),
    "left_out": ngettext_lazy(
        "%(count)s line that is nobody is left out: a total, or headers that come again.",
        "%(count)s lines that are nobody are left out: totals, or headers that come again.",
        "count",
    ),
    "gone": ngettext_lazy("%(count)s person of this file has left.", "%(count)s people of this file have left.", "count"),
    "top": ngettext_lazy("%(count)s person has nobody above.", "%(count)s people have nobody above.", "count"),
}


@dataclass(frozen=True)
class Fact:
    """One thing that was understood: a code of ``SENTENCES`` with what its sentence names."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """Return the fact in words, in the language in force."""
        return str(SENTENCES[self.code] % self.params) if self.params else str(SENTENCES[self.code])

    def as_json(self) -> list[Any]:
        return [self.code, self.params]

    @classmethod
    def from_json(cls, said: list[Any]) -> Fact:
        return cls(*said)


def facts_of(company: Company, table: Table) -> list[Fact]:
    """Return what was understood of the file, in the order in which a person checks it."""
    facts = [Fact("header_line", {"line": table.header_line})] if table.header_line > 1 else []
    if table.left_out.lines:
        facts.append(Fact("left_out", {"count": table.left_out.lines}))
    facts += _of_days(company)
    facts += _of_names_and_units(company)
    contracts = company.decisions.contracts
    counted = {
        "contracts": len(set(contracts.older.values())),
        "second_jobs": len(set(contracts.seconds.values())),
        "no_first_day": sum(said.starts is None and not said.is_left for said in company.people.values()),
        "gone": sum(said.is_left for said in company.people.values()),
    }
    if company.mapping.says("manager_number", "manager_position"):
        counted["top"] = sum(_is_top(company, said.place) for said in company.people.values() if not said.is_left)
    return [*facts, *(Fact(code, {"count": count}) for code, count in counted.items() if count)]


def _is_top(company: Company, place: str) -> bool:
    return place in company.places and not company.above(place)


def _of_days(company: Company) -> Iterator[Fact]:
    evidence = company.decisions.evidence
    said: Counter[str] = Counter()
    for seen in evidence.values():
        said.update(seen.orders)
    if said:
        order = said.most_common(1)[0][0]
        example = next(seen.example[order] for seen in evidence.values() if order in seen.example)
        yield Fact("days_day_first" if order == DAY_FIRST else "days_month_first", {"example": example})
    elif any(seen.undecided for seen in evidence.values()) and not company.mapping.days:
        yield Fact("days_undecided")
    if wrong := sum(seen.contradictions for seen in evidence.values()):
        yield Fact("days_contradicted", {"count": wrong})


def _of_names_and_units(company: Company) -> Iterator[Fact]:
    if company.mapping.says("full_name"):
        yield Fact("names_last_first" if company.decisions.name_order == LAST_FIRST else "names_first_last")
    units = company.decisions.units
    if units is None:
        return
    if units.sign:
        yield Fact("ways", {"sign": units.sign, "count": len({unit.code for unit in (*units.named.values(), *units.above)})})
    made = [unit for unit in (*units.named.values(), *units.above) if unit.is_made and unit.code not in company.known.units]
    if made:
        yield Fact("codes_made", {"count": len({unit.code for unit in made})})
