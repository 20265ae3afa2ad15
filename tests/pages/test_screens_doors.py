"""The door of Wagtail's screens: every address of theirs, as everybody who has nothing to edit, and as an editor of another section."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rse.core.enums import Role
from rse.pages.models import SectionEditor
from rse.pages.views.gate import OPEN
from tests.access.people import World
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.pages import editor_of, handbook, make_charter_page, make_page, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors, pytest.mark.once]
WORDS = {"str": "pages", "slug": "pages", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
PLACE = re.compile(r"<(?:(?P<type>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^()]*\)")
OF_PAGES = {"page_id", "parent_page_id", "page_to_move_id", "pk", "destination_id"}


def patterns(resolver=None, prefix="", space=""):
    """Every address of the screens as ``(name, path with its places)``."""
    if resolver is None:
        (resolver,) = (one for one in get_resolver().url_patterns for one in getattr(one, "url_patterns", []) if str(one.pattern) == "cms/")
        prefix = "/cms/"
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, prefix + route, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", prefix + route


def address(route, page):
    """The path with its places filled: pages by ``page``, the rest by something that fits."""

    def fill(match):
        kind = match["type"] if "type" in match.re.groupindex else None
        is_number = match["name"] in OF_PAGES or match["name"].startswith("revision") or kind == "int"
        return str(page.pk) if is_number else WORDS[kind or "str"]

    filled = PLACE.sub(fill, GROUP.sub(fill, route))
    return re.sub(r"[\\^$]|\.\*", "", filled).replace("//", "/")


ROUTES = sorted(set(patterns()))


def test_the_walk_sees_the_screens_of_wagtail():
    assert len(ROUTES) > 100
    assert {name for name, _route in ROUTES} >= OPEN - {"wagtail_bulk_action"}
    assert not any("users" in route or "groups" in route for _name, route in ROUTES)


NOBODY = ("AN", "DE", "EX", "EM", "MD", "MX", "HR", "HS", "RC", "DP", "AD", "WE", "HA")


@pytest.mark.parametrize("column", NOBODY)
def test_l51_every_address_of_the_screens_is_absent_for_who_edits_nothing(column, signed_in, client):
    """WE holds the role of an editor, and was named for no section."""
    page, world = make_page(make_section(title="Secret section"), title="Secret words", live=False), World()
    person = world.leave() if column == "DE" else world.principal(column)
    browser = signed_in(person) if person else client
    wrong = {}

    for name, route in ROUTES:
        for method in ("get", "post"):
            answer = getattr(browser, method)(address(route, page))
            if column in {"AN", "DE"}:
                is_right = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
            else:
                is_right = answer.status_code == 404
            if not is_right or "Secret" in answer.text or answer["Content-Security-Policy"].count("unsafe-inline"):
                wrong[method, name] = answer.status_code

    assert wrong == {}


def test_superuser_is_nobody_here(signed_in):
    section, person = make_section(), PersonFactory(is_superuser=True)
    assert signed_in(person).get("/cms/").status_code == 404
    assert signed_in(editor_of(section, person=person)).get("/cms/").status_code == 404


@pytest.fixture
def two_sections():
    """What an editor of the first must see nothing of."""
    mine = make_section(title="My section")
    theirs = make_section(title="Secret section", live=False)
    page = make_page(theirs, title="Secret words", body_fr="Secret body", live=False)
    for one in (theirs, page):
        one.save_revision()
    live = make_page(theirs, title="Open words", body_fr="Open body")
    live.title = "Secret next words"
    live.save_revision()
    make_page(mine, title="My page")
    return mine, theirs, page, live


def test_l51_an_editor_reaches_no_page_of_another_section_by_any_address(two_sections, signed_in):
    mine, theirs, page, live = two_sections
    browser = signed_in(editor_of(mine))
    seen, wrong = 0, {}

    for name, route in ROUTES:
        for target in (theirs, page, live, mine):
            for method in ("get", "post"):
                answer = getattr(browser, method)(address(route, target))
                text = "" if answer.streaming else answer.content.decode(errors="replace")
                seen += answer.status_code == 200
                if "Secret" in text or (target is not mine and PLACE.search(route) and names_a_page(route) and answer.status_code != 404):
                    wrong[method, name, target.title] = answer.status_code
                if name == "wagtailadmin_logout":
                    browser = signed_in(editor_of(mine))

    assert wrong == {}
    assert seen > 10


def names_a_page(route):
    return any(f"<int:{name}>" in route for name in OF_PAGES) or "(?P<pk>" in route


QUESTIONS = (
    "/cms/api/main/pages/",
    "/cms/api/main/pages/?for_explorer=1",
    "/cms/api/main/pages/?child_of={index}",
    "/cms/api/main/pages/?child_of={index}&for_explorer=1",
    "/cms/api/main/pages/?descendant_of={index}",
    "/cms/api/main/pages/?descendant_of={theirs}",
    "/cms/api/main/pages/?child_of={theirs}",
    "/cms/api/main/pages/?search=words",
    "/cms/api/main/pages/?fields=*",
    "/cms/api/main/pages/?type=pages.HandbookPage&fields=*,body_fr",
    "/cms/api/main/pages/?type=wagtailcore.Page&order=title",
    "/cms/api/main/pages/{page}/?fields=*",
    "/cms/api/main/pages/find/?id={page}",
    "/cms/pages/search/?q=words",
    "/cms/pages/search/results/?q=words",
    "/cms/pages/",
    "/cms/pages/{index}/",
    "/cms/pages/{index}/?q=words",
    "/cms/pages/{index}/results/?q=words",
    "/cms/choose-page/",
    "/cms/choose-page/?page_type=pages.HandbookPage",
    "/cms/choose-page/{index}/",
    "/cms/choose-page/{theirs}/",
    "/cms/choose-page/search/?q=words",
    "/cms/choose-page/?target_pages[]={page}&user_perms=move_to",
    "/cms/bulk/wagtailcore/page/publish/?id={page}",
    "/cms/bulk/wagtailcore/page/delete/?id={theirs}",
    "/cms/bulk/wagtailcore/page/move/?id={live}",
    "/cms/bulk/wagtailcore/page/unpublish/?id=all&childOf={index}",
    "/cms/pages/{live}/history/",
    "/cms/pages/{live}/revisions/compare/live...latest/",
    "/cms/",
)


@pytest.mark.parametrize("sections", [1, 2])
@pytest.mark.parametrize("question", QUESTIONS)
def test_l51_no_question_leads_into_another_section(question, sections, two_sections, signed_in):
    """Who edits two sections walks through what stands above both, and sees nothing of the third there."""
    mine, theirs, page, live = two_sections
    own = [mine, make_section(title="My other section")][:sections]
    asked = question.format(index=handbook().pk, theirs=theirs.pk, page=page.pk, live=live.pk)

    answer = signed_in(editor_of(*own)).get(asked)

    assert answer.status_code in {200, 302, 400, 404}
    assert not [words for words in ("Secret", "Open words", "Open body") if words in answer.text]


def test_editor_finds_their_own_page_by_the_same_questions(two_sections, signed_in):
    """The questions above can answer: they leave out what is not this editor's, not everything."""
    mine, *_others = two_sections
    browser = signed_in(editor_of(mine))

    listed = browser.get("/cms/api/main/pages/", headers={"accept": "application/json"}).json()

    assert sorted(item["title"] for item in listed["items"]) == sorted([handbook().title, "My page", "My section"])
    assert "My page" in browser.get(f"/cms/pages/{mine.pk}/").text
    assert "My page" in browser.get("/cms/pages/search/?q=page").text


