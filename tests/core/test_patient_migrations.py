"""Migrations take the time that they need; what serves pages does not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_migrate

from tests.races import only_where_transactions_meet

pytestmark = pytest.mark.django_db(transaction=True)


def limit(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


@only_where_transactions_meet
def test_statements_of_migrate_have_no_limit_and_those_of_pages_have_it_back():
    seen = []

    def note(**signal):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        seen.append((limit("statement_timeout"), limit("lock_timeout")))
        connection.close()  # as a migration may: the next connection is as patient

    pre_migrate.connect(note)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        pre_migrate.disconnect(note)

    assert set(seen) == {("0", "2s")}
    assert len(seen) > 1
    assert (limit("statement_timeout"), limit("lock_timeout")) == ("10s", "2s")
    connection.close()
    assert limit("statement_timeout") == "10s"
