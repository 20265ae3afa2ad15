"""The random companies are rich enough: any slip in a declaration, or in what a part computes, shows in one of them."""

import pytest
from django.db import transaction

from rse.core.access import compiled
from rse.core.access.readers import readers_of

from .companies import Company, models_with_readers
from .mutations import declared, slips_of
from .oracle import visible
from .rows import World
from .source_slips import computed, methods_of, models_that_use, part_classes, slips_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
COMPANIES, COMPANIES_FOR_NOTHING = 40, 9
COMPANIES_IN_HASTE = 6  # what shows at first is asked of one side: nearly all of it

# Slips that change nothing for anybody, because something else says the same a second time; they are tried in a few companies.
IS_SENT = "InformedManager().when(state__in, erased_at)"
IN_PLACE = "InAudience(audience).when(ground, audience__isnull, audience__is_protected)"
CHANGE_NOTHING = {
    # What is neither hidden nor deleted is visible, and then its author reads it as everybody inside does.
    ("feed.Post", "readers: no is_hidden in Both(Is(author), InAudience(audience)).when(is_hidden, deleted_at) [2]"),
    ("feed.Comment", "readers: no is_hidden in Both(Is(author), InAudience(audience)).when(is_hidden, deleted_at, is_post_visible) [2]"),
    # Said twice on purpose: where the manager who was told is let in, and where the line is kept out.
    *(("mobility.Application", f"readers: no {what} in {IS_SENT} [4]") for what in ("state__in", "erased_at")),
    *(("mobility.Application", f"denied: no {what} in {IS_SENT} [0]") for what in ("state__in", "erased_at")),
    # What is not protected is open to HR by the part before.
    ("communities.CreationRequest", "readers: no is_protected in HoldsRole(hr, asked_by).when(is_protected, answered_at) [2]"),
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
    # Of what belongs to a pair its two people are the only readers: what is denied to others was never theirs.
    "Sealed.people: no person__in in self._seals(person__in=(row.mentor_id, row.mentee_id))",
    # Those who left are taken out of everything by ``readers_of``.
    "Published.people: no state__in in _people(state__in=(PersonState.ACTIVE, PersonState.EXPECTED))",
}


@pytest.fixture(autouse=True)
def _rules_are_applied_as_they_stand(monkeypatch):
    """A slip changes what was compiled before it."""
    monkeypatch.setattr(compiled, "visible", compiled.declared)


class Undone(Exception):
    """Ends a company."""


def agrees(model, people, expected, sides):
    """Whether ``model`` says of these people, from these ``sides``, what the table says."""
    try:
        with transaction.atomic():
            return all(side(model, people, expected) for side in sides)
    except Exception:  # noqa: BLE001 - a row lacks what the part asks of it, say: a slip that breaks is a slip that shows
        return False


def rows_agree(model, people, expected):
    return all(set(model.objects.visible_to(person).values_list("pk", flat=True)) == expected[person] for person in people)


def people_agree(model, people, expected):
    return all(
        set(readers_of(thing).values_list("pk", flat=True)) == {person.pk for person in people if thing.pk in expected[person]}
        for thing in model._base_manager.all()
    )


# A slip in one of these shows on its side alone; one in what both of them call shows on either.
SIDES = {"q": [rows_agree], "people": [people_agree]}


def survivors(slips, at_work, change_nothing):
    """What remains of ``slips``, names with models and sides, when each was ``at_work`` in the companies and the table saw nothing."""
    left = dict(slips)
    for seed in range(COMPANIES):
        tried = left if seed < COMPANIES_FOR_NOTHING else left.keys() - change_nothing
        if not tried:
            break
        try:
            with transaction.atomic():
                _try(seed, left, sorted(tried), at_work)
                raise Undone
        except Undone:
            pass
    return set(left)


def _try(seed, left, names, at_work):
    """Take out of ``left`` those of ``names`` that show in the company of this seed."""
    people = Company(seed).people
    world, expected = World(), {}
    for name in names:
        models, sides = left[name]
        for model in models:
            if model not in expected:
                expected[model] = {person: visible(world, model, person) for person in people}
        asked = sides[:1] if seed < COMPANIES_IN_HASTE else sides
        with at_work(name):
            if not all(agrees(model, people, expected[model], asked) for model in models):
                del left[name]


def test_any_slip_in_a_declaration_shows():
    slips = {
        (model._meta.label, what): (model, attribute, value)
        for model in models_with_readers()
        for what, attribute, value in slips_of(model)
    }

    asked = {name: ([model], [rows_agree, people_agree]) for name, (model, _attribute, _value) in slips.items()}
    left = survivors(asked, lambda name: declared(*slips[name]), CHANGE_NOTHING)

    assert left == CHANGE_NOTHING


def test_any_slip_in_what_a_part_computes_shows():
    used = {part: models_that_use(part, models_with_readers()) for part in part_classes()}
    slips = {what: (part, name, function) for part in used for name in methods_of(part) for what, function in slips_in(part, name)}

    asked = {what: (used[part], SIDES.get(name, [rows_agree, people_agree])) for what, (part, name, _function) in slips.items()}
    left = survivors(asked, lambda what: computed(*slips[what]), COMPUTE_THE_SAME)

    assert left == COMPUTE_THE_SAME
