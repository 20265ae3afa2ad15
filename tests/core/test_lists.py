"""Every list that is narrowed, ordered and paged does it the same way: in its address, in pieces that a reload shows, and it says so."""

import html
import re

import pytest
from django.urls import reverse

from rse.core.enums import Role
from rse.core.web import listing
from tests.factories import PersonFactory
from tests.factories.mentoring import MentoringOfferFactory
from tests.factories.talent import DeclaredSkillFactory, SkillFactory, WishFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_few(monkeypatch):
    monkeypatch.setattr("talent.views.skills.FEW", 0)


HTMX = {"HX-Request": "true"}

# Each list: its address, who reads it, one of its rows, the id of what is swapped, and words that find nothing.
LISTS = {
    "identity:invitations": ("invitations", Role.ADMINISTRATOR, lambda _reader: PersonFactory(password=False), {"q": "zzzz"}),
    "mentoring:find": ("offers", None, lambda _reader: MentoringOfferFactory(), {"q": "zzzz"}),
    "people:list": ("people", None, lambda _reader: PersonFactory(), {"q": "zzzz"}),
    "skills:list": ("skills", Role.HR, lambda _reader: SkillFactory(), {"q": "zzzz"}),
    "wishes:list": ("", Role.HR, lambda _reader: WishFactory(shared=True), {"q": "zzzz"}),  # each answer is written down: no pieces
    "skills:mine": ("own-skills", None, lambda reader: DeclaredSkillFactory(person=reader), {"q": "zzzz"}),
}


@pytest.fixture
def listed(monkeypatch):
    """The lists that were made, of two rows a page."""
    made, whole = [], listing.page_of
    monkeypatch.setattr(listing, "page_of", lambda *rows, **how: whole(*rows, **how | {"size": 2}))
    in_memory = listing.page_of_list
    monkeypatch.setattr(listing, "page_of_list", lambda *rows, **how: in_memory(*rows, **how | {"size": 2}))
    return made


def opened(signed_in, name, rows=0):
    _place, role, make, _nothing = LISTS[name]
    reader = PersonFactory(role=role) if role else PersonFactory()
    for _row in range(rows):
        make(reader)
    return signed_in(reader), reverse(name)


def swapped(text, place):
    """The element that htmx swaps, in a page or alone: from its start to the end of the text, or of the page's main part."""
    start = text.index(f'id="{place}"') if place else text.index("</form>", text.index("<main"))
    return re.sub(r'(?<=after=)[\w-]+|value="\w{64}"', "", text[text.rindex("<", 0, start) :].partition("</main>")[0])


def told(text):
    return html.unescape(re.sub(r"<[^>]+>", "", re.search(r'<p class="meta list-said">(.*?)</p>', text)[1]))


@pytest.mark.parametrize("name", [name for name, (place, *_rest) in LISTS.items() if place])
def test_a_piece_of_a_list_is_what_a_reload_shows(signed_in, name):
    browser, address = opened(signed_in, name, rows=3)
    place = LISTS[name][0]
    for query in ({}, LISTS[name][3]):
        texts = [browser.get(address, query, headers=headers).text for headers in (HTMX | {"HX-Target": place}, {})]
        assert ["<html" in text for text in texts] == [False, True]
        lines = [[line.strip() for line in swapped(text, place).splitlines() if line.strip()] for text in texts]
        assert lines[0] == lines[1][: len(lines[0])]


@pytest.mark.parametrize("name", LISTS)
def test_pages_of_a_list_hold_each_row_once_and_keep_what_narrows_it(signed_in, name, listed):
    browser, address = opened(signed_in, name, rows=5)
    query, sizes = "?order=none&kept=1", []
    while query:
        text = swapped(browser.get(address + query).text, LISTS[name][0])
        sizes.append(text.count("Choose ") or len(re.findall(r"<(?:article|tbody|li)\b|</tr>(?=\s*<tr>)", text)))
        older = re.search(r'rel="next" href="([^"]*)"', browser.get(address + query).text)
        query = html.unescape(older[1]) if older else ""
        assert not query or "kept=1" in query
    assert sizes == [2, 2, 2 if name == "people:list" else 1]  # whoever reads the directory stands in it


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_its_filters_leave_empty_says_them_and_the_way_out(signed_in, name):
    browser, address = opened(signed_in, name, rows=1)
    page = browser.get(address, LISTS[name][3]).text
    assert "Nothing here goes with: “zzzz”." in html.unescape(page)
    assert f'<a class="button" href="{address}">Show everything</a>' in page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_how_it_is_ordered_in_words_and_in_its_heads(signed_in, name):
    browser, address = opened(signed_in, name, rows=2)
    choice = browser.get(address).text.partition('name="order"')[2].partition("</select>")[0]
    orders = re.findall(r'<option value="(\w+)"', choice) or ["name"]
    said = {order: browser.get(address, {"order": order}).text for order in orders}
    assert len({told(text) for text in said.values()}) == len(orders)
    for order, text in said.items():
        heads = re.findall(r'<th scope="col"([^>]*)><a class="sort" href="\?order=(\w+)"', html.unescape(text))
        assert [head for way, head in heads if way] == ([order] if heads else [])
