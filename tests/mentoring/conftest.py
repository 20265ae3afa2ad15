"""A pair in which everything was written."""

import pytest

from tests.factories.mentoring import goal_in, note_in, pair_of, session_in


@pytest.fixture
def world():
    """A pair in which everything was written, and another in which the same mentee asked and was asked."""
    pair = pair_of()
    pieces = [goal_in(pair), session_in(pair), note_in(pair, kind="ours"), note_in(pair)]
    return pair, pieces
