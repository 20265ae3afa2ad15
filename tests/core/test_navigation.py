"""The navigation: every page has one line that says where one is, long ones fold, and a phone's bar holds what one does most."""

import re

import pytest
from django.urls import get_resolver, reverse

from rse.core.enums import Role
from rse.core.web import slots
from rse.core.web.context_processors import MOST_TABS, MOST_UNFOLDED, name_of_current
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import PostFactory, everyone, joined

pytestmark = pytest.mark.django_db
# Pages that stand beside the navigation: doors, health, what is always in the top row, pieces that are no page.
OUTSIDE = (
    *("wagtail", "handbook_preview", "handbook_picture_add", "drafts", "healthz", "readyz", "language"),
    *("notices:", "search:", "operations:run_again"),
)
SIGNED_OUT = ("identity:new_address", "identity:old_address", "identity:welcome", "identity:come_in_by_", "identity:reset_by_code")


def names(resolver, space=""):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from names(one, space + (f"{one.namespace}:" if one.namespace else ""))
        elif one.name:
            yield space + one.name


def test_every_page_has_its_line():
    """Name an address that is found here, or how it begins, in the line of the navigation that it belongs to."""
    pages = {name for name in names(get_resolver()) if not name.startswith(OUTSIDE + SIGNED_OUT)}

    assert len(pages) > 200
    assert sorted(name for name in pages if not name_of_current(slots.entries(), name)) == []


def test_line_that_says_most_of_the_name_is_the_current_one():
    expected = {
        "feed:post": "home",
        "feed:compose": "feed:compose",
        "skills:mine": "contributions:mine",
        "skills:merge": "skills:list",
        "contributions:of": "people:list",
        "identity:waiting": "identity:waiting",
        "mentoring:reopenings": "mentoring:figures",
        "mentoring:pair": "mentoring:find",
        "notices:list": "",
    }
    assert {name: name_of_current(slots.entries(), name) for name in expected} == expected


def rail_of(page):
    return page.text[page.text.index('<nav class="rail"') : page.text.index("</nav>", page.text.index('<nav class="rail"'))]


def folds(page):
    return {key: bool(is_open) for key, is_open in re.findall(r'<details class="rail-fold" data-fold="(\w+)"( open)?>', page.text)}


@pytest.mark.parametrize("path", ["/", "/people/", "/communities/", "/posts/new/", "/account/security/", "/charter/"])
def test_one_line_at_most_is_the_current_one(signed_in, path):
    page = signed_in(PersonFactory()).get(path)

    assert rail_of(page).count("aria-current") == (0 if path == "/posts/new/" else 1)


def test_one_s_own_profile_is_not_the_directory(signed_in):
    person, other = PersonFactory(), PersonFactory()
    browser = signed_in(person)

    own, others = (rail_of(browser.get(one.get_absolute_url())) for one in (person, other))

    assert f'href="{person.get_absolute_url()}" aria-current="page"' in own
    assert own.count("aria-current") == others.count("aria-current") == 1
    assert 'href="/people/" aria-current="true"' in others


def test_long_navigation_folds_what_one_is_not_in(signed_in):
    person = PersonFactory()
    for role in (Role.HR, Role.HR_HEAD, Role.ADMINISTRATOR, Role.HANDLER):
        RoleGrantFactory(person=person, role=role)
    browser = signed_in(person)

    home, wishes = browser.get("/"), browser.get(reverse("wishes:list"))

    assert rail_of(home).count("rail-link") > MOST_UNFOLDED
    assert folds(home) == {"me": True, "hr": False, "administration": False, "rights": False}
    assert folds(wishes)["hr"]


def test_short_navigation_folds_nothing(signed_in):
    assert set(folds(signed_in(PersonFactory()).get("/")).values()) == {True}


def test_bar_of_a_phone_has_publishing_in_its_middle(signed_in):
    page = signed_in(PersonFactory()).get("/")
    bar = page.text[page.text.index('<nav class="tabbar"') :]
    links = re.findall(r'<a class="(tabbar-link[^"]*)" href="([^"]+)"', bar)

    assert len(links) == MOST_TABS
    assert [href for _class, href in links][:3] == ["/", "/communities/", "/posts/new/"]
    assert "tabbar-act" in links[2][0]
    assert "/posts/new/" not in rail_of(page)


def way_back(page):
    inside = page.text[page.text.index("<main") :]
    nav = re.search(r'<nav class="breadcrumb".*?</nav>', inside, re.DOTALL)
    return re.findall(r'href="([^"]+)"', nav[0]) if nav else []


@pytest.mark.parametrize("path", ["/", "/people/", "/communities/", "/jobs/", "/mentoring/", "/notices/"])
def test_page_of_the_navigation_leads_back_to_nothing(signed_in, path):
    assert way_back(signed_in(PersonFactory()).get(path)) == []


def test_page_that_stands_under_another_leads_back_to_it(signed_in):
    person, other = PersonFactory(), PersonFactory()
    browser = signed_in(person)

    assert way_back(browser.get(other.get_absolute_url())) == ["/people/"]
    assert way_back(browser.get("/account/password/change/")) == ["/account/security/"]


def test_post_leads_back_to_its_community_for_who_may_open_it(signed_in):
    community = CommunityFactory(kind="open")
    post = PostFactory(audience=community.audience)
    everyone_s = PostFactory(audience=everyone())
    browser = signed_in(joined(community.audience, PersonFactory()))

    assert way_back(browser.get(post.get_absolute_url())) == [community.get_absolute_url()]
    assert way_back(browser.get(everyone_s.get_absolute_url())) == ["/"]
