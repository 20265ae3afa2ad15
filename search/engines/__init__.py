"""Where documents are kept and found. One engine runs: the one of the database."""

from django.db import connection

from .contract import Engine, Hit, Indexed
from .postgres import PostgresEngine
from .sqlite import SQLiteEngine

ENGINES: dict[str, type[Engine]] = {"sqlite": SQLiteEngine, "postgresql": PostgresEngine}

__all__ = ["Engine", "Hit", "Indexed", "engine"]


def engine() -> Engine:
    """Return the engine of the database that runs."""
    return ENGINES[connection.vendor]()
