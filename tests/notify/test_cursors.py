import threading

import pytest
from django.db import connection, connections, transaction

from rse.core.models import RecordedEvent
from rse.notify import cursors


@pytest.mark.django_db
def test_cursor_is_the_last_event_and_nothing_is_passed_beyond_it(monkeypatch):
    monkeypatch.setattr(cursors, "_settled", {})  # other tests of this process undid what they had settled
    assert cursors.current() == (RecordedEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    last = RecordedEvent.objects.create(name="one").pk

    assert cursors.current() == last
    assert cursors.is_passed(last) is False
    assert cursors.is_passed(last - 1) is True


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_cursor_stops_before_an_event_whose_transaction_still_runs():
    RecordedEvent.objects.create(name="before")
    before = cursors.current()
    has_written, may_end, ids = threading.Event(), threading.Event(), []

    def slow():
        try:
            with transaction.atomic():
                ids.append(RecordedEvent.objects.create(name="slow").pk)
                has_written.set()
                may_end.wait(10)
        finally:
            connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    has_written.wait(10)
    try:
        later = RecordedEvent.objects.create(name="committed first").pk
        assert later > ids[0]
        assert cursors.current() == before
    finally:
        may_end.set()
        writer.join()

    assert cursors.current() == later
    assert cursors.is_passed(before) is True


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_event_that_was_undone_holds_nothing_up():
    with transaction.atomic():
        RecordedEvent.objects.create(name="undone")
        transaction.set_rollback(True)
    last = RecordedEvent.objects.create(name="after").pk

    assert cursors.current() == last


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_long_gap_below_what_was_settled_holds_nothing_up_while_others_write(monkeypatch):
    monkeypatch.setattr(cursors, "_settled", {})
    for _ in range(3):
        with transaction.atomic():
            RecordedEvent.objects.create(name="undone")
            transaction.set_rollback(True)
    settled = RecordedEvent.objects.create(name="seen").pk
    assert cursors.current() == settled
    has_written, may_end = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                RecordedEvent.objects.create(name="slow")
                has_written.set()
                may_end.wait(10)
        finally:
            connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    has_written.wait(10)
    try:
        assert cursors.current() == settled
    finally:
        may_end.set()
        writer.join()
