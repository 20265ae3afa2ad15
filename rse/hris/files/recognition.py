"""Whoever is known under another number: found by their address, or by their name with their first day or their unit; a person says yes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rse.core.characters import full_name
from rse.core.enums import PersonState
from rse.core.models import Person

from .lookups import PIECE
from .names import name_of_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .company import Company, Said
    from .snapshot import Known

NO = "-"  # the answer that they are two people


def keep_places(known: Known, answers: Mapping[str, str]) -> None:
    """Let those whose number changes keep the place that they hold: ``answers`` are keys of people by their new numbers."""
    said = {int(answer): number for number, answer in answers.items() if answer.isdecimal()}
    for pk, former in Person.objects.filter(pk__in=said).values_list("pk", "employee_number"):
        if former in known.place_of:
            known.place_of[said[pk]] = known.place_of[former]


def recognise(company: Company) -> None:
    """Write into ``company.same`` who is known under another number, and add a question for each of whom nobody has said so yet.

    Only who is not in the file under their own number is meant, and nobody twice. One query over the people, and one over the numbers.
    """
    known = set(Person.objects.filter(employee_number__isnull=False).values_list("employee_number", flat=True))
    new = {number: said for number, said in company.people.items() if number not in known and not company.is_bad(said.line)}
    if not known or not new:
        return
    said = company.mapping.same.items()
    company.same |= {number: int(answer) for number, answer in said if number in new and answer.isdecimal()}
    by_address, by_name, by_name_of_left = _candidates(company, new)
    found = {number: people[0] for number, people in by_address.items()}
    for number in new:
        people = by_name.get(number) or by_name_of_left.get(number, [])  # whoever is here comes before whoever left
        if number not in found and len(people) == 1 and people[0] not in found.values():
            found[number] = people[0]
    for number, pk in found.items():
        _settle(company, new[number], pk)


Candidates = dict[str, list[int]]  # keys of people by the new number that may be theirs


def _candidates(company: Company, new: Mapping[str, Said]) -> tuple[Candidates, Candidates, Candidates]:
    """Return who is not in the file, by the new number that has their address, that has their name, and that has it of those who left."""
    by_address, by_name, by_name_of_left = (defaultdict[str, list[int]](list) for _ in range(3))
    columns = ("pk", "employee_number", "email", "first_name", "last_name", "hired_on", "unit__code", "state")
    for pk, number, email, first, last, hired_on, unit, state in Person.objects.values_list(*columns).order_by("pk").iterator(PIECE):
        if number is None or number in company.people:
            continue
        said = company.emails.get(email or "")
        if said is not None and said.number in new:
            by_address[said.number].append(pk)
        else:
            named = by_name_of_left if state == PersonState.LEFT else by_name
            namesakes = [one for one in company.names.get(name_of_all(full_name(first, last)), ()) if one in new]
            for one in namesakes:
                if _is_alike(company, new[one], hired_on, unit):
                    named[one].append(pk)
    return by_address, by_name, by_name_of_left


def _is_alike(company: Company, said: Said, hired_on: object, unit: str | None) -> bool:
    place = company.places.get(said.place)
    return (hired_on is not None and said.starts == hired_on) or (place is not None and unit is not None and place.unit == unit)


def _settle(company: Company, said: Said, pk: int) -> None:
    answer = company.mapping.same.get(said.number, "")
    if answer == NO:
        return
    company.same[said.number] = pk
    if answer != str(pk):
        company.problems.add(said.line, "employee_number", "same_person", person=pk, number=said.number)
