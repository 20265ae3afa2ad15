import datetime
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.core.ops import retention
from rse.governance.decorators import UnloggedOpening, seen_only_if_logged
from rse.governance.models import AccessLogEntry, AccessLogHead, AccessLogSubject
from rse.governance.services.access_log import AccessLogUnavailable, log_access, verify_chain
from tests.databases import copy_database
from tests.factories import PersonFactory
from tests.governance.keyring import opens, run, settle_constraints, with_triggers, without_triggers

pytestmark = pytest.mark.django_db


def test_entry_says_who_when_what_about_whom_and_why():
    reader, subject = PersonFactory(), PersonFactory()
    instant = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)

    with clock.moved_to(instant):
        log_access(
            reader=reader,
            opened={("plan", 7): {subject.pk, subject.pk}},
            purpose="committee",
            function=Role.HR_SUCCESSION,
            is_withheld=True,
        )

    entry = AccessLogEntry.objects.get()
    assert (entry.number, entry.reader, entry.at, entry.kind, entry.row_id) == (1, reader, instant, "plan", 7)
    assert (entry.purpose, entry.function, entry.is_withheld) == ("committee", "hr_succession", True)
    assert list(AccessLogSubject.objects.values_list("entry", "person")) == [(1, subject.pk)]


def test_one_call_logs_every_row_it_opens():
    reader, first, second = PersonFactory.create_batch(3)

    log_access(reader=reader, opened={("plan", 1): [first.pk], ("plan", 2): [second.pk, first.pk], ("plan", 3): []}, purpose="succession")

    assert AccessLogSubject.objects.count() == 3
    assert verify_chain().entries == 3


@pytest.mark.parametrize("wrong", [{"purpose": "curiosity"}, {"purpose": "succession", "function": "king"}])
def test_purpose_and_function_come_from_their_lists(wrong):
    with pytest.raises(ValueError, match="is not a valid"):
        log_access(reader=PersonFactory(), opened={("plan", 1): []}, **wrong)

    assert not AccessLogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_log_refuses_a_transaction_that_could_take_it_back():
    reader = PersonFactory()

    with pytest.raises(RuntimeError), transaction.atomic():
        opens(reader)

    assert not AccessLogEntry.objects.exists()


def test_r36_chain_as_written_is_whole(chain):
    verification = verify_chain()

    assert (verification.entries, verification.first_broken) == (5, None)
    assert verification.head == AccessLogHead.objects.get().hash


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE governance_accesslogentry SET purpose = 'profile' WHERE number = 3", 3),
        ("UPDATE governance_accesslogentry SET reader_id = (SELECT MAX(id) FROM core_person) WHERE number = 2", 2),
        ("UPDATE governance_accesslogentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = 4", 4),
        ("UPDATE governance_accesslogentry SET hash = prev_hash WHERE number = 1", 1),
        ("DELETE FROM governance_accesslogsubject WHERE entry_id = 5", 5),
        (
            """
            UPDATE governance_accesslogsubject SET person_id = (SELECT MIN(id) FROM core_person)
            WHERE entry_id = 1 AND person_id = (SELECT MIN(person_id) FROM governance_accesslogsubject)
            """,
            1,
        ),
    ],
)
def test_r36_altered_row_fails_the_verification(chain, sql, broken):
    dpo = PersonFactory(role=Role.DPO)
    without_triggers()
    run(sql)

    verification = verify_chain()

    assert verification.first_broken == broken
    told = RecordedEvent.objects.get(name="governance.access_log_broken")
    assert told.facets["recipient_ids"] == [dpo.pk]


@pytest.mark.parametrize(("number", "broken"), [(1, 1), (3, 3), (5, 5)])
def test_r36_row_taken_out_fails_the_verification(chain, number, broken):
    without_triggers()
    run("DELETE FROM governance_accesslogsubject WHERE entry_id = %s", number)
    run("DELETE FROM governance_accesslogentry WHERE number = %s", number)

    assert verify_chain().first_broken == broken


def test_r36_rewritten_row_with_a_right_hash_fails_at_the_next(chain):
    without_triggers()
    entry = AccessLogEntry.objects.get(number=2)
    entry.purpose = "profile"
    about = AccessLogSubject.objects.filter(entry=2).values_list("person", flat=True)
    run("UPDATE governance_accesslogentry SET purpose = 'profile', hash = %s WHERE number = 2", entry.computed_hash(about))

    assert verify_chain().first_broken == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE governance_accesslogentry SET purpose = 'profile'",
        "UPDATE governance_accesslogsubject SET person_id = person_id",
        "DELETE FROM governance_accesslogsubject",
        "DELETE FROM governance_accesslogentry",
    ],
)
def test_r36_database_refuses_to_change_or_delete(chain, sql):
    with pytest.raises((IntegrityError, OperationalError), match="append-only"), transaction.atomic():
        run(sql)

    assert verify_chain().first_broken is None


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="holds only on PostgreSQL")
def test_r36_database_refuses_to_truncate(chain):
    settle_constraints()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run("TRUNCATE governance_accesslogentry CASCADE")

    assert AccessLogEntry.objects.count() == 5


