"""The database refuses to change an entry of the access log, and to let one go before its three years are over.

Nothing switches this off: what erases old entries needs no more right than anybody. The day of slack is for two clocks that differ.
A later migration that rebuilds one of these tables on SQLite loses the triggers and creates them again.
"""

# ruff: noqa: S608 - what is put together stands in this file
from django.db import migrations

KEPT_DAYS = 1094

SQLITE = {
    "access_log_entry_no_update": """
        CREATE TRIGGER access_log_entry_no_update BEFORE UPDATE ON governance_accesslogentry
        BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    "access_log_subject_no_update": """
        CREATE TRIGGER access_log_subject_no_update BEFORE UPDATE ON governance_accesslogsubject
        BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    "access_log_entry_no_delete": f"""
        CREATE TRIGGER access_log_entry_no_delete BEFORE DELETE ON governance_accesslogentry
        WHEN OLD.at > datetime('now', '-{KEPT_DAYS} days')
        BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    "access_log_subject_no_delete": f"""
        CREATE TRIGGER access_log_subject_no_delete BEFORE DELETE ON governance_accesslogsubject
        WHEN EXISTS (SELECT 1 FROM governance_accesslogentry e WHERE e.number = OLD.entry_id AND e.at > datetime('now', '-{KEPT_DAYS} days'))
        BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
}

FUNCTIONS = [
    """
    CREATE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""
    CREATE FUNCTION access_log_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.at > now() - interval '{KEPT_DAYS} days' THEN
            RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$""",
    f"""
    CREATE FUNCTION access_log_keep_subject() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM governance_accesslogentry e WHERE e.number = OLD.entry_id AND e.at > now() - interval '{KEPT_DAYS} days') THEN
            RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$""",
]
TRIGGERS = [
    ("governance_accesslogentry", "access_log_entry_no_update", "BEFORE UPDATE", "ROW", "access_log_refuse"),
    ("governance_accesslogentry", "access_log_entry_no_delete", "BEFORE DELETE", "ROW", "access_log_keep_entry"),
    ("governance_accesslogentry", "access_log_entry_no_truncate", "BEFORE TRUNCATE", "STATEMENT", "access_log_refuse"),
    ("governance_accesslogsubject", "access_log_subject_no_update", "BEFORE UPDATE", "ROW", "access_log_refuse"),
    ("governance_accesslogsubject", "access_log_subject_no_delete", "BEFORE DELETE", "ROW", "access_log_keep_subject"),
    ("governance_accesslogsubject", "access_log_subject_no_truncate", "BEFORE TRUNCATE", "STATEMENT", "access_log_refuse"),
]


def forward(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for sql in SQLITE.values():
                cursor.execute(sql)
        else:
            for sql in FUNCTIONS:
                cursor.execute(sql)
            for table, name, event, level, function in TRIGGERS:
                cursor.execute(f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}()")


def backward(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for table, name, _event, _level, _function in TRIGGERS:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
            for function in ("access_log_refuse", "access_log_keep_entry", "access_log_keep_subject"):
                cursor.execute(f"DROP FUNCTION {function}()")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_charter_reports_access_log_gates")]
    operations = [migrations.RunPython(forward, backward)]
