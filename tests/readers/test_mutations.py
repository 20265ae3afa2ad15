"""The random companies are rich enough: any slip in a declaration, or in what a part computes, shows in one of them."""

import pytest
from django.db import transaction

from rse.core.readers import readers_of

from .companies import Company, models_with_readers
from .mutations import declared, slips_of
from .oracle import World, visible
from .source_slips import computed, methods_of, models_that_use, part_classes, slips_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
COMPANIES, COMPANIES_FOR_NOTHING = 40, 4

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

HANDBOOK = "apps.get_model('pages.HandbookIndex').objects.filter(path__in=above)"
COMPUTE_THE_SAME = {
    # Nobody is nobody: in a list of keys an empty one finds nothing.
    "AppliesToo.people: no 0 in thing.applicant_id or 0",
    "AppliesToo.people: no applicant__isnull in self._waiting(opening=thing.opening_id, applicant__isnull=False)",
    "HROfItsNewcomers.people: no unit__isnull in _rows('core.Person', pk__in=newcomers, unit__isnull=False)",
    "HROfItsNewcomers.q: no cohort__isnull in _rows('onboarding.Journey', newcomer__in=people, cohort__isnull=False)",
    "HROfItsNewcomers.q: if False for if not units",
    "HoldsRole.q: no not units in not units or not (self.unit or self.person)",
    # For the types: by then there is a column.
    "HoldsRole.people: no '' in self.person or ''",
    # There is one handbook, and every page stands in it.
    f"EditsSection.people: if True for if {HANDBOOK}.exists()",
    f"EditsSection.people: no filter in {HANDBOOK}",
    f"EditsSection.people: no path__in in {HANDBOOK}",
    # Those who left are taken out of everything by ``readers_of``.
    "Published.people: no state__in in _people(state__in=(PersonState.ACTIVE, PersonState.EXPECTED))",
}


class Undone(Exception):
    """Ends a company."""


def agrees(model, people, expected):
    """Whether ``model`` says of these people, from both sides, what the table says."""
    try:
        return _agrees(model, people, expected)
    except Exception:  # noqa: BLE001 - a row lacks what the part asks of it, say: a slip that breaks is a slip that shows
        return False


def _agrees(model, people, expected):
    with transaction.atomic():
        seen = {person: set(model.objects.visible_to(person).values_list("pk", flat=True)) for person in people}
        if seen != expected:
            return False
        return all(
            set(readers_of(thing).values_list("pk", flat=True)) == {person.pk for person in people if thing.pk in expected[person]}
            for thing in model._base_manager.all()
        )


def survivors(slips, at_work, change_nothing):
    """What remains of ``slips``, pairs of a name and models, when each was ``at_work`` in the companies and the table saw nothing."""
    left = dict(slips)
    for seed in range(COMPANIES):
        if left.keys() <= change_nothing and seed >= COMPANIES_FOR_NOTHING:
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

    left = survivors(
        {name: [model] for name, (model, _attribute, _value) in slips.items()}, lambda name: declared(*slips[name]), CHANGE_NOTHING
    )

    assert left == CHANGE_NOTHING


def test_any_slip_in_what_a_part_computes_shows():
    used = {part: models_that_use(part, models_with_readers()) for part in part_classes()}
    slips = {what: (part, name, function) for part in used for name in methods_of(part) for what, function in slips_in(part, name)}

    left = survivors({what: used[slips[what][0]] for what in slips}, lambda what: computed(*slips[what]), COMPUTE_THE_SAME)

    assert left == COMPUTE_THE_SAME
