"""A community that becomes hidden vanishes from every page of arrivals for who is outside it, whatever led to it before."""

import pytest
from django.urls import reverse

from communities.models import Community
from communities.services import edit_community
from communities.services.communities import turn_into
from onboarding.services import templates
from rse.core.models import AudienceMember, Person
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, add
from tests.factories.onboarding import CohortFactory, JourneyFactory

from .conftest import address

pytestmark = pytest.mark.django_db
NAME, SLUG = "Groupe de parole canari", "slug-canari"
WAYS = ["protected", "secret"]


def again(row):
    return type(row).objects.get(pk=row.pk)


def hide(community, owner, way):
    if way == "secret":
        turn_into(community=again(community), kind="secret", actor_id=owner.pk)
        return
    community = again(community)
    words = {"name": community.name, "purpose": community.purpose, "version": community.version}
    edit_community(editor=again(owner), community=community, is_protected=True, **words)


def tells(page, community):
    """Whether ``page`` says the name of ``community`` or its address, today's or the former."""
    return [word for word in (NAME, SLUG, again(community).slug) if word in page.text]


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def community(owner):
    return CommunityFactory(closed=True, owners=[owner], name=NAME, slug=SLUG)


@pytest.fixture
def step(hr, community):
    row = templates.start_draft(editor=hr).steps.order_by("position").first()
    return templates.edit_step(editor=hr, step=row, version=row.version, community=community)


@pytest.mark.parametrize("way", WAYS)
def test_l106_template_names_no_community_that_hr_may_not_know_of(hr, owner, community, step, way, signed_in):
    pages = [reverse("template:detail"), reverse("template:step_edit", args=[step.public_id])]
    assert all(tells(signed_in(hr).get(page), community) for page in pages)

    hide(community, owner, way)

    assert not any(tells(signed_in(hr).get(page), community) for page in pages)
    inside = PersonFactory(role="hr")
    add(community, [inside])
    assert tells(signed_in(inside).get(pages[0]), community)


@pytest.mark.parametrize("way", WAYS)
def test_l106_conflict_and_version_in_force_name_no_community_that_hr_may_not_know_of(hr, owner, community, step, way, signed_in):
    words = {name: getattr(step, name) for name in templates.FIELDS if name not in ("community", "is_private")}
    hide(community, owner, way)

    late = signed_in(hr).post(reverse("template:step_edit", args=[step.public_id]), words | {"version": 1, "title_en": "Mine"})
    assert late.status_code == 409
    assert not tells(late, community)

    stale = signed_in(hr).post(reverse("template:publish"), {"version": 1})
    assert stale.status_code == 409
    assert not tells(stale, community)

    templates.publish_draft(editor=hr, draft=step.of, version=again(step.of).version)
    assert not tells(signed_in(hr).get(reverse("template:detail")), community)


def test_step_keeps_the_community_that_its_editor_may_not_know_of(hr, owner, community, step):
    hide(community, owner, "protected")
    kept = templates.edit_step(editor=hr, step=step, version=step.version, title_en="Other", community=None)
    assert (kept.title_en, kept.community_id) == ("Other", community.pk)

    inside = PersonFactory(role="hr")
    add(community, [inside])
    assert templates.edit_step(editor=inside, step=kept, version=kept.version, community=None).community is None


def test_l106_cohort_leads_hr_to_no_community_that_became_protected(hr, owner, signed_in):
    community = CommunityFactory(closed=True, owners=[owner], name=NAME, slug=SLUG)
    newcomer, other = PersonFactory(), PersonFactory(first_name="Zzcanary")
    cohort = CohortFactory(open=True, community=community, members=[newcomer, other])
    journey = JourneyFactory(newcomer=newcomer, cohort=cohort)
    pages = [cohort.get_absolute_url(), address("detail", journey)]
    assert tells(signed_in(hr).get(pages[0]), community)
    assert "Zzcanary" in signed_in(hr).get(pages[1]).text

    hide(community, owner, "protected")

    for page in pages:
        shown = signed_in(hr).get(page)
        assert (shown.status_code, tells(shown, community), "Zzcanary" in shown.text) == (200, [], False)
    assert tells(signed_in(newcomer).get(reverse("journeys:mine")), community)


def test_l106_newcomer_who_is_no_member_any_more_is_led_nowhere(hr, owner, signed_in):
    community = CommunityFactory(closed=True, owners=[owner], name=NAME, slug=SLUG)
    newcomer = PersonFactory()
    cohort = CohortFactory(open=True, community=community, members=[newcomer])
    JourneyFactory(newcomer=newcomer, cohort=cohort)
    hide(community, owner, "protected")
    assert tells(signed_in(newcomer).get(reverse("journeys:mine")), community)

    AudienceMember.objects.filter(person=newcomer).delete()

    assert not tells(signed_in(newcomer).get(reverse("journeys:mine")), community)
    assert not Community.objects.visible_to(Person.objects.get(pk=newcomer.pk)).exists()
