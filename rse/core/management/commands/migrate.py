"""``manage.py migrate``: as it is in Django, without the limits of a page on how long one statement may take.

An empty database gets the tables of the libraries first. Each of their many steps makes Django build every model anew that leads to the
table of people, and ours, which nearly all do, are not there yet.
"""

import sysconfig
from contextlib import contextmanager

from django.apps import apps
from django.core.management.base import no_translations
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.migrations.executor import MigrationExecutor

PATIENT = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0"
AS_BEFORE = "RESET statement_timeout; RESET idle_in_transaction_session_timeout"


class Command(migrate.Command):
    @no_translations  # names of permissions are written as they stand in the source
    def handle(self, *args, database, **options):
        with patient(connections[database]):
            if not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]):
                self.verbosity = options["verbosity"]
                self._begin_with_libraries(connections[database])
            super().handle(*args, database=database, **options)

    def _begin_with_libraries(self, connection):
        """Make the tables of the installed packages where the database has none, without signals: no row has a former name yet."""
        executor = MigrationExecutor(connection, self.migration_progress_callback)  # type: ignore[arg-type]  # as Django does
        if executor.loader.applied_migrations:
            return
        installed = sysconfig.get_path("purelib")
        libraries = {app.label for app in apps.get_app_configs() if app.path.startswith(installed)}
        executor.migrate([target for target in executor.loader.graph.leaf_nodes() if target[0] in libraries])


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
