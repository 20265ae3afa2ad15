import pytest

from rse.core.ops.figures import rounded, told


@pytest.mark.parametrize(("number", "said"), [(5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1000, 1000)])
def test_figure_is_in_steps_of_five(number, said):
    assert rounded(number) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({"a": 0}, {"a": None}),
        ({"a": 4}, {"a": None}),
        ({"a": 5}, {"a": 5}),
        ({"a": 12, "b": 4, "c": 5}, {"a": 10, "b": None, "c": None}),  # one hidden alone would be the rest of a total
        ({"a": 12, "b": 4, "c": 3}, {"a": 10, "b": None, "c": None}),
        ({"a": 12, "b": 0, "c": 0}, {"a": 10, "b": None, "c": None}),
        ({"a": 9, "b": 4}, {"a": None, "b": None}),
        ({"a": 9, "b": 6}, {"a": 10, "b": 5}),
        ({}, {}),
    ],
)
def test_cells_under_five_are_hidden_and_never_one_alone(people, said):
    assert told(people) == said
