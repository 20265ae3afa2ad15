"""The operation that takes the tables of models out of one app into another. Frozen: migrations import this and nothing that lives."""

from functools import partial

from django.db import migrations


def moved_models(old, new, *names, events=None, tasks=None):
    """Return the operation that names the tables of the models ``names`` by the app ``new``, and all that rows of others say of them.

    ``old`` and ``new`` are labels. ``events`` and ``tasks`` give the new name of each event that is recorded and of each task that is
    queued, by its former name. Whoever uses this depends on the content types and, with ``tasks``, on the queue; the states of both apps
    change beside it.
    """
    said = {"labels": {f"{old}.{name}": f"{new}.{name}" for name in names}, "events": events or {}, "tasks": tasks or {}}
    undone = {what: {after: before for before, after in pairs.items()} for what, pairs in said.items()}
    models = [name.lower() for name in names]
    return migrations.RunPython(
        partial(_move, old=old, new=new, models=models, **said), partial(_move, old=new, new=old, models=models, **undone)
    )


def _move(apps, schema_editor, *, old, new, models, labels, events, tasks):
    tables = {f"{old}_{name}": f"{new}_{name}" for name in models}
    for before, after in tables.items():
        schema_editor.execute(f"ALTER TABLE {schema_editor.quote_name(before)} RENAME TO {schema_editor.quote_name(after)}")
    for before, after in tables.items():
        _rename_parts(schema_editor, before, after, {renamed: former for former, renamed in tables.items()})

    def rows(app, model):
        return apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)

    rows("contenttypes", "ContentType").filter(app_label=old, model__in=models).update(app_label=new)
    for before, after in events.items():
        rows("core", "RecordedEvent").filter(name=before).update(name=after)
    for before, after in tasks.items():
        rows("django_tasks_database", "DBTaskResult").filter(task_path=before).update(task_path=after)
    for before, after in labels.items():
        runs = rows("core", "RetentionRun").filter(period__startswith=f"{before} ")
        for key, period in runs.order_by("pk").values_list("pk", "period"):
            runs.filter(pk=key).update(period=after + period.removeprefix(before))


def _rename_parts(schema_editor, before, after, former):
    """Give the indexes, the constraints and the sequence of the table ``after``, once ``before``, the names that Django gives those of a
    new one.
    """
    connection = schema_editor.connection
    name_for = schema_editor._create_index_name  # noqa: SLF001 - no other function says what Django calls a part
    with connection.cursor() as cursor:
        parts = connection.introspection.get_constraints(cursor, after)
        sequences = connection.introspection.get_sequences(cursor, after)
    for name, part in parts.items():
        suffixes = {"": "", "_like": "_like", "_uniq": "_uniq"}
        if part["foreign_key"]:
            table, column = part["foreign_key"]
            suffixes = {f"_fk_{former.get(table, table)}_{column}": f"_fk_{table}_{column}"}
        made = (name_for(after, part["columns"], new) for old, new in suffixes.items() if name == name_for(before, part["columns"], old))
        by_the_database = after + name.removeprefix(before) if name.startswith(f"{before}_") else name
        wanted = next(made, by_the_database)
        if wanted != name:
            _rename(schema_editor, after, name, wanted, is_index=part["index"])
    if connection.vendor == "postgresql":
        for name in (one["name"] for one in sequences):
            schema_editor.execute(f"ALTER SEQUENCE {name} RENAME TO {after}{name.removeprefix(before)}")


def _rename(schema_editor, table, name, wanted, *, is_index):
    table, quoted, wanted = map(schema_editor.quote_name, (table, name, wanted))
    if schema_editor.connection.vendor == "sqlite":  # which renames no index, and knows no name of another part
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [name])
            (sql,) = cursor.fetchone()
        schema_editor.execute(f"DROP INDEX {quoted}")
        schema_editor.execute(sql.replace(quoted, wanted, 1))
    elif is_index:
        schema_editor.execute(f"ALTER INDEX {quoted} RENAME TO {wanted}")
    else:
        schema_editor.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {quoted} TO {wanted}")
