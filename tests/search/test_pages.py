"""The pages of search: what is typed, what is shown, how often, and at what price."""

import itertools
import random
import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from structlog.testing import capture_logs

from rse.core import clock
from rse.core.enums import PersonState
from search import queries
from search.analysis import parse
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

from .conftest import SEARCHED
from .finding import found

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true"}


@pytest.fixture
def company(index):
    """A reader, and one of each kind that they find by the word soudure."""

    class Company:
        reader = PersonFactory(first_name="Inès")
        audience = AudienceFactory(open=True)
        author = joined(audience, PersonFactory(first_name="Malik", last_name="Benali"))
        expert = PersonFactory(first_name="Yann", last_name="Le Bris", title="Soudure et contrôle")
        community = CommunityFactory(name="Soudure", purpose="Le métal.")
        post = PostFactory(audience=audience, author=author, title="Problèmes de porosité", body="La <b>soudure</b> tient mal & fuit.")
        answer = CommentFactory(post=PostFactory(audience=audience, title="Autre chose"), body="Une soudure à refaire", author=author)

    index()
    return Company


def test_everything_is_found_with_its_words_marked(company, signed_in):
    page = signed_in(company.reader).get("/search/", {"q": "soudures"})

    assert page.status_code == 200
    assert [one.kind.name for one in page.context["found"].results] == ["community", "comment", "post"]
    assert [one.thing for one in page.context["found"].people] == [company.expert]
    assert "<mark>Soudure</mark>" in page.text
    assert "La &lt;b&gt;<mark>soudure</mark>&lt;/b&gt; tient mal &amp; fuit." in page.text
    assert f'href="{company.answer.get_absolute_url()}"' in page.text
    assert 'value="soudures"' in page.text
    assert "only what you may open" in page.text


def test_each_count_leads_to_exactly_what_it_counts(company, signed_in):
    browser = signed_in(company.reader)
    tabs = browser.get("/search/", {"q": "soudure"}).context["tabs"]
    assert [(str(tab["label"]), tab["number"]) for tab in tabs] == [
        ("Everything", 4),
        ("People", 1),
        ("Posts", 1),
        ("Answers", 1),
        ("Communities", 1),
    ]

    for tab in tabs[1:]:
        page = browser.get(tab["url"])
        assert len(page.context["found"].results) == tab["number"]
        assert [one["label"] for one in page.context["tabs"] if one["is_current"]] == [tab["label"]]


def test_titles_come_first_then_the_newest(index):
    reader, audience = PersonFactory(), AudienceFactory(open=True)
    now = clock.now()
    by_body = PostFactory(audience=audience, title="Autre", body="arc", published_at=now)
    words = PostFactory(audience=audience, title="Le métal à l’arc", published_at=now.replace(year=now.year - 1))
    begins = PostFactory(audience=audience, title="Arc électrique", published_at=now.replace(year=now.year - 2))
    exact = PostFactory(audience=audience, title="Arc", published_at=now.replace(year=now.year - 3))
    index()

    best, newest = found(reader, "arc", kind="post"), found(reader, "arc", kind="post", sort="newest")

    assert [pk for _kind, pk in best] == [exact.pk, begins.pk, words.pk, by_body.pk]
    assert [pk for _kind, pk in newest] == [by_body.pk, words.pk, begins.pk, exact.pk]


def test_people_come_by_name_and_never_by_what_they_did(index):
    reader, audience = PersonFactory(first_name="Z", last_name="Z"), AudienceFactory(open=True)
    last = PersonFactory(first_name="Ana", last_name="Zola", title="Métal")
    first = PersonFactory(first_name="Zoé", last_name="Abel", title="Métal")
    named = PersonFactory(first_name="Métal", last_name="Vega")
    for _post in range(5):
        PostFactory(audience=audience, author=last, title="Métal")
    index()

    for sort in ("best", "newest"):
        assert [pk for _kind, pk in found(reader, "metal", kind="person", sort=sort)] == [named.pk, first.pk, last.pk]


@pytest.mark.parametrize("size", [19, 20, 21, 45])
def test_pages_hold_everything_once(size, signed_in, index):
    reader, audience = PersonFactory(), AudienceFactory(open=True)
    author = joined(audience, PersonFactory())
    posts = PostFactory.create_batch(size, audience=audience, author=author, body="soudure")
    index()
    browser, address, seen = signed_in(reader), "/search/?q=soudure&kind=post", []

    while address:
        page = browser.get(address)
        seen += [one.thing.pk for one in page.context["found"].results]
        address = page.context["next_url"]

    assert sorted(seen) == sorted(post.pk for post in posts)
    assert browser.get("/search/?q=soudure&kind=post&page=9999").context["next_url"] == ""
    assert len(browser.get("/search/?q=soudure&kind=post&page=-1").context["found"].results) == min(size, 20)


