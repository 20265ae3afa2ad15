"""Who reads a page, published or not, in one direction and in the other."""

import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.access import kinds
from rse.core.access.readers import readers_of
from rse.core.enums import PersonState, Role
from rse.pages.models import HandbookPage, SectionEditor
from tests.access.people import World
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.pages import editor_of, make_page, make_section

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def test_published_page_is_read_by_everybody_who_may_sign_in():
    page = make_page(make_section())
    world = World()
    readers = {code for code in ("EM", "EX", "HR", "HH", "HS", "RC", "DP", "AD", "WE", "MD") if reads(world.principal(code), page)}

    assert readers == {"EM", "EX", "HR", "HH", "HS", "RC", "DP", "AD", "WE", "MD"}
    assert not reads(world.leave(), page)


UNPUBLISHED = {
    "draft": {"live": False},
    "taken down": {"live": False, "expired": True},
    "expired": {"expire_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
}
PRINCIPALS = ("EX", "EM", "MB", "MD", "MX", "HR", "HS", "RC", "DP", "AD", "WE", "HA")


@pytest.mark.parametrize("state", UNPUBLISHED.values(), ids=UNPUBLISHED)
def test_l08_what_is_not_published_is_read_by_editors_of_its_section_its_owner_and_the_head_of_hr(state, signed_in):
    section, other = make_section(), make_section()
    owner = PersonFactory()
    page = make_page(section, owner=owner, title="Secret words", **state)
    kind = kinds.get("page")
    world = World()
    strangers = [*(world.principal(code) for code in PRINCIPALS), editor_of(other)]
    readers = [editor_of(section), owner, PersonFactory(role=Role.HR_HEAD)]

    assert set(readers_of(page)) == set(readers)
    for person in readers:
        assert reads(person, page)
        assert signed_in(person).get(page.get_absolute_url()).status_code == 200
    for person in strangers:
        assert not reads(person, page)
        assert kinds.resolve([("page", page.pk)], person) == {}
        browser = signed_in(person)
        absent = browser.get(reverse("handbook:page", args=["nothing-here"]))
        hidden = browser.get(page.get_absolute_url())
        assert hidden.status_code == 404
        assert "Secret words" not in hidden.text + absent.text + browser.get(reverse("handbook:index")).text
    assert kind.document(page) is None


def reads(person, page):
    return HandbookPage.objects.visible_to(person).filter(pk=page.pk).exists()


def test_draft_of_a_published_page_is_not_what_its_readers_see(signed_in):
    page = make_page(make_section(), title="As published")
    page.title, page.body_fr = "As it will be", "Les mots de demain"
    page.save_revision()

    answer = signed_in(PersonFactory(language="fr")).get(page.get_absolute_url())

    assert "As published" in answer.text
    assert "As it will be" not in answer.text
    assert "Les mots de demain" not in answer.text
    assert kinds.get("page").document(HandbookPage.objects.get(pk=page.pk)).title == "As published"


def test_editor_whose_role_ran_out_reads_no_draft_any_more():
    section = make_section()
    page, person = make_page(section, live=False), PersonFactory()
    RoleGrantFactory(person=person, role=Role.EDITOR, ends_at=clock.now() + DAY)
    SectionEditor.objects.create(section_id=section.pk, person=person)

    before = reads(fresh(person), page)
    with clock.moved_to(clock.now() + 2 * DAY):
        assert before
        assert not reads(fresh(person), page)
        assert person not in readers_of(page)


def test_who_left_reads_nothing():
    section = make_section()
    page, person = make_page(section), editor_of(section)
    person.state = PersonState.LEFT
    person.save()

    assert not reads(fresh(person), page)
    assert person not in readers_of(page)
