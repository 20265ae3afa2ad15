"""Where two rooms fill one place, their numbers say who comes first, and not the order in which rooms are loaded."""

from collections import Counter

import pytest

from rse.core.web import slots


def twice(orders):
    return [order for order, count in Counter(orders).items() if count > 1]


@pytest.mark.parametrize(
    "place", ["home.todo", "home.main", "home.aside", "profile.being", "profile.doing", "profile.actions", "shell.top"]
)
def test_blocks_of_one_place_have_numbers_of_their_own(place):
    assert twice(block.order for block in slots.blocks(place)) == []


def test_entries_of_the_menu_have_numbers_of_their_own():
    assert twice((str(entry.group), entry.order) for entry in slots.entries()) == []