def test_editor_of_two_sections_changes_nothing_above_them(two_sections, signed_in):
    mine, *_others = two_sections
    index = handbook()
    browser = signed_in(editor_of(mine, make_section()))

    for action in ("edit", "delete", "unpublish"):
        browser.post(f"/cms/pages/{index.pk}/{action}/", {"title": "Changed"})
    browser.post(f"/cms/pages/add/pages/handbookpage/{index.pk}/", {"title": "Changed", "body_fr": "x"})
    browser.post(f"/cms/pages/add/pages/charterpage/{index.pk}/", {"title": "Changed", "body_fr": "x"})

    assert handbook().title == index.title
    assert not type(mine).objects.filter(title="Changed").exists()


def test_head_of_hr_edits_everything_and_an_administrator_nothing(two_sections, signed_in):
    _mine, _theirs, page, _live = two_sections
    charter = make_charter_page()
    head, administrator = PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.ADMINISTRATOR)

    for one in (page, charter):
        assert signed_in(head).get(f"/cms/pages/{one.pk}/edit/").status_code == 200
        assert signed_in(administrator).get(f"/cms/pages/{one.pk}/edit/").status_code == 404


def test_l72_nothing_serves_media_documents_or_pages_of_wagtail():
    from django.apps import apps

    installed = {config.name for config in apps.get_app_configs()}
    routes = {name for name, _route in ROUTES}

    assert {one for one in installed if one.startswith("wagtail")} == {"wagtail", "wagtail.admin", "wagtail.search", "wagtail.users"}
    assert not any(name.startswith(("wagtailimages", "wagtaildocs", "wagtail_serve", "wagtailembeds")) for name in routes)


def test_only_the_screens_have_the_relaxed_policy(signed_in):
    section = make_section()
    browser = signed_in(editor_of(section))

    screens = browser.get("/cms/")["Content-Security-Policy"]
    ours = browser.get(reverse("handbook:page", args=[section.slug]))["Content-Security-Policy"]
    absent = browser.get("/cms/workflows/list/")

    assert "script-src 'self' 'unsafe-inline'" in screens
    assert "nonce" not in screens
    assert "frame-ancestors 'none'" in screens
    assert "unsafe-inline" not in ours
    assert "'nonce-" in ours
    assert absent.status_code == 404
    assert "unsafe-inline" not in absent["Content-Security-Policy"]


def test_sign_in_is_ours(client, signed_in):
    section = make_section()

    assert client.get("/cms/login/").url.startswith(reverse("account_login"))
    assert client.get("/cms/password_reset/").url.startswith(reverse("account_login"))
    assert signed_in(editor_of(section)).get("/cms/login/").url == "/cms/"
    assert signed_in(editor_of(section)).get("/cms/account/").url == reverse("people:edit")
    assert signed_in(editor_of(section)).get("/cms/password_reset/").status_code == 404


def test_editor_who_is_of_hr_as_well_needs_the_second_factor():
    section = make_section()
    person = editor_of(section)
    RoleGrantFactory(person=person, role=Role.HR)
    client = Client()  # one that shows no second factor by itself
    client.force_login(person)

    assert client.get("/cms/").status_code == 302
    assert client.get("/cms/").url.startswith((reverse("mfa_activate_totp"), reverse("mfa_reauthenticate")))


def test_right_ends_with_the_section(signed_in):
    section = make_section()
    person = editor_of(section)
    browser = signed_in(person)

    assert browser.get(f"/cms/pages/{section.pk}/edit/").status_code == 200
    SectionEditor.objects.all().delete()
    assert browser.get(f"/cms/pages/{section.pk}/edit/").status_code == 404
