"""Who leaves by a file, and who is absent from it."""

from dataclasses import dataclass

from rse.core.enums import PersonState
from rse.core.models import Person

from .company import Company
from .lookups import PIECE


@dataclass(frozen=True)
class Departures:
    """Who leaves by this file, by their last day, and who is here and absent from a full one; among how many who are here."""

    dated: frozenset[int]
    absent: frozenset[int]
    leaving: int  # of those who are active, by a last day or by absence
    active: int

    @property
    def are_many(self) -> bool:
        return self.leaving * 10 > self.active


def departures(company: Company) -> Departures:
    """Return those who leave by this file, or are not in it. While a row does not say whose it is, nobody is absent.

    Of whom HR was asked before, and said that they are still here, nothing is said again.

    Computed from one query over all who have not left.
    """
    dated, absent, leaving, active = [], [], 0, 0
    unlisted = company.known.unlisted
    here = Person.objects.exclude(state=PersonState.LEFT).values_list("pk", "employee_number", "state")
    renumbered = {pk: number for number, pk in company.same.items()}
    for pk, known_as, state in here.iterator(PIECE):
        active += state == PersonState.ACTIVE
        number = renumbered.get(pk, known_as)
        said = company.people.get(number) if number else None
        if said is not None and said.is_left and not company.is_bad(said.line):
            dated.append(pk)
        elif said is None and number and company.is_full and not company.unidentified:
            if pk in unlisted:
                continue
            absent.append(pk)
        else:
            continue
        leaving += state == PersonState.ACTIVE
    return Departures(frozenset(dated), frozenset(absent), leaving, active)
