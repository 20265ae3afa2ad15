"""French and English, on both databases: the same words are found, and where a language is known its endings do not matter."""

import pytest
from django.db import connection, transaction

from rse.core.access import kinds
from search import services
from search.analysis import parse
from search.engines import ENGINES, engine
from search.models import SearchDocument
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory

from .finding import found

pytestmark = pytest.mark.django_db
stemmed = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite finds words by how they begin, and stems none")


@pytest.fixture
def reader():
    return PersonFactory(first_name="Q", last_name="Q", title="Q")


@pytest.fixture
def says(index):
    """A post that says so, in a language."""

    def say(body, language="fr", **values):
        post = PostFactory(audience=AudienceFactory(open=True), title="T", body=body, language=language, **values)
        index()
        return post

    return say


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("soudure", "Une soudure"),
        ("SOUDURE", "une soudure"),
        ("probleme", "Le problème"),
        ("problème", "Le probleme"),
        ("coeur", "Le cœur"),
        ("cœur", "Le coeur"),
        ("eau", "de l’eau"),
        ("l'eau", "une eau"),
        ("d’atelier", "l'atelier"),
        ("soud", "Une soudure"),
        ("sou", "Une soudure"),
        ("soudures", "Une soudure"),
        ("soudure", "Des soudures"),
        ("saint nazaire", "À Saint-Nazaire"),
        ("saint-nazaire", "À Saint Nazaire"),
        ("tig soudure", "La soudure TIG"),
        ("probleme de soudure", "Un problème sur la soudure"),
        ("ISO 9001", "La norme ISO 9001"),
        ("1e9", "soit 1e9 fois"),
        ("straße", "die Strasse"),
        ("عرب", "عربى"),
    ],
)
def test_the_same_words_are_found_on_every_database(typed, body, reader, says):
    post = says(body)

    assert found(reader, typed, kind="post") == [("post", post.pk)]


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("soudure inox", "Une soudure"),
        ("oudure", "Une soudure"),
        ("soudure", "Le tig"),
        ("sou dure", "Une soudure"),
        ("post", "Une soudure"),
        ("kind", "Une soudure"),
        ("rse", "La responsabilité"),
        ("RSE", "La mer se retire"),
    ],
)
def test_other_words_are_not(typed, body, reader, says):
    says(body)

    assert found(reader, typed, kind="post") == []


@stemmed
@pytest.mark.parametrize(
    ("typed", "body", "language"),
    [
        ("souder", "Elle soudait", "fr"),
        ("formations", "se former, la formation", "fr"),
        ("welding", "We welded it", "en"),
        ("meetings", "we meet, a meeting", "en"),
        ("chevaux", "un cheval", "fr"),
    ],
)
def test_endings_do_not_matter_where_the_language_is_known(typed, body, language, reader, says):
    post = says(body, language)

    assert found(reader, typed, kind="post") == [("post", post.pk)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_language_finds_the_other(language, reader, says):
    french, english = says("La soudure", "fr"), says("The welding", "en")
    type(reader).objects.filter(pk=reader.pk).update(language=language)

    assert found(reader, "soudure", kind="post") == [("post", french.pk)]
    assert found(reader, "welding", kind="post") == [("post", english.pk)]


def test_titles_alone_are_asked_where_only_titles_are(reader, says):
    post = PostFactory(audience=AudienceFactory(open=True), title="Chalumeau", body="soudure")
    services.rebuild()
    allowed = kinds.readable(kinds.get("post"), reader)

    assert [hit.object_id for hit in engine().find("post", parse("chalum"), allowed, most=5, in_title=True)] == [post.pk]
    assert engine().find("post", parse("soudure"), allowed, most=5, in_title=True) == []
    assert engine().find("comment", parse("chalumeau"), allowed, most=5) == []


def test_the_newest_are_found_within_the_bound(reader):
    posts = PostFactory.create_batch(5, audience=AudienceFactory(open=True), body="soudure")
    services.rebuild()
    allowed = kinds.readable(kinds.get("post"), reader)

    assert [hit.object_id for hit in engine().find("post", parse("soudure"), allowed, most=2)] == [posts[4].pk, posts[3].pk]
    assert engine().find("post", parse("soudure"), allowed.none(), most=2) == []


def test_what_is_kept_is_replaced_and_forgotten():
    keeper = engine()
    one = services.indexed(kinds.Document(title="Un", body="deux", language="de"))
    with transaction.atomic():
        keeper.index("post", {1: one, 2: one})
        keeper.index("post", {1: services.indexed(kinds.Document(title="Trois"))})
        assert keeper.seals("post", [1, 2, 3]).keys() == {1, 2}
        assert (keeper.known("post", after=0, most=1), keeper.known("post", after=1, most=9)) == ([1], [2])
        keeper.forget("post", [2])

    kept = SearchDocument.objects.get()
    assert (kept.title, kept.body, kept.language, kept.moment) == ("trois", "", "fr", None)
    assert keeper.kinds() == {"post"}


def test_each_database_has_its_engine():
    assert sorted(ENGINES) == ["postgresql", "sqlite"]
    assert type(engine()) is ENGINES[connection.vendor]


@stemmed
def test_the_configurations_are_ours_and_read_words_without_accents():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsvector('search_french', 'soudures') @@ to_tsquery('search_french', 'soudure')")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT count(*) FROM pg_ts_config WHERE cfgname IN ('search_french', 'search_english')")
        assert cursor.fetchone() == (2,)
        cursor.execute("EXPLAIN SELECT 1 FROM search_searchdocument WHERE vector @@ to_tsquery('simple', 'soudure')")
        assert cursor.fetchone()
