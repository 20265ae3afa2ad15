"""The random companies are rich enough: any slip in a declaration, or in what a part computes, shows in one of them."""

import pytest
from django.db import transaction

from rse.core.readers import readers_of

from .companies import Company, models_with_readers
from .mutations import declared, slips_of
from .oracle import World, visible

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COMPANIES, COMPANIES_FOR_NOTHING = 40, 6

# Slips that change nothing for anybody, because something else says the same a second time; they are tried in a few companies.
IS_SENT = "InformedManager().when(state__in, erased_at)"
IN_PLACE = "InAudience(audience).when(ground, audience__isnull)"
CHANGE_NOTHING = {
    # What is neither hidden nor deleted is visible, and then its author reads it as everybody inside does.
    ("feed.Post", "readers: no is_hidden in Both(Is(author), InAudience(audience)).when(is_hidden, deleted_at) [2]"),
    ("feed.Comment", "readers: no is_hidden in Both(Is(author), InAudience(audience)).when(is_hidden, deleted_at, is_post_visible) [2]"),
    # Said twice on purpose: where the manager who was told is let in, and where the line is kept out.
    *(("mobility.Application", f"readers: no {what} in {IS_SENT} [4]") for what in ("state__in", "erased_at")),
    *(("mobility.Application", f"denied: no {what} in {IS_SENT} [0]") for what in ("state__in", "erased_at")),
    # One says the other: what rests on an answer has an audience, what rests on a unit has none.
    *(("talent.Confirmation", f"readers: no {what} in {IN_PLACE} [3]") for what in ("ground", "audience__isnull")),
}


class Undone(Exception):
    """Ends a company."""


def agrees(model, people, expected):
    """Whether ``model`` says of these people, from both sides, what the table says."""
    try:
        seen = {person: set(model.objects.visible_to(person).values_list("pk", flat=True)) for person in people}
        if seen != expected:
            return False
        return all(
            set(readers_of(thing).values_list("pk", flat=True)) == {person.pk for person in people if thing.pk in expected[person]}
            for thing in model._base_manager.all()
        )
    except AttributeError:  # a row lacks what the part asks of it: the condition that was taken away stood before that
        return False


def survivors(slips, at_work):
    """What remains of ``slips``, pairs of a name and models, when each was ``at_work`` in the companies and the table saw nothing."""
    left = dict(slips)
    for seed in range(COMPANIES):
        if left.keys() <= CHANGE_NOTHING and seed >= COMPANIES_FOR_NOTHING:
            break
        try:
            with transaction.atomic():
                people = Company(seed).people
                world, expected = World(), {}
                for name, models in list(left.items()):
                    for model in models:
                        if model not in expected:
                            expected[model] = {person: visible(world, model, person) for person in people}
                    with at_work(name):
                        if not all(agrees(model, people, expected[model]) for model in models):
                            del left[name]
                raise Undone
        except Undone:
            pass
    return set(left)


def test_any_slip_in_a_declaration_shows():
    slips = {
        (model._meta.label, what): (model, attribute, value)
        for model in models_with_readers()
        for what, attribute, value in slips_of(model)
    }

    left = survivors({name: [model] for name, (model, _attribute, _value) in slips.items()}, lambda name: declared(*slips[name]))

    assert left == CHANGE_NOTHING
