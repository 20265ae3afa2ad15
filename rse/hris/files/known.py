"""Which names of columns anybody would know: what tells a line of headers from a title above it and from the people below."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from .aliases import ALIASES
from .columns import folded

LONGEST_NAME = 80
_NAMES = frozenset(name for tier in ALIASES for names in tier.values() for name in names)


def _of_column(*columns: str) -> frozenset[str]:
    return frozenset(name for tier in ALIASES for column in columns for name in tier.get(column, ()))


_OF_PERSON = _of_column("employee_number", "first_name", "last_name", "email", "private_email")


@lru_cache(maxsize=4096)
def is_known(cell: str) -> bool:
    """Return whether this is a name of a column that we know."""
    return folded(cell) in _NAMES


@lru_cache(maxsize=4096)
def is_of_person(header: str) -> bool:
    """Return whether a column of this name says who somebody is."""
    return folded(header) in _OF_PERSON


def hits(cells: Iterable[Any]) -> int:
    """Return how many different names of columns that we know stand in these cells."""
    return len({cell for cell in cells if isinstance(cell, str) and cell and len(cell) <= LONGEST_NAME and is_known(cell)})