def years_ago(days):
    return clock.now().replace(year=clock.now().year - 3) - datetime.timedelta(days=days)


def test_openings_older_than_36_months_go_and_the_chain_goes_on(chain):
    AccessLogHead.objects.all().delete()
    without_triggers()
    run("DELETE FROM governance_accesslogsubject")
    run("DELETE FROM governance_accesslogentry")
    with_triggers()
    for days in (200, 2, -2, -400):
        with clock.moved_to(years_ago(days)):
            opens(chain[0], chain[1])

    assert retention.forget("governance.AccessLogEntry") == 2
    assert list(AccessLogEntry.objects.order_by("number").values_list("number", flat=True)) == [3, 4]
    assert (verify_chain().entries, verify_chain().first_broken) == (2, None)
    assert retention.forget("governance.AccessLogEntry") == 0
    opens(chain[0], chain[1])
    assert verify_chain().first_broken is None


@pytest.fixture
def sensitive():
    """A page that holds a secret: ``sensitive(person)`` opens it."""
    canary = "canary-3141"

    @seen_only_if_logged
    def page(request):
        opens(request.user)
        return HttpResponse(canary)

    def visit(person):
        request = RequestFactory().get("/plan/1/")
        request.user = person
        return page(request)

    visit.canary = canary
    return visit


def test_page_is_shown_once_its_opening_is_written(sensitive):
    response = sensitive(PersonFactory())

    assert response.content.decode() == sensitive.canary
    assert AccessLogEntry.objects.count() == 1


def test_f35_log_that_cannot_be_written_gives_503_and_no_content(sensitive):
    person = PersonFactory()
    run("ALTER TABLE governance_accesslogsubject RENAME TO elsewhere")
    run("ALTER TABLE governance_accesslogentry RENAME TO elsewhere_too")

    response = sensitive(person)

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert sensitive.canary not in response.content.decode()


def test_f35_rest_of_the_product_works_meanwhile(signed_in):
    browser = signed_in(PersonFactory())
    run("ALTER TABLE governance_accesslogentry RENAME TO elsewhere")

    assert browser.get("/people/").status_code == 200


def test_unavailable_is_raised_to_whoever_calls_the_service():
    person = PersonFactory()
    run("ALTER TABLE governance_accessloghead RENAME TO elsewhere")

    with pytest.raises(AccessLogUnavailable):
        opens(person)


def test_page_that_forgets_to_log_shows_nothing():
    @seen_only_if_logged
    def page(request):
        return HttpResponse("canary")

    with pytest.raises(UnloggedOpening):
        page(RequestFactory().get("/"))


def test_empty_list_says_that_it_opens_nothing():
    @seen_only_if_logged
    def page(request):
        log_access(reader=request.user, opened={}, purpose="succession")
        return HttpResponse("no plan")

    request = RequestFactory().get("/")
    request.user = PersonFactory()

    assert page(request).status_code == 200
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("status", [302, 403, 404])
def test_answer_without_content_needs_no_entry(status):
    assert seen_only_if_logged(lambda request: HttpResponse(status=status))(RequestFactory().get("/")).status_code == status


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="holds only on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_writers_in_threads_keep_one_chain():
    readers = PersonFactory.create_batch(8)

    def write(reader):
        try:
            for row in range(10):
                opens(reader, reader, row=row + 1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, readers))

    assert list(AccessLogEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 81))
    assert (verify_chain().entries, verify_chain().first_broken) == (80, None)


SCRIPT = """
import json, threading
import django
django.setup()
from django.db import connections
from rse.core.models import Person
from rse.governance.models import AccessLogEntry
from rse.governance.services.access_log import log_access, verify_chain
people = [Person.objects.create(handle=f"p{n}", email=f"p{n}@x.example") for n in range(8)]
def write(person):
    for row in range(10):
        log_access(reader=person, opened={("plan", row): [person.pk]}, purpose="succession")
    connections.close_all()
threads = [threading.Thread(target=write, args=[person]) for person in people]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
found = verify_chain()
print(json.dumps([found.entries, found.first_broken, list(AccessLogEntry.objects.order_by("number").values_list("number", flat=True))]))
"""


@pytest.mark.slow
@pytest.mark.sqlite
def test_writers_in_threads_keep_one_chain_on_a_file(tmp_path):
    import os
    import subprocess
    import sys

    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/log.sqlite3",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ENV_FILE": os.devnull,
    }
    copy_database(connection.settings_dict["NAME"], tmp_path / "log.sqlite3")
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.strip().splitlines()[-1]) == [80, None, list(range(1, 81))]
