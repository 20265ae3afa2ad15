"""Transactional tests empty every table when they end; the access log refuses that, so for that moment its triggers step aside."""

from importlib import import_module

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

TABLES = ("governance_accesslogsubject", "governance_accesslogentry")


@pytest.fixture(autouse=True, scope="session")
def _access_log_can_be_emptied_between_tests():
    original = BaseDatabaseOperations.execute_sql_flush
    triggers = import_module("rse.governance.migrations.0002_access_log_append_only").SQLITE

    def execute_sql_flush(self, sql_list):
        if self.connection.vendor == "sqlite":
            before, after = [f"DROP TRIGGER IF EXISTS {name}" for name in triggers], list(triggers.values())
        else:
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES]
        return original(self, [*before, *sql_list, *after])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
    yield
    BaseDatabaseOperations.execute_sql_flush = original
