"""Where an address that is no longer a row's leads to: the row's own one, for those who may read the row now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from ..models import GivenAddress

if TYPE_CHECKING:
    from django.urls import ResolverMatch

    from ..models import Person


@dataclass(frozen=True)
class Followed:
    """Rows of ``model`` that addresses name in ``argument`` by what stands in the column of the same name."""

    kind: str
    model: Any
    argument: str
    namespace: str  # of the addresses that mean it; empty for all


_followed: list[Followed] = []


def follow(*, kind: str, model: Any, argument: str, namespace: str = "") -> None:
    """Let former addresses of ``kind`` lead to the rows of ``model``."""
    _followed.append(Followed(kind, model, argument, namespace))


def present_address(match: ResolverMatch, person: Person) -> str | None:
    """Return the address to which ``match`` leads today; None where nothing in it is a former address of what ``person`` may read.

    Asks the database once for each part of the address that may be a former one.
    """
    present = {}
    for one in _followed:
        said = match.kwargs.get(one.argument)
        if said is not None and one.namespace in ("", match.namespace):
            named = _present_name(one, said, person)
            if named is not None and named != said:
                present[one.argument] = named
    return reverse(match.view_name, kwargs=match.kwargs | present) if present else None


def _present_name(one: Followed, said: str, person: Person) -> str | None:
    given = GivenAddress.objects.filter(kind=one.kind, address=said, leads=True).values("row_id")
    return one.model.objects.visible_to(person).filter(pk__in=given).values_list(one.argument, flat=True).first()
