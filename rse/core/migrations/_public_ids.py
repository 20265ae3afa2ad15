"""Operations that give the rows of tables a random id each. Frozen: migrations import this and nothing that lives."""

import secrets
from functools import partial

from django.db import migrations, models

from ._together import Together

AT_ONCE = 1000


def public_ids(app, *names):
    """Return the operations that add ``public_id`` to the models ``names`` of ``app``: rows that exist get theirs, then it is unique."""
    return [
        Together(*(migrations.AddField(name, "public_id", models.CharField(max_length=32, null=True)) for name in names)),
        *(migrations.RunPython(partial(_fill, app=app, name=name), migrations.RunPython.noop) for name in names),
        Together(*(migrations.AlterField(name, "public_id", models.CharField(max_length=32, unique=True)) for name in names)),
    ]


def _fill(apps, schema_editor, *, app, name):
    """Write a random id into each row that has none, a thousand rows at a time."""
    model = apps.get_model(app, name)
    rows = model._base_manager.using(schema_editor.connection.alias).filter(public_id=None).order_by("pk").values_list("pk", flat=True)
    sql = "UPDATE {table} SET {column} = %s WHERE {key} = %s".format(  # noqa: S608 - names of Django's, quoted by it
        table=schema_editor.quote_name(model._meta.db_table),
        column=schema_editor.quote_name("public_id"),
        key=schema_editor.quote_name(model._meta.pk.column),
    )
    while keys := list(rows[:AT_ONCE]):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(sql, [(secrets.token_urlsafe(16), key) for key in keys])
