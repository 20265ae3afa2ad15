"""The index is made anew while people search: nobody loses a hit, and nothing that was narrowed meanwhile appears."""

import threading
import time

import pytest
from django.db import connections

from rse.core.models import AudienceMember
from search import services
from search.models import SearchDocument
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory, joined

from .finding import found

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_searches_during_a_rebuild_loses_nothing_and_gains_nothing(monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    reader, open_one, closed = PersonFactory(), AudienceFactory(open=True), AudienceFactory()
    posts = PostFactory.create_batch(12, audience=open_one, body="Le gabarit de soudure")
    joined(closed, reader)
    narrowed = PostFactory(audience=closed, body="Le gabarit secret")
    services.rebuild()
    assert len(found(reader, "gabarit", kind="post")) == 13
    AudienceMember.objects.filter(audience=closed).delete()  # narrowed: its document is still there
    wanted, seen, raised, over = {("post", post.pk) for post in posts}, [], [], threading.Event()

    def search():
        try:
            while not over.is_set():
                seen.append(set(found(reader, "gabarit", kind="post")))
                time.sleep(0.02)
        except Exception as error:  # noqa: BLE001 - told to the test
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=search)
    thread.start()
    rounds = 0
    while len(seen) < 15 and not raised:
        services.rebuild()
        rounds += 1
    over.set()
    thread.join()

    assert raised == []
    assert rounds >= 1
    assert [one for one in seen if one != wanted] == []
    assert ("post", narrowed.pk) not in set().union(*seen)


def test_a_rebuild_writes_each_document_anew_and_forgets_what_is_stale():
    post = PostFactory(audience=AudienceFactory(open=True), body="gabarit")
    services.rebuild()
    kept = SearchDocument.objects.get(kind="post", object_id=post.pk)
    SearchDocument.objects.filter(pk=kept.pk).update(body="other words")  # under the right seal: nothing but a rebuild sees it
    SearchDocument.objects.create(kind="post", object_id=post.pk + 100, language="fr", seal="x")

    services.rebuild()

    assert SearchDocument.objects.get(kind="post").body == kept.body
