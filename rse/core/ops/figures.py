"""Figures about people, told so that nobody can be told from them: nothing under five, and the rest in steps of five."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5  # people: under it no figure is given, and none is told from having no data
STEP = 5

Cell = TypeVar("Cell", bound=Hashable)


def rounded(number: int) -> int:
    """Return the multiple of ``STEP`` that is nearest to ``number``."""
    return (number + STEP // 2) // STEP * STEP


def told(people: Mapping[Cell, int]) -> dict[Cell, int | None]:
    """Return for each cell of a partition how many people it may be said to have, or None.

    Cell suppression as statistical offices do it: cells of fewer than ``FEWEST`` people are None; where one alone would be, the smallest of
    the others is as well, so that no total known from elsewhere gives the hidden one away. Of equal ones it is the first in the order of
    ``people``. Linear in the number of cells.
    """
    shown = {cell: number for cell, number in people.items() if number >= FEWEST}
    if shown and len(people) - len(shown) == 1:
        shown.pop(min(shown, key=lambda cell: shown[cell]))
    return {cell: rounded(shown[cell]) if cell in shown else None for cell in people}
