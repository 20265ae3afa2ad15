"""Moves a database to another migration and back, and says what Django calls the parts of a table that it makes anew."""

import re
from contextlib import suppress

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rse.core.events.subscriptions import SUBSCRIPTIONS
from rse.core.models import Delivery, RecordedEvent


def migrate(*targets):
    """Bring the tables to ``targets`` and return the models as they stand there."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets)).apps


def latest():
    """Return the last migration of each app."""
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def before(app, name):
    """Return the migration of ``app`` that comes before the one whose name ends with ``name``."""
    graph = MigrationExecutor(connection).loader.graph
    key = next(node for node in graph.nodes if node[0] == app and node[1].endswith(name))
    return next((parent.key for parent in graph.node_map[key].parents if parent.key[0] == app), (app, None))


def on_its_way(former, name, *, is_confidential=False, **facets):
    """Record an event under its ``former`` name; return its deliveries to those who are told of what is called ``name`` today."""
    event = RecordedEvent.objects.create(name=former, facets=facets, is_confidential=is_confidential)
    told = [key for key, one in SUBSCRIPTIONS.items() if one.wants(name, facets, is_confidential=is_confidential)]
    return [Delivery.objects.create(event=event, subscriber=key) for key in told]


class Undone(Exception):
    """Ends the transaction in which tables were made anew: they stand as before."""


def names_of_parts(*models):
    """Return what the indexes, constraints and sequences of the tables of ``models`` are called, by table.

    A column that became unique after its table was made is called as one that was from the beginning: PostgreSQL names these, Django those.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in models):
            sequences = [one["name"] for one in connection.introspection.get_sequences(cursor, table) if "name" in one]
            names = [*connection.introspection.get_constraints(cursor, table), *sequences]
            found[table] = sorted(re.sub(r"_[0-9a-f]{8}_uniq$", "_key", name) for name in names)
    return found


def names_when_new(*models):
    """Return what ``names_of_parts`` would if the tables were made by Django now, in an empty database."""
    with suppress(Undone), connection.schema_editor() as editor:
        for model in models:
            editor.delete_model(model)
        for model in models:
            editor.create_model(model)
        while editor.deferred_sql:
            editor.execute(editor.deferred_sql.pop(0))
        found = names_of_parts(*models)
        raise Undone
    return found