def test_counts_are_exact_up_to_a_bound(monkeypatch, signed_in, index):
    monkeypatch.setattr(queries, "WINDOW", 3)
    reader, audience = PersonFactory(), AudienceFactory(open=True)
    author = joined(audience, PersonFactory())
    PostFactory.create_batch(4, audience=audience, author=author, body="soudure")
    PostFactory.create_batch(2, audience=audience, author=author, body="chalumeau")
    index()

    assert "Posts · 3+" in signed_in(reader).get("/search/?q=soudure").text
    assert "Posts · 2</a>" in signed_in(reader).get("/search/?q=chalumeau").text


def test_nothing_found_and_nothing_asked_say_what_to_do(signed_in):
    browser = signed_in(PersonFactory())

    assert "What are you looking for?" in browser.get("/search/").text
    assert "What are you looking for?" in browser.get("/search/?q=?").text
    assert "What are you looking for?" in browser.get("/search/?q=a").text
    assert "Nothing that you may open" in browser.get("/search/?q=mammouth").text


@pytest.mark.parametrize("address", ["/search/", "/search/suggestions/"])
@pytest.mark.parametrize("text", ["x" * 201, "x" * 20_000, "nul\x00byte"])
def test_what_cannot_be_looked_for_is_refused_with_a_sentence(address, text, signed_in):
    page = signed_in(PersonFactory()).get(address, {"q": text})

    assert page.status_code == 422
    if address == "/search/":
        assert "error-summary" in page.text


def queries_nobody_should_type():
    """Two hundred of them, the same each time: the languages of three engines, and what breaks parsers."""
    chance = random.Random(82)
    pieces = [
        '"',
        "'",
        "(",
        ")",
        "*",
        ":",
        "^",
        "-",
        "+",
        "&",
        "|",
        "!",
        "<->",
        "\\",
        "%",
        "_",
        ";",
        "--",
        "/*",
        "{",
        "}",
        "[",
        "]",
        "~",
        "~2",
    ]
    pieces += [
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "title:",
        "kind:post",
        "{title body}:",
        "soudure",
        "l’",
        "é",
        "\u202e",
        "\u200b",
        "🦣",
        "ﷺ",
        "\x00",
    ]
    pieces += [
        "suggest",
        "_source",
        "_exists_",
        "script",
        "profile=true",
        "*soudure",
        "?oudure",
        "/re.*gex/",
        "[a TO z]",
        "boost^9",
        "'; DROP TABLE",
    ]
    pieces += ["\ud800".encode("utf-8", "replace").decode(), "\t", "\n", "a" * 60, "0x1F", "1e9", "3.14", "a@b.fr", "http://x.fr/y?z"]
    for size in itertools.islice(itertools.cycle((1, 2, 3, 5, 9)), 196):
        yield (
            " ".join(chance.choice(pieces) for _piece in range(size)) if chance.random() < 0.6 else "".join(chance.choices(pieces, k=size))
        )
    yield from ("(" * 199, '"' * 199, "a*" * 99, "é" * 199)


def test_l06_l82_nothing_that_is_typed_is_an_order_to_the_engine(company, index):
    """No query fails, none is slow, and none finds what its plain words would not."""
    for number, text in enumerate(queries_nobody_should_type()):
        query = parse(text.replace("\x00", ""))
        started = time.perf_counter()
        one = queries.find(company.reader, query) if query else None
        groups = queries.suggest(company.reader, query) if query else []
        assert time.perf_counter() - started < 1, (number, text)
        for result in [*(one.results if one else ()), *(one.people if one else ()), *(r for _kind, rs in groups for r in rs)]:
            said = f"{result.kind.title(result.thing)} {''.join(piece.text for piece in result.words)}"
            assert any(piece.is_found for piece in [*result.title, *result.words]), (text, said)


def test_l82_fuzzed_addresses_are_answered(company, signed_in):
    browser = signed_in(company.reader)

    for text in itertools.islice(queries_nobody_should_type(), 0, 100):
        cache.clear()  # the limits are not what is tried here
        for address in ("/search/", "/search/suggestions/"):
            assert browser.get(address, {"q": text[:200]}).status_code in {200, 422}, text


