"""On random companies with rows of every room: whoever may read is said the same from both sides, and as it is written by hand."""

import pytest

from rse.core.readers import readers_of

from .companies import Company, models_with_readers
from .oracle import ORACLES, World, visible

pytestmark = pytest.mark.django_db
ROWS_ASKED = 4  # per model and company: whom a row is open to is asked row by row, which is slow


def test_every_model_with_readers_is_in_the_table():
    assert sorted(ORACLES) == [model._meta.label for model in models_with_readers()]


@pytest.mark.parametrize("seed", range(40))
def test_visible_to_readers_of_and_the_table_say_the_same(seed):
    company = Company(seed)
    world = World()

    for model in models_with_readers():
        rows = list(model.objects.order_by("pk"))
        assert rows, f"{model._meta.label} has no row in the random companies: give it some"
        seen = {person: set(model.objects.visible_to(person).values_list("pk", flat=True)) for person in company.people}
        assert seen == {person: visible(world, model, person) for person in company.people}, model
        for thing in company.chance.sample(rows, min(len(rows), ROWS_ASKED)):
            readers = set(readers_of(thing))
            assert readers == {person for person in company.people if thing.pk in seen[person]}, (model, thing.pk)
        assert set(readers_of(thing, told=True)) <= readers
