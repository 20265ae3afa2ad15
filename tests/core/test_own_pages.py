import ast
from urllib.parse import quote

import pytest
from django.urls import reverse

from rse.core.web.own_pages import LONGEST_ADDRESS, is_own_page, own_page, page_asked
from tests.architecture.tree import Tree

OWN = "rse.core.web.own_pages"


@pytest.mark.parametrize("said", ["/", "/people/", "/people/?q=a&unit=", f"/people/?q={quote('Élodie')}#here"])
def test_page_of_ours_may_follow(said):
    assert own_page(said, "home") == said


@pytest.mark.parametrize(
    "said",
    [
        *("", None, "people/", "?q=a", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "http:///evil"),
        *("javascript:alert(1)", "/é", "/\x00", "/people/\r\nSet-Cookie: a=b", "/\t", "\u2028/", " /people/", "/" * 2 + "people/"),
        *("http://testserver/people/", "/" + "a" * LONGEST_ADDRESS, "/no/such/page/", "/language/x/"),
    ],
)
def test_what_is_no_page_of_ours_is_refused(said):
    assert own_page(said, "home") == "home"


@pytest.mark.parametrize("name", ["language", "contributions:hide", "feed:publish", "skills:merge"])
def test_address_that_only_takes_a_post_is_refused(name):
    assert not is_own_page(reverse(name))
    assert not is_own_page(f"{reverse(name)}?q=a")


@pytest.mark.parametrize("steps", ["../", "%2e%2e/", ".%2E/", "./../", "x/../../", "..\\", "..//"])
def test_address_that_a_browser_would_walk_up_from_is_refused(steps):
    assert is_own_page("/cms/x/")
    assert not is_own_page(f"/cms/{steps}language/")


@pytest.mark.once
def test_addresses_are_judged_in_one_place():
    asking = {
        module.name
        for module in Tree().modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.alias) and node.name.endswith("url_has_allowed_host_and_scheme")
    }
    assert asking == {OWN}
    reading = [
        f"{module.place}:{node.lineno}"
        for module in Tree().modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node).startswith(("request.POST.get('next'", "request.GET.get('next'"))
        and f"own_page({ast.unparse(node)}" not in ast.unparse(module.tree)
    ]
    assert reading == []


@pytest.mark.parametrize(
    ("asked", "stands_on", "is_part", "page"),
    [
        ("/skills/find/?skill=So", "/me/skills/", True, "/me/skills/"),
        ("/people/?q=So", "/people/", True, "/people/?q=So"),
        ("/people/?q=So", "/me/skills/", False, "/people/?q=So"),
        ("/skills/find/?skill=So", "//elsewhere.example/x", True, "/"),
    ],
)
def test_part_of_a_page_leads_back_to_its_page(rf, asked, stands_on, is_part, page):
    host = "" if stands_on.startswith("//") else "//testserver"
    headers = {"referer": f"http:{host}{stands_on}"} | ({"HX-Request": "true"} if is_part else {})
    assert page_asked(rf.get(asked, headers=headers)) == page