def test_suggestions_are_few_grouped_and_lead_somewhere(company, signed_in, index):
    for letter in "abcdefgh":
        PersonFactory(first_name="Soudé", last_name=letter)
        CommunityFactory(name=f"Soudeurs {letter}")
        PostFactory(audience=company.audience, title=f"Souder {letter}")
    index()

    page = signed_in(company.reader).get("/search/suggestions/", {"q": "sou"})

    assert [(kind.name, len(results)) for kind, results in page.context["groups"]] == [("person", 3), ("post", 3), ("community", 2)]
    assert page.text.count('role="option"') == 9
    assert 'href="/search/?q=sou"' in page.text
    assert "<html" not in page.text


@pytest.mark.parametrize("text", ["", " ", "s", "?"])
def test_too_little_is_suggested_nothing(text, company, signed_in):
    page = signed_in(company.reader).get("/search/suggestions/", {"q": text})

    assert page.status_code == 200
    assert page.text.strip() == ""


def test_comments_are_found_and_not_suggested(company):
    assert {kind.name for kind, _results in queries.suggest(company.reader, parse("autre"))} == {"post"}
    assert found(company.reader, "refaire", kind="comment") == [("comment", company.answer.pk)]


def test_the_box_stands_on_every_page_and_is_a_form(company, signed_in):
    page = signed_in(company.reader).get("/")

    assert 'role="search" action="/search/"' in page.text
    assert page.text.count('name="q"') == 1
    assert 'hx-get="/search/suggestions/"' in page.text


def test_the_expected_find_only_what_they_may_read(company, signed_in, index):
    newcomer = PersonFactory(expected=True, last_name="Soudure")
    index()
    page = signed_in(newcomer).get("/search/?q=soudure")

    assert [one.thing for one in page.context["found"].people] == [newcomer]
    assert [(one["label"], one["number"]) for one in page.context["tabs"]] == [("Everything", 1), ("People", 1)]
    assert company.expert.name not in page.text


def test_who_left_is_found_by_nobody(company, index):
    for role in ("hr", "administrator"):
        PersonFactory(last_name="Soudure", state=PersonState.LEFT)
        index()
        assert found(PersonFactory(role=role), "soudure", kind="person") == [("person", company.expert.pk)]


@pytest.mark.parametrize(("address", "most"), [("/search/", 30), ("/search/suggestions/", 60)])
def test_a12_more_than_so_many_a_minute_are_refused(address, most, signed_in):
    browser = signed_in(PersonFactory())
    with clock.moved_to(clock.now()):
        answers = [browser.get(address, {"q": "ab"}).status_code for _time in range(most + 1)]

    assert answers == [200] * most + [429]


def test_what_is_looked_for_is_written_nowhere(company, signed_in, django_assert_num_queries):
    with capture_logs() as logged:
        signed_in(company.reader).get("/search/", {"q": "mammouth laineux"})

    assert [line["view"] for line in logged if line["event"] == "request"] == ["search:results"]
    assert "mammouth" not in str(logged)


# One question per kind that is searched, and these: who asks, the rows of what is shown, and whom their texts name.
RESULT_QUERIES = {"all": 14, "post": 7}
SUGGESTION_QUERIES = 10


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("kind", ["all", "post"])
def test_results_cost_does_not_grow(kind, item_count, signed_in, django_assert_num_queries, index):
    reader, audience = PersonFactory(), AudienceFactory(open=True)
    for _item in range(item_count):
        PersonFactory(last_name="Soudure")
        CommunityFactory(name="Soudure")
        post = PostFactory(audience=audience, title="Soudure")
        CommentFactory(post=post, body="Soudure")
    index()
    browser = signed_in(reader)
    browser.get("/search/")

    with django_assert_num_queries(RESULT_QUERIES[kind] + len(SEARCHED)):
        page = browser.get("/search/", {"q": "soudure", "kind": "" if kind == "all" else kind}, headers=PIECE)

    assert len(page.context["found"].results) == (3 if kind == "all" else 1) * item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_suggestions_cost_does_not_grow(item_count, signed_in, django_assert_num_queries, index):
    reader, audience = PersonFactory(), AudienceFactory(open=True)
    for _item in range(item_count):
        PersonFactory(last_name="Soudure")
        CommunityFactory(name="Soudure")
        PostFactory(audience=audience, title="Soudure")
    index()
    browser = signed_in(reader)
    browser.get("/search/suggestions/")

    with django_assert_num_queries(SUGGESTION_QUERIES + len(SEARCHED)):
        page = browser.get(reverse("search:suggestions"), {"q": "soudure"}, headers=PIECE)

    assert page.context["count"] == min(3 * item_count, 8)
