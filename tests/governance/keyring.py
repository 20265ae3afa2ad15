"""What somebody with the keys of the database does to the access log, and how entries come into it."""

from importlib import import_module

from django.db import connection

from rse.governance.services.access_log import log_access

TRIGGERS = ("access_log_entry_no_update", "access_log_subject_no_update", "access_log_entry_no_delete", "access_log_subject_no_delete")


def opens(reader, *about, row=1, kind="plan", **options):
    log_access(reader=reader, opened={(kind, row): [person.pk for person in about]}, purpose="succession", **options)


def without_triggers():
    """What somebody with the keys of the database does."""
    settle_constraints()
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            table = "governance_accesslogentry" if "entry" in name else "governance_accesslogsubject"
            cursor.execute(f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def settle_constraints():
    """PostgreSQL alters no table while checks of this transaction wait."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def with_triggers():
    settle_constraints()
    migration = import_module("rse.governance.migrations.0002_access_log_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for sql in migration.SQLITE.values():
                cursor.execute(sql)
        else:
            for table in ("governance_accesslogentry", "governance_accesslogsubject"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
