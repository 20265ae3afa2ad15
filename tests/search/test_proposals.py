"""What is found though it was typed otherwise, and what is proposed where nothing is found."""

import html

import pytest

from search import queries
from search.analysis import parse
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(index):
    """Somebody who finds a post by the words soudure and porosité, and a colleague of the name Benali."""
    reader = PersonFactory(first_name="Inès")
    audience = AudienceFactory(open=True)
    author = joined(audience, PersonFactory(first_name="Malik", last_name="Benali"))
    PostFactory(audience=audience, author=author, title="Problèmes de porosité", body="La <b>soudure</b> tient mal & fuit.")
    index()
    return reader


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        ("soudure de mammouth", ["soudure"]),
        ("soudrue", ["soudure"]),
        ("porosté", ["porosite"]),
        ("soudrue porositte", ["soudure porosite", "soudure", "porosite"]),
        ("Bnali", ["benali"]),
        ("mammouth", []),
        ("sou dx", ["sou"]),
        ("soudure tient", []),
    ],
)
def test_what_is_proposed_where_nothing_is_found_finds_something(reader, signed_in, asked, instead):
    browser = signed_in(reader)

    page = browser.get("/search/", {"q": asked, "kind": "post"})

    assert [one["text"] for one in page.context["instead"]] == instead
    for one in page.context["instead"]:
        again = browser.get(one["url"])
        assert again.context["found"].total
        assert one["text"] in page.text


def test_word_is_put_right_out_of_what_this_person_reads_alone(index, signed_in):
    """What others read is proposed to nobody else, and changes nothing in what is."""
    reader, member = PersonFactory(), PersonFactory()
    closed = AudienceFactory()
    post = PostFactory(audience=closed, author=joined(closed, member), title="Plan mammouth", body="Rien")
    index()

    def proposed(person):
        return [one["text"] for one in signed_in(person).get("/search/?q=mamouth").context["instead"]]

    assert (proposed(member), proposed(reader)) == (["mammouth"], [])
    post.delete()
    assert proposed(member) == []


@pytest.mark.parametrize(
    ("name", "typed"), [("Ndiaye", "n'diaye"), ("Ndiaye", "N’Diaye"), ("Annelaure", "anne-laure"), ("N'Diaye", "ndiaye")]
)
def test_name_is_found_however_it_is_cut(index, signed_in, name, typed):
    person = PersonFactory(last_name=name)
    PersonFactory(last_name="Diane")
    index()
    browser = signed_in(PersonFactory())

    assert [one.thing for one in browser.get("/search/", {"q": typed}).context["found"].people] == [person]
    assert person.name in html.unescape(browser.get("/search/suggestions/", {"q": typed}).text).replace("<mark>", "").replace("</mark>", "")


def test_words_of_a_search_that_finds_nothing_are_compared_with_few(index, monkeypatch, django_assert_max_num_queries):
    """However much was written, no more than enough is read, and each word is tried so many times."""
    monkeypatch.setattr(queries, "WORDS_COMPARED", 50)
    person = PersonFactory()
    audience = AudienceFactory(members=[person])
    for number in range(5):
        PostFactory(audience=audience, author=person, body=" ".join(f"mot{number}x{place}" for place in range(1_000)))
    index()

    with django_assert_max_num_queries(160):
        assert queries.instead(person, parse("zzzzzzzz yyyyyyyy xxxxxxxx wwwwwwww vvvvvvvv")) == []
    assert len(queries._words_read_by(person)) < 5 * 1_000
