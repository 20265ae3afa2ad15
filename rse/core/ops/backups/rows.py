"""How many rows each table of the product has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from .. import restoring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def tables() -> list[str]:
    """Return the names of the tables whose rows a backup holds."""
    ours = {*connection.introspection.django_table_names(only_existing=True), "django_migrations"}
    return sorted(ours - set(restoring.left_out()))


def rows_of(names: Iterable[str], ask: Callable[[str], int]) -> dict[str, int]:
    """Return ``{table: rows}``, each asked with ``ask(sql)``: linear in what there is."""
    return {name: ask(f'SELECT COUNT(*) FROM "{name}"') for name in names}  # noqa: S608 - names of tables of ours


def counted(names: Iterable[str]) -> dict[str, int]:
    """Return ``{table: rows}`` of the database that we are connected to; 0 for a table that it does not have."""
    here = set(connection.introspection.table_names())
    with connection.cursor() as cursor:

        def ask(sql: str) -> int:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

        return dict.fromkeys(names, 0) | rows_of((name for name in names if name in here), ask)
