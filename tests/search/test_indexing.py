"""The index follows what happens, comes back to what is right, and says how much it did."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from communities.services import communities as services_of_communities
from rse.core import clock
from rse.core.access import kinds
from rse.core.events import schedule, subscriptions
from rse.core.models import Holding, Person
from rse.core.people.services.people import deactivate, turn_the_day
from rse.feed import services as feed
from search import services
from search.documents import documents_of
from search.models import SearchDocument
from tests.factories import AudienceFactory, PersonFactory, PositionFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

from .finding import found

pytestmark = pytest.mark.django_db


def kept():
    return set(SearchDocument.objects.values_list("kind", "object_id"))


def posted(**values):
    audience = AudienceFactory(open=True)
    author = joined(audience, PersonFactory())
    return feed.publish_post(author=author, audience=audience, body="La buse était trop loin", **values)


def test_posts_and_comments_are_followed_from_the_first_word_to_the_last():
    post = posted()
    comment = feed.publish_comment(author=post.author, post=post, body="Le gaz partait")
    reader = PersonFactory()
    assert found(reader, "buse", kind="post") == [("post", post.pk)]
    assert found(reader, "gaz", kind="comment") == [("comment", comment.pk)]

    feed.edit_post(editor=post.author, post=post, version=post.text_version, body="Le chalumeau")
    feed.edit_comment(editor=post.author, comment=comment, version=comment.version, body="Le débit")
    assert (found(reader, "buse", kind="post"), found(reader, "gaz", kind="comment")) == ([], [])
    assert found(reader, "chalumeau", kind="post") == [("post", post.pk)]
    assert found(reader, "debit", kind="comment") == [("comment", comment.pk)]

    feed.delete_comment(actor=post.author, comment=comment)
    assert kept() == {("post", post.pk)}
    feed.delete_post(actor=post.author, post=post)
    assert kept() == set()


def test_what_hangs_on_a_post_goes_and_comes_back_with_it():
    post, host = posted(), PersonFactory()
    joined(post.audience, host, "host")
    comment = feed.publish_comment(author=post.author, post=post, body="Le gaz partait")

    feed.hide_post(actor=host, post=post, article="insult", reason="Probe")
    assert kept() == set()
    feed.show_post(actor=host, post=post)
    assert kept() == {("post", post.pk), ("comment", comment.pk)}


def test_communities_are_followed():
    owner = PersonFactory()
    community = CommunityFactory(name="Soudure", owners=[owner])
    services.rebuild()

    services_of_communities.delete_community(actor=owner, community=community)
    assert ("community", community.pk) not in kept()
    services_of_communities.restore_community(actor=owner, community=community)
    assert ("community", community.pk) in kept()


def test_people_are_followed_when_they_leave_arrive_and_move():
    reader, leaving = PersonFactory(), PersonFactory(last_name="Partant")
    expected = PersonFactory(last_name="Arrivant", expected=True, hired_on=clock.today() + datetime.timedelta(days=1))
    position = PositionFactory(title="Fondeur")
    services.rebuild()
    assert found(reader, "partant", kind="person") == [("person", leaving.pk)]

    deactivate(person_ids=[leaving.pk])
    assert not SearchDocument.objects.filter(kind="person", object_id=leaving.pk).exists()
    with clock.moved_to(clock.now() + datetime.timedelta(days=2)):
        turn_the_day()
        assert found(reader, "arrivant", kind="person") == [("person", expected.pk)]
        Holding.objects.create(person=reader, position=position, starts_on=clock.today())
        turn_the_day()
    assert found(expected, "fondeur", kind="person") == [("person", reader.pk)]


def test_indexing_again_changes_nothing():
    post = posted()
    before = SearchDocument.objects.get(kind="post")

    assert services.index_rows(kind="post", ids=[post.pk]) == {"added": 0, "changed": 0, "removed": 0}
    assert services.index_references(references=[("post", post.pk), ("post", 0)]).total() == 0
    assert SearchDocument.objects.get(kind="post").pk == before.pk


def test_unknown_kinds_and_rows_that_are_gone_leave_nothing():
    SearchDocument.objects.create(kind="mammoth", object_id=7, language="fr", seal="x")
    SearchDocument.objects.create(kind="post", object_id=7, language="fr", seal="x")

    services.index_references(references=[("mammoth", 7), ("post", 7), ("post", 8)])

    assert kept() == set()


def test_the_night_puts_right_what_differs():
    posts = PostFactory.create_batch(3, audience=AudienceFactory(open=True))
    CommentFactory(post=posts[0])
    services.rebuild()
    everything = kept()
    first = SearchDocument.objects.get(kind="post", object_id=posts[0].pk)
    SearchDocument.objects.filter(pk=first.pk).update(body="other words", seal="other")
    SearchDocument.objects.filter(kind="post", object_id=posts[1].pk).delete()
    type(posts[2]).objects.filter(pk=posts[2].pk).delete()
    SearchDocument.objects.create(kind="mammoth", object_id=7, language="fr", seal="x")

    counts = services.reconcile()

    assert counts == {"added": 1, "changed": 1, "removed": 2}
    assert kept() == everything - {("post", posts[2].pk)}
    assert SearchDocument.objects.get(pk=first.pk).body == first.body
    assert services.reconcile().total() == 0


def test_the_night_runs_by_itself():
    assert schedule.JOBS["put the search index right"].run is services.reconcile


def test_reconciling_goes_beyond_one_batch(monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    PostFactory.create_batch(5, audience=AudienceFactory(open=True))
    moves = []

    services.rebuild(move=lambda done, total: moves.append((done, total)))

    assert SearchDocument.objects.filter(kind="post").count() == 5
    assert moves[-1] == (moves[-1][1], moves[-1][1])
    assert [done for done, _total in moves] == sorted(done for done, _total in moves)


def test_the_command_says_what_it_did(capsys, settings):
    settings.LANGUAGE_CODE = "en"
    post = posted()
    people = Person.objects.count()

    call_command("rebuild_search")
    assert capsys.readouterr().out == f"Added: {people + 1}. Changed: 0. Removed: 0.\n"
    SearchDocument.objects.filter(object_id=post.pk, kind="post").delete()
    call_command("rebuild_search", repair=True)
    assert capsys.readouterr().out == "Added: 1. Changed: 0. Removed: 0.\n"


def test_a_bulk_change_is_one_event_and_the_whole_kind_follows():
    reader, other = PersonFactory(), PersonFactory(title="Peintre")
    services.rebuild()
    Person.objects.filter(pk=other.pk).update(title="Fondeuse")

    services.index_references(references=[("person", 0)])

    assert found(reader, "fondeuse", kind="person") == [("person", other.pk)]
    assert found(reader, "peintre", kind="person") == []


def test_every_kind_that_is_searched_orders_and_says_its_language():
    post = posted()
    document = SearchDocument.objects.get(kind="post")

    assert document.moment == int(post.published_at.timestamp())
    assert document.language == post.language
    assert documents_of(kinds.get("post"), [post])[post.pk].byline == post.author.name


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps the vector in the row itself")
def test_the_words_of_sqlite_follow_the_table():
    posted()
    PostFactory.create_batch(3, audience=AudienceFactory(open=True))
    services.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)")
        cursor.execute("SELECT count(*) FROM search_words WHERE search_words MATCH '\"buse\"'")
        assert cursor.fetchone() == (1,)
    SearchDocument.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_words WHERE search_words MATCH '\"buse\"'")
        assert cursor.fetchone() == (0,)


def test_deliveries_of_other_facets_do_not_come_here():
    subscription = subscriptions.SUBSCRIPTIONS["search.follow"]

    assert subscription.wants("any.event", {"document": ["post", 1]})
    assert not subscription.wants("any.event", {"subject": ["post", 1]})
