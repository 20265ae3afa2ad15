"""The template: drafted, published, never changed again; journeys keep the version they began with."""

import pytest
from django.core.exceptions import PermissionDenied

from onboarding.models import Journey, TemplateStep, TemplateVersion
from onboarding.services import templates
from rse.core.versions import EditedMeanwhile
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.onboarding import JourneyFactory

pytestmark = pytest.mark.django_db
STEP = {"kind": "meet", "actor": "buddy", "day": 12, "title_fr": "Visite", "title_en": "Tour"}


@pytest.fixture
def draft(hr):
    return templates.start_draft(editor=hr)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_starter_has_ten_steps_of_five_kinds_for_four_actors():
    version = templates.current_version()

    assert version == templates.current_version()
    steps = list(version.steps.all())
    assert (version.number, version.state, len(steps)) == (1, "published", 10)
    assert {step.kind for step in steps} == {"read", "do", "meet", "join", "write"}
    assert {step.actor for step in steps} == {"newcomer", "manager", "buddy", "hr"}


def test_running_journeys_keep_their_version_and_new_ones_follow_the_newest(hr, draft):
    before = JourneyFactory()
    templates.add_step(editor=hr, draft=draft, **STEP)
    published = templates.publish_draft(editor=hr, draft=draft, version=again(draft).version)
    after = JourneyFactory()

    assert (published.number, published.published_by) == (2, hr)
    assert (before.template_version.number, before.steps.count()) == (1, 10)
    assert (after.template_version.number, after.steps.count()) == (2, 11)


def test_there_is_one_draft(hr, draft):
    assert templates.start_draft(editor=PersonFactory(role="hr")) == draft
    assert draft.steps.count() == 10


def test_steps_are_added_edited_moved_and_removed(hr, draft):
    step = templates.add_step(editor=hr, draft=draft, **STEP)
    assert step.position == 11
    edited = templates.edit_step(editor=hr, step=step, version=1, **STEP | {"title_en": "Walk"})
    assert (edited.title_en, edited.version) == ("Walk", 2)

    templates.move_step(editor=hr, step=step, is_up=True)
    assert [one.title_en for one in draft.steps.order_by("position")][-2:] == ["Walk", "Talk after two months"]
    templates.move_step(editor=hr, step=step, is_up=False)
    templates.move_step(editor=hr, step=step, is_up=False)
    assert again(step).position == 11

    templates.remove_step(editor=hr, step=step)
    assert draft.steps.count() == 10
    assert again(draft).version == 6


@pytest.mark.parametrize(("name", "most"), [("title_fr", 100), ("title_en", 100), ("text_fr", 600), ("text_en", 600), ("page", 100)])
def test_texts_of_a_step_are_no_longer_than_their_columns_say(hr, draft, name, most):
    step = draft.steps.select_related("of").order_by("position").first()

    for act in (
        lambda values: templates.add_step(editor=hr, draft=draft, **values),
        lambda values: templates.edit_step(editor=hr, step=step, version=1, **values),
    ):
        with pytest.raises(PermissionDenied):
            act(STEP | {name: "x" * (most + 1)})
        assert getattr(act(STEP | {name: "x" * most}), name) == "x" * most


def test_of_two_who_edit_a_step_the_second_is_told(hr, draft):
    step = draft.steps.select_related("of").order_by("position").first()
    templates.edit_step(editor=hr, step=step, version=1, **STEP)

    with pytest.raises(EditedMeanwhile) as meanwhile:
        templates.edit_step(editor=hr, step=step, version=1, **STEP | {"title_en": "Mine"})
    assert meanwhile.value.current.title_en == "Tour"

    templates.remove_step(editor=hr, step=step)
    with pytest.raises(EditedMeanwhile) as gone:
        templates.edit_step(editor=hr, step=step, version=2, **STEP)
    assert gone.value.current is None


def test_draft_that_changed_since_it_was_read_is_not_published(hr, draft):
    templates.add_step(editor=hr, draft=draft, **STEP)

    with pytest.raises(EditedMeanwhile):
        templates.publish_draft(editor=hr, draft=draft, version=draft.version)
    assert again(draft).state == "draft"


def test_draft_without_a_step_of_the_newcomer_is_not_published(hr, draft):
    for step in draft.steps.select_related("of").filter(actor="newcomer").order_by("pk"):
        templates.remove_step(editor=hr, step=step)

    with pytest.raises(templates.NothingToPublish):
        templates.publish_draft(editor=hr, draft=draft, version=again(draft).version)


def test_no_more_than_sixty_steps(hr, draft):
    for _ in range(50):
        templates.add_step(editor=hr, draft=draft, **STEP)
    with pytest.raises(templates.TooManySteps):
        templates.add_step(editor=hr, draft=draft, **STEP)


def test_what_is_written_is_the_newcomers_and_who_does_a_step_sees_it(hr, draft):
    written = templates.add_step(editor=hr, draft=draft, **STEP | {"kind": "write"})
    seen = templates.add_step(editor=hr, draft=draft, **STEP, is_private=True)

    assert (written.actor, seen.is_private) == ("newcomer", False)


def test_what_is_published_is_never_changed(hr):
    version = templates.current_version()
    step = version.steps.select_related("of").order_by("position").first()
    before = list(TemplateStep.objects.order_by("pk").values())

    for act in (
        lambda: templates.add_step(editor=hr, draft=version, **STEP),
        lambda: templates.edit_step(editor=hr, step=step, version=1, **STEP),
        lambda: templates.remove_step(editor=hr, step=step),
        lambda: templates.move_step(editor=hr, step=step, is_up=False),
        lambda: templates.discard_draft(editor=hr, draft=version),
        lambda: templates.publish_draft(editor=hr, draft=version, version=1),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert list(TemplateStep.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("who", ["stranger", "hr_head", "administrator", "hr of a unit", "editor"])
def test_nobody_but_hr_of_the_company_drafts(draft, who):
    person = PersonFactory(role=who) if who in ("hr_head", "administrator", "editor") else PersonFactory()
    if who == "hr of a unit":
        RoleGrantFactory(person=person, role="hr", unit=UnitFactory())

    for act in (
        lambda: templates.start_draft(editor=person),
        lambda: templates.add_step(editor=person, draft=draft, **STEP),
        lambda: templates.publish_draft(editor=person, draft=draft, version=draft.version),
        lambda: templates.discard_draft(editor=person, draft=draft),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_draft_is_thrown_away_and_journeys_stay(hr, draft):
    JourneyFactory()

    templates.discard_draft(editor=hr, draft=draft)

    assert [one.number for one in TemplateVersion.objects.all()] == [1]
    assert Journey.objects.get().steps.count() == 10
