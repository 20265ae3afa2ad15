"""The cut of an access does not wait for a file of HR that is being written, and does not fail because of it."""

import threading
import time

import pytest
from django.db import OperationalError, connections, transaction

from rse.core.enums import PersonState, Role
from rse.core.models import Person
from rse.core.ops.locks import lock_before_long_work
from rse.core.people.services.people import deactivate_person
from rse.hris.models import ImportBatch
from rse.hris.services import background
from tests.factories import PersonFactory
from tests.hris.test_import_screens import HEADERS, compared, row
from tests.races import only_where_transactions_meet

pytestmark = [pytest.mark.django_db(transaction=True), only_where_transactions_meet]


@pytest.fixture
def pausing(settings, tmp_path, monkeypatch):
    """An import that has written everything and does not commit until it is told to; gives the two events."""
    settings.DATA_DIR = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    written, goes_on, write = threading.Event(), threading.Event(), background.write_file

    def write_and_wait(*values, **named):
        outcome = write(*values, **named)
        written.set()
        goes_on.wait(30)
        return outcome

    monkeypatch.setattr(background, "write_file", write_and_wait)
    yield written, goes_on
    goes_on.set()


def in_a_thread(act):
    def run():
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_cut_wins_over_a_long_import_which_says_so_and_can_begin_again(signed_in, pausing):
    written, goes_on = pausing
    administrator = PersonFactory(role=Role.ADMINISTRATOR)
    subject = PersonFactory(employee_number="E1", first_name="Lea", state=PersonState.ACTIVE)
    browser = signed_in(PersonFactory(role=Role.HR))
    _address, batch = compared(browser, HEADERS + row("E1"))
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.RUNNING, allows_departures=True, **background.queued())
    importing = in_a_thread(lambda: background.apply.call(batch_id=batch.pk))
    assert written.wait(20)

    began = time.monotonic()
    deactivate_person(actor=administrator, subject=subject)
    assert time.monotonic() - began <= 6
    goes_on.set()
    importing.join(20)

    subject.refresh_from_db()
    batch.refresh_from_db()
    assert (subject.state, subject.is_cut, subject.first_name) == (PersonState.LEFT, True, "Lea")
    assert (batch.state, batch.refusal, batch.applied_at) == (ImportBatch.State.PREVIEWED, "interrupted", None)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.RUNNING, **background.queued())
    background.apply.call(batch_id=batch.pk)
    batch.refresh_from_db()
    subject.refresh_from_db()
    assert (batch.state, subject.state, subject.is_cut) == (ImportBatch.State.APPLIED, PersonState.LEFT, True)


def test_what_else_keeps_a_row_is_not_ended_for_a_cut():
    """Only long work gives way: another act of somebody is waited for, as ever."""
    subject = PersonFactory()
    held, goes_on = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Person.objects.filter(pk=subject.pk).update(about="kept")
            held.set()
            goes_on.wait(20)

    holding = in_a_thread(hold)
    assert held.wait(10)
    with pytest.raises(OperationalError), transaction.atomic():
        lock_before_long_work(Person.objects.filter(pk=subject.pk))
    goes_on.set()
    holding.join()
    assert Person.objects.get(pk=subject.pk).about == "kept"
