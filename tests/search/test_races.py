"""Two workers that index the same row at once keep it once, as it was last."""

import threading

import pytest
from django.db import connection

from search import services
from search.models import SearchDocument
from tests.factories import AudienceFactory
from tests.factories.feed import PostFactory

pytestmark = pytest.mark.django_db(transaction=True)


def side_by_side(*acts):
    """Run each act in a thread of its own; what they raised."""
    raised = []

    def run(act):
        try:
            act()
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_a_row_is_kept_once():
    post = PostFactory(audience=AudienceFactory(open=True), body="soudure")

    assert side_by_side(*[lambda: services.index_rows(kind="post", ids=[post.pk])] * 6) == []

    assert SearchDocument.objects.filter(kind="post", object_id=post.pk).count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer: nobody edits while another indexes")
def test_who_read_the_row_before_it_changed_does_not_have_the_last_word(monkeypatch):
    post = PostFactory(audience=AudienceFactory(open=True), body="avant")
    has_read, may_write, first = threading.Event(), threading.Event(), threading.local()
    documents_of = services.documents_of

    def slow(kind, rows):
        documents = documents_of(kind, rows)
        if getattr(first, "is_me", False):
            has_read.set()
            may_write.wait(10)
        return documents

    monkeypatch.setattr(services, "documents_of", slow)

    def index_before():
        first.is_me = True
        services.index_rows(kind="post", ids=[post.pk])

    def index_after():
        has_read.wait(10)
        type(post).objects.filter(pk=post.pk).update(body="apres")
        threading.Timer(0.5, may_write.set).start()  # the other one goes on once this one waits for it
        services.index_rows(kind="post", ids=[post.pk])

    assert side_by_side(index_before, index_after) == []

    assert SearchDocument.objects.get(kind="post").body == "apres"
