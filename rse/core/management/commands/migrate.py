"""``manage.py migrate``: as it is in Django, without the limits of a page on how long one statement may take."""

from contextlib import contextmanager

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.signals import connection_created

PATIENT = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0"
AS_BEFORE = "RESET statement_timeout; RESET idle_in_transaction_session_timeout"


class Command(migrate.Command):
    def handle(self, *args, database, **options):
        with patient(connections[database]):
            super().handle(*args, database=database, **options)


@contextmanager
def patient(connection):
    """Lift the time limit on statements of PostgreSQL within the block; the one on waiting for a lock stays that of a page."""
    if connection.vendor != "postgresql":
        yield
        return

    def lift(sender, connection, **signal):
        with connection.cursor() as cursor:
            cursor.execute(PATIENT)

    connection_created.connect(lift)
    try:
        lift(None, connection)
        yield
    finally:
        connection_created.disconnect(lift)
        if connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute(AS_BEFORE)
        else:  # what is patient is not kept for pages
            connection.close()
            connection.close_pool()
